/* Logged decisions that two entities are, or are not, one. Those against are taken first; one for
 * is not applied where it would bring together two that a decision keeps apart. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "identity/entity_parts.h"

typedef struct named_entity {
    trail_id id;
    uint32_t entity;
} named_entity;

typedef struct kept_apart {
    uint32_t a, b;
} kept_apart;

typedef struct deciding {
    trail_identity *identity;
    trail_vector named; /* of named_entity, by id */
    trail_vector apart; /* of kept_apart */
} deciding;

static int order_named(const void *context, const void *a, const void *b)
{
    const named_entity *one = a;
    const named_entity *other = b;
    int order = memcmp(&one->id, &other->id, sizeof one->id);
    (void)context;
    if (order != 0) return order;
    return one->entity < other->entity ? -1 : one->entity > other->entity;
}

/* Every entity under its id, and holders under those of all their names. */
static trail_status list_named(deciding *work, trail_error *err)
{
    const trail_identity *identity = work->identity;
    const trail_seen_name *seen = identity->seen.items;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < identity->entities.count && status == TRAIL_OK; i++) {
        const trail_entity *entity = trail_identity_entity(identity, i);
        named_entity named = {entity->id, i};
        status = trail_vector_push(&work->named, &named, err);
        if (entity->kind != TRAIL_ENTITY_HOLDER) continue;
        for (uint32_t k = 0; k < entity->name_count && status == TRAIL_OK; k++) {
            named.id = seen[entity->first_name + k].id;
            status = trail_vector_push(&work->named, &named, err);
        }
    }
    if (status != TRAIL_OK) return status;
    return trail_sort_items(work->named.items, work->named.count, sizeof(named_entity), order_named,
                            NULL, err);
}

static uint32_t find_named(const deciding *work, const char *target)
{
    const named_entity *items = work->named.items;
    size_t from = 0;
    size_t to = work->named.count;
    trail_id id;
    trail_slice text = trail_slice_of(target);
    if (text.length != 2 * TRAIL_ID_SIZE + 1 || text.start[0] != 'e' ||
        !trail_unhex((trail_slice){text.start + 1, text.length - 1}, id.bytes, TRAIL_ID_SIZE))
        return TRAIL_NO_ENTITY;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (memcmp(&items[middle].id, &id, sizeof id) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < work->named.count && memcmp(&items[from].id, &id, sizeof id) == 0;
    return found ? items[from].entity : TRAIL_NO_ENTITY;
}

static uint32_t group_of(const trail_identity *identity, uint32_t entity)
{
    return trail_identity_entity(identity, entity)->group;
}

/* Would one group hold two entities that are kept apart? Every member is looked at. */
static bool are_kept_apart(const deciding *work, uint32_t a, uint32_t b)
{
    const kept_apart *pairs = work->apart.items;
    for (size_t i = 0; i < work->apart.count; i++) {
        uint32_t x = group_of(work->identity, pairs[i].a);
        uint32_t y = group_of(work->identity, pairs[i].b);
        if ((x == a && y == b) || (x == b && y == a)) return true;
    }
    return false;
}

static void make_one(trail_identity *identity, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b;
    uint32_t high = a < b ? b : a;
    trail_entity *entities = identity->entities.items;
    for (size_t i = 0; i < identity->entities.count; i++)
        if (entities[i].group == high) entities[i].group = low;
}

static void mark_candidate(trail_identity *identity, uint32_t a, uint32_t b, uint32_t decision)
{
    trail_candidate *candidates = identity->candidates.items;
    for (size_t i = 0; i < identity->candidates.count; i++) {
        bool pair = (candidates[i].first == a && candidates[i].second == b) ||
                    (candidates[i].first == b && candidates[i].second == a);
        if (pair) candidates[i].decision = decision;
    }
}

static trail_status take(deciding *work, trail_decision *decision, uint32_t place, trail_error *err)
{
    trail_identity *identity = work->identity;
    uint32_t a = find_named(work, decision->targets[0]);
    uint32_t b = find_named(work, decision->targets[1]);
    decision->outcome = TRAIL_DECISION_TARGET_GONE;
    if (a == TRAIL_NO_ENTITY || b == TRAIL_NO_ENTITY) return TRAIL_OK;
    if (decision->refused) {
        kept_apart pair = {a, b};
        /* Records now show as one what was held apart. */
        decision->outcome = a == b ? TRAIL_DECISION_TARGET_CHANGED : TRAIL_DECISION_APPLIED;
        mark_candidate(identity, a, b, place);
        return a == b ? TRAIL_OK : trail_vector_push(&work->apart, &pair, err);
    }
    uint32_t group_a = group_of(identity, a);
    uint32_t group_b = group_of(identity, b);
    decision->outcome = TRAIL_DECISION_WITHOUT_EFFECT;
    if (group_a == group_b || are_kept_apart(work, group_a, group_b)) return TRAIL_OK;
    make_one(identity, group_a, group_b);
    mark_candidate(identity, a, b, place);
    decision->outcome = TRAIL_DECISION_APPLIED;
    return TRAIL_OK;
}

trail_status trail_same_decide(trail_identity *identity, trail_decisions *decisions,
                               trail_error *err)
{
    deciding work = {.identity = identity,
                     .named = trail_vector_of(sizeof(named_entity)),
                     .apart = trail_vector_of(sizeof(kept_apart))};
    trail_decision *list = decisions->decisions.items;
    trail_status status = TRAIL_OK;
    bool any = false;
    for (size_t i = 0; i < decisions->decisions.count; i++)
        any = any || list[i].type == TRAIL_DECISION_SAME;
    if (any) status = list_named(&work, err);
    for (int refused = 1; refused >= 0 && any; refused--)
        for (size_t i = 0; i < decisions->decisions.count && status == TRAIL_OK; i++)
            if (list[i].type == TRAIL_DECISION_SAME && list[i].refused == (refused != 0))
                status = take(&work, &list[i], (uint32_t)i, err);
    trail_vector_clear(&work.named);
    trail_vector_clear(&work.apart);
    return status;
}
