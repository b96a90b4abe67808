/* What becomes of messages once legs are joined: their records attest the payment of the legs they
 * told of; one that no leg shows becomes a payment of its own, with both legs, marked
 * TRAIL_MESSAGE_ONLY and counted as may be double. */
#ifndef TRAIL_RECONCILE_MESSAGE_PAYMENTS_H
#define TRAIL_RECONCILE_MESSAGE_PAYMENTS_H

#include <moneytrail/error.h>

#include "reconcile/match_messages.h"

/* number[entry]: the payment an entry is in. payments[transfer] becomes the payment of each told
 * transfer. Attached records are settled. */
trail_status trail_message_payments(trail_ledger *ledger, const trail_told *told,
                                    const trail_match_legs *legs, const uint32_t *number,
                                    uint32_t *payments, trail_error *err) TRAIL_MUST_CHECK;

#endif
