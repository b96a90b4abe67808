#include "pipeline/reconcile_statements.h"

#include "model/money.h"
#include "reconcile/coverage.h"
#include "reconcile/statement_check.h"

#define STATEMENTS_TOLD 5

trail_status trail_reconcile_statements(trail_investigation *investigation, trail_error *err)
{
    trail_run_summary *summary = &investigation->summary;
    trail_statement_checks *checks = &investigation->statement_checks;
    trail_status status =
        trail_statement_checks_make(checks, &investigation->ledger,
                                    investigation->case_file->balance_tolerance_millionths, err);
    for (size_t i = 0; i < checks->checks.count && status == TRAIL_OK; i++) {
        const trail_statement_check *check = trail_vector_at(&checks->checks, i);
        summary->statements++;
        summary->statements_closing +=
            check->verdict == TRAIL_VERDICT_CLOSES || check->verdict == TRAIL_VERDICT_CLOSES_BUT;
        summary->statements_not_closing += check->verdict == TRAIL_VERDICT_DOES_NOT_CLOSE;
        summary->statements_totals_differ += check->totals_differ;
        summary->statements_not_checked += check->verdict == TRAIL_VERDICT_NOT_CHECKED;
    }
    return status;
}

/* ---- coverage ---- */

static trail_status say_account(trail_investigation *investigation, trail_vector *said,
                                const char *bank, const char *number, trail_coverage_said what,
                                trail_error *err)
{
    what.account = trail_accounts_find(investigation->ledger.accounts, trail_slice_of(bank),
                                       trail_slice_of(number));
    what.number = what.account == TRAIL_NO_ACCOUNT ? number : NULL;
    return trail_vector_push(said, &what, err);
}

static trail_status say_requests(trail_investigation *investigation, trail_vector *said,
                                 trail_error *err)
{
    const trail_vector *requests = &investigation->case_file->mandate.requests;
    for (uint32_t i = 0; i < requests->count; i++) {
        const trail_request *request = trail_vector_at(requests, i);
        trail_coverage_said asked = {
            .from_day = request->from, .to_day = request->to, .request = i, .report = UINT32_MAX};
        for (size_t k = 0; k < request->accounts.count; k++) {
            const char *const *number = trail_vector_at(&request->accounts, k);
            trail_status status = say_account(investigation, said, NULL, *number, asked, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

static uint32_t find_request(const trail_investigation *investigation, const char *id)
{
    const trail_vector *requests = &investigation->case_file->mandate.requests;
    for (uint32_t i = 0; i < requests->count && id != NULL; i++) {
        const trail_request *request = trail_vector_at(requests, i);
        if (request->id != NULL && trail_slice_is(trail_slice_of(request->id), id)) return i;
    }
    return UINT32_MAX;
}

/* A request that names no account asks for those whose statements answer it. */
static trail_status say_answered(trail_investigation *investigation, trail_vector *said,
                                 trail_error *err)
{
    const trail_ledger *ledger = &investigation->ledger;
    const trail_statement *statements = ledger->statements.items;
    for (size_t i = 0; i < ledger->statements.count; i++) {
        if (i > 0 && statements[i].file == statements[i - 1].file &&
            statements[i].account == statements[i - 1].account)
            continue;
        const trail_file *file = trail_vector_at(&ledger->records.files, statements[i].file);
        const trail_source *source =
            trail_vector_at(&investigation->case_file->sources, file->source);
        trail_coverage_said asked = {.account = statements[i].account,
                                     .from_day = source->scope_from,
                                     .to_day = source->scope_to,
                                     .request = find_request(investigation, source->request),
                                     .report = UINT32_MAX};
        if (asked.request == UINT32_MAX || source->scope_accounts.count > 0) continue;
        trail_status status = trail_vector_push(said, &asked, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Files of which nothing is used, where the case file says whose they are. */
static trail_status say_unread(trail_investigation *investigation, trail_vector *said,
                               trail_error *err)
{
    const trail_vector *reports = &investigation->rejects.files;
    for (uint32_t i = 0; i < reports->count; i++) {
        const trail_file_report *report = trail_vector_at(reports, i);
        if (report->source == UINT32_MAX ||
            (report->outcome != TRAIL_FILE_NOT_READ && report->outcome != TRAIL_FILE_SET_ASIDE))
            continue;
        const trail_source *source =
            trail_vector_at(&investigation->case_file->sources, report->source);
        trail_coverage_said unread = {
            .from_day = source->from, .to_day = source->to, .request = UINT32_MAX, .report = i};
        if (source->own_account == NULL) continue;
        trail_status status =
            say_account(investigation, said, source->bank, source->own_account, unread, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_reconcile_coverage(trail_investigation *investigation, trail_error *err)
{
    trail_run_summary *summary = &investigation->summary;
    trail_coverage *coverage = &investigation->coverage;
    trail_vector said = trail_vector_of(sizeof(trail_coverage_said));
    trail_status status = say_requests(investigation, &said, err);
    if (status == TRAIL_OK) status = say_answered(investigation, &said, err);
    if (status == TRAIL_OK) status = say_unread(investigation, &said, err);
    if (status == TRAIL_OK)
        status = trail_coverage_make(coverage, &investigation->ledger,
                                     &investigation->statement_checks, said.items, said.count, err);
    for (size_t i = 0; i < coverage->months.count && status == TRAIL_OK; i++) {
        const trail_coverage_month *month = trail_vector_at(&coverage->months, i);
        summary->months_covered += month->cover == TRAIL_COVER_COMPLETE;
        summary->months_partial += month->cover == TRAIL_COVER_PARTIAL;
        summary->months_missing += month->cover == TRAIL_COVER_GAP ||
                                   (month->cover == TRAIL_COVER_NONE && month->days_asked > 0);
    }
    trail_vector_clear(&said);
    return status;
}

/* ---- what is told ---- */

/* Appends the account's label, and the file with a line in it. */
static trail_status name_place(const trail_investigation *investigation, uint32_t account,
                               uint32_t file, uint64_t line, trail_text *label, trail_text *place,
                               trail_error *err)
{
    const trail_ledger *ledger = &investigation->ledger;
    const trail_file *received = trail_vector_at(&ledger->records.files, file);
    const char *pseudonym = trail_protect_account(investigation->protection, account);
    trail_status status =
        pseudonym != NULL
            ? trail_text_add(label, trail_slice_of(pseudonym), err)
            : trail_protect_number(investigation->protection,
                                   trail_accounts_number(ledger->accounts, account), label, err);
    if (status == TRAIL_OK)
        status = trail_protect_file(investigation->protection, received->name, received->hash,
                                    place, err);
    if (status != TRAIL_OK) return status;
    return trail_text_add_format(place, err, " line %llu", (unsigned long long)line);
}

static trail_status tell_break(trail_investigation *investigation,
                               const trail_statement_check *check, trail_error *err)
{
    const trail_records *records = &investigation->ledger.records;
    const trail_balance_break *broken =
        trail_vector_at(&investigation->statement_checks.breaks, check->first_break);
    const trail_file *file = trail_records_file(records, broken->record);
    trail_text account = {0}, place = {0};
    char expected[TRAIL_MONEY_TEXT], stated[TRAIL_MONEY_TEXT];
    trail_money_format(broken->expected_minor, check->currency, expected);
    trail_money_format(broken->stated_minor, check->currency, stated);
    trail_status status = name_place(
        investigation, check->account, (uint32_t)(file - (const trail_file *)records->files.items),
        trail_records_line(records, broken->record), &account, &place, err);
    if (status == TRAIL_OK)
        status = trail_investigation_note(
            investigation, err,
            "Account %s: the balance does not follow at %s: %s %s would follow, %s is stated%s (%u "
            "such row%s)",
            account.bytes, place.bytes, expected, trail_currency_code(check->currency), stated,
            broken->unread != TRAIL_NO_RECORD ? "; a row before it could not be read" : "",
            check->break_count, check->break_count == 1 ? "" : "s");
    trail_text_clear(&account);
    trail_text_clear(&place);
    return status;
}

static trail_status tell_difference(trail_investigation *investigation,
                                    const trail_statement_check *check, trail_error *err)
{
    const trail_statement *first =
        trail_check_part(&investigation->statement_checks, &investigation->ledger, check, 0);
    trail_text account = {0}, place = {0};
    char closing[TRAIL_MONEY_TEXT], difference[TRAIL_MONEY_TEXT];
    trail_money_format(check->closing.amount_minor, check->currency, closing);
    trail_money_format(check->difference_minor, check->currency, difference);
    trail_status status =
        name_place(investigation, check->account, first->file, first->line, &account, &place, err);
    if (status == TRAIL_OK)
        status = trail_investigation_note(
            investigation, err,
            "Account %s: the statement at %s does not close by %s %s: its rows do not lead to the "
            "closing balance of %s",
            account.bytes, place.bytes, difference, trail_currency_code(check->currency), closing);
    trail_text_clear(&account);
    trail_text_clear(&place);
    return status;
}

static trail_status tell_totals(trail_investigation *investigation,
                                const trail_statement_check *check, trail_error *err)
{
    const trail_statement *first =
        trail_check_part(&investigation->statement_checks, &investigation->ledger, check, 0);
    trail_text account = {0}, place = {0};
    char stated[2][TRAIL_MONEY_TEXT], found[2][TRAIL_MONEY_TEXT];
    trail_money_format(check->stated_debit_minor, check->currency, stated[0]);
    trail_money_format(check->stated_credit_minor, check->currency, stated[1]);
    trail_money_format(check->debit_minor, check->currency, found[0]);
    trail_money_format(check->credit_minor, check->currency, found[1]);
    trail_status status =
        name_place(investigation, check->account, first->file, first->line, &account, &place, err);
    if (status == TRAIL_OK)
        status = trail_investigation_note(
            investigation, err,
            "Account %s: the statement at %s states debits of %s and credits of %s %s, its rows "
            "come to %s and %s",
            account.bytes, place.bytes, stated[0], stated[1], trail_currency_code(check->currency),
            found[0], found[1]);
    trail_text_clear(&account);
    trail_text_clear(&place);
    return status;
}

static trail_status tell_follow(trail_investigation *investigation, trail_error *err)
{
    const trail_vector *checks = &investigation->statement_checks.checks;
    uint64_t gaps = 0, differing = 0, numbers = 0, pages = 0;
    for (size_t i = 0; i < checks->count; i++) {
        const trail_statement_check *check = trail_vector_at(checks, i);
        gaps += check->link == TRAIL_LINK_GAP;
        differing += check->link == TRAIL_LINK_DIFFERS;
        numbers += check->missing_number != UINT32_MAX;
        pages += check->missing_page > 0 || check->ends_early;
    }
    if (gaps + differing + numbers + pages == 0) return TRAIL_OK;
    return trail_investigation_note(
        investigation, err,
        "Between statements: %llu with days missing before them, %llu that open with another "
        "balance, %llu after a missing number, %llu with a missing page (statements.csv)",
        (unsigned long long)gaps, (unsigned long long)differing, (unsigned long long)numbers,
        (unsigned long long)pages);
}

trail_status trail_reconcile_tell_statements(trail_investigation *investigation, trail_error *err)
{
    const trail_vector *checks = &investigation->statement_checks.checks;
    uint64_t told = 0, all = investigation->summary.statements_not_closing;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < checks->count && told < STATEMENTS_TOLD && status == TRAIL_OK; i++) {
        const trail_statement_check *check = trail_vector_at(checks, i);
        if (check->verdict != TRAIL_VERDICT_DOES_NOT_CLOSE) continue;
        told++;
        status = check->break_count > 0 ? tell_break(investigation, check, err)
                                        : tell_difference(investigation, check, err);
    }
    if (status == TRAIL_OK && all > told)
        status = trail_investigation_note(
            investigation, err, "%llu of %llu statements do not close (statements.csv)",
            (unsigned long long)all, (unsigned long long)investigation->summary.statements);
    told = 0;
    for (size_t i = 0; i < checks->count && told < STATEMENTS_TOLD && status == TRAIL_OK; i++) {
        const trail_statement_check *check = trail_vector_at(checks, i);
        if (!check->totals_differ) continue;
        told++;
        status = tell_totals(investigation, check, err);
    }
    return status == TRAIL_OK ? tell_follow(investigation, err) : status;
}
