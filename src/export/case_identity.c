#include "export/case_schema.h"
#include "export/entity_shown.h"

static trail_status write_entities(trail_sqlite *sqlite, const trail_findings *findings,
                                   trail_shown_entity *shown, trail_error *err)
{
    const trail_identity *identity = findings->identity;
    trail_status status = TRAIL_OK;
    trail_sqlite_into(sqlite, "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)");
    for (uint32_t i = 0; i < identity->entities.count && status == TRAIL_OK; i++) {
        const trail_entity *entity = trail_identity_entity(identity, i);
        char id[TRAIL_ID_TEXT];
        status = trail_entity_show(findings, i, shown, err);
        trail_id_text('e', &entity->id, id);
        trail_sqlite_word(sqlite, id);
        trail_sqlite_word(sqlite, trail_entity_kind_name(entity));
        trail_sqlite_account(sqlite, entity->account);
        trail_sqlite_slice(sqlite, trail_text_slice(&shown->names));
        trail_sqlite_integer(sqlite, entity->records);
        trail_id_text('e', &trail_identity_entity(identity, entity->group)->id, id);
        trail_sqlite_word(sqlite, entity->group != i ? id : NULL);
        trail_sqlite_row(sqlite);
    }
    return status;
}

static void put_side(trail_sqlite *sqlite, const trail_findings *findings, uint32_t place,
                     bool hidden)
{
    char id[TRAIL_ID_TEXT];
    trail_id_text('e', &trail_identity_entity(findings->identity, place)->id, id);
    trail_sqlite_word(sqlite, hidden ? NULL : id);
}

trail_status trail_case_write_identity(trail_sqlite *sqlite, const trail_findings *findings,
                                       trail_error *err)
{
    const trail_vector *candidates = &findings->identity->candidates;
    trail_shown_entity shown = {0};
    trail_status status = write_entities(sqlite, findings, &shown, err);
    trail_sqlite_into(sqlite, "INSERT INTO candidate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < candidates->count && status == TRAIL_OK; i++) {
        const trail_candidate *candidate = trail_vector_at(candidates, i);
        status = trail_entity_show(findings, candidate->first, &shown, err);
        bool one = shown.is_protected;
        if (status == TRAIL_OK)
            status = trail_entity_show(findings, candidate->second, &shown, err);
        bool other = shown.is_protected;
        put_side(sqlite, findings, candidate->first, other && !one);
        put_side(sqlite, findings, candidate->second, one && !other);
        trail_sqlite_integer(sqlite, candidate->millibits);
        for (int k = 0; k < TRAIL_ADDEND_COUNT; k++)
            trail_sqlite_integer(sqlite, candidate->addends[k]);
        if (one || other)
            trail_sqlite_word(sqlite, TRAIL_NAME_NOT_SHOWN);
        else
            trail_sqlite_text(sqlite,
                              trail_strings_get(findings->identity->words, candidate->words));
        trail_sqlite_word(sqlite, trail_candidate_class_name(candidate));
        trail_sqlite_word(sqlite, trail_candidate_decision(findings, candidate));
        trail_sqlite_row(sqlite);
    }
    trail_shown_entity_clear(&shown);
    return status;
}
