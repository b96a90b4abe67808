/* What one record says of a payment it attests, in the words of the payment: who paid whom, how
 * much, when. Silence is told apart from a value, so that only two records that both speak can
 * contradict each other. */
#ifndef TRAIL_RECONCILE_RECORD_SAYS_H
#define TRAIL_RECONCILE_RECORD_SAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/ledger.h"

typedef enum trail_sayer {
    TRAIL_SAYER_DEBIT = 0, /* record of the debit leg, or of both */
    TRAIL_SAYER_CREDIT,
    TRAIL_SAYER_MESSAGE /* + trail_message_type */
} trail_sayer;

typedef struct trail_party_says {
    uint32_t account; /* TRAIL_NO_ACCOUNT: not named, or only as written */
    uint32_t number;  /* string id: as written, 0 = none */
    uint32_t name;    /* string id */
} trail_party_says;

typedef struct trail_record_says {
    uint32_t record;
    uint8_t sayer;
    bool cover;
    trail_party_says payer, payee;
    int64_t amount_minor;
    trail_currency currency;
    int32_t booking_day, value_day; /* TRAIL_NO_DAY: not said */
    uint32_t uetr, end_to_end;      /* string ids, 0 = none */
} trail_record_says;

/* The legs' own records; false when the payment has none of that side for itself. */
bool trail_says_debit(const trail_ledger *ledger, uint32_t payment, trail_record_says *says);
bool trail_says_credit(const trail_ledger *ledger, uint32_t payment, trail_record_says *says);
/* A message, or a row told in another format; false for a plain repetition. O(log n). */
bool trail_says_attached(const trail_ledger *ledger, uint32_t payment, uint32_t record,
                         trail_record_says *says);

/* The number, free of blanks and signs, is the same or one holds the other (a national number in
 * its IBAN). */
bool trail_party_numbers_agree(const trail_ledger *ledger, const trail_party_says *first,
                               const trail_party_says *second);

#endif
