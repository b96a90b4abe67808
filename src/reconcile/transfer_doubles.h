/* Transfer rows that another file may show again: the rows of a transfer table already are whole
 * payments, so they join nothing, but a total over several files could count them twice. */
#ifndef TRAIL_RECONCILE_TRANSFER_DOUBLES_H
#define TRAIL_RECONCILE_TRANSFER_DOUBLES_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

/* Flags TRAIL_MAY_BE_DOUBLE and appends trail_possible_double for a transfer row and another
 * file's leg, paired payment or transfer row with the same payer, payee, amount and currency, 0-3
 * days apart either way. Each is listed at most once against each other file. Payments in reading
 * order. */
trail_status trail_transfer_doubles(trail_ledger *ledger, trail_vector *doubles,
                                    trail_error *err) TRAIL_MUST_CHECK;

#endif
