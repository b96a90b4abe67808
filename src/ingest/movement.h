/* What a structured format (FIN, camt, pacs) says, as its reader hands it on: one movement on one
 * account, or one payment message. Slices are borrowed UTF-8, empty when not said; see
 * entry_writer.
 */
#ifndef TRAIL_INGEST_MOVEMENT_H
#define TRAIL_INGEST_MOVEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model/kind.h"
#include "model/message.h"
#include "model/wire.h"

/* Where a record stands in its (unpacked) file. */
typedef struct trail_record_place {
    uint64_t offset, line; /* line from 1 */
    uint32_t length;
} trail_record_place;

typedef struct trail_party_said {
    trail_slice name, number, bank; /* bank: BIC or clearing code */
} trail_party_said;

typedef struct trail_wire_said {
    trail_slice texts[TRAIL_WIRE_TEXT_COUNT];
    trail_wire facts; /* its numbers and marks; record and texts are filled by the writer */
} trail_wire_said;

typedef struct trail_movement {
    trail_record_place place;
    bool credit; /* money in */
    int64_t amount_minor;
    trail_currency currency;
    int32_t booking_day, booking_second; /* TRAIL_NO_TIME */
    int32_t value_day;                   /* TRAIL_NO_DAY */
    bool kind_known;                     /* `kind` is what a published code says, not a guess */
    trail_kind kind;
    trail_party_said own, other;
    trail_slice text, reference, code; /* reference: the account servicer's own */
    bool has_balance;
    int64_t balance_minor;
    trail_wire_said wire;
} trail_movement;

typedef struct trail_message_said {
    trail_record_place place;
    trail_message_type type;
    int64_t amount_minor;
    trail_currency currency;
    int32_t value_day;
    trail_party_said payer, payee;
    trail_slice sender, receiver; /* BICs of the header */
    trail_slice text, reference;  /* reference: :20: or MsgId/TxId of the message itself */
    trail_wire_said wire;
} trail_message_said;

#endif
