#include "export/entity_shown.h"

#include <stdio.h>

#include "base/unicode.h"

const char *trail_entity_kind_name(const trail_entity *entity)
{
    static const char *const names[] = {"account", "holder", "person"};
    return names[entity->kind];
}

void trail_shown_entity_clear(trail_shown_entity *shown)
{
    trail_text_clear(&shown->names);
    trail_text_clear(&shown->label);
}

static const char *pseudonym_of(const trail_findings *findings, const trail_entity *entity)
{
    if (entity->person != TRAIL_NO_PERSON)
        return trail_protect_person(findings->protection, entity->person);
    if (entity->account != TRAIL_NO_ACCOUNT)
        return trail_protect_account(findings->protection, entity->account);
    return NULL;
}

/* Appends a name; *changed when protection replaced something in it. */
static trail_status add_name(const trail_findings *findings, trail_slice name, trail_text *out,
                             bool *changed, trail_error *err)
{
    size_t from = out->length;
    trail_text plain = {0};
    trail_status status = trail_protect_text(findings->protection, name, out, err);
    if (status == TRAIL_OK) status = trail_unicode_printable(name, &plain, err);
    if (status == TRAIL_OK) {
        trail_slice shown = {out->bytes + from, out->length - from};
        *changed = !trail_slice_equal(shown, trail_text_slice(&plain));
    }
    trail_text_clear(&plain);
    return status;
}

static trail_status add_names(const trail_findings *findings, const trail_entity *entity,
                              trail_shown_entity *shown, trail_error *err)
{
    const trail_identity *identity = findings->identity;
    const trail_seen_name *seen = identity->seen.items;
    uint32_t most = 0;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < entity->name_count && status == TRAIL_OK; i++) {
        const trail_seen_name *name = &seen[entity->first_name + i];
        bool changed = false;
        if (i > 0) status = trail_text_add(&shown->names, trail_slice_of(" | "), err);
        size_t from = shown->names.length;
        if (status == TRAIL_OK)
            status = add_name(findings, trail_strings_get(identity->names, name->name),
                              &shown->names, &changed, err);
        if (status != TRAIL_OK) return status;
        shown->is_protected = shown->is_protected || changed;
        if (i == 0 || name->records > most) {
            most = name->records;
            trail_text_reset(&shown->label);
            status = trail_text_add(
                &shown->label, (trail_slice){shown->names.bytes + from, shown->names.length - from},
                err);
        }
        if (status == TRAIL_OK && name->records > 0)
            status = trail_text_add_format(&shown->names, err, " (%u)", name->records);
    }
    return status;
}

trail_status trail_entity_show(const trail_findings *findings, uint32_t entity,
                               trail_shown_entity *shown, trail_error *err)
{
    const trail_entity *found = trail_identity_entity(findings->identity, entity);
    const char *pseudonym = pseudonym_of(findings, found);
    trail_text_reset(&shown->names);
    trail_text_reset(&shown->label);
    shown->is_protected = pseudonym != NULL;
    if (pseudonym == NULL) return add_names(findings, found, shown, err);
    trail_status status = trail_text_add(&shown->names, trail_slice_of(pseudonym), err);
    if (status != TRAIL_OK) return status;
    return trail_text_add(&shown->label, trail_slice_of(pseudonym), err);
}

const char *trail_candidate_decision(const trail_findings *findings,
                                     const trail_candidate *candidate)
{
    if (candidate->decision == UINT32_MAX || findings->decisions == NULL) return NULL;
    const trail_decision *decision =
        trail_vector_at(&findings->decisions->decisions, candidate->decision);
    return decision->refused ? "not the same" : "same";
}

const char *trail_candidate_class_name(const trail_candidate *candidate)
{
    return candidate->class == TRAIL_CANDIDATE_REVIEW ? "review" : "none";
}

void trail_bits_format(int32_t millibits, char text[TRAIL_BITS_TEXT])
{
    int32_t size = millibits < 0 ? -millibits : millibits;
    int32_t tenths = (size + 50) / 100;
    (void)snprintf(text, TRAIL_BITS_TEXT, "%s%d.%d", millibits < 0 && tenths > 0 ? "-" : "",
                   (int)(tenths / 10), (int)(tenths % 10));
}
