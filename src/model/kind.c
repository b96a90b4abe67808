#include "model/kind.h"

#include "base/attributes.h"

static const char *const kind_names[TRAIL_KIND_COUNT] = {
    "transfer", "cash", "card", "fee", "interest", "wages", "return", "own", "unnamed", "other",
};

const char *trail_kind_name(trail_kind kind)
{
    return kind_names[kind];
}

bool trail_kind_find(trail_slice name, trail_kind *kind)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(kind_names); i++) {
        if (trail_slice_is(name, kind_names[i])) {
            *kind = (trail_kind)i;
            return true;
        }
    }
    return false;
}
