#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/entity_shown.h"
#include "export/table.h"

static const char *const headings[] = {
    "entity", "kind", "account", "number", "names", "records", "one_with",
};

static void write_entity(trail_table *table, uint32_t place, trail_shown_entity *shown)
{
    const trail_findings *findings = table->findings;
    const trail_entity *entity = trail_identity_entity(findings->identity, place);
    const trail_entity *head = trail_identity_entity(findings->identity, entity->group);
    char id[TRAIL_ID_TEXT];
    trail_status status = trail_entity_show(findings, place, shown, table->err);
    if (status != TRAIL_OK) {
        table->status = status;
        return;
    }
    trail_id_text('e', &entity->id, id);
    trail_table_word(table, id);
    trail_table_word(table, trail_entity_kind_name(entity));
    trail_table_account(table, entity->account);
    trail_table_account_number(table, entity->account);
    trail_csv_field(&table->csv, trail_text_slice(&shown->names));
    trail_table_number(table, entity->records);
    trail_id_text('e', &head->id, id);
    trail_table_word(table, entity->group != place ? id : NULL);
    trail_table_row_end(table);
}

trail_status trail_write_entities_csv(const trail_findings *findings, const char *path,
                                      trail_error *err)
{
    trail_table table;
    trail_shown_entity shown = {0};
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < findings->identity->entities.count && table.status == TRAIL_OK; i++)
        write_entity(&table, i, &shown);
    trail_shown_entity_clear(&shown);
    return trail_table_finish(&table);
}
