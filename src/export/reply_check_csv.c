#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/reply_words.h"
#include "export/table.h"

static const char *const headings[] = {
    "row",        "request",      "account",      "account_number", "month",      "state",
    "days_asked", "days_covered", "rows_outside", "number",         "deficiency", "sentence",
};

static void write_request(trail_table *table, uint32_t request)
{
    const trail_vector *requests = &table->findings->mandate->requests;
    const char *id = NULL;
    if (request != UINT32_MAX) id = ((const trail_request *)trail_vector_at(requests, request))->id;
    trail_table_text(table, trail_slice_of(id));
}

static void write_number(trail_table *table, uint32_t account, uint32_t number)
{
    trail_text_reset(&table->cell);
    if (table->status == TRAIL_OK && (account != TRAIL_NO_ACCOUNT || number != 0))
        table->status =
            trail_reply_account(table->findings, account, number, &table->cell, table->err);
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
}

static void write_month(trail_table *table, const trail_reply_month *month)
{
    trail_table_word(table, "month");
    write_request(table, month->request);
    trail_table_account(table, month->account);
    write_number(table, month->account, month->number);
    trail_table_day(table, month->first_day);
    trail_table_word(table, trail_reply_state_name(month->state));
    trail_table_number(table, month->days_asked);
    trail_table_number(table, month->days_covered);
    trail_table_number(table, month->rows_outside);
    for (size_t i = 0; i < 3; i++)
        trail_table_word(table, NULL);
    trail_table_row_end(table);
}

static void write_deficiency(trail_table *table, const trail_deficiency *lack, size_t number)
{
    trail_table_word(table, "deficiency");
    write_request(table, lack->request);
    trail_table_account(table, lack->account);
    write_number(table, lack->account, lack->number);
    for (size_t i = 0; i < 5; i++)
        trail_table_word(table, NULL);
    trail_table_number(table, (int64_t)number);
    trail_table_word(table, trail_deficiency_name(lack->kind));
    trail_text_reset(&table->cell);
    if (table->status == TRAIL_OK)
        table->status = trail_reply_sentence(table->findings, lack, &table->cell, table->err);
    trail_csv_field(&table->csv, trail_text_slice(&table->cell));
    trail_table_row_end(table);
}

trail_status trail_write_reply_check_csv(const trail_findings *findings, const char *path,
                                         trail_error *err)
{
    trail_table table;
    const trail_reply_check *check = findings->reply_check;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < check->months.count && table.status == TRAIL_OK; i++)
        write_month(&table, trail_vector_at(&check->months, i));
    size_t number = 0;
    uint32_t request = UINT32_MAX - 1;
    for (size_t i = 0; i < check->deficiencies.count && table.status == TRAIL_OK; i++) {
        const trail_deficiency *lack = trail_vector_at(&check->deficiencies, i);
        number = lack->request == request ? number + 1 : 1;
        request = lack->request;
        write_deficiency(&table, lack, number);
    }
    return trail_table_finish(&table);
}
