/* What one report holds of the findings: which payments, accounts and links, in which order, and
 * the sums shown with them. Indices in the page are positions in these lists. */
#ifndef TRAIL_REPORT_VIEW_H
#define TRAIL_REPORT_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/strings.h"
#include "base/vector.h"
#include "export/findings.h"
#include "report/report.h"
#include "report/totals.h"

#define TRAIL_NOT_SHOWN UINT32_MAX

/* At most that many are listed in the page; it says what it leaves out and names the table. */
#define TRAIL_REPORT_STATEMENTS 5000
#define TRAIL_REPORT_BREAKS     1000
#define TRAIL_REPORT_MONTHS     30000
#define TRAIL_REPORT_GAPS       2000
#define TRAIL_REPORT_LACKING    200 /* sentences a request */
#define TRAIL_REPORT_NAMES      2000
#define TRAIL_REPORT_CANDIDATES 500

typedef struct trail_report_view {
    const trail_findings *findings;
    trail_report_budget budget;

    /* Over the whole ledger, by key (first, second, third). */
    trail_totals sums;            /* account, currency */
    trail_totals traced_accounts; /* account, rule, currency */
    trail_totals traced_groups;   /* group, rule, currency */
    trail_totals traced_payments; /* payment: out_minor = highest of the rules */
    trail_totals days;            /* day + 2^31, currency */
    trail_totals traced_days;     /* day + 2^31, rule, currency */
    trail_map64 marks;            /* proceeds << 32 | payment: the payments marked */
    int64_t *largest_payment;     /* by currency */
    int64_t *largest_turnover;    /* by currency */
    int32_t first_day, last_day;  /* TRAIL_NO_DAY when there is no payment */

    uint8_t *payment_class;  /* by payment: 0 on a route, 1 traced, 2 other */
    trail_vector payments;   /* of uint32_t, in the main order */
    uint32_t *payment_place; /* by payment: its place in payments, or TRAIL_NOT_SHOWN */
    trail_vector accounts;   /* of uint32_t: the drawn ones first */
    size_t drawn;
    uint32_t *account_place; /* by account */
    trail_vector links;      /* of uint32_t into findings->links */

    trail_strings *texts;   /* protected texts of the page, by number */
    trail_map64 text_place; /* ledger string -> text */
} trail_report_view;

trail_status trail_report_view_init(trail_report_view *view, const trail_findings *findings,
                                    const trail_report_budget *budget,
                                    trail_error *err) TRAIL_MUST_CHECK;
void trail_report_view_clear(trail_report_view *view);

/* Steps of init, one file each. */
trail_status trail_report_sum(trail_report_view *view, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_choose(trail_report_view *view, trail_error *err) TRAIL_MUST_CHECK;

/* Places of the statement checks that the page lists: those to be looked at first. */
trail_status trail_report_statements_listed(const trail_findings *findings, trail_vector *places,
                                            trail_error *err) TRAIL_MUST_CHECK;
/* How many months of the coverage it lists. */
size_t trail_report_months_listed(const trail_findings *findings);

uint32_t trail_report_payment(const trail_report_view *view, size_t place);
uint32_t trail_report_account(const trail_report_view *view, size_t place);
/* Place of an account in the page, or -1. */
int64_t trail_report_place(const trail_report_view *view, uint32_t account);
size_t trail_report_rule_count(const trail_findings *findings);

/* Numbers of protected texts. A ledger string is protected once. */
trail_status trail_report_text(trail_report_view *view, trail_slice text, uint32_t *number,
                               trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_ledger_text(trail_report_view *view, uint32_t string, uint32_t *number,
                                      trail_error *err) TRAIL_MUST_CHECK;

#endif
