#include "reconcile/match_decisions.h"

#include <string.h>

#include "base/memory.h"
#include "model/published_id.h"

static bool has_pairs(const trail_decisions *decisions)
{
    for (size_t i = 0; decisions != NULL && i < decisions->decisions.count; i++) {
        const trail_decision *decision = trail_vector_at(&decisions->decisions, i);
        if (decision->type == TRAIL_DECISION_PAIR) return true;
    }
    return false;
}

static uint64_t key_of(const trail_id *id)
{
    uint64_t key;
    memcpy(&key, id->bytes, sizeof key);
    return key;
}

/* The leg a target names, TRAIL_NO_LEG when no leg has that id. */
static uint32_t leg_of(const char *target, const trail_map64 *map, const trail_id *ids)
{
    trail_id id;
    uint32_t leg;
    trail_slice text = trail_slice_of(target);
    if (text.length != 2 * TRAIL_ID_SIZE + 1 || text.start[0] != 't' ||
        !trail_unhex((trail_slice){text.start + 1, text.length - 1}, id.bytes, TRAIL_ID_SIZE) ||
        !trail_map64_find(map, key_of(&id), &leg) ||
        memcmp(ids[leg].bytes, id.bytes, TRAIL_ID_SIZE) != 0)
        return TRAIL_NO_LEG;
    return leg;
}

static trail_status apply(trail_match_decided *decided, trail_decision *decision,
                          const trail_match_legs *legs, const trail_map64 *map, const trail_id *ids,
                          trail_error *err)
{
    uint32_t a = leg_of(decision->targets[0], map, ids);
    uint32_t b = leg_of(decision->targets[1], map, ids);
    decision->outcome = TRAIL_DECISION_TARGET_GONE;
    if (a == TRAIL_NO_LEG || b == TRAIL_NO_LEG) return TRAIL_OK;
    decision->outcome = TRAIL_DECISION_TARGET_CHANGED;
    if (legs->legs[a].credit == legs->legs[b].credit) return TRAIL_OK;
    uint32_t debit = legs->legs[a].credit ? b : a, credit = legs->legs[a].credit ? a : b;
    if (decision->refused) {
        uint32_t *value = trail_map64_at(&decided->refused, (uint64_t)debit << 32 | credit, 1, err);
        if (value == NULL) return TRAIL_NO_MEMORY;
    } else {
        if (decided->partner[debit] != TRAIL_NO_LEG || decided->partner[credit] != TRAIL_NO_LEG)
            return TRAIL_OK;
        decided->partner[debit] = credit;
        decided->partner[credit] = debit;
    }
    decision->outcome = TRAIL_DECISION_APPLIED;
    return TRAIL_OK;
}

trail_status trail_match_decisions(trail_match_decided *decided, trail_decisions *decisions,
                                   const trail_ledger *ledger, const trail_match_legs *legs,
                                   const uint8_t *key, trail_error *err)
{
    trail_id *ids = NULL;
    uint32_t *entries = NULL;
    trail_map64 map = {0};
    *decided = (trail_match_decided){.partner = NULL};
    if (key == NULL || !has_pairs(decisions)) return TRAIL_OK;
    trail_status status =
        trail_alloc_zeroed(&decided->partner, legs->count, sizeof *decided->partner, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&ids, legs->count, sizeof *ids, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&entries, legs->count, sizeof *entries, err);
    for (uint32_t i = 0; i < legs->count && status == TRAIL_OK; i++) {
        entries[i] = legs->legs[i].entry;
        decided->partner[i] = TRAIL_NO_LEG;
    }
    if (status == TRAIL_OK)
        status = trail_leg_ids_make(ids, ledger, entries, legs->count, key, err);
    for (uint32_t i = 0; i < legs->count && status == TRAIL_OK; i++) {
        if (trail_map64_at(&map, key_of(&ids[i]), i, err) == NULL) status = TRAIL_NO_MEMORY;
    }
    for (size_t i = 0; status == TRAIL_OK && i < decisions->decisions.count; i++) {
        trail_decision *decision = trail_vector_at(&decisions->decisions, i);
        if (decision->type == TRAIL_DECISION_PAIR)
            status = apply(decided, decision, legs, &map, ids, err);
    }
    trail_free(ids);
    trail_free(entries);
    trail_map64_clear(&map);
    if (status != TRAIL_OK) trail_match_decided_clear(decided);
    return status;
}

void trail_match_decided_clear(trail_match_decided *decided)
{
    trail_free(decided->partner);
    trail_map64_clear(&decided->refused);
    decided->partner = NULL;
}

bool trail_match_is_refused(const trail_match_decided *decided, uint32_t debit, uint32_t credit)
{
    uint32_t value;
    return trail_map64_find(&decided->refused, (uint64_t)debit << 32 | credit, &value);
}
