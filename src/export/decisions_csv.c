#include "base/attributes.h"
#include "evidence/decision.h"
#include "export/csv_exports.h"
#include "export/decision_words.h"
#include "export/table.h"

static const char *const headings[] = {
    "decide", "answer", "first_target", "second_target", "value", "request", "account",
    "from",   "to",     "who",          "when",          "why",   "line",    "outcome",
};

static void write_decision(trail_table *table, const trail_decision *decision)
{
    trail_table_word(table, trail_decision_type_name(decision->type));
    trail_table_word(table, trail_decision_answer(decision));
    trail_table_word(table, decision->targets[0]);
    trail_table_word(table, decision->targets[1]);
    trail_table_text(table, trail_slice_of(decision->value));
    trail_table_text(table, trail_slice_of(decision->request));
    trail_table_number_said(table, trail_slice_of(decision->account));
    trail_table_day(table, decision->from);
    trail_table_day(table, decision->to);
    trail_table_text(table, trail_slice_of(decision->who));
    trail_table_word(table, decision->when);
    trail_table_text(table, trail_slice_of(decision->why));
    trail_table_number(table, decision->line);
    trail_table_word(table, trail_decision_outcome_name(decision->outcome));
    trail_table_row_end(table);
}

trail_status trail_write_decisions_csv(const trail_findings *findings, const char *path,
                                       trail_error *err)
{
    trail_table table;
    const trail_vector *decisions = &findings->decisions->decisions;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < decisions->count && table.status == TRAIL_OK; i++)
        write_decision(&table, trail_vector_at(decisions, i));
    return trail_table_finish(&table);
}
