/* Mistakes in a case file, collected so that all are shown at once, in the order of the file. */
#ifndef TRAIL_PIPELINE_MISTAKES_H
#define TRAIL_PIPELINE_MISTAKES_H

#include <stddef.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "base/vector.h"

/* Where something stands. column 0: a row of a spreadsheet; line 0: the whole file. */
typedef struct trail_place {
    const char *file; /* "case.yaml"; borrowed */
    int line, column;
} trail_place;

/* The way to a value: "people[2].role" is role < [2] < people. Lives on the caller's stack. */
typedef struct trail_way {
    const struct trail_way *parent; /* NULL at the top */
    const char *name;               /* NULL: an item of a list */
    size_t number;                  /* of that item, from 1 */
} trail_way;

typedef struct trail_mistakes {
    trail_vector items;
    size_t count;        /* found in all, also those not kept */
    size_t outside_yaml; /* of these, in a spreadsheet */
} trail_mistakes;

#define TRAIL_MISTAKES_KEPT 200 /* more are counted only */

void trail_mistakes_init(trail_mistakes *mistakes);
void trail_mistakes_clear(trail_mistakes *mistakes);

/* Notes "file:line:column: error: way: sentence". way may be NULL. TRAIL_OK unless memory is
 * refused: a mistake is not a failure. */
trail_status trail_mistakes_add(trail_mistakes *mistakes, trail_place place, const trail_way *way,
                                trail_error *err, const char *format, ...)
    TRAIL_PRINTF(5, 6) TRAIL_MUST_CHECK;

/* Appends the lines to `lines` (of char *, trail_free each), sorted by file, line and column. */
trail_status trail_mistakes_tell(trail_mistakes *mistakes, trail_vector *lines,
                                 trail_error *err) TRAIL_MUST_CHECK;

/* The choice most like `word` (NULL-ended list), or NULL when none is near. */
const char *trail_nearest(const char *word, const char *const *choices);
/* The same for one candidate at a time: true when it is near and nearer than *best, which starts
 * as SIZE_MAX. */
bool trail_is_nearer(const char *word, const char *candidate, size_t *best);

/* `value` cut to a length fit for a message, whole characters only. */
#define TRAIL_QUOTABLE 72
const char *trail_quotable(const char *value, char quotable[TRAIL_QUOTABLE]);

#endif
