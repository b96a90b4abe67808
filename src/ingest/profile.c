#include "ingest/profile.h"

const char *trail_column_name(trail_column column)
{
    static const char *const names[TRAIL_COLUMN_COUNT] = {
        [TRAIL_COLUMN_BOOKING_DATE] = "booking_date",
        [TRAIL_COLUMN_VALUE_DATE] = "value_date",
        [TRAIL_COLUMN_TIME] = "time",
        [TRAIL_COLUMN_AMOUNT] = "amount",
        [TRAIL_COLUMN_DEBIT] = "debit",
        [TRAIL_COLUMN_CREDIT] = "credit",
        [TRAIL_COLUMN_MARK] = "mark",
        [TRAIL_COLUMN_CURRENCY] = "currency",
        [TRAIL_COLUMN_BALANCE] = "balance",
        [TRAIL_COLUMN_OWN_ACCOUNT] = "own_account",
        [TRAIL_COLUMN_OWN_NAME] = "own_name",
        [TRAIL_COLUMN_COUNTERPARTY_ACCOUNT] = "counterparty_account",
        [TRAIL_COLUMN_COUNTERPARTY_BANK] = "counterparty_bank",
        [TRAIL_COLUMN_COUNTERPARTY_NAME] = "counterparty_name",
        [TRAIL_COLUMN_PAYER_ACCOUNT] = "payer_account",
        [TRAIL_COLUMN_PAYER_BANK] = "payer_bank",
        [TRAIL_COLUMN_PAYER_NAME] = "payer_name",
        [TRAIL_COLUMN_PAYEE_ACCOUNT] = "payee_account",
        [TRAIL_COLUMN_PAYEE_BANK] = "payee_bank",
        [TRAIL_COLUMN_PAYEE_NAME] = "payee_name",
        [TRAIL_COLUMN_RECEIVED_AMOUNT] = "received_amount",
        [TRAIL_COLUMN_RECEIVED_CURRENCY] = "received_currency",
        [TRAIL_COLUMN_REFERENCE] = "reference",
        [TRAIL_COLUMN_TEXT] = "text",
        [TRAIL_COLUMN_KIND] = "kind",
        [TRAIL_COLUMN_FEE] = "fee",
        [TRAIL_COLUMN_NET] = "net",
        [TRAIL_COLUMN_STATUS] = "status",
        [TRAIL_COLUMN_DOCUMENT] = "source_file",
        [TRAIL_COLUMN_PAGE] = "page",
        [TRAIL_COLUMN_PAGE_LINE] = "page_line",
        [TRAIL_COLUMN_TRANSCRIBED_BY] = "transcribed_by",
    };
    return names[column];
}

bool trail_column_is_account(trail_column column)
{
    return column == TRAIL_COLUMN_OWN_ACCOUNT || column == TRAIL_COLUMN_COUNTERPARTY_ACCOUNT ||
           column == TRAIL_COLUMN_PAYER_ACCOUNT || column == TRAIL_COLUMN_PAYEE_ACCOUNT;
}

const char *trail_status_meaning_name(trail_status_meaning meaning)
{
    static const char *const names[] = {
        [TRAIL_STATUS_PAYMENT] = "payment",
        [TRAIL_STATUS_NO_PAYMENT] = "no_payment",
        [TRAIL_STATUS_REFUND] = "refund",
    };
    return names[meaning];
}
