/* The name each account carries in the records: shown as "name seen", never a tie to a person. */
#ifndef TRAIL_EXPORT_NAMES_SEEN_H
#define TRAIL_EXPORT_NAMES_SEEN_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "model/ledger.h"

/* By account, the string id of the first name that a record gives it in the main order, 0 if none
 * (trail_free). O(payments). */
trail_status trail_names_seen(const trail_ledger *ledger, uint32_t **names,
                              trail_error *err) TRAIL_MUST_CHECK;

#endif
