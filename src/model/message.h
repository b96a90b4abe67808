/* A payment message (MT103, pacs.008 …): evidence of a payment between two parties, not a leg on an
 * account. Its record's detail holds names, numbers as written and text, its wire the references.
 * Matching joins it to the legs it speaks of; one that matches no leg becomes a payment with both
 * legs, marked TRAIL_MESSAGE_ONLY (model sections 1 and 10 of formats). */
#ifndef TRAIL_MODEL_MESSAGE_H
#define TRAIL_MODEL_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/currency.h"

typedef enum trail_message_type {
    TRAIL_MESSAGE_MT103 = 0,
    TRAIL_MESSAGE_MT202,    /* between banks, for their own account */
    TRAIL_MESSAGE_MT202COV, /* cover of an MT103: the same money */
    TRAIL_MESSAGE_PACS008,
    TRAIL_MESSAGE_PACS009,
    TRAIL_MESSAGE_PACS009COV,
    TRAIL_MESSAGE_PACS004 /* return: payer and payee as the money goes back */
} trail_message_type;
#define TRAIL_MESSAGE_TYPE_COUNT 7

typedef struct trail_message {
    uint32_t record;
    uint32_t payer, payee; /* the customers' accounts, else the institutions'; TRAIL_NO_ACCOUNT */
    int64_t amount_minor;  /* settled between the banks: 32A, IntrBkSttlmAmt */
    int32_t value_day;
    trail_currency currency;
    uint8_t type;              /* trail_message_type */
    uint32_t sender, receiver; /* string ids: BICs of the message's header, 0 = none */
} trail_message;

static inline bool trail_message_is_cover(const trail_message *message)
{
    return message->type == TRAIL_MESSAGE_MT202COV || message->type == TRAIL_MESSAGE_PACS009COV;
}

#endif
