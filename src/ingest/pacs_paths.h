/* What the elements of pacs.008, pacs.009 and pacs.004 mean to us, in all their versions. */
#ifndef TRAIL_INGEST_PACS_PATHS_H
#define TRAIL_INGEST_PACS_PATHS_H

#include "ingest/xml_paths.h"

/* The parties of one side, in the order of trail_pacs_party. */
#define TRAIL_PACS_PARTY(side)                                                                     \
    side##_NAME, side##_IBAN, side##_NUMBER, side##_OWN_BIC, side##_AGENT_BIC,                     \
        side##_AGENT_CLEARING, side##_ULTIMATE

/* The currency of an amount (its attribute Ccy) has the meaning after the amount's. */
typedef enum trail_pacs_meaning {
    TRAIL_PACS_NOTHING = 0,
    TRAIL_PACS_HEADER_SENDER, /* head.001 */
    TRAIL_PACS_HEADER_RECEIVER,
    TRAIL_PACS_MESSAGE,
    TRAIL_PACS_MESSAGE_ID,
    TRAIL_PACS_GROUP_DAY,
    TRAIL_PACS_GROUP_SENDER,
    TRAIL_PACS_GROUP_RECEIVER,
    TRAIL_PACS_GROUP_ORIGINAL_MESSAGE,

    TRAIL_PACS_PAYMENT, /* fields below stand in one transaction */
    TRAIL_PACS_RETURN_ID,
    TRAIL_PACS_INSTRUCTION,
    TRAIL_PACS_END_TO_END,
    TRAIL_PACS_TRANSACTION,
    TRAIL_PACS_UETR,
    TRAIL_PACS_CLEARING_REFERENCE,
    TRAIL_PACS_ORIGINAL_MESSAGE,
    TRAIL_PACS_AMOUNT,
    TRAIL_PACS_CURRENCY,
    TRAIL_PACS_DAY,
    TRAIL_PACS_INSTRUCTED_AMOUNT,
    TRAIL_PACS_INSTRUCTED_CURRENCY,
    TRAIL_PACS_RATE,
    TRAIL_PACS_BEARER,
    TRAIL_PACS_CHARGE_AMOUNT,
    TRAIL_PACS_CHARGE_CURRENCY,
    TRAIL_PACS_SENDER,
    TRAIL_PACS_RECEIVER,
    TRAIL_PACS_TEXT,
    TRAIL_PACS_REASON,
    TRAIL_PACS_REASON_TEXT,
    TRAIL_PACS_UNDERLYING, /* the cover names the customers' payment */

    /* As the message moves the money. */
    TRAIL_PACS_PARTY(TRAIL_PACS_PAYER),
    TRAIL_PACS_PARTY(TRAIL_PACS_PAYEE),
    /* Of the customers' payment under a cover; of the original that a return takes back. */
    TRAIL_PACS_PARTY(TRAIL_PACS_UNDER_PAYER),
    TRAIL_PACS_PARTY(TRAIL_PACS_UNDER_PAYEE)
} trail_pacs_meaning;

trail_status trail_pacs_paths_init(trail_xml_paths *paths, trail_error *err) TRAIL_MUST_CHECK;

#endif
