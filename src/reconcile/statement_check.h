/* Do the statements close, and do they follow each other? Pages of one statement are joined first.
 * Works on entries in record order, before duplicates are merged. The verdicts (formats.md's
 * words): opening and rows give the closing balance; they do but for a row valued after the closing
 * day; they do not, by so much; or it cannot be checked. Where the rows carry balances, each must
 * follow from the one before, and the exact record of every break is kept. Reports (MT942, camt.052
 * …) may repeat rows and are checked by their rows only, never against each other. */
#ifndef TRAIL_RECONCILE_STATEMENT_CHECK_H
#define TRAIL_RECONCILE_STATEMENT_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

#define TRAIL_NO_CHECK UINT32_MAX

typedef enum trail_verdict {
    TRAIL_VERDICT_CLOSES = 0,
    TRAIL_VERDICT_CLOSES_BUT, /* for `excepted`: rows valued after the closing day */
    TRAIL_VERDICT_DOES_NOT_CLOSE,
    TRAIL_VERDICT_NOT_CHECKED /* `why_not` says why */
} trail_verdict;
#define TRAIL_VERDICT_COUNT 4

/* To the statement before it, of the same account and currency. */
typedef enum trail_statement_link {
    TRAIL_LINK_FIRST = 0, /* there is none */
    TRAIL_LINK_FOLLOWS,   /* opens with what the one before closed with */
    TRAIL_LINK_GAP,       /* days lie between, and the balance moved or is not stated */
    TRAIL_LINK_OVERLAP,   /* shares days with it, and agrees with its rows, or states no balance */
    TRAIL_LINK_REPEATED,  /* the same statement once more */
    TRAIL_LINK_DIFFERS,   /* no day lies between, yet it opens with another balance */
    TRAIL_LINK_UNKNOWN    /* no day lies between, and no balance is stated */
} trail_statement_link;
#define TRAIL_LINK_COUNT 7

/* One row whose balance does not follow from the row before it. */
typedef struct trail_balance_break {
    uint32_t check;         /* in checks */
    uint32_t record;        /* the row */
    uint32_t record_before; /* the row it should follow from; TRAIL_NO_RECORD: the opening */
    uint32_t unread;        /* a rejected record between the two, or TRAIL_NO_RECORD */
    int64_t expected_minor, stated_minor;
} trail_balance_break;

typedef struct trail_statement_check {
    uint32_t account;
    trail_currency currency; /* TRAIL_NO_CURRENCY: an empty statement that names none */
    bool is_report;
    bool turned;                     /* rows were listed newest first */
    uint32_t first_part, part_count; /* in parts: its pages, in order */

    trail_stated_balance opening, closing; /* of the whole */
    int32_t from_day, to_day; /* stated, else first and last of rows and balances; TRAIL_NO_DAY */
    bool period_stated;
    uint64_t rows;
    int64_t debit_minor, credit_minor; /* sums of its rows, >= 0 each */

    trail_verdict verdict;
    const char *why_not;      /* NOT_CHECKED: one plain clause; else NULL */
    int64_t difference_minor; /* closing less (opening and rows); 0 when not checked */
    uint32_t excepted;        /* CLOSES_BUT: first such record */
    uint32_t excepted_count;
    bool totals_stated, totals_differ; /* the sums it states itself */
    int64_t stated_debit_minor, stated_credit_minor;
    uint32_t first_break, break_count; /* in breaks */
    uint32_t reordered;                /* rows whose place within their day the balances gave */
    uint32_t unread;                   /* rejected records among its rows */

    trail_statement_link link;
    uint32_t previous;                          /* check it is compared with, or TRAIL_NO_CHECK */
    int64_t moved_minor;                        /* GAP, DIFFERS: opening less what was expected */
    bool moved_known;                           /* both balances are stated */
    uint32_t missing_number, missing_number_to; /* between the two; UINT32_MAX: none */
    bool number_repeated;                       /* has the number of the one before it */
    uint32_t missing_page, missing_page_to;     /* before its first page; 0: none */
    bool ends_early;                            /* its last page says that another follows */
} trail_statement_check;

typedef struct trail_statement_checks {
    trail_vector checks; /* of trail_statement_check, by account, currency, reports last, day */
    trail_vector parts;  /* of uint32_t: places in ledger->statements */
    trail_vector breaks; /* of trail_balance_break, by check, in the order of the statement */
} trail_statement_checks;

void trail_statement_checks_init(trail_statement_checks *checks);
void trail_statement_checks_clear(trail_statement_checks *checks);

/* The tolerance in the smallest unit of a currency, from millionths of the unit: 100000 is 0.10. */
int64_t trail_balance_tolerance(int64_t millionths, trail_currency currency);

/* Accounts settled, entries in record order. O(entries log entries); nothing where no statement
 * is. */
trail_status trail_statement_checks_make(trail_statement_checks *checks, const trail_ledger *ledger,
                                         int64_t tolerance_millionths,
                                         trail_error *err) TRAIL_MUST_CHECK;

const trail_statement *trail_check_part(const trail_statement_checks *checks,
                                        const trail_ledger *ledger,
                                        const trail_statement_check *check, uint32_t part);
/* "closes", "closes but for rows valued after the closing day" …; "follows", "gap" … */
const char *trail_verdict_name(trail_verdict verdict);
const char *trail_link_name(trail_statement_link link);
const char *trail_balance_kind_name(trail_balance_kind kind); /* "booked", "page" … */

#endif
