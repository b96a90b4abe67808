/* The case folder: case.yaml, its spreadsheets and case.key. Checking one, and making one. */
#ifndef MONEYTRAIL_CASE_H
#define MONEYTRAIL_CASE_H

#include <stddef.h>

#include <moneytrail/error.h>
#include <moneytrail/notices.h>
#include <moneytrail/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a checked case file holds. */
typedef struct trail_case_counts {
    size_t sources;
    size_t profiles;
    size_t requests;
    size_t accounts;
    size_t people;
    size_t proceeds;
    size_t destinations;
} trail_case_counts;

/* Reads case_folder/case.yaml and the spreadsheets beside it, and compares them with the files that
 * are there; writes nothing. Every mistake is one notice ("case.yaml:39:11: error: ..."); then
 * TRAIL_USAGE with their number in err. counts may be NULL. O(size of the case file). */
trail_status trail_case_check(const char *case_folder, trail_case_counts *counts,
                              const trail_notices *notices, trail_error *err);

/* What trail_case_new made. */
typedef struct trail_case_made {
    size_t files;     /* received files found */
    size_t decided;   /* of these, files whose layout is certain */
    size_t undecided; /* files that a run will set aside until the case file says more */
    size_t left_out;  /* links and devices, which are not followed: each is a notice */
    size_t copied;    /* files copied into case_folder/received (0: they lie in it already) */
} trail_case_made;

/* Makes case_folder from the files below from_folder: each is hashed and looked at; those outside
 * case_folder are copied into case_folder/received, read-only, and the copies' hashes compared; the
 * originals are never touched. Writes case.key and a commented case.yaml that runs as it is.
 * TRAIL_USAGE if case_folder has a case.yaml, or nothing lies below from_folder. made, progress
 * and notices may be NULL. O(bytes). */
trail_status trail_case_new(const char *case_folder, const char *from_folder, trail_case_made *made,
                            const trail_progress *progress, const trail_notices *notices,
                            trail_error *err);

#ifdef __cplusplus
}
#endif
#endif
