/* A case: what case.yaml and the spreadsheets beside it (people.csv, proceeds.csv,
 * destinations.csv, requests.csv) say. All strings and all items of the vectors live in the case's
 * arena: the vectors are for reading only, never to be grown or cleared. */
#ifndef TRAIL_PIPELINE_CASE_FILE_H
#define TRAIL_PIPELINE_CASE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/vector.h"
#include "evidence/decision.h"
#include "evidence/mandate.h"
#include "evidence/people.h"
#include "ingest/profile.h"
#include "ingest/source.h"
#include "model/ledger.h"
#include "paths/route.h"
#include "trace/proceeds.h"

#define TRAIL_CASE_FILE_LIMIT ((size_t)1 << 20) /* bytes of case.yaml */

/* A fact on an account: its holder, its balance before the first leg, that all its days are
 * observed. */
typedef struct trail_case_account {
    const char *number;       /* as written */
    const char *bank;         /* NULL: none given */
    const char *holder;       /* a person's key, or NULL */
    const char *opening_text; /* as written, or NULL */
    bool has_opening;
    int64_t opening_minor;
    trail_currency currency; /* of the opening */
    trail_origin origin;
    bool observed;
    int line; /* in case.yaml */
} trail_case_account;

/* An account of interest, or all listed accounts of a person. */
typedef struct trail_case_destination {
    const char *account; /* as written; NULL: person is given */
    const char *bank;
    const char *person; /* a person's key */
    int line;
} trail_case_destination;

typedef struct trail_case {
    trail_arena arena;
    trail_mandate mandate;
    const char *rates;     /* relative to the case folder, or NULL */
    trail_vector sources;  /* of trail_source */
    trail_vector profiles; /* of trail_profile */
    trail_vector accounts; /* of trail_case_account */
    trail_people people;
    trail_vector proceeds;     /* of trail_proceeds_rule */
    trail_vector destinations; /* of trail_case_destination */
    trail_decisions decisions; /* of decisions.yaml; stages set their outcomes */
    trail_route_limits route_limits;
    uint64_t reject_limit;                /* 0: the readers' own limit */
    int64_t balance_tolerance_millionths; /* of the unit of each currency; 0: to the last digit */
    trail_vector files; /* of const char *: case.yaml, decisions.yaml, spreadsheets read */
} trail_case;

/* Reads and checks the case in case_folder; changes nothing on disk. With mistakes: TRAIL_USAGE,
 * err says how many, and each is a line in `messages` (of char *, trail_free each, sorted by file
 * and line); messages may be NULL. O(size). */
trail_status trail_case_read(trail_case **out, const char *case_folder, trail_vector *messages,
                             trail_error *err) TRAIL_MUST_CHECK;
/* The same for a case.yaml in memory: no spreadsheets, and files are not looked for. */
trail_status trail_case_parse(trail_case **out, trail_slice yaml, trail_vector *messages,
                              trail_error *err) TRAIL_MUST_CHECK;
void trail_case_free(trail_case *read_case);
void trail_case_messages_clear(trail_vector *messages);

#endif
