#include "support/report_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "model/published_id.h"
#include "trace/tracing_rule.h"

#define DAY_0 20148 /* 2025-03-01 */

static const uint8_t case_key[TRAIL_CASE_KEY_SIZE] = {7};

/* A test that cannot be set up tells nothing. */
static void must(bool done, const char *what)
{
    if (done) return;
    (void)fprintf(stderr, "cannot set up the case: %s\n", what);
    abort();
}

static void begin(report_case *made, const char *title)
{
    memset(made, 0, sizeof *made);
    made->mandate = (trail_mandate){.id = "OP-2025-0417", .title = title};
    must(trail_currency_find(trail_slice_of("EUR"), &made->mandate.currency), "EUR");
    made->mandate.requests = trail_vector_of(sizeof(trail_request));
    made->people.people = trail_vector_of(sizeof(trail_person));
    must(trail_ledger_init(&made->ledger, NULL) == TRAIL_OK, "ledger");
    made->rejects.rejects = trail_vector_of(sizeof(trail_reject));
    made->rejects.files = trail_vector_of(sizeof(trail_file_report));
    trail_duplicates_init(&made->duplicates);
    trail_reversals_init(&made->reversals);
    trail_statement_checks_init(&made->statement_checks);
    trail_coverage_init(&made->coverage);
    made->conflicts.found = trail_vector_of(sizeof(trail_conflict));
    made->matching.doubles = trail_vector_of(sizeof(trail_possible_double));
    made->links = trail_vector_of(sizeof(trail_link));
    made->proceeds = trail_vector_of(sizeof(trail_proceeds));
    made->notes = trail_vector_of(sizeof(char *));
    made->limits = trail_route_limits_default();
}

static void open_file(report_case *made, uint32_t source, const char *name)
{
    uint32_t file;

    made->source[source] = (trail_source){.file = name, .request = "LV-1", .size = 4096};
    for (size_t i = 0; i < TRAIL_DIGEST_SIZE; i++) {
        made->source[source].hash[i] = (uint8_t)(17 * i + 31 * source + 5);
    }
    must(trail_records_open_file(&made->ledger.records, name, made->source[source].hash, 4096,
                                 source, &file, NULL) == TRAIL_OK,
         "file");
}

static void report_file(report_case *made, uint32_t source, const char *name,
                        trail_file_outcome outcome, const char *reason, const char *paste)
{
    trail_file_report *report = trail_vector_add(&made->rejects.files, NULL);

    must(report != NULL, "file report");
    *report = (trail_file_report){.source = source, .name = name, .outcome = outcome};
    for (size_t i = 0; i < made->ledger.records.files.count; i++) {
        const trail_file *file = trail_vector_at(&made->ledger.records.files, i);
        if (file->source == source) report->file_number = (uint32_t)i + 1;
    }
    must(trail_strings_put(made->ledger.strings, trail_slice_of(reason), &report->reason, NULL) ==
             TRAIL_OK,
         "reason");
    must(trail_strings_put(made->ledger.strings, trail_slice_of(paste), &report->paste, NULL) ==
             TRAIL_OK,
         "paste");
}

static uint32_t put_account(report_case *made, const char *bank, const char *number)
{
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length;
    uint32_t account;

    if (number == NULL) return TRAIL_NO_ACCOUNT;
    must(trail_account_key(trail_slice_of(bank), trail_slice_of(number), key, &length), number);
    must(trail_accounts_put(made->ledger.accounts, (trail_slice){key, length},
                            trail_strings_hash((trail_slice){key, length}), &account,
                            NULL) == TRAIL_OK,
         number);
    return account;
}

typedef struct row {
    uint32_t payer, payee;
    int64_t minor;
    int day, second;
    const char *currency;
    trail_kind kind;
    const char *payer_name, *payee_name, *text;
    int64_t received_minor;
    const char *received_currency;
    uint8_t flags;
} row;

static uint32_t put_text(report_case *made, const char *text)
{
    uint32_t string = 0;

    must(trail_strings_put(made->ledger.strings, trail_slice_of(text), &string, NULL) == TRAIL_OK,
         "text");
    return string;
}

static void add_row(report_case *made, const row *given)
{
    static const uint32_t length = 96;
    trail_entry entry = {.payer = given->payer,
                         .payee = given->payee,
                         .amount_minor = given->minor,
                         .booking_day = DAY_0 + given->day,
                         .booking_second = given->second > 0 ? given->second : TRAIL_NO_TIME,
                         .kind = (uint8_t)given->kind,
                         .flags = TRAIL_HAS_DEBIT};
    const uint64_t place = made->ledger.records.count;
    char reference[32];
    trail_detail *detail;

    if (given->payee != TRAIL_NO_ACCOUNT) entry.flags |= TRAIL_HAS_CREDIT;
    must(trail_currency_find(trail_slice_of(given->currency == NULL ? "EUR" : given->currency),
                             &entry.currency),
         "currency");
    if (given->received_currency != NULL) {
        entry.has_received = true;
        entry.received_minor = given->received_minor;
        must(
            trail_currency_find(trail_slice_of(given->received_currency), &entry.received_currency),
            "currency");
    }
    must(trail_records_add(&made->ledger.records, place * length, length, place + 2,
                           TRAIL_RECORD_PAYMENT, &entry.record, NULL) == TRAIL_OK,
         "record");
    must(trail_records_detail_of_newest(&made->ledger.records, &detail, NULL) == TRAIL_OK,
         "detail");
    (void)snprintf(reference, sizeof reference, "REF%06llu", (unsigned long long)place);
    detail->text = given->text == NULL ? 0 : put_text(made, given->text);
    detail->payer_name = given->payer_name == NULL ? 0 : put_text(made, given->payer_name);
    detail->payee_name = given->payee_name == NULL ? 0 : put_text(made, given->payee_name);
    detail->reference = put_text(made, reference);
    must(trail_ledger_add(&made->ledger, &entry, NULL) == TRAIL_OK, "payment");
    made->ledger.flags[made->ledger.count - 1] |= given->flags;
}

static void observe(report_case *made, uint32_t account, int from, int to)
{
    const trail_observation seen = {account, DAY_0 + from, DAY_0 + to, 0};

    must(trail_vector_push(&made->ledger.observations, &seen, NULL) == TRAIL_OK, "observation");
}

static trail_person *add_person(report_case *made, const char *key, const char *name,
                                trail_role role, const char *type)
{
    trail_person *person = trail_vector_add(&made->people.people, NULL);

    must(person != NULL, name);
    *person = (trail_person){.key = key, .name = name, .role = role, .type = type};
    person->other_names = trail_vector_of(sizeof(const char *));
    person->accounts = trail_vector_of(sizeof(trail_listed_account));
    return person;
}

static void list_account(report_case *made, trail_person *person, const char *bank,
                         const char *number)
{
    trail_listed_account listed = {number, bank, TRAIL_NO_ACCOUNT};

    listed.account =
        trail_accounts_find(made->ledger.accounts, trail_slice_of(bank), trail_slice_of(number));
    must(trail_vector_push(&person->accounts, &listed, NULL) == TRAIL_OK, number);
}

static int by_account(const void *context, const void *a, const void *b)
{
    const trail_observation *left = a;
    const trail_observation *right = b;

    (void)context;
    return (left->account > right->account) - (left->account < right->account);
}

static void settle(report_case *made)
{
    trail_vector *observations = &made->ledger.observations;

    uint32_t *renumber = NULL;

    must(trail_accounts_settle(made->ledger.accounts, &renumber, NULL) == TRAIL_OK, "settle");
    trail_ledger_renumber_accounts(&made->ledger, renumber);
    trail_free(renumber);
    must(trail_sort_items(observations->items, observations->count, sizeof(trail_observation),
                          by_account, NULL, NULL) == TRAIL_OK,
         "observations");
    made->ledger.finished = true;
}

static void mark(report_case *made, const char *id, const char *why, const uint32_t *payments,
                 size_t count)
{
    trail_proceeds *proceeds = trail_vector_add(&made->proceeds, NULL);
    const size_t at = made->proceeds.count - 1;

    must(proceeds != NULL && at < TRAIL_LENGTH_OF(made->rule), "proceeds");
    made->rule[at] = (trail_proceeds_rule){.id = id, .why = why};
    *proceeds =
        (trail_proceeds){.rule = &made->rule[at], .currency = made->ledger.currency[payments[0]]};
    proceeds->marks = trail_vector_of(sizeof(trail_mark));
    for (size_t i = 0; i < count; i++) {
        const trail_leg debit = trail_ledger_debit(&made->ledger, payments[i]);
        const trail_mark one = {
            payments[i], debit.amount_minor,
            trail_ledger_observes(&made->ledger, debit.account, debit.booking_day)};

        proceeds->amount_minor += one.amount_minor;
        must(trail_vector_push(&proceeds->marks, &one, NULL) == TRAIL_OK, "mark");
    }
}

/* Everything from protection to groups, by the floors themselves. */
static void work(report_case *made, uint32_t destination)
{
    trail_vector starts = trail_vector_of(sizeof(trail_route_start));
    trail_error err = {0};

    must(trail_protection_new(&made->protection, &made->people, &made->ledger, case_key, false,
                              &err) == TRAIL_OK,
         err.message);
    must(trail_published_ids_make(&made->ids, &made->ledger, case_key, &err) == TRAIL_OK,
         err.message);
    must(trail_links_of(&made->ledger, &made->links, &err) == TRAIL_OK, err.message);
    must(trail_trace_run(&made->trace, &made->ledger, NULL, &made->proceeds, 1, NULL, &err) ==
             TRAIL_OK,
         err.message);
    must(trail_payment_graph_build(&made->graph, &made->ledger, &err) == TRAIL_OK, err.message);
    for (size_t i = 0; i < made->proceeds.count; i++) {
        const trail_proceeds *proceeds = trail_vector_at(&made->proceeds, i);

        for (size_t m = 0; m < proceeds->marks.count; m++) {
            const trail_mark *one = trail_vector_at(&proceeds->marks, m);
            const trail_route_start start = {.payment = one->payment,
                                             .proceeds = (uint16_t)i,
                                             .currency = proceeds->currency,
                                             .marked_minor = one->amount_minor};

            must(trail_vector_push(&starts, &start, NULL) == TRAIL_OK, "start");
        }
    }
    must(trail_routes_find(&made->routes, &made->ledger, &made->graph, &made->matching.doubles,
                           starts.items, starts.count, &destination,
                           destination == TRAIL_NO_ACCOUNT ? 0 : 1, &made->limits,
                           &err) == TRAIL_OK,
         err.message);
    trail_vector_clear(&starts);
    must(trail_communities_find(&made->communities, &made->ledger, &made->links,
                                made->mandate.currency, &err) == TRAIL_OK,
         err.message);
    made->findings = (trail_findings){
        .mandate = &made->mandate,
        .sources = made->source,
        .source_count = TRAIL_LENGTH_OF(made->source),
        .people = &made->people,
        .protection = made->protection,
        .ledger = &made->ledger,
        .ids = &made->ids,
        .rejects = &made->rejects,
        .duplicates = &made->duplicates,
        .reversals = &made->reversals,
        .statement_checks = &made->statement_checks,
        .coverage = &made->coverage,
        .matching = &made->matching,
        .conflicts = &made->conflicts,
        .subsets = &made->subsets,
        .links = &made->links,
        .proceeds = &made->proceeds,
        .notes = &made->notes,
        .trace = &made->trace,
        .routes = &made->routes,
        .route_limits = &made->limits,
        .communities = &made->communities,
        .evidence_digest = "62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a",
        .program_version = "0.1.0"};
}

/* A statement of the protected account that does not close, with a gap before it, and an account
 * that was asked for and stands in no record. */
static void add_statements(report_case *made, uint32_t account)
{
    trail_currency euro = TRAIL_NO_CURRENCY;
    must(trail_currency_find(trail_slice_of("EUR"), &euro), "EUR");
    trail_statement statement = {.account = account, .currency = euro, .line = 2, .end_record = 2};
    trail_statement_check check = {.account = account,
                                   .currency = euro,
                                   .part_count = 1,
                                   .opening = {TRAIL_BALANCE_ROWS, 20089, 1000},
                                   .closing = {TRAIL_BALANCE_ROWS, 20090, 2500},
                                   .from_day = 20089,
                                   .to_day = 20090,
                                   .rows = 2,
                                   .verdict = TRAIL_VERDICT_DOES_NOT_CLOSE,
                                   .difference_minor = 700,
                                   .excepted = TRAIL_NO_RECORD,
                                   .break_count = 1,
                                   .link = TRAIL_LINK_GAP,
                                   .moved_known = true,
                                   .moved_minor = -1300,
                                   .missing_number = 14,
                                   .missing_number_to = 15,
                                   .missing_page = 2,
                                   .missing_page_to = 2};
    trail_balance_break broken = {.check = 1,
                                  .record = 1,
                                  .record_before = 0,
                                  .unread = TRAIL_NO_RECORD,
                                  .expected_minor = 1800,
                                  .stated_minor = 2500};
    trail_statement_check earlier = check;
    uint32_t part = (uint32_t)made->ledger.statements.count;
    earlier.verdict = TRAIL_VERDICT_CLOSES;
    earlier.link = TRAIL_LINK_FIRST;
    earlier.from_day = earlier.to_day = 20000;
    earlier.break_count = 0;
    trail_coverage_said said = {TRAIL_NO_ACCOUNT, "LV00ASKED", 20089, 20120, 0, UINT32_MAX};
    trail_statement_checks *checks = &made->statement_checks;
    must(trail_vector_push(&made->ledger.statements, &statement, NULL) == TRAIL_OK, "statement");
    must(trail_vector_push(&checks->parts, &part, NULL) == TRAIL_OK, "part");
    must(trail_vector_push(&checks->checks, &earlier, NULL) == TRAIL_OK, "check");
    must(trail_vector_push(&checks->checks, &check, NULL) == TRAIL_OK, "check");
    must(trail_vector_push(&checks->breaks, &broken, NULL) == TRAIL_OK, "break");
    must(trail_coverage_make(&made->coverage, &made->ledger, checks, &said, 1, NULL) == TRAIL_OK,
         "coverage");
}

static void make_story(report_case *made, bool with_proceeds)
{
    static const char *const numbers[] = {REPORT_SECRET_ACCOUNT,
                                          "LV97HABA0012345678910",
                                          "EE382200221020145685",
                                          "CY17002001280000001200527600",
                                          "GB29NWBK60161331926819",
                                          "4711-0815",
                                          "LT601010012345678901",
                                          "AE070331234567890123456",
                                          "4711-0816",
                                          "DE89370400440532013000",
                                          "9001",
                                          "9002"};
    static const char *const names[] = {
        REPORT_SECRET_NAME,
        "Marek Berzins",
        "Tallin Demo Works O\xc3\x9c",
        "Falcon Holdings Ltd",
        REPORT_HOSTILE_NAME,
        "Greta Vogel",
        "Amber Logistics UAB",
        "Sable Commodities and International Freight Forwarding of Limassol Holdings FZE",
        "Jonas Brandt",
        "Hostel Nord GmbH",
        NULL,
        "\xe2\x80\xae"
        "evil drawrof"};
    uint32_t a[TRAIL_LENGTH_OF(numbers)];
    trail_reject *reject;
    trail_possible_double pair = {14, 15, "the credit does not name the payer"};
    uint32_t marks[2] = {0, 1};

    begin(made, "Operation Lantern");
    for (size_t i = 0; i < TRAIL_LENGTH_OF(numbers); i++) {
        a[i] = put_account(made, i % 2 ? "HABALV22" : "LHVBEE22", numbers[i]);
    }
    open_file(made, 0, "received/lv/habalv22_2025Q1.csv");
#define PAY(from, to, minor_, day_, ...)                                                           \
    add_row(made, &(row){.payer = a[from],                                                         \
                         .payee = a[to],                                                           \
                         .minor = (minor_),                                                        \
                         .day = (day_),                                                            \
                         .payer_name = names[from],                                                \
                         .payee_name = names[to],                                                  \
                         __VA_ARGS__})
    PAY(0, 1, 120000, 2, .text = "wages " REPORT_SECRET_NAME);
    PAY(5, 1, 95000, 3, .text = "wages, cash box", .second = 41000);
    PAY(9, 2, 30000, 3, .text = "room rent");
    PAY(1, 3, 180000, 4, .text = "consulting fee 1088");
    PAY(1, 8, 20000, 5, .text = "loan back");
    PAY(3, 6, 170000, 6, .text = "freight PO 7940", .second = 36061);
    open_file(made, 1, "received/cy/bcyp_statement_2025.csv");
    PAY(6, 7, 165000, 8, .text = "invoice 2025-829", .received_minor = 178200,
        .received_currency = "USD");
    PAY(4, 3, 50000, 9, .text = "goods");
    PAY(3, 4, 45000, 12, .text = "refund");
    add_row(made, &(row){.payer = a[1],
                         .payee = TRAIL_NO_ACCOUNT,
                         .minor = 12000,
                         .day = 13,
                         .kind = TRAIL_KIND_CASH,
                         .payer_name = names[1],
                         .text = "ATM"});
    add_row(made, &(row){.payer = a[3],
                         .payee = TRAIL_NO_ACCOUNT,
                         .minor = 350,
                         .day = 14,
                         .kind = TRAIL_KIND_FEE,
                         .payer_name = names[3],
                         .text = "fee"});
    PAY(2, 9, 25000, 15, .text = "rent");
    PAY(9, 10, 14000, 20, .text = "=HYPERLINK(\"x\")");
    PAY(10, 11, 13000, 21, .text = "</script><b>bold</b> \xe2\x80\xa8 text");
    PAY(6, 9, 7000, 22, .text = "deposit", .flags = TRAIL_MAY_BE_DOUBLE);
    PAY(6, 9, 7000, 22, .text = "deposit", .flags = TRAIL_MAY_BE_DOUBLE);
    PAY(7, 11, 90000, 30, .currency = "USD", .text = "property " REPORT_SECRET_NAME);
    PAY(2, 5, 8000, 40, .text = "advance");
#undef PAY
    for (size_t i = 0; i < TRAIL_LENGTH_OF(numbers); i++) {
        if (i != 9 && i != 11) observe(made, a[i], 0, 60);
    }
    settle(made);
    list_account(made,
                 add_person(made, "worker_01", REPORT_SECRET_NAME, TRAIL_ROLE_VICTIM, "person"),
                 "LHVBEE22", REPORT_SECRET_ACCOUNT);
    list_account(made, add_person(made, "boss", "Marek Berzins", TRAIL_ROLE_SUSPECT, "person"),
                 "HABALV22", numbers[1]);
    list_account(made,
                 add_person(made, "falcon", "Falcon Holdings Ltd", TRAIL_ROLE_UNKNOWN, "company"),
                 "HABALV22", numbers[3]);
    must(trail_vector_push(&made->matching.doubles, &pair, NULL) == TRAIL_OK, "pair");
    reject = trail_vector_add(&made->rejects.rejects, NULL);
    must(reject != NULL, "reject");
    *reject = (trail_reject){.file = 0,
                             .record = 2,
                             .column = 3,
                             .code = "amount_too_precise",
                             .line = 4,
                             .offset = 192};
    reject->column_name = put_text(made, "Summa");
    reject->message = put_text(made, "12.345 has more digits than EUR has");
    reject->text = put_text(made, "03.03.2025;" REPORT_SECRET_NAME ";12.345;\"");
    made->source[2] = (trail_source){.file = "received/ae/unclear.csv", .size = 77};
    report_file(made, 2, "received/ae/unclear.csv", TRAIL_FILE_SET_ASIDE,
                "booking_date is ambiguous: 01/02/2024 is 1 February or 2 January",
                "date_format: DD/MM/YYYY");
    report_file(made, 1, "received/cy/bcyp_statement_2025.csv", TRAIL_FILE_READ, "", "");
    report_file(made, 0, "received/lv/habalv22_2025Q1.csv", TRAIL_FILE_READ, "", "");
    if (with_proceeds) mark(made, "W1", "wages collected from workers", marks, 2);
    add_statements(made, trail_accounts_find(made->ledger.accounts, trail_slice_of("LHVBEE22"),
                                             trail_slice_of(REPORT_SECRET_ACCOUNT)));
    work(made, trail_accounts_find(made->ledger.accounts, trail_slice_of("HABALV22"),
                                   trail_slice_of(numbers[7])));
}

void report_case_story(report_case *made)
{
    make_story(made, true);
}

void report_case_without_proceeds(report_case *made)
{
    make_story(made, false);
}

void report_case_smallest(report_case *made)
{
    uint32_t a[3];

    begin(made, NULL);
    a[0] = put_account(made, "BANK", "1001");
    a[1] = put_account(made, "BANK", "1002");
    a[2] = put_account(made, "BANK", "1003");
    open_file(made, 0, "received/a.csv");
    add_row(made, &(row){.payer = a[0], .payee = a[1], .minor = 10000, .day = 0});
    add_row(made, &(row){.payer = a[1], .payee = a[2], .minor = 9000, .day = 1});
    observe(made, a[0], 0, 1);
    observe(made, a[1], 0, 1);
    report_file(made, 0, "received/a.csv", TRAIL_FILE_READ, "", "");
    settle(made);
    mark(made, "P1", "the money", (const uint32_t[]){0}, 1);
    work(made, TRAIL_NO_ACCOUNT);
}

void report_case_empty(report_case *made)
{
    begin(made, "Nothing received yet");
    settle(made);
    work(made, TRAIL_NO_ACCOUNT);
}

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

static void invent_name(uint64_t *state, char name[64])
{
    static const char *const first[] = {"Elena", "Marek",  "Milan", "Andrei", "Greta", "Sofia",
                                        "Irina", "Daniel", "Yusuf", "Mina",   "Tomas", "Jonas"};
    static const char *const last[] = {"Berzins", "Ilves",  "Sorokin", "Toth",  "Vogel", "Silva",
                                       "Kovacs",  "Brandt", "Nowak",   "Olsen", "Petrov"};
    static const char *const firm[] = {"Falcon", "Amber", "Silverline", "Quartz", "Sable",
                                       "Castor", "Orion", "Kestrel",    "Tigris", "Marlin"};
    static const char *const trade[] = {"Holdings", "Logistics", "Trading",
                                        "Marine",   "Services",  "Commodities"};

    if (draw(state, 2) == 0) {
        (void)snprintf(name, 64, "%s %s", first[draw(state, 12)], last[draw(state, 11)]);
    } else {
        (void)snprintf(name, 64, "%s %s Ltd", firm[draw(state, 10)], trade[draw(state, 6)]);
    }
}

/* Accounts in blocks that mostly pay each other; from the first account money runs through others
 * in a few days. */
void report_case_large(report_case *made, uint32_t accounts, uint32_t payments)
{
    static const char *const texts[] = {"Consulting fee", "Refund", "INV 2025", "Goods PO", "Rent"};
    const uint32_t block = accounts < 36 ? accounts : accounts / 12;
    uint32_t *numbers = NULL, *marks = NULL;
    char(*names)[64] = NULL;
    uint64_t state = 42;
    char destination[24] = "";
    const char *destination_bank = 48 % 3 ? "HABALV22" : "LHVBEE22";
    size_t marked = 0;

    begin(made, "Operation Lanternfish");
    must(trail_alloc_zeroed(&numbers, accounts, sizeof *numbers, NULL) == TRAIL_OK, "numbers");
    must(trail_alloc_zeroed(&names, accounts, sizeof *names, NULL) == TRAIL_OK, "names");
    must(trail_alloc_zeroed(&marks, payments, sizeof *marks, NULL) == TRAIL_OK, "marks");
    for (uint32_t i = 0; i < accounts; i++) {
        char number[24];

        (void)snprintf(number, sizeof number, "%02u-%07u", draw(&state, 90) + 10, i);
        numbers[i] = put_account(made, i % 3 ? "HABALV22" : "LHVBEE22", number);
        if (i == 48) memcpy(destination, number, sizeof number);
        invent_name(&state, names[i]);
    }
    open_file(made, 0, "received/lv/transfers.csv");
    for (uint32_t i = 0; i < payments; i++) {
        const int day = (int)((uint64_t)i * 120 / payments);
        uint32_t from = draw(&state, accounts), to;
        int64_t minor = (int64_t)(draw(&state, 900) + 100) * (draw(&state, 400) + 10);

        to = draw(&state, 8) == 0 ? draw(&state, accounts)
                                  : from / block * block + draw(&state, block);
        if (i % 40 < 6) { /* a chain that passes most of it on */
            from = (i % 40) * 8 % accounts;
            to = (i % 40 + 1) * 8 % accounts;
            minor = 5000000 - 150000 * (int64_t)(i % 40) - 1000 * (int64_t)(i / 40 % 50);
            if (i % 40 == 0) marks[marked++] = i;
        }
        if (to >= accounts) to = accounts - 1;
        if (to == from) to = (to + 1) % accounts;
        add_row(made, &(row){.payer = numbers[from],
                             .payee = numbers[to],
                             .minor = minor,
                             .day = day,
                             .payer_name = names[from],
                             .payee_name = names[to],
                             .text = texts[draw(&state, 5)],
                             .currency = i % 40 > 6 && i % 23 == 0 ? "USD" : NULL});
    }
    for (uint32_t i = 0; i < accounts; i++) {
        if (i % 4 != 3) observe(made, numbers[i], 0, 121);
    }
    report_file(made, 0, "received/lv/transfers.csv", TRAIL_FILE_READ, "", "");
    settle(made);
    mark(made, "P1", "payments of the buyers", marks, marked < 20 ? marked : 20);
    work(made, trail_accounts_find(made->ledger.accounts, trail_slice_of(destination_bank),
                                   trail_slice_of(destination)));
    trail_free(numbers);
    trail_free(names);
    trail_free(marks);
}

void report_case_clear(report_case *made)
{
    for (size_t i = 0; i < made->people.people.count; i++) {
        trail_person *person = trail_vector_at(&made->people.people, i);

        trail_vector_clear(&person->other_names);
        trail_vector_clear(&person->accounts);
    }
    trail_vector_clear(&made->people.people);
    trail_protection_free(made->protection);
    trail_published_ids_clear(&made->ids);
    trail_vector_clear(&made->rejects.rejects);
    trail_vector_clear(&made->rejects.files);
    trail_statement_checks_clear(&made->statement_checks);
    trail_coverage_clear(&made->coverage);
    trail_vector_clear(&made->matching.doubles);
    trail_conflicts_clear(&made->conflicts);
    trail_subsets_clear(&made->subsets);
    trail_vector_clear(&made->links);
    for (size_t i = 0; i < made->proceeds.count; i++) {
        trail_vector_clear(&((trail_proceeds *)trail_vector_at(&made->proceeds, i))->marks);
    }
    trail_vector_clear(&made->proceeds);
    trail_vector_clear(&made->notes);
    trail_vector_clear(&made->mandate.requests);
    trail_trace_clear(&made->trace);
    trail_payment_graph_clear(&made->graph);
    trail_routes_clear(&made->routes);
    trail_communities_clear(&made->communities);
    trail_ledger_clear(&made->ledger);
}
