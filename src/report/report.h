/* out/report.html: one file, offline, everything inside; nothing is ever fetched. */
#ifndef TRAIL_REPORT_REPORT_H
#define TRAIL_REPORT_REPORT_H

#include <stddef.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "export/findings.h"

/* How much one file may hold: above it the report says what it leaves out and where it is. */
typedef struct trail_report_budget {
    size_t accounts; /* drawn */
    size_t links;    /* drawn */
    size_t payments; /* in the tables */
    size_t routes;   /* listed and drawn; the accounts and payments on them are always in */
    size_t rejects;  /* listed */
} trail_report_budget;
trail_report_budget trail_report_budget_default(void);

/* Writes the finished report at `path` (its folder exists). The same findings give the same
 * bytes. O(payments + chosen · log chosen). */
trail_status trail_report_write(const trail_findings *findings, const char *path,
                                trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_write_within(const trail_findings *findings,
                                       const trail_report_budget *budget, const char *path,
                                       trail_error *err) TRAIL_MUST_CHECK;

#endif
