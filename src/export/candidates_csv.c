#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/entity_shown.h"
#include "export/table.h"

static const char *const headings[] = {
    "first",
    "first_kind",
    "first_account",
    "first_name",
    "second",
    "second_kind",
    "second_account",
    "second_name",
    "bits",
    "name_bits",
    "rarity_bits",
    "country_bits",
    "counterparty_bits",
    "shared_counterparties",
    "words",
    "class",
    "decision",
};

typedef struct pair_shown {
    trail_shown_entity first, second;
} pair_shown;

static void write_side(trail_table *table, uint32_t place, const trail_shown_entity *shown,
                       bool hidden)
{
    const trail_entity *entity = trail_identity_entity(table->findings->identity, place);
    char id[TRAIL_ID_TEXT];
    trail_id_text('e', &entity->id, id);
    trail_table_word(table, hidden ? NULL : id);
    trail_table_word(table, hidden ? NULL : trail_entity_kind_name(entity));
    trail_table_account(table, hidden ? TRAIL_NO_ACCOUNT : entity->account);
    if (hidden)
        trail_table_word(table, TRAIL_NAME_NOT_SHOWN);
    else
        trail_csv_field(&table->csv, trail_text_slice(&shown->label));
}

static void write_bits(trail_table *table, int32_t millibits)
{
    char text[TRAIL_BITS_TEXT];
    trail_bits_format(millibits, text);
    trail_table_word(table, text);
}

static void write_candidate(trail_table *table, const trail_candidate *candidate, pair_shown *shown)
{
    const trail_findings *findings = table->findings;
    trail_status status = trail_entity_show(findings, candidate->first, &shown->first, table->err);
    if (status == TRAIL_OK)
        status = trail_entity_show(findings, candidate->second, &shown->second, table->err);
    if (status != TRAIL_OK) {
        table->status = status;
        return;
    }
    bool one = shown->first.is_protected;
    bool other = shown->second.is_protected;
    write_side(table, candidate->first, &shown->first, other && !one);
    write_side(table, candidate->second, &shown->second, one && !other);
    write_bits(table, candidate->millibits);
    for (int i = 0; i < TRAIL_ADDEND_COUNT; i++)
        write_bits(table, candidate->addends[i]);
    trail_table_number(table, candidate->shared_counterparties);
    if (one || other)
        trail_table_word(table, TRAIL_NAME_NOT_SHOWN);
    else
        trail_table_text(table, trail_strings_get(findings->identity->words, candidate->words));
    trail_table_word(table, trail_candidate_class_name(candidate));
    trail_table_word(table, trail_candidate_decision(findings, candidate));
    trail_table_row_end(table);
}

trail_status trail_write_candidates_csv(const trail_findings *findings, const char *path,
                                        trail_error *err)
{
    trail_table table;
    pair_shown shown = {0};
    const trail_vector *candidates = &findings->identity->candidates;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < candidates->count && table.status == TRAIL_OK; i++)
        write_candidate(&table, trail_vector_at(candidates, i), &shown);
    trail_shown_entity_clear(&shown.first);
    trail_shown_entity_clear(&shown.second);
    return trail_table_finish(&table);
}
