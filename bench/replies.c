#include "replies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BANKS     5
#define FIRST_DAY 19700
#define DAYS      365

static uint32_t draw(replies *at, uint32_t below)
{
    at->random = at->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((at->random >> 33) % below);
}

static bool chance(replies *at, uint32_t permille)
{
    return draw(at, 1000) < permille;
}

static void must(trail_status status)
{
    if (status == TRAIL_OK) return;
    fprintf(stderr, "replies: failed\n");
    exit(1);
}

static void draw_setting(replies *at)
{
    reply_setting *rates = &at->rates;
    rates->round = 200 + draw(at, 300);
    rates->fee = 80 + draw(at, 200);
    rates->fee_stated = draw(at, 500);
    rates->other_currency = 20 + draw(at, 100);
    rates->no_account = 150 + draw(at, 150);
    rates->names = 400 + draw(at, 500);
    rates->shared_reference = 150 + draw(at, 500);
    rates->empty_reference = draw(at, 300);
    rates->repeat = 20 + draw(at, 100);
    rates->batch = draw(at, 40);
    rates->unseen = 100 + draw(at, 300);
    uint32_t left = 1000;
    for (int i = 0; i < 5; i++) {
        rates->lag[i] = i == 0 ? 300 + draw(at, 300) : draw(at, left / 2 + 1);
        left -= rates->lag[i];
    }
    rates->lag[5] = left;
    rates->overlap_from = FIRST_DAY + 100 + (int32_t)draw(at, 100);
    rates->overlap_to = rates->overlap_from + (int32_t)draw(at, 100);
}

static int32_t draw_lag(replies *at)
{
    uint32_t place = draw(at, 1000);
    int32_t lag = 0;
    while (lag < 5 && place >= at->rates.lag[lag])
        place -= at->rates.lag[lag++];
    return lag;
}

static int64_t draw_amount(replies *at)
{
    static const int64_t round[] = {5000, 10000, 20000, 25000, 50000, 100000, 150000, 500000};
    if (chance(at, at->rates.round)) return round[draw(at, 8)] * (1 + draw(at, 4));
    return 500 + (int64_t)draw(at, 400) * draw(at, 1500) + draw(at, 100);
}

/* Few accounts have most of the traffic. */
static uint32_t draw_account(replies *at)
{
    uint32_t a = draw(at, at->accounts), b = draw(at, at->accounts), c = draw(at, at->accounts);
    uint32_t least = a < b ? a : b;
    return least < c ? least : c;
}

static bool is_seen(const replies *at, uint32_t account)
{
    return account * UINT64_C(2654435761) % 1000 >= at->rates.unseen;
}

static void push(replies *at, reply_leg *made)
{
    made->names_account = !chance(at, at->rates.no_account);
    made->names_party = chance(at, at->rates.names);
    if (is_seen(at, made->own)) must(trail_vector_push(&at->legs, made, NULL));
}

static trail_currency currency_of(const char *code)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    (void)trail_currency_find(trail_slice_of(code), &currency);
    return currency;
}

/* What arrives: in another currency up to 2 % off the reference rate, or less a fee. */
static void change_amount(replies *at, reply_leg *credit)
{
    static const int64_t usd_per_eur_millionths = 1085000;
    if (chance(at, at->rates.other_currency)) {
        int64_t off = (int64_t)draw(at, 40001) - 20000;
        int64_t rate = usd_per_eur_millionths + usd_per_eur_millionths * off / 1000000;
        credit->currency = currency_of("USD");
        credit->amount = credit->amount * rate / 1000000;
    } else if (chance(at, at->rates.fee)) {
        int64_t fee = 50 + (int64_t)draw(at, 60) * 50;
        if (fee * 5 >= credit->amount) return;
        credit->amount -= fee;
        if (chance(at, at->rates.fee_stated)) credit->stated_charge = fee;
    }
}

/* One transfer as its two banks book it; within a batch only the credit has a row. */
static void add_transfer(replies *at, uint32_t number, uint32_t payer, uint32_t payee,
                         int64_t amount, int32_t day, bool batched)
{
    bool shared = chance(at, at->rates.shared_reference);
    bool empty = !shared && chance(at, at->rates.empty_reference);
    uint32_t reference = 10 + 3 * number;
    int32_t lag = draw_lag(at);
    reply_leg debit = {.transfer = number,
                       .own = payer,
                       .other = payee,
                       .amount = amount,
                       .day = day,
                       .lag = lag,
                       .currency = currency_of("EUR"),
                       .reference = empty ? 1 : reference};
    reply_leg credit = debit;
    credit.own = payee;
    credit.other = payer;
    credit.day = day + lag;
    credit.credit = true;
    credit.reference = empty ? 1 : shared ? reference : chance(at, 500) ? reference + 1 : 0;
    change_amount(at, &credit);
    if (!batched) push(at, &debit);
    push(at, &credit);
}

/* One debit of the total, or, of every second batch, its details. */
static uint32_t add_batch(replies *at, uint32_t number, uint32_t payer, uint32_t payee, int32_t day)
{
    bool details = chance(at, 500);
    reply_leg debit = {.transfer = number,
                       .own = payer,
                       .other = payee,
                       .day = day,
                       .currency = currency_of("EUR")};
    for (uint32_t i = 0, count = 3 + draw(at, 8); i < count; i++) {
        int64_t part = draw_amount(at);
        uint32_t to = draw_account(at);
        if (to == payer) continue;
        debit.amount += part;
        add_transfer(at, ++number, payer, to, part, day, !details);
    }
    if (!details && debit.amount > 0) push(at, &debit);
    return number + 1;
}

static void generate(replies *at, uint32_t transfers)
{
    uint32_t number = 0;
    while (number < transfers) {
        uint32_t payer = draw_account(at), payee = draw_account(at);
        int64_t amount = draw_amount(at);
        int32_t day = FIRST_DAY + (int32_t)draw(at, DAYS);
        if (payer == payee) continue;
        if (chance(at, at->rates.batch)) {
            number = add_batch(at, number, payer, payee, day);
            continue;
        }
        uint32_t times = chance(at, at->rates.repeat) ? 2 + draw(at, 3) : 1;
        for (uint32_t i = 0; i < times; i++)
            add_transfer(at, number++, payer, payee, amount,
                         day + (chance(at, 500) ? 0 : 7 * (int32_t)i), false);
    }
    at->transfer_limit = number;
}

static uint32_t put(replies *at, const char *text)
{
    uint32_t id = 0;
    must(trail_strings_put(at->ledger.strings, trail_slice_of(text), &id, NULL));
    return id;
}

static uint32_t name_of(replies *at, uint32_t account, bool turned)
{
    char text[80];
    if (turned)
        (void)snprintf(text, sizeof text, "NACHNAME%u, VORNAME%u", account, account % 97);
    else
        (void)snprintf(text, sizeof text, "Vorname%u Nachname%u", account % 97, account);
    return put(at, text);
}

static uint32_t reference_of(replies *at, uint32_t reference)
{
    char text[20];
    (void)snprintf(text, sizeof text, "R%u", reference);
    return put(at, reference == 1 ? "NOTPROVIDED" : text);
}

static void add_row(replies *at, uint32_t place)
{
    const reply_leg *made = trail_vector_at(&at->legs, place);
    const trail_file *file =
        trail_vector_at(&at->ledger.records.files, at->ledger.records.files.count - 1);
    uint32_t record, ordinal = file->record_count;
    trail_detail *detail;
    must(trail_records_add(&at->ledger.records, ordinal * 10, 9, ordinal + 1, TRAIL_RECORD_PAYMENT,
                           &record, NULL));
    must(trail_records_detail_of_newest(&at->ledger.records, &detail, NULL));
    uint32_t own = name_of(at, made->own, false);
    uint32_t other = made->names_party ? name_of(at, made->other, made->transfer % 2 == 0) : 0;
    detail->payer_name = made->credit ? other : own;
    detail->payee_name = made->credit ? own : other;
    if (made->reference != 0) detail->reference = reference_of(at, made->reference);
    if (made->stated_charge > 0) {
        trail_wire wire = {.record = record,
                           .charges_minor = made->stated_charge,
                           .charges_currency = made->currency};
        must(trail_vector_push(&at->ledger.wires, &wire, NULL));
    }
    uint32_t named = made->names_account ? made->other : TRAIL_NO_ACCOUNT;
    trail_entry entry = {.payer = made->credit ? named : made->own,
                         .payee = made->credit ? made->own : named,
                         .amount_minor = made->amount,
                         .booking_day = made->day,
                         .booking_second = TRAIL_NO_TIME,
                         .currency = made->currency,
                         .flags = made->credit ? TRAIL_HAS_CREDIT : TRAIL_HAS_DEBIT,
                         .record = record};
    must(trail_ledger_add(&at->ledger, &entry, NULL));
    must(trail_vector_push(&at->truth, &place, NULL));
}

static void put_accounts(replies *at)
{
    uint32_t account;
    for (uint32_t i = 0; i < at->accounts; i++) {
        char number[20], bank[8], key[TRAIL_ACCOUNT_KEY_LIMIT];
        size_t length;
        (void)snprintf(number, sizeof number, "%010u", (unsigned)i);
        (void)snprintf(bank, sizeof bank, "BANK%u", (unsigned)(i % BANKS));
        (void)trail_account_key(trail_slice_of(bank), trail_slice_of(number), key, &length);
        trail_slice slice = {key, length};
        must(trail_accounts_put(at->ledger.accounts, slice, trail_strings_hash(slice), &account,
                                NULL));
    }
}

/* Each bank replies in two files that overlap by some days; the first file of two banks came twice.
 * part 0: the first file, 1: the second, 2: the first again. */
static void add_file(replies *at, uint32_t bank, uint32_t part, bool turn)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    char name[40];
    uint32_t file, legs = (uint32_t)at->legs.count;
    memset(hash, (int)(bank * 2 + part % 2) + 1, sizeof hash);
    (void)snprintf(name, sizeof name, "%s%u.csv", turn ? "z" : "a", bank * 3 + part);
    must(trail_records_open_file(&at->ledger.records, name, hash, 1, 0, &file, NULL));
    for (uint32_t k = 0; k < legs; k++) {
        uint32_t place = turn ? legs - 1 - k : k;
        const reply_leg *made = trail_vector_at(&at->legs, place);
        if (made->own % BANKS != bank) continue;
        if (part == 1 ? made->day >= at->rates.overlap_from : made->day <= at->rates.overlap_to)
            add_row(at, place);
    }
}

static void build(replies *at, bool turn)
{
    uint32_t *renumber = NULL;
    must(trail_ledger_init(&at->ledger, NULL));
    put_accounts(at);
    for (uint32_t i = 0; i < BANKS * 3; i++) {
        uint32_t place = turn ? BANKS * 3 - 1 - i : i;
        if (place % 3 != 2 || place / 3 < 2) add_file(at, place / 3, place % 3, turn);
    }
    must(trail_accounts_settle(at->ledger.accounts, &renumber, NULL));
    trail_ledger_renumber_accounts(&at->ledger, renumber);
    trail_free(renumber);
}

void replies_make(replies *made, uint32_t transfers, uint64_t seed, bool turn)
{
    *made = (replies){.random = seed * 7919 + 17, .accounts = transfers / 40 + 50};
    made->legs = trail_vector_of(sizeof(reply_leg));
    made->truth = trail_vector_of(sizeof(uint32_t));
    draw_setting(made);
    generate(made, transfers);
    build(made, turn);
}

void replies_clear(replies *made)
{
    trail_ledger_clear(&made->ledger);
    trail_vector_clear(&made->legs);
    trail_vector_clear(&made->truth);
}

trail_rates *replies_rates(void)
{
    trail_rates *rates = NULL;
    trail_byte_source *source = NULL;
    trail_text text = {0};
    must(trail_text_add_format(&text, NULL, "Date,USD,\n"));
    for (int32_t day = FIRST_DAY + DAYS + 50; day > FIRST_DAY - 10; day--) {
        char shown[TRAIL_DAY_TEXT];
        trail_day_format(day, shown);
        if (trail_day_weekday(day) < 6)
            must(trail_text_add_format(&text, NULL, "%s,1.0850,\n", shown));
    }
    must(trail_byte_source_over(&source, trail_text_slice(&text), NULL));
    must(trail_rates_read(&rates, source, NULL));
    trail_byte_source_close(source);
    trail_text_clear(&text);
    return rates;
}
