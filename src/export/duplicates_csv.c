#include "base/attributes.h"
#include "base/memory.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "status",         "reason", "payment",  "other_payment", "booking_date", "account",
    "account_number", "amount", "currency", "record",        "other_record", "lacking_file",
};

/* One row: what the record shows, and what it has to do with the other one. */
typedef struct duplicate_row {
    const char *status, *reason;
    uint32_t record, other_record; /* TRAIL_NO_RECORD: none */
    uint32_t lacking_file;         /* UINT32_MAX: none */
} duplicate_row;

/* The leg that one of the two records shows; both are of one account. */
static trail_leg leg_of(const trail_ledger *ledger, uint32_t payment, const duplicate_row *row)
{
    trail_leg debit = trail_ledger_debit(ledger, payment);
    trail_leg credit = trail_ledger_credit(ledger, payment);
    if (!credit.recorded || !debit.recorded) return credit.recorded ? credit : debit;
    bool is_debit = debit.record == row->record || debit.record == row->other_record;
    bool is_credit = credit.record == row->record || credit.record == row->other_record;
    return is_credit && !is_debit ? credit : debit;
}

static void write_row(trail_table *table, const uint32_t *payments, const duplicate_row *row)
{
    const trail_ledger *ledger = table->findings->ledger;
    uint32_t payment = payments[row->record];
    trail_leg leg = leg_of(ledger, payment, row);
    trail_table_word(table, row->status);
    trail_table_word(table, row->reason);
    trail_table_payment(table, payment);
    if (row->other_record == TRAIL_NO_RECORD || payments[row->other_record] == payment)
        trail_table_word(table, NULL);
    else
        trail_table_payment(table, payments[row->other_record]);
    trail_table_day(table, leg.booking_day);
    trail_table_account(table, leg.account);
    trail_table_account_number(table, leg.account);
    trail_table_amount(table, leg.amount_minor, leg.currency);
    trail_table_currency(table, leg.currency);
    trail_table_record(table, row->record);
    if (row->other_record == TRAIL_NO_RECORD)
        trail_table_word(table, NULL);
    else
        trail_table_record(table, row->other_record);
    if (row->lacking_file == UINT32_MAX)
        trail_table_word(table, NULL);
    else
        trail_table_file(table, trail_vector_at(&ledger->records.files, row->lacking_file));
    trail_table_row_end(table);
}

static void write_copies(trail_table *table, const uint32_t *payments, const trail_vector *copies)
{
    for (size_t i = 0; i < copies->count; i++) {
        const trail_copy *copy = trail_vector_at(copies, i);
        duplicate_row row = {"already known",
                             trail_copy_reason_text((trail_copy_reason)copy->reason),
                             copy->kept_record, copy->record, UINT32_MAX};
        write_row(table, payments, &row);
    }
}

static void write_rows(trail_table *table, const uint32_t *payments)
{
    const trail_duplicates *found = table->findings->duplicates;
    write_copies(table, payments, &found->copies);
    write_copies(table, payments, &found->messages);
    for (size_t i = 0; i < found->conflicts.count; i++) {
        const trail_row_conflict *pair = trail_vector_at(&found->conflicts, i);
        duplicate_row row = {"conflicting",
                             trail_row_difference_text((trail_row_difference)pair->difference),
                             pair->record, pair->other_record, UINT32_MAX};
        write_row(table, payments, &row);
    }
    for (size_t i = 0; i < found->possible.count; i++) {
        const trail_row_possible *pair = trail_vector_at(&found->possible, i);
        duplicate_row row = {"may be double", "another format", pair->record, pair->other_record,
                             UINT32_MAX};
        write_row(table, payments, &row);
    }
    for (size_t i = 0; i < found->alone.count; i++) {
        const trail_row_alone *alone = trail_vector_at(&found->alone, i);
        duplicate_row row = {"only here", "the other file shows these days without it",
                             alone->record, TRAIL_NO_RECORD, alone->lacking_file};
        write_row(table, payments, &row);
    }
}

trail_status trail_write_duplicates_csv(const trail_findings *findings, const char *path,
                                        trail_error *err)
{
    trail_table table;
    uint32_t *payments = NULL;
    trail_status status = trail_record_payments(findings->ledger, &payments, err);
    if (status == TRAIL_OK)
        status = trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status == TRAIL_OK) {
        write_rows(&table, payments);
        status = trail_table_finish(&table);
    }
    trail_free(payments);
    return status;
}
