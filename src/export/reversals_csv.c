#include "base/attributes.h"
#include "base/memory.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "reversal",      "reversal_date",   "original",
    "original_date", "account",         "account_number",
    "amount",        "currency",        "days",
    "kind",          "recognised_by",   "linked_by",
    "extent",        "reversal_record", "original_record",
};

/* The leg that the record shows. */
static trail_leg leg_of(const trail_ledger *ledger, uint32_t payment, uint32_t record)
{
    trail_leg debit = trail_ledger_debit(ledger, payment);
    return debit.recorded && debit.record == record ? debit : trail_ledger_credit(ledger, payment);
}

/* pair NULL: one of several originals that it could be. */
static void write_row(trail_table *table, const uint32_t *payments, uint32_t record,
                      uint32_t original_record, const trail_reversal *pair)
{
    const trail_ledger *ledger = table->findings->ledger;
    trail_leg leg = leg_of(ledger, payments[record], record);
    trail_leg original = leg_of(ledger, payments[original_record], original_record);
    trail_table_payment(table, payments[record]);
    trail_table_day(table, leg.booking_day);
    trail_table_payment(table, payments[original_record]);
    trail_table_day(table, original.booking_day);
    trail_table_account(table, leg.account);
    trail_table_account_number(table, leg.account);
    trail_table_amount(table, leg.amount_minor, leg.currency);
    trail_table_currency(table, leg.currency);
    trail_table_number(table, (int64_t)leg.booking_day - original.booking_day);
    trail_table_word(table, pair == NULL    ? "undecided"
                            : pair->is_void ? "booked in error"
                                            : "return");
    trail_table_word(
        table, pair == NULL ? NULL : trail_reversal_sign_text((trail_reversal_sign)pair->sign));
    trail_table_word(table, pair == NULL ? NULL : pair->by_reference ? "reference" : "amount");
    trail_table_word(table, pair == NULL ? NULL : pair->exact ? "exact" : "partial");
    trail_table_record(table, record);
    trail_table_record(table, original_record);
    trail_table_row_end(table);
}

trail_status trail_write_reversals_csv(const trail_findings *findings, const char *path,
                                       trail_error *err)
{
    trail_table table;
    uint32_t *payments = NULL;
    const trail_reversals *found = findings->reversals;
    trail_status status = trail_record_payments(findings->ledger, &payments, err);
    if (status == TRAIL_OK)
        status = trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < found->pairs.count; i++) {
        const trail_reversal *pair = trail_vector_at(&found->pairs, i);
        write_row(&table, payments, pair->record, pair->original_record, pair);
    }
    for (size_t i = 0; i < found->choices.count; i++) {
        const trail_reversal_choice *choice = trail_vector_at(&found->choices, i);
        write_row(&table, payments, choice->record, choice->original_record, NULL);
    }
    status = trail_table_finish(&table);
cleanup:
    trail_free(payments);
    return status;
}
