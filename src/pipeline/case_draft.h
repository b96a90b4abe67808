/* The case.yaml that `moneytrail new` writes: commented, and running as it is. */
#ifndef TRAIL_PIPELINE_CASE_DRAFT_H
#define TRAIL_PIPELINE_CASE_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/digest.h"
#include "base/text.h"
#include "base/vector.h"

/* One received file as it was found and looked at. */
typedef struct trail_draft_file {
    char *name; /* relative to the case folder; trail_free */
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size, rows;
    bool nameable;      /* its name is text that a case file can hold */
    bool decided;       /* the profile is certain, or none is needed */
    const char *format; /* what it was recognised as, if it needs no profile; else NULL */
    bool notation_open; /* all but how dates or amounts are written: the profile holds the lines to
                           choose from as comments, and a run sets the file aside until then */
    bool transfers;     /* a table of transfers, not a statement */
    char currency[8];   /* the constant currency of the file, "" if there is none */
    trail_text profile; /* its keys as YAML, behind four spaces */
    trail_text doubts;  /* comment lines */
} trail_draft_file;

void trail_draft_files_clear(trail_vector *files); /* of trail_draft_file */

/* Appends case.yaml to `text`. Files with equal profiles share one. Depends on nothing but its
 * arguments. */
trail_status trail_case_draft(const char *case_name, const trail_vector *files, trail_text *text,
                              trail_error *err) TRAIL_MUST_CHECK;

#endif
