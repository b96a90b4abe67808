#include "pipeline/decided.h"

#include <string.h>

#include "base/map64.h"
#include "model/kind.h"

static uint64_t short_id(const trail_id *id)
{
    uint64_t value = 0;
    memcpy(&value, id->bytes, sizeof value);
    return value;
}

/* No alias: the payment has one leg, and its bytes are zero. */
static bool is_none(const trail_id *id)
{
    static const trail_id none;
    return memcmp(id, &none, sizeof none) == 0;
}

static bool has_id(const trail_published_ids *ids, uint32_t payment, const char *target)
{
    char text[TRAIL_ID_TEXT];
    trail_id_text('t', &ids->payments[payment], text);
    if (strcmp(text, target) == 0) return true;
    trail_id_text('t', &ids->credit_alias[payment], text);
    if (!is_none(&ids->credit_alias[payment]) && strcmp(text, target) == 0) return true;
    for (size_t i = 0; i < ids->aliases.count; i++) {
        const trail_id_alias *alias = trail_vector_at(&ids->aliases, i);
        if (alias->payment != payment) continue;
        trail_id_text('t', &alias->id, text);
        if (strcmp(text, target) == 0) return true;
    }
    return false;
}

/* The first eight bytes of each id and alias lead to its payment. */
static trail_status index_ids(const trail_published_ids *ids, size_t count, trail_map64 *places,
                              trail_error *err)
{
    for (uint32_t i = 0; i < count; i++) {
        const trail_id *both[2] = {&ids->payments[i], &ids->credit_alias[i]};
        for (size_t k = 0; k < 2; k++) {
            if (is_none(both[k])) continue;
            if (trail_map64_at(places, short_id(both[k]), i, err) == NULL) return TRAIL_NO_MEMORY;
        }
    }
    for (size_t i = 0; i < ids->aliases.count; i++) {
        const trail_id_alias *alias = trail_vector_at(&ids->aliases, i);
        if (trail_map64_at(places, short_id(&alias->id), alias->payment, err) == NULL)
            return TRAIL_NO_MEMORY;
    }
    return TRAIL_OK;
}

static trail_status find_payments(trail_investigation *investigation, trail_decision_type type,
                                  const trail_published_ids *ids, const trail_map64 *places,
                                  trail_vector *found, trail_error *err)
{
    trail_decision *decisions = investigation->case_file->decisions.decisions.items;
    for (size_t i = 0; i < investigation->case_file->decisions.decisions.count; i++) {
        trail_decided one = {.decision = (uint32_t)i};
        trail_id wanted;
        if (decisions[i].type != type) continue;
        trail_slice digits = trail_slice_of(decisions[i].targets[0] + 1);
        bool there = trail_unhex(digits, wanted.bytes, TRAIL_ID_SIZE) &&
                     trail_map64_find(places, short_id(&wanted), &one.payment) &&
                     has_id(ids, one.payment, decisions[i].targets[0]);
        if (!there) {
            decisions[i].outcome = TRAIL_DECISION_TARGET_GONE;
            continue;
        }
        trail_status status = trail_vector_push(found, &one, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_decided_payments(trail_investigation *investigation, trail_decision_type type,
                                    trail_vector *decided, trail_error *err)
{
    const trail_vector *decisions = &investigation->case_file->decisions.decisions;
    trail_published_ids ids = {0};
    trail_map64 places = {0};
    bool any = false;
    *decided = trail_vector_of(sizeof(trail_decided));
    for (size_t i = 0; i < decisions->count; i++)
        any = any || ((const trail_decision *)trail_vector_at(decisions, i))->type == type;
    if (!any) return TRAIL_OK;
    trail_status status =
        trail_published_ids_make(&ids, &investigation->ledger, investigation->key, err);
    if (status == TRAIL_OK) status = index_ids(&ids, investigation->ledger.count, &places, err);
    if (status == TRAIL_OK)
        status = find_payments(investigation, type, &ids, &places, decided, err);
    trail_map64_clear(&places);
    trail_published_ids_clear(&ids);
    return status;
}

trail_status trail_decide_kinds(trail_investigation *investigation, trail_error *err)
{
    trail_decision *decisions = investigation->case_file->decisions.decisions.items;
    trail_ledger *ledger = &investigation->ledger;
    trail_vector decided;
    trail_status status = trail_decided_payments(investigation, TRAIL_DECISION_KIND, &decided, err);
    for (size_t i = 0; i < decided.count && status == TRAIL_OK; i++) {
        const trail_decided *one = trail_vector_at(&decided, i);
        trail_decision *decision = &decisions[one->decision];
        trail_kind kind = TRAIL_KIND_OTHER;
        /* Refused: it is not of that kind; what it is then stays open. */
        if (!trail_kind_find(trail_slice_of(decision->value), &kind)) continue;
        if (decision->refused && ledger->kind[one->payment] != kind) continue;
        if (decision->refused) kind = TRAIL_KIND_OTHER;
        ledger->kind[one->payment] = (uint8_t)kind;
        decision->outcome = TRAIL_DECISION_APPLIED;
    }
    trail_vector_clear(&decided);
    return status;
}

/* Did some record of the source's files come in by this release? A release whose account and days
 * no record has is gone. */
static bool lets_in(const trail_investigation *investigation, const trail_decision *decision)
{
    const trail_ledger *ledger = &investigation->ledger;
    uint32_t account = trail_accounts_find(ledger->accounts, (trail_slice){"", 0},
                                           trail_slice_of(decision->account));
    if (account == TRAIL_NO_ACCOUNT) return false;
    for (uint32_t i = 0; i < ledger->count; i++) {
        int32_t day = ledger->booking_day[i];
        if ((ledger->payer[i] == account || ledger->payee[i] == account) &&
            (decision->from == TRAIL_NO_DAY || day >= decision->from) &&
            (decision->to == TRAIL_NO_DAY || day <= decision->to))
            return true;
    }
    return false;
}

trail_status trail_tell_decisions(trail_investigation *investigation, trail_error *err)
{
    trail_decision *decisions = investigation->case_file->decisions.decisions.items;
    size_t count = investigation->case_file->decisions.decisions.count;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        if (decisions[i].type == TRAIL_DECISION_RELEASE) {
            decisions[i].outcome = lets_in(investigation, &decisions[i])
                                       ? TRAIL_DECISION_APPLIED
                                       : TRAIL_DECISION_TARGET_GONE;
        }
        if (decisions[i].outcome != TRAIL_DECISION_TARGET_GONE &&
            decisions[i].outcome != TRAIL_DECISION_TARGET_CHANGED)
            continue;
        status = trail_investigation_note(
            investigation, err, "Decision %zu (decisions.yaml:%d, %s): what it is about %s", i + 1,
            decisions[i].line, decisions[i].when,
            decisions[i].outcome == TRAIL_DECISION_TARGET_GONE
                ? "is not in the records any more"
                : "has changed, so it was not applied");
    }
    return status;
}
