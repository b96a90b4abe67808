/* Which months of which account the received data cover: complete, partial, gap (nothing, between
 * months that are covered) or none; and what moved unseen in each gap between two statements.
 * Accounts are those of which a statement was received, which a request names, or of which the case
 * file says that a file was received that is not read. Accounts that only stand in tables of
 * transfers are not listed. */
#ifndef TRAIL_RECONCILE_COVERAGE_H
#define TRAIL_RECONCILE_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"
#include "reconcile/statement_check.h"

/* What the case file says of an account: a request asks for it, or a file of it is not read. */
typedef struct trail_coverage_said {
    uint32_t account;         /* TRAIL_NO_ACCOUNT: it stands in no record */
    const char *number;       /* as the case file writes it (borrowed); NULL if account is set */
    int32_t from_day, to_day; /* TRAIL_NO_DAY: open */
    uint32_t request;         /* in the mandate's requests, UINT32_MAX: none */
    uint32_t report;          /* in rejects.files, UINT32_MAX: none */
} trail_coverage_said;

typedef enum trail_cover {
    TRAIL_COVER_COMPLETE = 0, /* every day, or balances prove that nothing moved on the others */
    TRAIL_COVER_PARTIAL,
    TRAIL_COVER_GAP, /* no day, between months that are covered */
    TRAIL_COVER_NONE /* no day, before the first or after the last */
} trail_cover;
#define TRAIL_COVER_COUNT 4

/* Days between two statements of one account and currency. */
typedef struct trail_coverage_gap {
    uint32_t account;
    trail_currency currency;
    uint32_t check;           /* the statement after it */
    int32_t from_day, to_day; /* from > to: no day lies between, yet the balances differ */
    bool moved_known;
    int64_t moved_minor; /* net: next opening less last closing */
} trail_coverage_gap;

typedef struct trail_coverage_month {
    uint32_t account;
    const char *number; /* if account is TRAIL_NO_ACCOUNT */
    int32_t first_day;  /* of the month */
    uint32_t months;    /* 1; more only in the last row of an account of over fifty years */
    uint32_t days, days_covered;
    uint32_t days_asked, days_asked_covered; /* of the days a request asks for */
    trail_cover cover;
    uint32_t first_file, file_count;     /* in month_files */
    uint32_t first_gap, gap_count;       /* in month_gaps */
    uint32_t first_unread, unread_count; /* in month_unread */
} trail_coverage_month;

typedef struct trail_coverage {
    trail_vector months; /* of trail_coverage_month, by account (numbers without one last), day */
    trail_vector gaps;   /* of trail_coverage_gap, in the order of their checks */
    trail_vector said;   /* of trail_coverage_said, as given */
    trail_vector month_files;  /* of uint32_t: files of the ledger */
    trail_vector month_gaps;   /* of uint32_t: gaps */
    trail_vector month_unread; /* of uint32_t: reports in rejects.files */
} trail_coverage;

void trail_coverage_init(trail_coverage *coverage);
void trail_coverage_clear(trail_coverage *coverage);

/* After observations are settled. O(n log n) in observations, checks and said, and what is listed.
 */
trail_status trail_coverage_make(trail_coverage *coverage, const trail_ledger *ledger,
                                 const trail_statement_checks *checks,
                                 const trail_coverage_said *said, size_t said_count,
                                 trail_error *err) TRAIL_MUST_CHECK;

const char *trail_cover_name(trail_cover cover); /* "complete" … */

#endif
