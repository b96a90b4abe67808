/* Legs of one side by (own account, currency, day, amount), for range look-ups. */
#ifndef TRAIL_RECONCILE_MATCH_DIRECTORY_H
#define TRAIL_RECONCILE_MATCH_DIRECTORY_H

#include <moneytrail/error.h>

#include "reconcile/match_legs.h"

typedef struct trail_match_directory {
    const trail_match_leg *legs; /* borrowed */
    uint32_t *places;            /* of the side's legs */
    uint32_t count;
} trail_match_directory;

trail_status trail_match_directory_make(trail_match_directory *directory,
                                        const trail_match_legs *legs, bool credit,
                                        trail_error *err) TRAIL_MUST_CHECK;
void trail_match_directory_clear(trail_match_directory *directory);

/* First place in `places` not before (own, currency, day, amount). O(log n). */
uint32_t trail_match_directory_from(const trail_match_directory *directory, uint32_t own,
                                    trail_currency currency, int32_t day, int64_t amount_minor);

#endif
