#include "support/ledger_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"

static void must(trail_status status, const trail_error *err)
{
    if (status == TRAIL_OK) return;
    fprintf(stderr, "ledger_builder: %s\n", err->message);
    abort();
}

trail_currency ledger_builder_currency(const char *code)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    if (!trail_currency_find(trail_slice_of(code != NULL ? code : "EUR"), &currency)) abort();
    return currency;
}

static uint32_t put_account(trail_ledger *ledger, const char *number)
{
    if (number == NULL) return TRAIL_NO_ACCOUNT;
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length = 0;
    uint32_t account = TRAIL_NO_ACCOUNT;
    trail_error err = {TRAIL_OK, ""};
    if (!trail_account_key(trail_slice_of(""), trail_slice_of(number), key, &length)) abort();
    trail_slice slice = {key, length};
    must(trail_accounts_put(ledger->accounts, slice, trail_strings_hash(slice), &account, &err),
         &err);
    return account;
}

uint32_t ledger_builder_account(const trail_ledger *ledger, const char *number)
{
    return trail_accounts_find(ledger->accounts, trail_slice_of(""), trail_slice_of(number));
}

static bool legs_are(const ledger_row *row, const char *legs)
{
    return strcmp(row->legs != NULL ? row->legs : "dc", legs) == 0;
}

static uint32_t put_text(trail_ledger *ledger, const char *text)
{
    uint32_t id = 0;
    trail_error err = {TRAIL_OK, ""};
    if (text != NULL)
        must(trail_strings_put(ledger->strings, trail_slice_of(text), &id, &err), &err);
    return id;
}

static uint32_t add_record(trail_ledger *ledger, const ledger_row *row, uint64_t line)
{
    uint32_t record = TRAIL_NO_RECORD;
    trail_error err = {TRAIL_OK, ""};
    must(trail_records_add(&ledger->records, line * 100, 80, line, TRAIL_RECORD_PAYMENT, &record,
                           &err),
         &err);
    if (row->text == NULL && row->reference == NULL) return record;
    trail_detail *detail = NULL;
    must(trail_records_detail_of_newest(&ledger->records, &detail, &err), &err);
    detail->text = put_text(ledger, row->text);
    detail->reference = put_text(ledger, row->reference);
    return record;
}

static void open_file(trail_ledger *ledger, const char *name)
{
    static const uint8_t hash[TRAIL_DIGEST_SIZE] = {1};
    uint32_t file;
    trail_error err = {TRAIL_OK, ""};
    must(trail_records_open_file(&ledger->records, name, hash, 100000, 0, &file, &err), &err);
}

static void add_payment(trail_ledger *ledger, const ledger_row *row, uint64_t line)
{
    trail_error err = {TRAIL_OK, ""};
    bool debit = !legs_are(row, "c"), credit = !legs_are(row, "d");
    trail_entry entry = {
        .payer = put_account(ledger, row->payer),
        .payee = put_account(ledger, row->payee),
        .amount_minor = row->amount,
        .booking_day = LEDGER_DAY_0 + row->day,
        .booking_second = row->time > 0 ? row->time : TRAIL_NO_TIME,
        .currency = ledger_builder_currency(row->currency),
        .kind = (uint8_t)row->kind,
        .flags = (uint8_t)((debit ? TRAIL_HAS_DEBIT : 0) | (credit ? TRAIL_HAS_CREDIT : 0)),
        .record = add_record(ledger, row, line)};
    if (row->received != 0 && legs_are(row, "dc")) {
        const char *code = row->received_currency != NULL ? row->received_currency : row->currency;
        entry.has_received = true;
        entry.received_minor = row->received;
        entry.received_currency = ledger_builder_currency(code);
    }
    must(trail_ledger_add(ledger, &entry, &err), &err);
    uint16_t *flags = &ledger->flags[ledger->count - 1];
    if (row->may_be_double) *flags |= TRAIL_MAY_BE_DOUBLE;
    if (row->message_only) *flags |= TRAIL_MESSAGE_ONLY | TRAIL_MAY_BE_DOUBLE;
    if (legs_are(row, "d+c")) *flags |= TRAIL_TWO_RECORDS | TRAIL_HAS_CREDIT_SIDE;
    if (entry.payer == entry.payee && entry.payer != TRAIL_NO_ACCOUNT &&
        (!entry.has_received || entry.received_currency == entry.currency))
        *flags |= TRAIL_VOID;
}

/* Second records of "d+c" rows, in a file of their own. */
static bool add_credit_sides(trail_ledger *ledger, const ledger_table *table)
{
    bool any = false;
    uint64_t line = 2;
    trail_error err = {TRAIL_OK, ""};
    trail_vector sides = trail_vector_of(sizeof(trail_credit_side));
    const trail_credit_side *known = ledger->credit_sides.items;
    size_t next_known = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        const ledger_row *row = &table->rows[i];
        if (next_known < ledger->credit_sides.count && known[next_known].payment == i)
            must(trail_vector_push(&sides, &known[next_known++], &err), &err);
        if (!legs_are(row, "d+c")) continue;
        if (!any) open_file(ledger, "received/b.csv");
        any = true;
        const char *code = row->received_currency != NULL ? row->received_currency : row->currency;
        trail_credit_side side = {
            .payment = (uint32_t)i,
            .record = add_record(ledger, row, line++),
            .amount_minor = row->received != 0 ? row->received : row->amount,
            .booking_day = LEDGER_DAY_0 + (row->credit_day != 0 ? row->credit_day : row->day),
            .booking_second = TRAIL_NO_TIME,
            .currency = ledger_builder_currency(code),
            .kind = (uint8_t)row->kind};
        must(trail_vector_push(&sides, &side, &err), &err);
    }
    trail_vector_clear(&ledger->credit_sides);
    ledger->credit_sides = sides;
    return any;
}

static void set_events(trail_ledger *ledger, const ledger_table *table)
{
    trail_error err = {TRAIL_OK, ""};
    must(trail_alloc_zeroed(&ledger->events, 2 * ledger->count, sizeof(uint32_t), &err), &err);
    for (size_t i = 0; i < table->row_count; i++) {
        ledger->events[ledger->event_count++] = (uint32_t)(2 * i);
        for (size_t k = 0; k <= i; k++) {
            const ledger_row *row = &table->rows[k];
            size_t after = row->arrives_after > k ? row->arrives_after : k;
            if (legs_are(row, "d+c") && after == i)
                ledger->events[ledger->event_count++] = (uint32_t)(2 * k + 1);
        }
    }
}

static void add_openings(trail_ledger *ledger, const ledger_table *table)
{
    trail_error err = {TRAIL_OK, ""};
    for (size_t i = 0; i < table->opening_count; i++) {
        const ledger_opening_row *row = &table->openings[i];
        trail_opening opening = {.account = put_account(ledger, row->account),
                                 .currency = ledger_builder_currency(row->currency),
                                 .amount_minor = row->amount,
                                 .day = LEDGER_DAY_0,
                                 .origin = row->origin,
                                 .stated = row->stated};
        must(trail_vector_push(&ledger->openings, &opening, &err), &err);
    }
}

static int by_pocket(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_opening *first = a, *second = b;
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    return (first->currency > second->currency) - (first->currency < second->currency);
}

static bool is_unobserved(const ledger_table *table, trail_slice number)
{
    for (size_t i = 0; table->unobserved != NULL && table->unobserved[i] != NULL; i++) {
        if (trail_slice_is(number, table->unobserved[i])) return true;
    }
    return false;
}

static void add_observations(trail_ledger *ledger, const ledger_table *table)
{
    trail_error err = {TRAIL_OK, ""};
    for (uint32_t account = 0; account < trail_accounts_count(ledger->accounts); account++) {
        trail_slice number = trail_accounts_number(ledger->accounts, account);
        trail_observation all = {account, LEDGER_DAY_0 - 10000, LEDGER_DAY_0 + 10000, 0};
        bool stated = false;
        for (size_t i = 0; i < table->observed_count; i++) {
            const ledger_observed_row *row = &table->observed[i];
            if (!trail_slice_is(number, row->account)) continue;
            trail_observation some = {account, LEDGER_DAY_0 + row->from_day,
                                      LEDGER_DAY_0 + row->to_day, 0};
            must(trail_vector_push(&ledger->observations, &some, &err), &err);
            stated = true;
        }
        if (!stated && !is_unobserved(table, number))
            must(trail_vector_push(&ledger->observations, &all, &err), &err);
    }
}

void ledger_builder_make(trail_ledger *ledger, const ledger_table *table)
{
    trail_error err = {TRAIL_OK, ""};
    uint32_t *renumber = NULL;
    must(trail_ledger_init(ledger, &err), &err);
    open_file(ledger, "received/a.csv");
    for (size_t i = 0; i < table->row_count; i++)
        add_payment(ledger, &table->rows[i], i + 2);
    bool two_records = add_credit_sides(ledger, table);
    add_openings(ledger, table);
    must(trail_accounts_settle(ledger->accounts, &renumber, &err), &err);
    add_observations(ledger, table); /* sees the settled accounts, so not to be renumbered */
    trail_vector settled = ledger->observations;
    ledger->observations = trail_vector_of(sizeof(trail_observation));
    trail_ledger_renumber_accounts(ledger, renumber);
    ledger->observations = settled;
    trail_free(renumber);
    must(trail_sort_items(ledger->openings.items, ledger->openings.count, sizeof(trail_opening),
                          by_pocket, NULL, &err),
         &err);
    if (two_records) set_events(ledger, table);
    if (!two_records) ledger->event_count = ledger->count;
    ledger->finished = true;
}
