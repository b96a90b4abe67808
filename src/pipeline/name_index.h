/* Names that other parts refer to, each with the place where it was given. */
#ifndef TRAIL_PIPELINE_NAME_INDEX_H
#define TRAIL_PIPELINE_NAME_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "base/vector.h"

typedef struct trail_name_index {
    trail_strings *strings;
    trail_vector items; /* of size_t, by string id: where the name was first given */
} trail_name_index;     /* {0} is clearable */

#define TRAIL_NO_NAME SIZE_MAX

trail_status trail_name_index_init(trail_name_index *index, trail_error *err) TRAIL_MUST_CHECK;
void trail_name_index_clear(trail_name_index *index);
/* *earlier: the item that has the name already, or TRAIL_NO_NAME, and then it is `item`'s. */
trail_status trail_name_index_put(trail_name_index *index, trail_slice name, size_t item,
                                  size_t *earlier, trail_error *err) TRAIL_MUST_CHECK;
size_t trail_name_index_find(const trail_name_index *index, const char *name);
/* The name most like `name`, or NULL. Borrowed until the next put. O(names). */
const char *trail_name_index_nearest(const trail_name_index *index, const char *name);

#endif
