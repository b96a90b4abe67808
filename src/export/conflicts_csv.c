#include "base/attributes.h"
#include "export/conflict_shown.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "kind",          "payment",    "other_payment", "booking_date", "said_by",      "says",
    "other_said_by", "other_says", "sentence",      "record",       "other_record",
};

static void write_side(trail_table *table, trail_conflict_kind kind, uint8_t said_by,
                       const trail_conflict_value *value, trail_text *shown)
{
    bool sayers = trail_conflict_has_sayers(kind);
    trail_table_word(table, sayers ? trail_conflict_said_by(said_by) : NULL);
    if (table->status == TRAIL_OK)
        table->status = trail_conflict_value_show(table->findings, kind, value, shown, table->err);
    trail_table_word(table, shown->length > 0 ? shown->bytes : NULL);
}

static void write_conflict(trail_table *table, const trail_conflict *conflict, trail_text *shown)
{
    trail_conflict_kind kind = (trail_conflict_kind)conflict->kind;
    trail_table_word(table, trail_conflict_kind_name(kind));
    trail_table_payment(table, conflict->payment);
    if (conflict->other_payment == conflict->payment)
        trail_table_word(table, NULL);
    else
        trail_table_payment(table, conflict->other_payment);
    trail_table_day(table, table->findings->ledger->booking_day[conflict->payment]);
    write_side(table, kind, conflict->said_by, &conflict->says, shown);
    write_side(table, kind, conflict->other_said_by, &conflict->other_says, shown);
    trail_table_word(table, trail_conflict_sentence(kind));
    trail_table_record(table, conflict->record);
    trail_table_record(table, conflict->other_record);
    trail_table_row_end(table);
}

trail_status trail_write_conflicts_csv(const trail_findings *findings, const char *path,
                                       trail_error *err)
{
    trail_table table;
    trail_text shown = {0};
    const trail_vector *found = &findings->conflicts->found;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < found->count && table.status == TRAIL_OK; i++)
        write_conflict(&table, trail_vector_at(found, i), &shown);
    trail_text_clear(&shown);
    return trail_table_finish(&table);
}
