/* The scope of the request that a source answers: the accounts and days that were asked for. What
 * lies outside is a record only, until a logged decision releases it. */
#ifndef TRAIL_INGEST_SCOPE_H
#define TRAIL_INGEST_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "ingest/source.h"

typedef struct trail_scope {
    const trail_source *source;
    trail_strings *numbers;  /* asked for; NULL: all */
    trail_strings *released; /* of the source's releases; NULL: none */
} trail_scope;               /* {0} is clearable */

trail_status trail_scope_init(trail_scope *scope, const trail_source *source,
                              trail_error *err) TRAIL_MUST_CHECK;
void trail_scope_clear(trail_scope *scope);
/* Is a record of that day on an account of these keys (one or two, empty: not named) inside? O(1),
 * and O(releases) for what lies outside. */
bool trail_scope_admits(const trail_scope *scope, int32_t day, const trail_slice *keys,
                        size_t count);
/* The number in an account's key: behind the bank's end mark, or all of an IBAN. */
trail_slice trail_scope_number(trail_slice key);

#endif
