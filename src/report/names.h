/* What an account is called in the report: the pseudonym of a protected one, the holder the case
 * file lists, else the first name its records give it, else its number. */
#ifndef TRAIL_REPORT_NAMES_H
#define TRAIL_REPORT_NAMES_H

#include <moneytrail/error.h>

#include "report/view.h"

typedef struct trail_account_name {
    uint32_t label, number, bank, name_seen; /* texts of the page */
    uint32_t person;                         /* index in people, or UINT32_MAX */
    bool is_protected;
} trail_account_name;

/* Array by place in view->accounts (trail_free). O(payments). */
trail_status trail_report_names(trail_report_view *view, trail_account_name **names,
                                trail_error *err) TRAIL_MUST_CHECK;

#endif
