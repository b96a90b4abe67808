#include "export/case_schema.h"
#include "export/conflict_shown.h"

static trail_status write_side(trail_sqlite *sqlite, const trail_findings *findings,
                               trail_conflict_kind kind, uint8_t said_by,
                               const trail_conflict_value *value, trail_text *shown,
                               trail_error *err)
{
    bool sayers = trail_conflict_has_sayers(kind);
    trail_sqlite_word(sqlite, sayers ? trail_conflict_said_by(said_by) : NULL);
    trail_status status = trail_conflict_value_show(findings, kind, value, shown, err);
    if (shown->length > 0)
        trail_sqlite_slice(sqlite, trail_text_slice(shown));
    else
        trail_sqlite_null(sqlite);
    return status;
}

trail_status trail_case_write_conflicts(trail_sqlite *sqlite, const trail_findings *findings,
                                        trail_error *err)
{
    const trail_vector *found = &findings->conflicts->found;
    trail_text shown = {0};
    trail_status status = TRAIL_OK;
    trail_sqlite_into(sqlite, "INSERT INTO conflict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < found->count && status == TRAIL_OK; i++) {
        const trail_conflict *conflict = trail_vector_at(found, i);
        trail_conflict_kind kind = (trail_conflict_kind)conflict->kind;
        trail_sqlite_word(sqlite, trail_conflict_kind_name(kind));
        trail_sqlite_payment(sqlite, conflict->payment);
        if (conflict->other_payment == conflict->payment)
            trail_sqlite_null(sqlite);
        else
            trail_sqlite_payment(sqlite, conflict->other_payment);
        status =
            write_side(sqlite, findings, kind, conflict->said_by, &conflict->says, &shown, err);
        if (status == TRAIL_OK)
            status = write_side(sqlite, findings, kind, conflict->other_said_by,
                                &conflict->other_says, &shown, err);
        trail_sqlite_word(sqlite, trail_conflict_sentence(kind));
        trail_sqlite_integer(sqlite, conflict->record);
        trail_sqlite_integer(sqlite, conflict->other_record);
        trail_sqlite_row(sqlite);
    }
    trail_text_clear(&shown);
    return status;
}
