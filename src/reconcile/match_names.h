/* Likeness of two names as the matching of legs needs it: thousandths, asked for by string id. */
#ifndef TRAIL_RECONCILE_MATCH_NAMES_H
#define TRAIL_RECONCILE_MATCH_NAMES_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/strings.h"

typedef struct trail_match_names trail_match_names;

trail_status trail_match_names_new(trail_match_names **out, const trail_strings *strings,
                                   trail_error *err) TRAIL_MUST_CHECK;
void trail_match_names_free(trail_match_names *names);

/* 1000 for equal texts once folded, 0..1000 else. Cached by text. */
trail_status trail_match_names_score(trail_match_names *names, uint32_t name_a, uint32_t name_b,
                                     unsigned *permille, trail_error *err) TRAIL_MUST_CHECK;
/* A number that names equal once folded share, whatever order they came in: for grouping only. */
trail_status trail_match_names_key(trail_match_names *names, uint32_t name, uint64_t *key,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
