/* What was asked and what came: for every request, each asked account and month, and what a letter
 * to the requested authority would have to name. Facts only; the words are the exporters'. */
#ifndef TRAIL_RECONCILE_REPLY_CHECK_H
#define TRAIL_RECONCILE_REPLY_CHECK_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "evidence/mandate.h"
#include "ingest/reject.h"
#include "ingest/source.h"
#include "model/ledger.h"
#include "reconcile/coverage.h"
#include "reconcile/statement_check.h"

typedef enum trail_reply_state {
    TRAIL_REPLY_RECEIVED = 0, /* every asked day of the month is covered */
    TRAIL_REPLY_PARTLY,
    TRAIL_REPLY_MISSING,
    TRAIL_REPLY_NOT_READ, /* a file that is not read is said to hold it */
    TRAIL_REPLY_OUTSIDE   /* received though not asked for */
} trail_reply_state;
#define TRAIL_REPLY_STATE_COUNT 5

/* One account and month of one request. */
typedef struct trail_reply_month {
    uint32_t request; /* in the mandate's requests */
    uint32_t account; /* TRAIL_NO_ACCOUNT: in no record */
    uint32_t number;  /* string id: as the request or the records write it */
    int32_t first_day;
    trail_reply_state state;
    uint32_t days_asked, days_covered; /* of those asked */
    uint32_t rows_outside;             /* rows received that nobody asked for */
} trail_reply_month;

typedef enum trail_deficiency_kind {
    TRAIL_LACKS_REPLY = 0,  /* no file answers the request; it is not refused */
    TRAIL_LACKS_BY_REFUSAL, /* refused */
    TRAIL_LACKS_ACCOUNT,    /* nothing of an asked account */
    TRAIL_LACKS_DAYS,       /* from_day..to_day of an asked account */
    TRAIL_LACKS_NUMBER,     /* statements `first`..`last` between two that were received */
    TRAIL_LACKS_PAGE,       /* pages `first`..`last` of the statement in `file` */
    TRAIL_LACKS_LAST_PAGE,  /* the last page received says that another follows */
    TRAIL_LACKS_MOVEMENT,   /* amount moved unseen between from_day and to_day */
    TRAIL_LACKS_AGREEMENT,  /* a balance does not follow at `record`: amount would, other is stated
                             */
    TRAIL_LACKS_CLOSING,    /* the statement in `file` at `line` does not close, by amount */
    TRAIL_LACKS_END,        /* `file` breaks off: reason */
    TRAIL_LACKS_DECISION,   /* `file` could not be decided or opened: reason */
    TRAIL_LACKS_READING,    /* `file` is of a kind that is not read: reason */
    TRAIL_LACKS_ROWS        /* `count` records of `file` could not be read, the first at `line` */
} trail_deficiency_kind;
#define TRAIL_DEFICIENCY_KIND_COUNT 14

/* Members beyond those its kind speaks of are zero or NO_…. */
typedef struct trail_deficiency {
    uint32_t request; /* UINT32_MAX: of a file that answers no request */
    trail_deficiency_kind kind;
    uint32_t account, number; /* as above */
    int32_t from_day, to_day;
    uint32_t first, last;
    const char *file; /* as received (borrowed from the reports or records) */
    uint64_t line;
    uint32_t record;
    uint32_t count;
    trail_currency currency;
    int64_t amount_minor, other_minor;
    uint32_t reason; /* string id */
} trail_deficiency;

typedef struct trail_reply_check {
    trail_vector months; /* of trail_reply_month, by request, account as asked, month */
    trail_vector
        deficiencies; /* of trail_deficiency, by request, in the order of the kinds' table */
} trail_reply_check;

typedef struct trail_reply_given {
    const trail_mandate *mandate;
    const trail_source *sources;
    size_t source_count;
    trail_ledger *ledger; /* strings may be added */
    const trail_rejects *rejects;
    const trail_statement_checks *checks;
    const trail_coverage *coverage;
} trail_reply_given;

void trail_reply_check_init(trail_reply_check *check);
void trail_reply_check_clear(trail_reply_check *check);
/* After coverage. O(n log n) in what it lists, O(observations) a request's account. */
trail_status trail_reply_check_make(trail_reply_check *check, const trail_reply_given *given,
                                    trail_error *err) TRAIL_MUST_CHECK;

const char *trail_reply_state_name(trail_reply_state state); /* "received", "outside the request" */

#endif
