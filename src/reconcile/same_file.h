/* A file that was received before: byte for byte, or as another packing of the same bytes; and a
 * statement that stands in its file twice. */
#ifndef TRAIL_RECONCILE_SAME_FILE_H
#define TRAIL_RECONCILE_SAME_FILE_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

enum { TRAIL_GONE_WITH_FILE = 1, TRAIL_GONE_WITH_STATEMENT };

/* Files whose records stand at the same places and say the same are one: gone[entry] is set and
 * into[entry] = the entry of the same record of the first of them (by hash and name). Messages go
 * to `messages` (of trail_copy). O(records of files of equal record count). */
trail_status trail_same_files_join(const trail_ledger *ledger, uint32_t *into, uint8_t *gone,
                                   trail_vector *messages, trail_error *err) TRAIL_MUST_CHECK;

/* Two statements of one file are one when account, number, both booked balances and all rows agree:
 * the second cannot begin where the first began. Where the balance did not change over it, only the
 * number of the statement can tell that, and without one both stay. O(n log n). */
trail_status trail_same_statements_join(const trail_ledger *ledger, uint32_t *into, uint8_t *gone,
                                        trail_error *err) TRAIL_MUST_CHECK;

#endif
