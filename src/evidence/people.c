#include "evidence/people.h"

static const char *const role_names[TRAIL_ROLE_COUNT] = {
    [TRAIL_ROLE_UNKNOWN] = "unknown",
    [TRAIL_ROLE_SUSPECT] = "suspect",
    [TRAIL_ROLE_CONVICTED] = "convicted",
    [TRAIL_ROLE_VICTIM] = "victim",
    [TRAIL_ROLE_POSSIBLE_VICTIM] = "possible-victim",
    [TRAIL_ROLE_WITNESS] = "witness",
    [TRAIL_ROLE_THIRD_PARTY] = "third-party",
};

const char *trail_role_name(trail_role role)
{
    size_t index = (size_t)role;
    return index < TRAIL_ROLE_COUNT ? role_names[index] : role_names[TRAIL_ROLE_UNKNOWN];
}

bool trail_role_find(trail_slice name, trail_role *role)
{
    for (size_t i = 0; i < TRAIL_ROLE_COUNT; i++) {
        if (!trail_slice_is(name, role_names[i])) continue;
        *role = (trail_role)i;
        return true;
    }
    return false;
}

bool trail_role_is_protected(trail_role role)
{
    return role == TRAIL_ROLE_VICTIM || role == TRAIL_ROLE_POSSIBLE_VICTIM ||
           role == TRAIL_ROLE_WITNESS;
}
