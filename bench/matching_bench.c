/* matching_bench [TRANSFERS [SEED...]]: invented replies of several banks, of which it is known
 * which two records are one transfer, through the matching of legs; prints precision, recall, F1
 * and CPU. The rates of everything (fees, other currencies, days between, round amounts, parties
 * left out, repeats, batches, references) are drawn anew for each seed, in wide ranges, and know
 * nothing of the weights. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/memory.h"
#include "reconcile/matching.h"

#define BANKS     5
#define FIRST_DAY 19700

typedef struct leg {
    uint32_t transfer; /* what is true; equal legs of one day may stand for each other */
    uint32_t own, other;
    int64_t amount;
    int32_t day;
    trail_currency currency;
    bool credit, names_account, names_party;
    uint32_t reference; /* 0: none */
    int64_t stated_charge;
} leg;

/* Shares in thousandths, drawn for each seed. */
typedef struct setting {
    uint32_t round, fee, fee_stated, other_currency, no_account, names, shared_reference,
        empty_reference, repeat, batch, unseen, lag[6];
} setting;

typedef struct bench {
    uint64_t random;
    setting rates;
    uint32_t accounts;
    trail_vector legs; /* of leg */
    trail_ledger ledger;
    trail_vector truth; /* by record: transfer */
} bench;

static uint32_t draw(bench *at, uint32_t below)
{
    at->random = at->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((at->random >> 33) % below);
}

static bool chance(bench *at, uint32_t permille)
{
    return draw(at, 1000) < permille;
}

static void must(trail_status status)
{
    if (status == TRAIL_OK) return;
    fprintf(stderr, "matching_bench: failed\n");
    exit(1);
}

static void draw_setting(bench *at)
{
    setting *rates = &at->rates;
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
}

static int32_t draw_lag(bench *at)
{
    uint32_t place = draw(at, 1000);
    int32_t lag = 0;
    while (lag < 5 && place >= at->rates.lag[lag])
        place -= at->rates.lag[lag++];
    return lag;
}

static int64_t draw_amount(bench *at)
{
    static const int64_t round[] = {5000, 10000, 20000, 25000, 50000, 100000, 150000, 500000};
    if (chance(at, at->rates.round)) return round[draw(at, 8)] * (1 + draw(at, 4));
    return 500 + (int64_t)draw(at, 400) * draw(at, 1500) + draw(at, 100);
}

/* Few accounts have most of the traffic. */
static uint32_t draw_account(bench *at)
{
    uint32_t a = draw(at, at->accounts), b = draw(at, at->accounts), c = draw(at, at->accounts);
    uint32_t least = a < b ? a : b;
    return least < c ? least : c;
}

static bool is_seen(const bench *at, uint32_t account)
{
    return account * UINT64_C(2654435761) % 1000 >= at->rates.unseen;
}

static void push(bench *at, leg *made)
{
    made->names_account = !chance(at, at->rates.no_account);
    made->names_party = chance(at, at->rates.names);
    if (is_seen(at, made->own)) must(trail_vector_push(&at->legs, made, NULL));
}

/* One transfer as its two banks book it. */
static void add_transfer(bench *at, uint32_t number, uint32_t payer, uint32_t payee, int64_t amount,
                         int32_t day, bool batched)
{
    static const int64_t usd_per_eur_millionths = 1085000;
    trail_currency eur, usd;
    (void)trail_currency_find(trail_slice_of("EUR"), &eur);
    (void)trail_currency_find(trail_slice_of("USD"), &usd);
    bool shared = chance(at, at->rates.shared_reference);
    bool empty = !shared && chance(at, at->rates.empty_reference);
    uint32_t reference = 10 + 3 * number;
    leg debit = {.transfer = number,
                 .own = payer,
                 .other = payee,
                 .amount = amount,
                 .day = day,
                 .currency = eur,
                 .reference = empty ? 1 : reference};
    leg credit = {.transfer = number,
                  .own = payee,
                  .other = payer,
                  .amount = amount,
                  .day = day + draw_lag(at),
                  .currency = eur,
                  .credit = true};
    credit.reference = empty ? 1 : shared ? reference : chance(at, 500) ? reference + 1 : 0;
    if (chance(at, at->rates.other_currency)) {
        int64_t off = (int64_t)draw(at, 40001) - 20000; /* up to 2 % either way */
        credit.currency = usd;
        credit.amount =
            amount * (usd_per_eur_millionths + usd_per_eur_millionths * off / 1000000) / 1000000;
    } else if (chance(at, at->rates.fee)) {
        int64_t fee = 50 + (int64_t)draw(at, 60) * 50;
        if (fee * 5 < amount) {
            credit.amount -= fee;
            if (chance(at, at->rates.fee_stated)) credit.stated_charge = fee;
        }
    }
    if (!batched) push(at, &debit);
    push(at, &credit);
}

static void generate(bench *at, uint32_t transfers)
{
    for (uint32_t number = 0; number < transfers;) {
        uint32_t payer = draw_account(at), payee = draw_account(at);
        int64_t amount = draw_amount(at);
        int32_t day = FIRST_DAY + (int32_t)draw(at, 365);
        if (payer == payee) continue;
        if (chance(at, at->rates.batch)) {
            int64_t total = 0;
            for (uint32_t i = 0, count = 3 + draw(at, 8); i < count; i++, number++) {
                int64_t part = draw_amount(at);
                total += part;
                uint32_t to = draw_account(at);
                if (to != payer) add_transfer(at, number, payer, to, part, day, true);
            }
            leg debit = {
                .transfer = number++, .own = payer, .other = payee, .amount = total, .day = day};
            (void)trail_currency_find(trail_slice_of("EUR"), &debit.currency);
            push(at, &debit);
            continue;
        }
        uint32_t times = chance(at, at->rates.repeat) ? 2 + draw(at, 3) : 1;
        for (uint32_t i = 0; i < times; i++)
            add_transfer(at, number++, payer, payee, amount,
                         day + (chance(at, 500) ? 0 : 7 * (int32_t)i), false);
    }
}

static uint32_t put(bench *at, const char *text)
{
    uint32_t id = 0;
    must(trail_strings_put(at->ledger.strings, trail_slice_of(text), &id, NULL));
    return id;
}

static uint32_t name_of(bench *at, uint32_t account, bool turned)
{
    char text[80];
    if (turned)
        (void)snprintf(text, sizeof text, "NACHNAME%u, VORNAME%u", account, account % 97);
    else
        (void)snprintf(text, sizeof text, "Vorname%u Nachname%u", account % 97, account);
    return put(at, text);
}

static uint32_t reference_of(bench *at, uint32_t reference)
{
    char text[20];
    (void)snprintf(text, sizeof text, "R%u", reference);
    return put(at, reference == 1 ? "NOTPROVIDED" : text);
}

static void add_leg(bench *at, const leg *made)
{
    uint32_t record;
    trail_detail *detail;
    must(trail_records_add(&at->ledger.records, at->ledger.records.count * 10, 9, 1,
                           TRAIL_RECORD_PAYMENT, &record, NULL));
    must(trail_records_detail_of_newest(&at->ledger.records, &detail, NULL));
    uint32_t own = name_of(at, made->own, false);
    uint32_t other = made->names_party ? name_of(at, made->other, chance(at, 500)) : 0;
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
    must(trail_vector_push(&at->truth, &made->transfer, NULL));
}

/* Accounts first, then one file a bank. */
static void build(bench *at)
{
    uint32_t *renumber = NULL, account, file;
    must(trail_ledger_init(&at->ledger, NULL));
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
    for (uint32_t bank = 0; bank < BANKS; bank++) {
        uint8_t hash[TRAIL_DIGEST_SIZE];
        static const char *const names[BANKS] = {"a.csv", "b.csv", "c.csv", "d.csv", "e.csv"};
        memset(hash, (int)bank + 1, sizeof hash);
        must(trail_records_open_file(&at->ledger.records, names[bank], hash, 1, 0, &file, NULL));
        for (size_t i = 0; i < at->legs.count; i++) {
            const leg *made = trail_vector_at(&at->legs, i);
            if (made->own % BANKS == bank) add_leg(at, made);
        }
    }
    must(trail_accounts_settle(at->ledger.accounts, &renumber, NULL));
    trail_ledger_renumber_accounts(&at->ledger, renumber);
    trail_free(renumber);
}

static size_t count_true(const bench *at, uint32_t transfers)
{
    uint8_t *sides = NULL;
    size_t both = 0;
    must(trail_alloc_zeroed(&sides, transfers + 64, 1, NULL));
    for (size_t i = 0; i < at->legs.count; i++) {
        const leg *made = trail_vector_at(&at->legs, i);
        sides[made->transfer] |= made->credit ? 2 : 1;
    }
    for (uint32_t i = 0; i < transfers + 64; i++)
        both += sides[i] == 3;
    trail_free(sides);
    return both;
}

/* By transfer: its legs as seen, NULL where the reply lacks one. */
typedef struct seen_legs {
    const leg **debit, **credit;
} seen_legs;

static seen_legs find_seen(const bench *at, uint32_t transfers)
{
    seen_legs seen;
    must(trail_alloc_zeroed((void *)&seen.debit, transfers + 64, sizeof *seen.debit, NULL));
    must(trail_alloc_zeroed((void *)&seen.credit, transfers + 64, sizeof *seen.credit, NULL));
    for (size_t i = 0; i < at->legs.count; i++) {
        const leg *made = trail_vector_at(&at->legs, i);
        *(made->credit ? &seen.credit[made->transfer] : &seen.debit[made->transfer]) = made;
    }
    return seen;
}

static bool are_twins(const leg *a, const leg *b)
{
    return a != NULL && b != NULL && a->own == b->own && a->other == b->other &&
           a->amount == b->amount && a->day == b->day && a->currency == b->currency;
}

/* Of two equal debits either may stand for the other, and so may two equal credits: which of them
 * it is changes nothing. */
static bool is_right(const bench *at, const seen_legs *seen, uint32_t payment)
{
    const uint32_t *truth = at->truth.items;
    uint32_t paid = truth[trail_ledger_debit(&at->ledger, payment).record];
    uint32_t received = truth[trail_ledger_credit(&at->ledger, payment).record];
    return paid == received || are_twins(seen->debit[paid], seen->debit[received]) ||
           are_twins(seen->credit[paid], seen->credit[received]);
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

static trail_rates *make_rates(void)
{
    trail_rates *rates = NULL;
    trail_byte_source *source = NULL;
    trail_text text = {0};
    must(trail_text_add_format(&text, NULL, "Date,USD,\n"));
    for (int32_t day = FIRST_DAY + 400; day > FIRST_DAY - 10; day--) {
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

static void run(uint32_t transfers, uint64_t seed)
{
    bench at = {.random = seed * 7919 + 17, .accounts = transfers / 40 + 50};
    trail_matching matching;
    trail_rates *rates = make_rates();
    size_t right = 0, classes[TRAIL_MATCH_CLASS_COUNT] = {0}, wrong[TRAIL_MATCH_CLASS_COUNT] = {0};
    at.legs = trail_vector_of(sizeof(leg));
    at.truth = trail_vector_of(sizeof(uint32_t));
    draw_setting(&at);
    generate(&at, transfers);
    build(&at);
    double before = cpu_seconds();
    trail_matching_options options = {.rates = rates};
    must(trail_match_payments(&at.ledger, &options, &matching, NULL));
    double spent = cpu_seconds() - before;
    seen_legs seen = find_seen(&at, transfers);
    for (uint32_t i = 0; i < at.ledger.count; i++) {
        if ((at.ledger.flags[i] & TRAIL_TWO_RECORDS) == 0) continue;
        unsigned class = trail_matching_find(&matching, i)->match_class;
        bool good = is_right(&at, &seen, i);
        right += good;
        classes[class]++;
        wrong[class] += !good;
    }
    size_t truth = count_true(&at, transfers);
    double precision = (double)right / (double)matching.paired;
    double recall = (double)right / (double)truth;
    printf("| %u | %zu | %zu | %u | %u | %u | %u | %u | %.4f | %.4f | %.4f | %zu/%zu | %zu/%zu | "
           "%zu/%zu | %.2f |\n",
           (unsigned)seed, at.legs.count, truth, at.rates.round, at.rates.fee,
           at.rates.other_currency, at.rates.no_account, at.rates.shared_reference, precision,
           recall, 2 * precision * recall / (precision + recall), wrong[1], classes[1], wrong[2],
           classes[2], wrong[3], classes[3], spent);
    trail_free((void *)seen.debit);
    trail_free((void *)seen.credit);
    trail_matching_clear(&matching);
    trail_ledger_clear(&at.ledger);
    trail_rates_free(rates);
    trail_vector_clear(&at.legs);
    trail_vector_clear(&at.truth);
}

int main(int count, char **words)
{
    uint64_t transfers = 100000, seed;
    if (count > 1 && !trail_slice_to_u64(trail_slice_of(words[1]), &transfers)) return 2;
    puts("| seed | legs | true pairs | round ‰ | fee ‰ | currency ‰ | no account ‰ | reference ‰ | "
         "P "
         "| R | F1 | certain wrong/all | clear wrong/all | interchangeable wrong/all | CPU s |");
    puts("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (int i = 2; i < count || i == 2; i++) {
        if (i >= count)
            seed = 1;
        else if (!trail_slice_to_u64(trail_slice_of(words[i]), &seed))
            return 2;
        run((uint32_t)transfers, seed);
    }
    return 0;
}
