/* Two entries become one payment with two legs. */
#ifndef TRAIL_RECONCILE_MATCH_JOIN_H
#define TRAIL_RECONCILE_MATCH_JOIN_H

#include <moneytrail/error.h>

#include "model/ledger.h"

/* partner[entry]: the entry of its other leg, TRAIL_NO_PAYMENT for none; both sides name each
 * other. The credit leaves: its values go to the payment's credit side, what is attached to it to
 * the payment. number[entry] becomes the payment it is in. O(n). */
trail_status trail_match_join(trail_ledger *ledger, const uint32_t *partner, uint32_t *number,
                              trail_error *err) TRAIL_MUST_CHECK;

#endif
