/* The main order of legs (model section 4), and the ledger sorted by it. */
#ifndef TRAIL_RECONCILE_MAIN_ORDER_H
#define TRAIL_RECONCILE_MAIN_ORDER_H

#include <moneytrail/error.h>

#include "model/ledger.h"

/* Sorts payments by their first leg's place and sets events, event_count, finished. *moved (may be
 * NULL; trail_free): old payment number -> new. Time-sorted transfer tables cost O(n); days with
 * several files O(k log k) content keys. */
trail_status trail_main_order(trail_ledger *ledger, uint32_t **moved,
                              trail_error *err) TRAIL_MUST_CHECK;

#endif
