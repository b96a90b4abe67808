/* A guess in words and as YAML. */
#ifndef TRAIL_INGEST_GUESS_TEXT_H
#define TRAIL_INGEST_GUESS_TEXT_H

#include "base/output.h"
#include "ingest/guess.h"

/* A YAML scalar: plain where that is safe, else in double quotes. */
void trail_yaml_scalar(trail_output *out, const char *text);

/* The keys of a profile as case.yaml takes them, one a line, each behind `indent`; columns last. */
void trail_profile_write_yaml(const trail_profile *profile, const char *indent, trail_output *out);

/* The guess's profile, with the lines that would settle its doubts as comments. */
void trail_guess_write_profile(const trail_guess *guess, const char *indent, trail_output *out);

/* What the file seems to be, its columns with samples, its codes with count and total, what was
 * decided how, and what is in doubt with the line to paste: lines behind `indent` (such as "# ").
 */
void trail_guess_write_words(const trail_guess *guess, const char *indent, trail_output *out);
/* Only the doubts, the blocking ones first. */
void trail_guess_write_doubts(const trail_guess *guess, const char *indent, trail_output *out);

/* One JSON object with the same. */
void trail_guess_write_json(const trail_guess *guess, const char *file, trail_output *out);

#endif
