/* Messages that are no statement: payments (MT103, MT202, MT202COV), advices (MT900, MT910) and
 * others, which move nothing. A message is short: its fields are kept until it ends. */
#ifndef TRAIL_INGEST_FIN_MESSAGE_H
#define TRAIL_INGEST_FIN_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "ingest/fin_fields.h"
#include "ingest/fin_file.h"

typedef struct trail_fin_kept {
    trail_fin_field field;       /* value.start is NULL: the bytes stand in the message's values */
    size_t at, length;           /* received bytes */
    size_t text_at, text_length; /* decoded */
} trail_fin_kept;

typedef struct trail_fin_message {
    trail_fin_file *file;
    const trail_fin_header *header;
    trail_vector fields; /* of trail_fin_kept */
    trail_text values, texts;
    bool cut;     /* it was longer than is kept */
    bool cut_off; /* the file ends in the last field's line, before the message does */
    trail_text payer_name, payee_name, remittance, scratch;
} trail_fin_message; /* clearable after init */

void trail_fin_message_init(trail_fin_message *message, trail_fin_file *file,
                            const trail_fin_header *header);
void trail_fin_message_clear(trail_fin_message *message);
/* Forgets the fields. */
void trail_fin_message_reset(trail_fin_message *message);
trail_status trail_fin_message_keep(trail_fin_message *message, const trail_fin_field *field,
                                    trail_error *err) TRAIL_MUST_CHECK;
/* The i-th field with its received bytes, borrowed until the next is kept. */
trail_fin_field trail_fin_message_field(const trail_fin_message *message, size_t index);

/* Puts what the message says; `end`: offset behind it. */
trail_status trail_fin_message_put(trail_fin_message *message, uint64_t end,
                                   trail_error *err) TRAIL_MUST_CHECK;

/* Decoded value of the first (or last) field with the tag, or its number if the tag has two
 * characters; false if there is none. */
bool trail_fin_message_find(const trail_fin_message *message, const char *tag, bool last,
                            trail_slice *value, char *option);
/* What a payment message says (fin_payment.c), and an advice (fin_advice.c). */
trail_status trail_fin_payment_put(trail_fin_message *message, const char *type,
                                   trail_record_place place, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_fin_advice_put(trail_fin_message *message, bool credit, trail_record_place place,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_fin_message_reject(trail_fin_message *message, trail_record_place place,
                                      const char *code, const char *tag, const char *sentence,
                                      trail_slice value, trail_error *err) TRAIL_MUST_CHECK;

/* :32A: of payments and advices; a reject is put and *good false if it cannot be read. */
typedef struct trail_fin_settled {
    int32_t day;
    trail_currency currency;
    int64_t minor;
} trail_fin_settled;
trail_status trail_fin_message_settled(trail_fin_message *message, trail_record_place place,
                                       trail_fin_settled *settled, bool *good,
                                       trail_error *err) TRAIL_MUST_CHECK;

#endif
