/* Which files show which account on which days: where rows can repeat each other at all. A file's
 * statements and its interim reports are two units, for a report repeats what a statement says. */
#ifndef TRAIL_RECONCILE_ROW_SOURCES_H
#define TRAIL_RECONCILE_ROW_SOURCES_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/vector.h"
#include "reconcile/said_row.h"

#define TRAIL_NO_SPAN UINT32_MAX

typedef struct trail_row_unit {
    uint32_t rank;     /* statements first, then what says most a row, then hash and name of file */
    uint32_t fields;   /* bits of what any of its rows says */
    uint64_t said_sum; /* fields said by its collected rows */
    uint64_t rows;
} trail_row_unit;

/* Days a unit shows of an account. */
typedef struct trail_row_span {
    uint32_t account, unit;
    int32_t from_day, to_day;
    uint32_t next; /* of the account */
} trail_row_span;

/* The balances with which a unit's statements of a pocket begin and end. */
typedef struct trail_row_ends {
    uint32_t account, unit;
    trail_currency currency;
    int32_t first_day, last_day;
    trail_stated_balance opening, closing;
} trail_row_ends;

typedef struct trail_row_sources {
    const trail_ledger *ledger;
    const uint8_t *gone;   /* by entry: merged already (the file was received before) */
    uint8_t *has_report;   /* by file */
    trail_row_unit *units; /* 2·file + report */
    trail_vector spans;    /* of trail_row_span */
    uint32_t *first_span;  /* by account */
    int32_t *from, *to;    /* by account: hull of its overlaps; empty if from > to */
    trail_map64 span_of;   /* account << 32 | unit -> span */
    trail_vector ends;     /* of trail_row_ends, by (account, unit, currency) */
    bool any;              /* some account overlaps */
} trail_row_sources;

trail_status trail_row_sources_make(trail_row_sources *sources, const trail_ledger *ledger,
                                    const uint8_t *gone, trail_error *err) TRAIL_MUST_CHECK;
void trail_row_sources_clear(trail_row_sources *sources);

/* Unit of an entry of `file` (of which see trail_row_file). */
uint32_t trail_row_unit_of(const trail_row_sources *sources, uint32_t file, uint32_t record);
/* File of a record, found at once when asked in record order; *file is where to begin. */
uint32_t trail_row_file(const trail_ledger *ledger, uint32_t record, uint32_t *file);
/* Ranks the units; after their rows were counted into them. */
trail_status trail_row_sources_rank(trail_row_sources *sources, trail_error *err) TRAIL_MUST_CHECK;
/* How many units show the account on that day. */
uint32_t trail_row_sources_covering(const trail_row_sources *sources, uint32_t account,
                                    int32_t day);
bool trail_row_sources_covers(const trail_row_sources *sources, uint32_t unit, uint32_t account,
                              int32_t day);
/* One unit's statements go on where the other's end, to the cent: what they show of the day they
 * share is two parts of it, not the same. */
bool trail_row_sources_continue(const trail_row_sources *sources, uint32_t a, uint32_t b,
                                uint32_t account, trail_currency currency, int32_t day);
/* Rows of one may be the other's in other words: statement and report, or two formats. */
bool trail_row_sources_differ(const trail_row_sources *sources, uint32_t a, uint32_t b);

#endif
