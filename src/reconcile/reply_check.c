#include "reconcile/reply_check.h"

#include "reconcile/reply_months.h"

void trail_reply_check_init(trail_reply_check *check)
{
    check->months = trail_vector_of(sizeof(trail_reply_month));
    check->deficiencies = trail_vector_of(sizeof(trail_deficiency));
}

void trail_reply_check_clear(trail_reply_check *check)
{
    trail_vector_clear(&check->months);
    trail_vector_clear(&check->deficiencies);
}

const char *trail_reply_state_name(trail_reply_state state)
{
    static const char *const names[TRAIL_REPLY_STATE_COUNT] = {
        [TRAIL_REPLY_RECEIVED] = "received",
        [TRAIL_REPLY_PARTLY] = "partly",
        [TRAIL_REPLY_MISSING] = "missing",
        [TRAIL_REPLY_NOT_READ] = "received, not read",
        [TRAIL_REPLY_OUTSIDE] = "outside the request",
    };
    return names[state];
}

static trail_deficiency lack_of(uint32_t request, trail_deficiency_kind kind)
{
    return (trail_deficiency){.request = request,
                              .kind = kind,
                              .account = TRAIL_NO_ACCOUNT,
                              .from_day = TRAIL_NO_DAY,
                              .to_day = TRAIL_NO_DAY,
                              .record = TRAIL_NO_RECORD};
}

static trail_status add_answer(trail_reply_check *check, const trail_reply_given *given,
                               uint32_t request, bool *answered, trail_error *err)
{
    const trail_request *asked = trail_vector_at(&given->mandate->requests, request);
    *answered = false;
    for (uint32_t i = 0; i < given->source_count && !*answered; i++)
        *answered = trail_reply_request_of(given, i) == request;
    if (*answered && asked->refused == TRAIL_NO_DAY) return TRAIL_OK;
    trail_deficiency lack = lack_of(request, asked->refused != TRAIL_NO_DAY ? TRAIL_LACKS_BY_REFUSAL
                                                                            : TRAIL_LACKS_REPLY);
    lack.from_day = asked->refused != TRAIL_NO_DAY ? asked->refused : asked->due;
    return trail_vector_push(&check->deficiencies, &lack, err);
}

/* Where a check's statement stands. */
static trail_deficiency lack_of_check(const trail_reply_given *given,
                                      const trail_statement_check *one, uint32_t request,
                                      trail_deficiency_kind kind)
{
    const trail_statement *part = trail_check_part(given->checks, given->ledger, one, 0);
    const trail_file *file = trail_vector_at(&given->ledger->records.files, part->file);
    trail_deficiency lack = lack_of(request, kind);
    lack.account = one->account;
    lack.currency = one->currency;
    lack.from_day = one->from_day;
    lack.to_day = one->to_day;
    lack.file = file->name;
    lack.line = part->line;
    return lack;
}

static trail_status add_gap(trail_reply_check *check, const trail_reply_given *given,
                            const trail_statement_check *one, uint32_t request, trail_error *err)
{
    bool jumps = one->link == TRAIL_LINK_GAP || one->link == TRAIL_LINK_DIFFERS;
    if (!jumps || !one->moved_known || one->moved_minor == 0) return TRAIL_OK;
    const trail_statement_check *before = trail_vector_at(&given->checks->checks, one->previous);
    trail_deficiency lack = lack_of_check(given, one, request, TRAIL_LACKS_MOVEMENT);
    lack.from_day = before->to_day;
    lack.to_day = one->from_day;
    lack.amount_minor = one->moved_minor;
    return trail_vector_push(&check->deficiencies, &lack, err);
}

static trail_status add_numbers(trail_reply_check *check, const trail_reply_given *given,
                                const trail_statement_check *one, uint32_t request,
                                trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (one->missing_number != UINT32_MAX) {
        trail_deficiency lack = lack_of_check(given, one, request, TRAIL_LACKS_NUMBER);
        lack.first = one->missing_number;
        lack.last = one->missing_number_to;
        status = trail_vector_push(&check->deficiencies, &lack, err);
    }
    if (status == TRAIL_OK && one->missing_page != 0) {
        trail_deficiency lack = lack_of_check(given, one, request, TRAIL_LACKS_PAGE);
        lack.first = one->missing_page;
        lack.last = one->missing_page_to;
        status = trail_vector_push(&check->deficiencies, &lack, err);
    }
    if (status == TRAIL_OK && one->ends_early) {
        trail_deficiency lack = lack_of_check(given, one, request, TRAIL_LACKS_LAST_PAGE);
        status = trail_vector_push(&check->deficiencies, &lack, err);
    }
    return status;
}

static trail_status add_breaks(trail_reply_check *check, const trail_reply_given *given,
                               const trail_statement_check *one, uint32_t request, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < one->break_count && status == TRAIL_OK; i++) {
        const trail_balance_break *broken =
            trail_vector_at(&given->checks->breaks, one->first_break + i);
        trail_deficiency lack = lack_of_check(given, one, request, TRAIL_LACKS_AGREEMENT);
        const trail_file *file = trail_records_file(&given->ledger->records, broken->record);
        lack.file = file->name;
        lack.line = trail_records_line(&given->ledger->records, broken->record);
        lack.record = broken->record;
        lack.amount_minor = broken->expected_minor;
        lack.other_minor = broken->stated_minor;
        status = trail_vector_push(&check->deficiencies, &lack, err);
    }
    if (status != TRAIL_OK || one->verdict != TRAIL_VERDICT_DOES_NOT_CLOSE) return status;
    trail_deficiency lack = lack_of_check(given, one, request, TRAIL_LACKS_CLOSING);
    lack.amount_minor = one->difference_minor;
    return trail_vector_push(&check->deficiencies, &lack, err);
}

typedef trail_status (*check_step)(trail_reply_check *check, const trail_reply_given *given,
                                   const trail_statement_check *one, uint32_t request,
                                   trail_error *err);

/* What the statements that answer a request lack, one kind after the other. */
static trail_status add_checks(trail_reply_check *check, const trail_reply_given *given,
                               uint32_t request, trail_error *err)
{
    static const check_step steps[] = {add_numbers, add_gap, add_breaks};
    trail_status status = TRAIL_OK;
    for (size_t step = 0; step < TRAIL_LENGTH_OF(steps); step++) {
        for (size_t i = 0; i < given->checks->checks.count && status == TRAIL_OK; i++) {
            const trail_statement_check *one = trail_vector_at(&given->checks->checks, i);
            const trail_statement *part = trail_check_part(given->checks, given->ledger, one, 0);
            const trail_file *file = trail_vector_at(&given->ledger->records.files, part->file);
            if (trail_reply_request_of(given, file->source) != request) continue;
            status = steps[step](check, given, one, request, err);
        }
    }
    return status;
}

static trail_status add_refused_rows(trail_reply_check *check, const trail_reply_given *given,
                                     uint32_t request, trail_error *err)
{
    const trail_reject *rejects = given->rejects->rejects.items;
    for (size_t i = 0; i < given->rejects->rejects.count;) {
        const trail_file *file = trail_vector_at(&given->ledger->records.files, rejects[i].file);
        trail_deficiency lack = lack_of(request, TRAIL_LACKS_ROWS);
        lack.file = file->name;
        lack.line = rejects[i].line;
        lack.reason = rejects[i].message;
        for (uint32_t in_file = rejects[i].file;
             i < given->rejects->rejects.count && rejects[i].file == in_file; i++)
            lack.count++;
        if (trail_reply_request_of(given, file->source) != request) continue;
        trail_status status = trail_vector_push(&check->deficiencies, &lack, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status add_files(trail_reply_check *check, const trail_reply_given *given,
                              uint32_t request, trail_error *err)
{
    static const struct {
        trail_file_outcome outcome;
        trail_deficiency_kind kind;
    } kinds[] = {{TRAIL_FILE_READ_IN_PART, TRAIL_LACKS_END},
                 {TRAIL_FILE_SET_ASIDE, TRAIL_LACKS_DECISION},
                 {TRAIL_FILE_NOT_READ, TRAIL_LACKS_READING}};
    const trail_file_report *files = given->rejects->files.items;
    for (size_t k = 0; k < TRAIL_LENGTH_OF(kinds); k++) {
        for (size_t i = 0; i < given->rejects->files.count; i++) {
            trail_deficiency lack = lack_of(request, kinds[k].kind);
            if (files[i].outcome != kinds[k].outcome ||
                trail_reply_request_of(given, files[i].source) != request)
                continue;
            lack.file = files[i].name;
            lack.reason = files[i].reason;
            trail_status status = trail_vector_push(&check->deficiencies, &lack, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return add_refused_rows(check, given, request, err);
}

trail_status trail_reply_check_make(trail_reply_check *check, const trail_reply_given *given,
                                    trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < given->mandate->requests.count && status == TRAIL_OK; i++) {
        bool answered;
        status = add_answer(check, given, i, &answered, err);
        if (status == TRAIL_OK && answered) status = trail_reply_months_asked(check, given, i, err);
        if (status == TRAIL_OK) status = trail_reply_months_outside(check, given, i, err);
        if (status == TRAIL_OK) status = add_checks(check, given, i, err);
        if (status == TRAIL_OK) status = add_files(check, given, i, err);
    }
    if (status == TRAIL_OK) status = add_checks(check, given, UINT32_MAX, err);
    return status == TRAIL_OK ? add_files(check, given, UINT32_MAX, err) : status;
}
