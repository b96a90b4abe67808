#include "base/byte_source.h"
#include "base/failure.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/wide.h"
#include "model/money.h"
#include "pipeline/code_remarks.h"
#include "pipeline/decided.h"
#include "pipeline/reconcile_statements.h"
#include "pipeline/stage.h"
#include "reconcile/main_order.h"
#include "reconcile/observations.h"
#include "reconcile/openings.h"

static uint32_t find_account(const trail_investigation *investigation, const char *bank,
                             const char *number)
{
    return trail_accounts_find(investigation->ledger.accounts, trail_slice_of(bank),
                               trail_slice_of(number));
}

static trail_status settle_accounts(trail_investigation *investigation, trail_error *err)
{
    uint32_t *renumber = NULL;
    trail_ledger *ledger = &investigation->ledger;
    trail_status status = trail_accounts_settle(ledger->accounts, &renumber, err);
    if (status == TRAIL_OK) trail_ledger_renumber_accounts(ledger, renumber);
    trail_free(renumber);
    return status;
}

static trail_status tell_not_recorded(trail_investigation *investigation,
                                      const trail_case_account *fact, trail_error *err)
{
    trail_text shown = {0};
    trail_status status =
        trail_protect_number(investigation->protection, trail_slice_of(fact->number), &shown, err);
    if (status == TRAIL_OK)
        status = trail_investigation_note(
            investigation, err,
            "case.yaml:%d: account %s stands in no record: what is said of it has no effect",
            fact->line, shown.bytes);
    trail_text_clear(&shown);
    return status;
}

/* Declared openings, and accounts that the case file says are observed on all days. */
static trail_status add_case_accounts(trail_investigation *investigation, trail_error *err)
{
    const trail_vector *accounts = &investigation->case_file->accounts;
    trail_ledger *ledger = &investigation->ledger;
    trail_vector declared = trail_vector_of(sizeof(trail_declared_opening));
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < accounts->count && status == TRAIL_OK; i++) {
        const trail_case_account *fact = trail_vector_at(accounts, i);
        uint32_t account = find_account(investigation, fact->bank, fact->number);
        if (account == TRAIL_NO_ACCOUNT && (fact->has_opening || fact->observed))
            status = tell_not_recorded(investigation, fact, err);
        if (account == TRAIL_NO_ACCOUNT) continue;
        trail_declared_opening opening = {account, fact->currency, fact->opening_minor,
                                          fact->origin, fact->line};
        trail_observation all = {account, INT32_MIN, INT32_MAX, UINT32_MAX};
        if (fact->has_opening) status = trail_vector_push(&declared, &opening, err);
        if (status == TRAIL_OK && fact->observed)
            status = trail_vector_push(&ledger->observations, &all, err);
    }
    if (status == TRAIL_OK) status = trail_observations_settle(ledger, err);
    if (status == TRAIL_OK)
        status = trail_openings_settle(ledger, declared.items, declared.count, err);
    trail_vector_clear(&declared);
    return status;
}

static void find_people_accounts(trail_investigation *investigation)
{
    const trail_vector *people = &investigation->case_file->people.people;
    for (size_t i = 0; i < people->count; i++) {
        trail_person *person = trail_vector_at(people, i);
        for (size_t k = 0; k < person->accounts.count; k++) {
            trail_listed_account *listed = trail_vector_at(&person->accounts, k);
            listed->account = find_account(investigation, listed->bank, listed->number);
        }
    }
}

static trail_status tell_doubles(trail_investigation *investigation, trail_error *err)
{
    const trail_ledger *ledger = &investigation->ledger;
    const trail_possible_double *doubles = investigation->matching.doubles.items;
    unsigned currencies = trail_currency_count();
    int64_t *totals = NULL;
    trail_status status = trail_alloc_zeroed(&totals, currencies, sizeof *totals, err);
    for (size_t i = 0; i < investigation->matching.doubles.count && status == TRAIL_OK; i++) {
        uint32_t payment = doubles[i].credit_payment;
        int64_t *total = &totals[ledger->currency[payment]];
        if (!trail_add_checked(*total, ledger->amount_minor[payment], total))
            status = trail_fail(err, TRAIL_OVERFLOW, "the total of payments that may be double");
    }
    for (unsigned i = 0; i < currencies && status == TRAIL_OK; i++) {
        if (totals[i] == 0) continue;
        char amount[TRAIL_MONEY_TEXT];
        const char *code = trail_currency_code((trail_currency)i);
        trail_money_format(totals[i], (trail_currency)i, amount);
        status = trail_investigation_note(
            investigation, err,
            "Unpaired, may be double: totals in %s may count up to %s %s twice "
            "(possible_double.csv)",
            code, amount, code);
    }
    trail_free(totals);
    return status;
}

static trail_status protect_with_ledger(trail_investigation *investigation, trail_error *err)
{
    trail_protection_free(investigation->protection);
    investigation->protection = NULL;
    return trail_protection_new(&investigation->protection, &investigation->case_file->people,
                                &investigation->ledger, investigation->key,
                                investigation->options.internal, err);
}

static void count_ledger(trail_investigation *investigation)
{
    trail_run_summary *summary = &investigation->summary;
    const trail_ledger *ledger = &investigation->ledger;
    uint32_t accounts = trail_accounts_count(ledger->accounts);
    summary->payments = ledger->count;
    summary->accounts = accounts;
    for (uint32_t i = 0; i < accounts; i++)
        summary->accounts_observed += trail_ledger_ever_observed(ledger, i);
    summary->paired = investigation->matching.paired;
    summary->may_be_double = investigation->matching.doubles.count;
}

/* What matching found follows the payments into the main order. */
static trail_status put_in_order(trail_investigation *investigation, trail_error *err)
{
    uint32_t *moved = NULL;
    trail_matching *matching = &investigation->matching;
    bool found = matching->doubles.count > 0 || matching->matches.count > 0;
    trail_status status = trail_main_order(&investigation->ledger, found ? &moved : NULL, err);
    if (status == TRAIL_OK && found) status = trail_matching_move(matching, moved, err);
    trail_free(moved);
    if (status == TRAIL_OK)
        status = trail_duplicates_list(&investigation->duplicates, &investigation->ledger,
                                       &matching->doubles, err);
    return status == TRAIL_OK ? trail_matching_sort(matching, err) : status;
}

/* A rates file that cannot be read is told and done without. */
static trail_status read_rates(trail_investigation *investigation, trail_rates **rates,
                               trail_error *err)
{
    const char *name = investigation->case_file->rates;
    trail_text path = {0};
    trail_byte_source *source = NULL;
    trail_error why = {TRAIL_OK, ""};
    *rates = NULL;
    if (name == NULL) return TRAIL_OK;
    trail_status status = trail_path_join(&path, investigation->case_folder, name, err);
    if (status != TRAIL_OK) {
        trail_text_clear(&path);
        return status;
    }
    status = trail_byte_source_open(&source, path.bytes, &why);
    if (status == TRAIL_OK) status = trail_rates_read(rates, source, &why);
    trail_byte_source_close(source);
    trail_text_clear(&path);
    if (status == TRAIL_OK) return TRAIL_OK;
    if (status == TRAIL_NO_MEMORY) return trail_fail_memory(err);
    return trail_investigation_note(
        investigation, err,
        "The rates file is not used, amounts in two currencies are held against no rate: %s",
        why.message);
}

static trail_status match_payments(trail_investigation *investigation, trail_error *err)
{
    trail_rates *rates = NULL;
    trail_status status = read_rates(investigation, &rates, err);
    trail_matching_options options = {.rates = rates,
                                      .decisions = &investigation->case_file->decisions,
                                      .key = investigation->key,
                                      .message_copies = &investigation->duplicates.messages};
    if (status == TRAIL_OK)
        status =
            trail_match_payments(&investigation->ledger, &options, &investigation->matching, err);
    trail_rates_free(rates);
    return status;
}

static trail_status tell_matching(trail_investigation *investigation, trail_error *err)
{
    const trail_matching *matching = &investigation->matching;
    trail_status status = TRAIL_OK;
    if (matching->counts[TRAIL_MATCH_AMBIGUOUS] > 0)
        status = trail_investigation_note(
            investigation, err,
            "%llu pairs of records could be one payment each and were left apart (matches.csv)",
            (unsigned long long)matching->counts[TRAIL_MATCH_AMBIGUOUS]);
    if (status == TRAIL_OK && matching->message_only > 0)
        status = trail_investigation_note(
            investigation, err,
            "%zu payment%s shown by messages only, and may be double: no statement has %s legs",
            matching->message_only, matching->message_only == 1 ? " is" : "s are",
            matching->message_only == 1 ? "its" : "their");
    if (status == TRAIL_OK && matching->expected_absent > 0)
        status = trail_investigation_note(
            investigation, err,
            "%zu payment%s an account whose records we hold for these days, and which do not show "
            "%s (payments.csv, expected_absent)",
            matching->expected_absent, matching->expected_absent == 1 ? " names" : "s name",
            matching->expected_absent == 1 ? "it" : "them");
    size_t sums = investigation->subsets.found.count;
    if (status == TRAIL_OK && sums > 0)
        status = trail_investigation_note(
            investigation, err,
            "%zu payment%s the sum of several that the other account shows: nothing was joined "
            "(sums.csv)",
            sums, sums == 1 ? " may be" : "s may each be");
    size_t differ = investigation->conflicts.found.count;
    if (status == TRAIL_OK && differ > 0)
        status = trail_investigation_note(
            investigation, err,
            "%zu time%s two records of one payment do not tell the same (conflicts.csv)", differ,
            differ == 1 ? "" : "s");
    if (status == TRAIL_OK && matching->capped > 0)
        status = trail_investigation_note(
            investigation, err,
            "%llu looks for a record's counterpart met more than %u like records: the nearest were "
            "compared",
            (unsigned long long)matching->capped, (unsigned)trail_weights.candidates_a_leg);
    return status;
}

static trail_status check_replies(trail_investigation *investigation, trail_error *err)
{
    const trail_case *case_file = investigation->case_file;
    const trail_reply_given given = {.mandate = &case_file->mandate,
                                     .sources = case_file->sources.items,
                                     .source_count = case_file->sources.count,
                                     .ledger = &investigation->ledger,
                                     .rejects = &investigation->rejects,
                                     .checks = &investigation->statement_checks,
                                     .coverage = &investigation->coverage};
    trail_status status = trail_reply_check_make(&investigation->reply_check, &given, err);
    if (status != TRAIL_OK || investigation->reply_check.deficiencies.count == 0) return status;
    size_t points = investigation->reply_check.deficiencies.count;
    return trail_investigation_note(
        investigation, err, "To be asked for: %zu point%s in what was received (reply-check.html)",
        points, points == 1 ? "" : "s");
}

trail_status trail_stage_reconcile(trail_investigation *investigation, uint64_t *made,
                                   trail_error *err)
{
    trail_ledger *ledger = &investigation->ledger;
    trail_status status = settle_accounts(investigation, err);
    if (status == TRAIL_OK) status = trail_remark_codes(ledger, &investigation->rejects, err);
    if (status == TRAIL_OK) status = add_case_accounts(investigation, err);
    if (status == TRAIL_OK) find_people_accounts(investigation);
    if (status == TRAIL_OK) status = trail_reconcile_statements(investigation, err);
    if (status == TRAIL_OK)
        status = trail_duplicates_merge(ledger, &investigation->duplicates, NULL, err);
    if (status == TRAIL_OK) status = trail_reversals_find(ledger, &investigation->reversals, err);
    if (status == TRAIL_OK) status = match_payments(investigation, err);
    if (status == TRAIL_OK) status = put_in_order(investigation, err);
    if (status == TRAIL_OK) status = trail_ledger_check_records(ledger, err);
    if (status == TRAIL_OK)
        status = trail_conflicts_find(&investigation->conflicts, ledger, &investigation->matching,
                                      &investigation->duplicates, err);
    if (status == TRAIL_OK) status = trail_subsets_find(&investigation->subsets, ledger, err);
    if (status == TRAIL_OK) status = trail_decide_kinds(investigation, err);
    if (status == TRAIL_OK) status = protect_with_ledger(investigation, err);
    if (status == TRAIL_OK) status = tell_doubles(investigation, err);
    if (status == TRAIL_OK) status = trail_reconcile_coverage(investigation, err);
    if (status == TRAIL_OK) status = check_replies(investigation, err);
    if (status == TRAIL_OK) status = trail_reconcile_tell_statements(investigation, err);
    if (status == TRAIL_OK) status = tell_matching(investigation, err);
    if (status == TRAIL_OK) count_ledger(investigation);
    *made = ledger->count;
    return status;
}
