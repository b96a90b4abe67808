/* The sentences of the reply check: one for each deficiency, fit to be pasted into a letter. */
#ifndef TRAIL_EXPORT_REPLY_WORDS_H
#define TRAIL_EXPORT_REPLY_WORDS_H

#include <moneytrail/error.h>

#include "base/text.h"
#include "export/findings.h"
#include "reconcile/reply_check.h"

/* Appends the sentence, protected people's accounts and files replaced. */
trail_status trail_reply_sentence(const trail_findings *findings, const trail_deficiency *lack,
                                  trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
/* Appends an asked account: its number as written, or its label. */
trail_status trail_reply_account(const trail_findings *findings, uint32_t account, uint32_t number,
                                 trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
/* "missing_days", … as reply-check.csv writes it. */
const char *trail_deficiency_name(trail_deficiency_kind kind);

#endif
