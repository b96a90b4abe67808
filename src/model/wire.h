/* What wire messages and structured statements say of one record beyond a detail: references kept
 * apart under their own names, charges, rates. At most one a record, and only for records that
 * have any; sorted by record. Texts are ids in the ledger's strings, 0 = none. */
#ifndef TRAIL_MODEL_WIRE_H
#define TRAIL_MODEL_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/currency.h"

typedef enum trail_wire_text {
    TRAIL_WIRE_UETR = 0,    /* {3:{121:}}, UETR */
    TRAIL_WIRE_END_TO_END,  /* EndToEndId, EREF+ */
    TRAIL_WIRE_INSTRUCTION, /* InstrId, KREF+, :20: of a message, reference of :61: before // */
    TRAIL_WIRE_TRANSACTION, /* TxId */
    TRAIL_WIRE_RELATED,     /* :21:, the original's reference in a return */
    TRAIL_WIRE_MANDATE,     /* MndtId, MREF+ */
    TRAIL_WIRE_MESSAGE,     /* GrpHdr/MsgId, :20: of the statement */
    TRAIL_WIRE_REASON,      /* return reason: AC04, MD06 … */
    TRAIL_WIRE_PAYER_AGENT, /* BIC: 52A, DbtrAgt */
    TRAIL_WIRE_PAYEE_AGENT, /* BIC: 57A, CdtrAgt */
    TRAIL_WIRE_BATCH,       /* details of one booked total share it */
    TRAIL_WIRE_TEXT_COUNT
} trail_wire_text;

typedef enum trail_charge_bearer {
    TRAIL_BEARER_UNKNOWN = 0,
    TRAIL_BEARER_PAYER,  /* OUR, DEBT */
    TRAIL_BEARER_SHARED, /* SHA, SHAR, SLEV */
    TRAIL_BEARER_PAYEE   /* BEN, CRED */
} trail_charge_bearer;

typedef struct trail_wire {
    uint32_t record;
    uint32_t texts[TRAIL_WIRE_TEXT_COUNT];
    int64_t instructed_minor;           /* 33B, InstdAmt, OCMT */
    trail_currency instructed_currency; /* TRAIL_NO_CURRENCY: not said */
    trail_currency charges_currency;    /* TRAIL_NO_CURRENCY: not said */
    int64_t charges_minor;              /* >= 0: all charges said to be taken (71F, Chrgs, CHGS) */
    int64_t receiver_charges_minor;     /* 71G, in charges_currency or, without one, the settled */
    int64_t rate_mantissa;              /* 36, XchgRate: mantissa / 10^scale; 0: not said */
    uint8_t rate_scale;
    uint8_t bearer; /* trail_charge_bearer */
    bool reversal;  /* R mark, RvslInd: it takes back an earlier leg of the same account */
    bool returned;  /* a return or chargeback by its code or reason */
} trail_wire;

#endif
