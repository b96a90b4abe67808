/* One run: from the received files of a case folder to everything in its out folder. */
#ifndef MONEYTRAIL_RUN_H
#define MONEYTRAIL_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>
#include <moneytrail/notices.h>
#include <moneytrail/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {0} is the ordinary run. Strings are borrowed. */
typedef struct trail_run_options {
    const char *only;       /* NULL: every stage; else this one and what it needs */
    const char *out_folder; /* NULL: case_folder/out, the earlier one replaced when all is done */
    unsigned threads;       /* 0: as many as there are processors; results never depend on it */
    bool internal;          /* declared people are shown by name; written into custody.jsonl */
    const char *operator_name;      /* who runs it, for custody.jsonl; NULL: the login name */
    const char *authority;          /* on whose authority, for custody.jsonl; may be NULL */
    const char *reason;             /* why, for custody.jsonl; may be NULL */
    const trail_progress *progress; /* may be NULL */
    const trail_notices *notices;   /* may be NULL */
} trail_run_options;

#define TRAIL_RUN_STAGES 32 /* most stages a summary holds */

/* What one stage made. */
typedef struct trail_run_stage {
    const char *name; /* static storage */
    uint64_t rows;    /* rows, payments, routes ...: what the stage's unit says */
    const char *unit; /* static storage */
} trail_run_stage;

/* The identity: rows_in = rows_attesting + rows_rejected + rows_no_payment + rows_out_of_scope.
 * Files set aside are counted as files. */
typedef struct trail_run_summary {
    uint64_t rows_in;
    uint64_t rows_attesting;    /* records that attest a payment */
    uint64_t rows_rejected;     /* in rejects.csv */
    uint64_t rows_no_payment;   /* declared by a profile to be no payment */
    uint64_t rows_out_of_scope; /* outside the request's accounts or period */
    uint64_t files_read;
    uint64_t files_read_in_part; /* a broken gzip: what was readable is kept */
    uint64_t files_set_aside;
    uint64_t files_not_read;   /* PDF and pictures: received and hashed */
    uint64_t files_not_listed; /* lie beside the sources, but no source names them */
    uint64_t payments;
    uint64_t accounts;
    uint64_t accounts_observed;
    uint64_t paired;        /* payments seen by both banks */
    uint64_t may_be_double; /* pairs that may be one payment */
    uint64_t statements;    /* pages joined */
    uint64_t statements_closing;
    uint64_t statements_not_closing;
    uint64_t statements_totals_differ; /* they state other sums than their rows come to */
    uint64_t statements_not_checked;   /* they state no balances to check by */
    uint64_t months_covered;           /* account × month: every day */
    uint64_t months_partial;
    uint64_t months_missing; /* nothing between covered months, or though it was asked for */
    trail_run_stage stages[TRAIL_RUN_STAGES];
    size_t stage_count;
    bool anomalies; /* rejects, files not read whole, statements that contradict themselves */
} trail_run_summary;

/* Reads the case, hashes and reads the evidence, and writes the out folder, whole or not at all.
 * A wrong case file is TRAIL_USAGE: its mistakes are notices and nothing on disk has changed.
 * summary may be NULL. */
trail_status trail_run(const char *case_folder, const trail_run_options *options,
                       trail_run_summary *summary, trail_error *err);

/* The counts of a summary by name, in its order; false beyond the last. name: static storage. */
bool trail_run_count(const trail_run_summary *summary, size_t index, const char **name,
                     uint64_t *value);

/* The stages in running order, for help and for `only`; NULL beyond the last. Static storage. */
size_t trail_run_stage_count(void);
const char *trail_run_stage_name(size_t index);
const char *trail_run_stage_summary(size_t index);

#ifdef __cplusplus
}
#endif
#endif
