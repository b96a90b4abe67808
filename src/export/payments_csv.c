#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/table.h"

static const char *const headings[] = {
    "payment",
    "other_id",
    "booking_date",
    "time",
    "value_date",
    "payer",
    "payer_number",
    "payer_bank",
    "payer_name",
    "payee",
    "payee_number",
    "payee_bank",
    "payee_name",
    "amount",
    "currency",
    "credit_date",
    "received_amount",
    "received_currency",
    "kind",
    "text",
    "reference",
    "debit_recorded",
    "credit_recorded",
    "may_be_double",
    "to_itself",
    "order_sensitive",
    "order_adjusted",
    "class",
    "message_only",
    "expected_absent",
    "record_count",
    "records",
};

static const trail_detail no_detail = {.value_day = TRAIL_NO_DAY};

static const trail_detail *detail_of(const trail_ledger *ledger, uint32_t record)
{
    const trail_detail *detail =
        record == TRAIL_NO_RECORD ? NULL : trail_records_detail(&ledger->records, record);
    return detail != NULL ? detail : &no_detail;
}

static uint32_t first_of(uint32_t a, uint32_t b)
{
    return a != 0 ? a : b;
}

static void write_party(trail_table *table, uint32_t account, uint32_t name)
{
    trail_table_account(table, account);
    trail_table_account_number(table, account);
    trail_table_text(table, account == TRAIL_NO_ACCOUNT
                                ? (trail_slice){NULL, 0}
                                : trail_accounts_bank(table->findings->ledger->accounts, account));
    trail_table_string(table, name);
}

static void write_other_id(trail_table *table, uint32_t payment)
{
    uint8_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    char text[TRAIL_ID_TEXT] = "";
    if ((table->findings->ledger->flags[payment] & both) == both)
        trail_id_text('t', &table->findings->ids->credit_alias[payment], text);
    trail_table_word(table, text);
}

static void write_payment(trail_table *table, uint32_t payment)
{
    const trail_ledger *ledger = table->findings->ledger;
    trail_leg debit = trail_ledger_debit(ledger, payment);
    trail_leg credit = trail_ledger_credit(ledger, payment);
    const trail_detail *first = detail_of(ledger, ledger->record[payment]);
    const trail_detail *second = detail_of(ledger, credit.record);
    uint16_t flags = ledger->flags[payment];
    trail_table_payment(table, payment);
    write_other_id(table, payment);
    trail_table_day(table, debit.booking_day);
    trail_table_time(table, debit.booking_second);
    trail_table_day(table, first->value_day);
    write_party(table, debit.account, first_of(first->payer_name, second->payer_name));
    write_party(table, credit.account, first_of(first->payee_name, second->payee_name));
    trail_table_amount(table, debit.amount_minor, debit.currency);
    trail_table_currency(table, debit.currency);
    trail_table_day(table, credit.booking_day);
    trail_table_amount(table, credit.amount_minor, credit.currency);
    trail_table_currency(table, credit.currency);
    trail_table_word(table, trail_kind_name((trail_kind)ledger->kind[payment]));
    trail_table_string(table, first_of(first->text, second->text));
    trail_table_string(table, first_of(first->reference, second->reference));
    bool by_bank = (flags & TRAIL_MESSAGE_ONLY) == 0; /* a message is no bank's record of a leg */
    trail_table_yes(table, debit.recorded && by_bank);
    trail_table_yes(table, credit.recorded && by_bank);
    trail_table_yes(table, (flags & TRAIL_MAY_BE_DOUBLE) != 0);
    trail_table_yes(table, (flags & TRAIL_VOID) != 0);
    trail_table_yes(table, (flags & TRAIL_ORDER_SENSITIVE) != 0);
    trail_table_yes(table, (flags & TRAIL_ORDER_ADJUSTED) != 0);
    trail_table_word(table, trail_matching_class(table->findings->matching, ledger, payment));
    trail_table_yes(table, (flags & TRAIL_MESSAGE_ONLY) != 0);
    trail_table_yes(table, (flags & TRAIL_EXPECTED_ABSENT) != 0);
    trail_table_number(table, (int64_t)trail_ledger_records(ledger, payment, NULL, 0));
    trail_table_records(table, payment);
    trail_table_row_end(table);
}

trail_status trail_write_payments_csv(const trail_findings *findings, const char *path,
                                      trail_error *err)
{
    trail_table table;
    trail_status status =
        trail_table_open(&table, findings, path, headings, TRAIL_LENGTH_OF(headings), err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < findings->ledger->count && table.status == TRAIL_OK; i++)
        write_payment(&table, i);
    return trail_table_finish(&table);
}
