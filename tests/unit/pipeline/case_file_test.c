#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "pipeline/case_file.h"
#include "support/failing_alloc.h"

/* A case with every part; each row of `variants` breaks one place of it. */
static const char *const whole =
    "case: OP-1\n"
    "title: Operation Lantern\n"
    "currency: EUR\n"
    "display_rule: fifo\n"
    "requests:\n"
    "  - id: LV-1\n"
    "    state: LV\n"
    "    authority: Ministry of Justice\n"
    "    sent: 2025-02-03\n"
    "    received: 2025-05-20\n"
    "    scope: {accounts: [LV80BANK0000435195001, 77], from: 2024-09-01, to: 2025-01-31}\n"
    "    purposes: [investigation, prosecution]\n"
    "    onward_transfer: consent\n"
    "    evidential: yes\n"
    "sources:\n"
    "  - file: received/a.csv\n"
    "    request: LV-1\n"
    "    profile: lv_bank\n"
    "    own_account: LV80 BANK 0000 4351 9500 1\n"
    "    period: {from: 2024-09-01, to: 2025-01-31}\n"
    "    encoding: windows-1257\n"
    "  - file: received/wires.csv\n"
    "    profile: wires\n"
    "    observes: {bank: HABALV22}\n"
    "  - file: received/c.csv\n"
    "    profile: auto\n"
    "profiles:\n"
    "  lv_bank:\n"
    "    layout: statement\n"
    "    delimiter: \";\"\n"
    "    date_format: DD.MM.YYYY\n"
    "    decimal: \",\"\n"
    "    group: none\n"
    "    currency: EUR\n"
    "    columns:\n"
    "      booking_date: Datums\n"
    "      amount: 3\n"
    "      mark: D/K\n"
    "      text: [Merkis, \"4\"]\n"
    "      kind: Kods\n"
    "    signs: {D: debit, K: credit}\n"
    "    kinds: {ATM: cash, KOM: fee}\n"
    "    no_payment: [PENDING]\n"
    "  wires:\n"
    "    layout: transfers\n"
    "    columns: {booking_date: Date, amount: Amount, currency: Cur, payer_account: From, "
    "payee_account: To}\n"
    "    currencies: {\"US Dollar\": USD}\n"
    "accounts:\n"
    "  - number: LV80BANK0000435195001\n"
    "    holder: boss\n"
    "    opening: 10000.00\n"
    "    currency: EUR\n"
    "    origin: clean\n"
    "people:\n"
    "  - key: worker_01\n"
    "    name: Anna Ozola\n"
    "    role: victim\n"
    "    accounts: [LV12, {number: 9, bank: HABALV22}, 10@HABALV22]\n"
    "  - key: boss\n"
    "    role: suspect\n"
    "    type: person\n"
    "    accounts: LV80BANK0000435195001\n"
    "proceeds:\n"
    "  - id: W1\n"
    "    why: wages collected from workers\n"
    "    amount: 1200.00\n"
    "    currency: EUR\n"
    "    select: {from: worker_01, to: 77, between: [2024-09-01, 2024-12-31], min: 10, text: "
    "alga}\n"
    "  - id: W2\n"
    "    why: a row\n"
    "    file: received/a.csv\n"
    "    line: 17\n"
    "destinations:\n"
    "  - account: CY17\n"
    "    bank: BCYPCY2N\n"
    "  - person: boss\n"
    "parameters: {window_days: 5, share_kept: 0.75, max_steps: 4, reject_limit: 10}\n";

typedef struct variant {
    const char *name;      /* of the test: a sentence */
    const char *from, *to; /* the first `from` becomes `to`; NULL: appended */
    const char *lines;     /* exact messages, one a line */
} variant;

static const variant variants[] = {
    {"an_unknown_role_suggests_the_nearest", "role: victim", "role: vicitm",
     "case.yaml:57:11: error: people[1].role: 'vicitm' is not one of unknown, suspect, convicted, "
     "victim, possible-victim, witness, third-party — did you mean 'victim'?"},
    {"an_unknown_key_suggests_the_nearest", "title: Op", "titel: Op",
     "case.yaml:2:1: error: titel: is no key that is known here — did you mean 'title'?"},
    {"an_unknown_inner_key_is_named_with_its_way", "    authority: Min", "    autority: Min",
     "case.yaml:8:5: error: requests[1].autority: is no key that is known here — did you mean "
     "'authority'?"},
    {"a_missing_key_says_why_it_is_needed", "case: OP-1\n", "",
     "case.yaml:1:1: error: case: is missing: the number of the case"},
    {"a_missing_inner_key_names_its_entry", "  - id: W2\n    why: a row\n", "  - id: W2\n",
     "case.yaml:69:5: error: proceeds[2].why: is missing: why this money is proceeds, in one "
     "sentence"},
    {"an_empty_needed_key_is_missing", "case: OP-1",
     "case:", "case.yaml:1:6: error: case: is missing: the number of the case"},
    {"a_day_that_does_not_exist_is_refused", "sent: 2025-02-03", "sent: 2025-02-30",
     "case.yaml:9:11: error: requests[1].sent: '2025-02-30' is not a day written YYYY-MM-DD"},
    {"a_day_in_another_order_is_refused", "sent: 2025-02-03", "sent: 03.02.2025",
     "case.yaml:9:11: error: requests[1].sent: '03.02.2025' is not a day written YYYY-MM-DD"},
    {"an_unknown_currency_is_refused", "currency: EUR\ndisplay", "currency: EUX\ndisplay",
     "case.yaml:3:11: error: currency: 'EUX' is not a currency: a code such as EUR is wanted"},
    {"an_unknown_tracing_rule_is_refused", "display_rule: fifo", "display_rule: filo",
     "case.yaml:4:15: error: display_rule: 'filo' is not one of fifo, lifo, prorata, libr, tfo — "
     "did you mean 'fifo'?"},
    {"a_state_is_two_letters", "state: LV", "state: Latvia",
     "case.yaml:7:12: error: requests[1].state: 'Latvia' is not a state's two capital letters"},
    {"a_request_that_is_not_there_is_named", "request: LV-1", "request: LV-2",
     "case.yaml:17:14: error: sources[1].request: there is no request 'LV-2' — did you mean "
     "'LV-1'?"},
    {"a_profile_that_is_not_there_is_named", "profile: lv_bank", "profile: lv-bank",
     "case.yaml:18:14: error: sources[1].profile: there is no profile 'lv-bank' — did you mean "
     "'lv_bank'?"},
    {"an_account_outside_the_scope_is_named", "own_account: LV80 BANK 0000 4351 9500 1",
     "own_account: LV80 BANK 0000 4351 9500 2",
     "case.yaml:19:18: error: sources[1].own_account: 'LV80 BANK 0000 4351 9500 2' is not in the "
     "scope of request LV-1"},
    {"a_period_that_ends_before_it_begins_is_named", "period: {from: 2024-09-01",
     "period: {from: 2025-09-01", "case.yaml:20:20: error: sources[1].period.from: is after to"},
    {"a_scope_that_ends_before_it_begins_is_named", "to: 2025-01-31}\n    purposes",
     "to: 2024-01-31}\n    purposes",
     "case.yaml:11:74: error: requests[1].scope.to: is before scope.from"},
    {"an_answer_before_the_question_is_named", "received: 2025-05-20", "received: 2025-01-20",
     "case.yaml:10:15: error: requests[1].received: is before sent"},
    {"an_unknown_encoding_is_named", "encoding: windows-1257", "encoding: windoze-1257",
     "case.yaml:21:15: error: sources[1].encoding: 'windoze-1257' is no encoding that is known, "
     "such as utf-8 or windows-1257"},
    {"one_file_is_one_source", "file: received/wires.csv", "file: ./received//a.csv",
     "case.yaml:22:11: error: sources[2].file: 'received/a.csv' is a source already: sources[1]"},
    {"a_file_outside_the_case_is_refused", "file: received/c.csv", "file: received/../../c.csv",
     "case.yaml:25:11: error: sources[3].file: 'received/../../c.csv' lies outside the case "
     "folder: "
     "copy it into received/"},
    {"a_table_that_observes_nobody_is_refused", "    observes: {bank: HABALV22}\n", "",
     "case.yaml:22:5: error: sources[2]: a table of transfers needs observes or bank: whose "
     "accounts does it show in full?"},
    {"a_statement_of_nobody_is_refused", "    own_account: LV80 BANK 0000 4351 9500 1\n", "",
     "case.yaml:16:5: error: sources[1]: whose statement is it? Give own_account here, or in the "
     "profile own_account_line or the column own_account"},
    {"a_source_without_currency_is_refused", "    currency: EUR\n    columns", "    columns",
     "case.yaml:16:5: error: sources[1]: no currency: give currency here, or in the profile "
     "currency or the column currency"},
    {"an_unknown_column_suggests_the_nearest", "booking_date: Datums", "boking_date: Datums",
     "case.yaml:36:7: error: profiles.lv_bank.columns.boking_date: is no column that is known — "
     "did you mean 'booking_date'?\n"
     "case.yaml:36:7: error: profiles.lv_bank.columns: booking_date is missing"},
    {"a_mark_needs_signs", "    signs: {D: debit, K: credit}\n", "",
     "case.yaml:38:13: error: profiles.lv_bank.columns.mark: needs signs, such as {D: debit, C: "
     "credit}"},
    {"a_column_of_the_other_layout_is_named", "payer_account: From", "own_account: From",
     "case.yaml:46:14: error: profiles.wires.columns: payer_account is missing\n"
     "case.yaml:46:79: error: profiles.wires.columns.own_account: belongs to the layout statement, "
     "this is transfers"},
    {"an_unknown_kind_is_named", "ATM: cash", "ATM: chas",
     "case.yaml:42:18: error: profiles.lv_bank.kinds.ATM: 'chas' is not one of transfer, cash, "
     "card, "
     "fee, interest, wages, return, own, unnamed, other — did you mean 'cash'?"},
    {"a_date_format_in_small_letters_is_named", "date_format: DD.MM.YYYY",
     "date_format: dd.mm.yyyy",
     "case.yaml:31:18: error: profiles.lv_bank.date_format: 'dd.mm.yyyy' is not a date format: it "
     "wants YYYY or YY, MM, M or MON, DD or D, and for a time hh or h, mm, ss, ap"},
    {"a_holder_who_is_nobody_is_named", "holder: boss", "holder: bos",
     "case.yaml:50:13: error: accounts[1].holder: no person has the key 'bos' — did you mean "
     "'boss'?"},
    {"an_opening_needs_its_origin", "    origin: clean\n", "",
     "case.yaml:51:14: error: accounts[1].opening: needs origin: clean or unknown, for where the "
     "money came from"},
    {"a_third_decimal_of_an_opening_is_refused", "opening: 10000.00", "opening: 10000.001",
     "case.yaml:51:14: error: accounts[1].opening: '10000.001' is not an amount in EUR: "
     "amount has a digit below the currency's minor unit"},
    {"a_person_is_given_once", "  - key: boss", "  - key: worker_01",
     "case.yaml:50:13: error: accounts[1].holder: no person has the key 'boss'\n"
     "case.yaml:59:10: error: people[2].key: 'worker_01' is given twice\n"
     "case.yaml:76:13: error: destinations[2].person: no person has the key 'boss'"},
    {"an_account_is_given_once_a_person", "[LV12,", "[LV12, lv-12,",
     "case.yaml:58:15: error: people[1].accounts: 'lv-12' is given twice"},
    {"proceeds_from_nobody_are_refused", "from: worker_01,", "from: worker_o,",
     "case.yaml:68:20: error: proceeds[1].select.from: no person has the key 'worker_o' — did you "
     "mean 'worker_01'?"},
    {"proceeds_need_a_condition", "from: worker_01, to: 77, ", "",
     "case.yaml:68:13: error: proceeds[1].select: needs at least from or to, or give file and "
     "line"},
    {"a_line_needs_its_file", "    file: received/a.csv\n    line", "    line",
     "case.yaml:69:5: error: proceeds[2].select: needs at least from or to, or give file and line\n"
     "case.yaml:71:11: error: proceeds[2].line: needs file"},
    {"a_file_of_proceeds_is_a_source", "    file: received/a.csv\n    line",
     "    file: received/b.csv\n    line",
     "case.yaml:71:11: error: proceeds[2].file: no source is the file 'received/b.csv' — did you "
     "mean 'received/a.csv'?"},
    {"an_amount_with_a_comma_is_refused", "amount: 1200.00", "amount: 1,200.00",
     "case.yaml:66:13: error: proceeds[1].amount: '1,200.00' is not an amount: write it as "
     "1234.56, "
     "without sign and separators of thousands"},
    {"a_days_pair_is_two_days", "between: [2024-09-01, 2024-12-31]", "between: [2024-09-01]",
     "case.yaml:68:48: error: proceeds[1].select.between: must be two days: [first, last]"},
    {"a_destination_is_an_account_or_a_person", "  - person: boss\n", "  - bank: X\n",
     "case.yaml:76:5: error: destinations[2]: needs account or person"},
    {"a_share_above_one_is_refused", "share_kept: 0.75", "share_kept: 1.01",
     "case.yaml:77:42: error: parameters.share_kept: '1.01' is not a share from 0 to 1, such as "
     "0.8"},
    {"a_list_where_a_value_belongs_is_refused", "title: Operation Lantern", "title: [a, b]",
     "case.yaml:2:8: error: title: must be one value, not a list"},
    {"a_value_where_a_list_belongs_is_refused",
     "destinations:\n  - account: CY17\n    bank: "
     "BCYPCY2N\n  - person: boss\n",
     "destinations: boss\n",
     "case.yaml:73:15: error: destinations: must be a list, each item beginning with '-'"},
    {"a_repeated_key_is_refused", "title: Operation Lantern\n", "title: A\ntitle: B\n",
     "case.yaml:3:1: error: 'title' is given twice: first in line 2"},
    {"seven_mistakes_are_seven_lines",
     "case: OP-1\ntitle: Operation Lantern\ncurrency: EUR\n"
     "display_rule: fifo\n",
     "case: &a OP-1\ntitel: x\ncurrency: E\ndisplay_rule: best\nrates: [a]\n"
     "accounts: *a\n",
     "case.yaml:1:7: error: anchors are not used in case files: write the value out instead of "
     "'&a'\n"
     "case.yaml:2:1: error: titel: is no key that is known here — did you mean 'title'?\n"
     "case.yaml:3:11: error: currency: 'E' is not a currency: a code such as EUR is wanted\n"
     "case.yaml:4:15: error: display_rule: 'best' is not one of fifo, lifo, prorata, libr, tfo\n"
     "case.yaml:5:8: error: rates: must be one value, not a list\n"
     "case.yaml:6:11: error: aliases are not used in case files: write the value out instead of "
     "'*a'\n"
     "case.yaml:50:1: error: 'accounts' is given twice: first in line 6"},
};

static void broken(const variant *each, char *yaml, size_t room)
{
    const char *place = strstr(whole, each->from);
    size_t before = 0;
    assert_non_null(place);
    before = (size_t)(place - whole);
    (void)snprintf(yaml, room, "%.*s%s%s", (int)before, whole, each->to,
                   place + strlen(each->from));
}

static void join(const trail_vector *messages, char *joined, size_t room)
{
    size_t length = 0;
    joined[0] = '\0';
    for (size_t i = 0; i < messages->count; i++) {
        length += (size_t)snprintf(joined + length, room - length, "%s%s", i == 0 ? "" : "\n",
                                   *(char **)trail_vector_at(messages, i));
    }
}

static void variant_is_refused(void **state)
{
    const variant *each = *state;
    char yaml[8192], joined[8192];
    trail_vector messages = trail_vector_of(sizeof(char *));
    trail_case *read_case = NULL;
    trail_error err = {0};
    broken(each, yaml, sizeof yaml);
    assert_int_equal(trail_case_parse(&read_case, trail_slice_of(yaml), &messages, &err),
                     TRAIL_USAGE);
    assert_null(read_case);
    join(&messages, joined, sizeof joined);
    assert_string_equal(joined, each->lines);
    trail_case_messages_clear(&messages);
}

static void a_whole_case_is_read(void **state)
{
    trail_vector messages = trail_vector_of(sizeof(char *));
    trail_case *c = NULL;
    trail_error err = {0};
    const trail_source *source = NULL;
    const trail_profile *profile = NULL;
    const trail_person *person = NULL;
    const trail_proceeds_rule *rule = NULL;
    const trail_case_account *account = NULL;
    char joined[8192];
    int32_t day = 0;
    (void)state;
    assert_int_equal(trail_case_parse(&c, trail_slice_of(whole), &messages, &err), TRAIL_OK);
    join(&messages, joined, sizeof joined);
    assert_string_equal(joined, "");
    assert_non_null(c);
    assert_string_equal(c->mandate.id, "OP-1");
    assert_string_equal(c->mandate.display_rule, "fifo");
    assert_string_equal(trail_currency_code(c->mandate.currency), "EUR");
    assert_int_equal(c->sources.count, 3);
    source = trail_vector_at(&c->sources, 0);
    assert_string_equal(source->profile->name, "lv_bank");
    assert_int_equal(source->scope_accounts.count, 2);
    assert_true(trail_day_from_civil(2024, 9, 1, &day));
    assert_int_equal(source->scope_from, day);
    assert_int_equal(source->line, 16);
    source = trail_vector_at(&c->sources, 1);
    assert_int_equal(source->observes, TRAIL_OBSERVES_BANK);
    assert_string_equal(source->observed_bank, "HABALV22");
    assert_null(((trail_source *)trail_vector_at(&c->sources, 2))->profile);
    profile = trail_vector_at(&c->profiles, 0);
    assert_int_equal(profile->columns.count, 6);
    assert_int_equal(((trail_profile_column *)profile->columns.items)[1].position, 3);
    assert_string_equal(((trail_profile_column *)profile->columns.items)[4].header, "4");
    assert_int_equal(((trail_value_rule *)profile->signs.items)[0].result, -1);
    assert_int_equal(((trail_value_rule *)profile->kinds.items)[1].result, TRAIL_KIND_FEE);
    assert_true(profile->group_given);
    assert_int_equal(profile->group, 0);
    person = trail_vector_at(&c->people.people, 0);
    assert_int_equal(person->role, TRAIL_ROLE_VICTIM);
    assert_int_equal(person->accounts.count, 3);
    assert_string_equal(((trail_listed_account *)person->accounts.items)[2].number, "10");
    assert_string_equal(((trail_listed_account *)person->accounts.items)[2].bank, "HABALV22");
    account = trail_vector_at(&c->accounts, 0);
    assert_true(account->has_opening);
    assert_int_equal(account->opening_minor, 1000000);
    assert_int_equal(account->origin, TRAIL_ORIGIN_CLEAN);
    rule = trail_vector_at(&c->proceeds, 0);
    assert_true(rule->has_amount);
    assert_string_equal(rule->from, "worker_01");
    assert_string_equal(rule->currency, "EUR");
    assert_int_equal(((trail_proceeds_rule *)trail_vector_at(&c->proceeds, 1))->file_line, 17);
    assert_int_equal(c->route_limits.window_days, 5);
    assert_int_equal(c->route_limits.share_kept_millionths, 750000);
    assert_int_equal(c->reject_limit, 10);
    trail_case_free(c);
    trail_case_messages_clear(&messages);
}

static void the_least_case_is_read(void **state)
{
    trail_case *c = NULL;
    (void)state;
    assert_int_equal(trail_case_parse(&c,
                                      trail_slice_of("case: A\ncurrency: NOK\npeople:\nsources:\n"
                                                     "  - file: a.csv\n"),
                                      NULL, NULL),
                     TRAIL_OK);
    assert_int_equal(c->people.people.count, 0);
    assert_int_equal(c->route_limits.window_days, 3);
    assert_int_equal(c->route_limits.max_steps, 6);
    trail_case_free(c);
}

static void norway_stays_norway(void **state)
{
    trail_case *c = NULL;
    trail_error err = {0};
    (void)state;
    assert_int_equal(
        trail_case_parse(&c,
                         trail_slice_of("case: 0123\ncurrency: NOK\nsources: [{file: a.csv}]\n"
                                        "requests: [{id: yes, state: NO}]\n"),
                         NULL, &err),
        TRAIL_OK);
    assert_string_equal(c->mandate.id, "0123");
    assert_string_equal(((trail_request *)c->mandate.requests.items)->state, "NO");
    assert_string_equal(((trail_request *)c->mandate.requests.items)->id, "yes");
    trail_case_free(c);
}

static void an_empty_file_says_what_is_needed(void **state)
{
    trail_case *c = NULL;
    trail_error err = {0};
    trail_vector messages = trail_vector_of(sizeof(char *));
    (void)state;
    assert_int_equal(trail_case_parse(&c, trail_slice_of(""), &messages, &err), TRAIL_USAGE);
    assert_string_equal(err.message, "case.yaml: 1 mistake");
    assert_string_equal(*(char **)messages.items,
                        "case.yaml: error: is empty: it needs at least case, currency and sources");
    trail_case_messages_clear(&messages);
}

static void the_number_of_mistakes_is_said(void **state)
{
    trail_case *c = NULL;
    trail_error err = {0};
    (void)state;
    assert_int_equal(trail_case_parse(&c, trail_slice_of("case: A\n"), NULL, &err), TRAIL_USAGE);
    assert_string_equal(err.message, "case.yaml: 2 mistakes");
}

static void every_refused_allocation_is_cleaned_up(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        trail_case *c = NULL;
        trail_vector messages = trail_vector_of(sizeof(char *));
        trail_error err = {0};
        trail_status status = TRAIL_OK;
        failing_alloc_at(n);
        status = trail_case_parse(&c, trail_slice_of(whole), &messages, &err);
        failing_alloc_at(0);
        trail_case_free(c);
        trail_case_messages_clear(&messages);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_true(n < 10000);
    }
}

int main(void)
{
    enum { single_count = 6, variant_count = sizeof variants / sizeof variants[0] };
    struct CMUnitTest tests[single_count + variant_count] = {
        cmocka_unit_test(a_whole_case_is_read),
        cmocka_unit_test(the_least_case_is_read),
        cmocka_unit_test(norway_stays_norway),
        cmocka_unit_test(an_empty_file_says_what_is_needed),
        cmocka_unit_test(the_number_of_mistakes_is_said),
        cmocka_unit_test(every_refused_allocation_is_cleaned_up),
    };
    for (size_t i = 0; i < variant_count; i++) {
        tests[single_count + i] = (struct CMUnitTest){.name = variants[i].name,
                                                      .test_func = variant_is_refused,
                                                      .initial_state = (void *)&variants[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
