/* Invented cases for the report, worked through the floors below it: by hand small, with names that
 * try to break a page, or of any size. */
#ifndef TESTS_SUPPORT_REPORT_CASE_H
#define TESTS_SUPPORT_REPORT_CASE_H

#include "export/findings.h"

#define REPORT_SECRET_NAME    "Ilze Kalnina"
#define REPORT_SECRET_ACCOUNT "LV80BANK0000435195001"
#define REPORT_HOSTILE_NAME   "</script><img src=x onerror=\"document.body.dataset.hacked='yes'\">"

typedef struct report_case {
    trail_mandate mandate;
    trail_source source[3];
    trail_people people;
    trail_protection *protection;
    trail_ledger ledger;
    trail_published_ids ids;
    trail_rejects rejects;
    trail_duplicates duplicates; /* none */
    trail_reversals reversals;   /* none */
    trail_statement_checks statement_checks;
    trail_coverage coverage;
    trail_matching matching;
    trail_conflicts conflicts;
    trail_subsets subsets;
    trail_vector links, proceeds, notes;
    trail_proceeds_rule rule[2];
    trail_trace trace;
    trail_payment_graph graph;
    trail_routes routes;
    trail_route_limits limits;
    trail_communities communities;
    trail_findings findings;
} report_case;

/* Twelve accounts, a protected person, two currencies, proceeds, a set-aside file, a reject, a
 * payment that may be double. */
void report_case_story(report_case *made);
/* The same without proceeds. */
void report_case_without_proceeds(report_case *made);
/* Three accounts and two payments, no case file to speak of. */
void report_case_smallest(report_case *made);
/* No payments at all. */
void report_case_empty(report_case *made);
void report_case_large(report_case *made, uint32_t accounts, uint32_t payments);
void report_case_clear(report_case *made);

#endif
