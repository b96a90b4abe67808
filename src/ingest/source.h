/* A source: one received file and what the case file says of it. */
#ifndef TRAIL_INGEST_SOURCE_H
#define TRAIL_INGEST_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/vector.h"
#include "ingest/profile.h"
#include "model/currency.h"

typedef enum trail_observes {
    TRAIL_OBSERVES_DEFAULT = 0, /* a statement: its own account; a table: from `bank` */
    TRAIL_OBSERVES_ALL,
    TRAIL_OBSERVES_LIST,
    TRAIL_OBSERVES_BANK
} trail_observes;

/* A logged decision: rows of that account on those days may be used although no request asked. */
typedef struct trail_release {
    const char *account; /* as written */
    int32_t from, to;    /* TRAIL_NO_DAY = open */
} trail_release;

typedef struct trail_source {
    const char *file;             /* relative to the case folder */
    const char *member;           /* "jan/a.csv" of the container that the file is; NULL: all */
    const char *sheet;            /* name or number, of a workbook; NULL: all that hold a table */
    const char *format;           /* a reader's name; NULL: recognised */
    const char *request;          /* request id or NULL */
    const char *state;            /* the request's, two letters; NULL: not known */
    const trail_profile *profile; /* NULL: guess (format: auto) */
    const char *bank;             /* BIC, or the name in the file's bank column; NULL if none */
    const char *own_account;      /* NULL: from the file */
    int32_t from, to;             /* stated period, TRAIL_NO_DAY = not stated */
    trail_observes observes;
    trail_vector observed; /* of const char *: numbers (LIST) */
    const char *observed_bank;
    const char *timezone;
    const char *currency; /* constant */
    const char *encoding;
    trail_vector scope_accounts; /* of const char *: of its request; empty = all */
    int32_t scope_from, scope_to;
    trail_vector releases;           /* of trail_release */
    int line;                        /* in the case file, for messages */
    uint8_t hash[TRAIL_DIGEST_SIZE]; /* set on receipt, before reading */
    uint64_t size;
} trail_source;

#endif
