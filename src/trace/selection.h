/* Which payments one rule of the case file selects as proceeds: its conditions, all together. */
#ifndef TRAIL_TRACE_SELECTION_H
#define TRAIL_TRACE_SELECTION_H

#include <moneytrail/error.h>

#include "base/vector.h"
#include "evidence/people.h"
#include "model/ledger.h"
#include "trace/proceeds.h"

/* The leg a mark stands on: the debit where the paying pocket is observed, else the credit. */
trail_leg trail_marked_leg(const trail_ledger *ledger, uint32_t payment, bool *at_debit);

/* Adds the payments to `chosen` (of uint32_t), in the main order. TRAIL_USAGE naming the condition
 * that left none. O(payments). */
trail_status trail_selection_make(const trail_ledger *ledger, const trail_people *people,
                                  const trail_proceeds_rule *rule, trail_vector *chosen,
                                  trail_error *err) TRAIL_MUST_CHECK;

/* TRAIL_USAGE with "proceeds ID (case file line N): " and the formatted rest. */
trail_status trail_proceeds_fail(const trail_proceeds_rule *rule, trail_error *err,
                                 const char *format, ...) TRAIL_PRINTF(3, 4);

#endif
