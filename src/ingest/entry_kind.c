#include "ingest/entry_kind.h"

#include "base/unicode.h"

bool trail_entry_means_none(const trail_profile *profile, trail_slice number)
{
    if (profile == NULL) return false;
    const char *const *empty = profile->empty_accounts.items;
    for (size_t i = 0; i < profile->empty_accounts.count; i++) {
        if (trail_slice_is(number, empty[i])) return true;
    }
    return false;
}

static const trail_value_rule *rule_for(const trail_vector *rules, trail_slice code)
{
    const trail_value_rule *all = rules->items;
    for (size_t i = 0; i < rules->count; i++) {
        if (trail_slice_is(code, all[i].value)) return &all[i];
    }
    return NULL;
}

static trail_status rule_in_text(const trail_vector *rules, trail_slice text,
                                 const trail_value_rule **found, trail_error *err)
{
    trail_text folded = {0}, wanted = {0};
    const trail_value_rule *all = rules->items;
    trail_status status = trail_unicode_fold(text, &folded, err);
    for (size_t i = 0; i < rules->count && status == TRAIL_OK && *found == NULL; i++) {
        trail_text_reset(&wanted);
        status = trail_unicode_fold(trail_slice_of(all[i].value), &wanted, err);
        if (status == TRAIL_OK &&
            trail_slice_find(trail_text_slice(&folded), trail_text_slice(&wanted)) != SIZE_MAX) {
            *found = &all[i];
        }
    }
    trail_text_clear(&folded);
    trail_text_clear(&wanted);
    return status;
}

trail_status trail_entry_kind(const trail_movement *movement, const trail_profile *profile,
                              bool names_account, trail_kind *kind, bool *no_payment,
                              trail_error *err)
{
    const trail_value_rule *rule = NULL;
    *no_payment = false;
    *kind = movement->kind_known ? movement->kind
                                 : (names_account ? TRAIL_KIND_TRANSFER : TRAIL_KIND_UNNAMED);
    if (profile == NULL) return TRAIL_OK;
    *no_payment = rule_for(&profile->no_payment, movement->code) != NULL;
    rule = rule_for(&profile->kinds, movement->code);
    if (rule == NULL && !movement->kind_known && profile->texts.count > 0) {
        trail_status status = rule_in_text(&profile->texts, movement->text, &rule, err);
        if (status != TRAIL_OK) return status;
    }
    if (rule != NULL) *kind = (trail_kind)rule->result;
    return TRAIL_OK;
}
