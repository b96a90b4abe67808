/* What a record says where another one says otherwise, as every output shows it. */
#ifndef TRAIL_EXPORT_CONFLICT_SHOWN_H
#define TRAIL_EXPORT_CONFLICT_SHOWN_H

#include <moneytrail/error.h>

#include "base/text.h"
#include "export/findings.h"

/* Replaces `shown`: an amount with its currency, a date, a number or a text, protected; empty where
 * the record is silent. */
trail_status trail_conflict_value_show(const trail_findings *findings, trail_conflict_kind kind,
                                       const trail_conflict_value *value, trail_text *shown,
                                       trail_error *err) TRAIL_MUST_CHECK;
/* Two rows of one account have no two sides to be said by. */
bool trail_conflict_has_sayers(trail_conflict_kind kind);

#endif
