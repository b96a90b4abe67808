/* Why the amounts of both legs of a payment differ, in words: the same in every output. */
#ifndef TRAIL_EXPORT_MATCH_WORDS_H
#define TRAIL_EXPORT_MATCH_WORDS_H

#include <moneytrail/error.h>

#include "base/text.h"
#include "model/ledger.h"
#include "reconcile/matching.h"

/* Appends half a sentence; nothing when the amounts are equal. */
trail_status trail_match_explain(const trail_ledger *ledger, const trail_match *match,
                                 trail_text *text, trail_error *err) TRAIL_MUST_CHECK;

#endif
