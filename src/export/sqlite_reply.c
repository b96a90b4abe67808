#include "export/sqlite_reply.h"

#include <string.h>

#include "base/attributes.h"
#include "base/memory.h"
#include "export/decision_words.h"
#include "export/reply_words.h"

static void put_payment(trail_sqlite *sqlite, uint32_t payment)
{
    if (payment != TRAIL_NO_PAYMENT)
        trail_sqlite_payment(sqlite, payment);
    else
        trail_sqlite_null(sqlite);
}

static void put_duplicate(trail_sqlite *sqlite, const uint32_t *payments,
                          const char *const words[2], uint32_t record, uint32_t other)
{
    trail_sqlite_word(sqlite, words[0]);
    trail_sqlite_word(sqlite, words[1]);
    trail_sqlite_integer(sqlite, record);
    put_payment(sqlite, payments[record]);
    if (other != TRAIL_NO_RECORD)
        trail_sqlite_integer(sqlite, other);
    else
        trail_sqlite_null(sqlite);
    put_payment(sqlite, other != TRAIL_NO_RECORD && payments[other] != payments[record]
                            ? payments[other]
                            : TRAIL_NO_PAYMENT);
}

static void write_copies(trail_sqlite *sqlite, const trail_vector *copies, const uint32_t *payments)
{
    for (size_t i = 0; i < copies->count; i++) {
        const trail_copy *copy = trail_vector_at(copies, i);
        const char *const words[] = {"already known",
                                     trail_copy_reason_text((trail_copy_reason)copy->reason)};
        put_duplicate(sqlite, payments, words, copy->kept_record, copy->record);
        trail_sqlite_null(sqlite);
        trail_sqlite_row(sqlite);
    }
}

static void write_duplicates(trail_sqlite *sqlite, const trail_duplicates *found,
                             const uint32_t *payments)
{
    trail_sqlite_into(sqlite, "INSERT INTO duplicate VALUES (?, ?, ?, ?, ?, ?, ?)");
    write_copies(sqlite, &found->copies, payments);
    write_copies(sqlite, &found->messages, payments);
    for (size_t i = 0; i < found->conflicts.count; i++) {
        const trail_row_conflict *pair = trail_vector_at(&found->conflicts, i);
        const char *const words[] = {
            "conflicting", trail_row_difference_text((trail_row_difference)pair->difference)};
        put_duplicate(sqlite, payments, words, pair->record, pair->other_record);
        trail_sqlite_null(sqlite);
        trail_sqlite_row(sqlite);
    }
    for (size_t i = 0; i < found->possible.count; i++) {
        const trail_row_possible *pair = trail_vector_at(&found->possible, i);
        const char *const words[] = {"may be double", "another format"};
        put_duplicate(sqlite, payments, words, pair->record, pair->other_record);
        trail_sqlite_null(sqlite);
        trail_sqlite_row(sqlite);
    }
    for (size_t i = 0; i < found->alone.count; i++) {
        const trail_row_alone *alone = trail_vector_at(&found->alone, i);
        const char *const words[] = {"only here", "the other file shows these days without it"};
        put_duplicate(sqlite, payments, words, alone->record, TRAIL_NO_RECORD);
        trail_sqlite_integer(sqlite, alone->lacking_file);
        trail_sqlite_row(sqlite);
    }
}

static void write_reversals(trail_sqlite *sqlite, const trail_reversals *found,
                            const uint32_t *payments)
{
    trail_sqlite_into(sqlite, "INSERT INTO reversal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < found->pairs.count; i++) {
        const trail_reversal *pair = trail_vector_at(&found->pairs, i);
        put_payment(sqlite, payments[pair->record]);
        put_payment(sqlite, payments[pair->original_record]);
        trail_sqlite_word(sqlite, pair->is_void ? "booked in error" : "return");
        trail_sqlite_integer(sqlite, pair->record);
        trail_sqlite_integer(sqlite, pair->original_record);
        trail_sqlite_amount(sqlite, pair->amount_minor, pair->currency);
        trail_sqlite_word(sqlite, trail_currency_code(pair->currency));
        trail_sqlite_integer(sqlite, pair->amount_minor);
        trail_sqlite_integer(sqlite, pair->days);
        trail_sqlite_word(sqlite, trail_reversal_sign_text((trail_reversal_sign)pair->sign));
        trail_sqlite_word(sqlite, pair->by_reference ? "reference" : "amount");
        trail_sqlite_word(sqlite, pair->exact ? "exact" : "partial");
        trail_sqlite_row(sqlite);
    }
    for (size_t i = 0; i < found->choices.count; i++) {
        const trail_reversal_choice *choice = trail_vector_at(&found->choices, i);
        put_payment(sqlite, payments[choice->record]);
        put_payment(sqlite, payments[choice->original_record]);
        trail_sqlite_word(sqlite, "undecided");
        trail_sqlite_integer(sqlite, choice->record);
        trail_sqlite_integer(sqlite, choice->original_record);
        for (int k = 0; k < 7; k++)
            trail_sqlite_null(sqlite);
        trail_sqlite_row(sqlite);
    }
}

static void write_remarks(trail_sqlite *sqlite, const trail_findings *findings)
{
    const trail_vector *remarks = &findings->rejects->remarks;
    trail_sqlite_into(sqlite, "INSERT INTO remark VALUES (?, ?, ?, ?, ?)");
    for (size_t i = 0; i < remarks->count; i++) {
        const trail_remark *remark = trail_vector_at(remarks, i);
        trail_sqlite_integer(sqlite, remark->file);
        if (remark->record != TRAIL_NO_RECORD)
            trail_sqlite_integer(sqlite, remark->record);
        else
            trail_sqlite_null(sqlite);
        trail_sqlite_integer(sqlite, (int64_t)remark->line);
        trail_sqlite_word(sqlite, remark->code);
        trail_sqlite_string(sqlite, remark->message);
        trail_sqlite_row(sqlite);
    }
}

static trail_status write_decisions(trail_sqlite *sqlite, const trail_findings *findings,
                                    trail_error *err)
{
    trail_text number = {0};
    trail_status status = TRAIL_OK;
    trail_sqlite_into(sqlite,
                      "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < findings->decisions->decisions.count && status == TRAIL_OK; i++) {
        const trail_decision *decision = trail_vector_at(&findings->decisions->decisions, i);
        trail_text_reset(&number);
        if (decision->account != NULL)
            status = trail_protect_number(findings->protection, trail_slice_of(decision->account),
                                          &number, err);
        trail_sqlite_word(sqlite, trail_decision_type_name(decision->type));
        trail_sqlite_word(sqlite, trail_decision_answer(decision));
        trail_sqlite_word(sqlite, decision->targets[0]);
        trail_sqlite_word(sqlite, decision->targets[1]);
        trail_sqlite_text(sqlite, trail_slice_of(decision->value));
        trail_sqlite_text(sqlite, trail_slice_of(decision->request));
        trail_sqlite_word(sqlite, number.bytes);
        trail_sqlite_day(sqlite, decision->from);
        trail_sqlite_day(sqlite, decision->to);
        trail_sqlite_text(sqlite, trail_slice_of(decision->who));
        trail_sqlite_word(sqlite, decision->when);
        trail_sqlite_text(sqlite, trail_slice_of(decision->why));
        trail_sqlite_integer(sqlite, decision->line);
        trail_sqlite_word(sqlite, trail_decision_outcome_name(decision->outcome));
        trail_sqlite_row(sqlite);
    }
    trail_text_clear(&number);
    return status;
}

static void write_requests(trail_sqlite *sqlite, const trail_mandate *mandate)
{
    trail_sqlite_into(sqlite, "INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < mandate->requests.count; i++) {
        const trail_request *request = trail_vector_at(&mandate->requests, i);
        trail_sqlite_integer(sqlite, (int64_t)i + 1);
        trail_sqlite_text(sqlite, trail_slice_of(request->id));
        trail_sqlite_text(sqlite, trail_slice_of(request->state));
        trail_sqlite_text(sqlite, trail_slice_of(request->authority));
        trail_sqlite_text(sqlite, trail_slice_of(request->instrument));
        trail_sqlite_day(sqlite, request->sent);
        trail_sqlite_day(sqlite, request->due);
        trail_sqlite_day(sqlite, request->received);
        trail_sqlite_day(sqlite, request->refused);
        trail_sqlite_row(sqlite);
    }
}

static trail_status put_number(trail_sqlite *sqlite, const trail_findings *findings,
                               uint32_t account, uint32_t number, trail_text *text,
                               trail_error *err)
{
    trail_status status = TRAIL_OK;
    trail_text_reset(text);
    if (account != TRAIL_NO_ACCOUNT || number != 0)
        status = trail_reply_account(findings, account, number, text, err);
    trail_sqlite_account(sqlite, account);
    trail_sqlite_slice(sqlite, trail_text_slice(text));
    return status;
}

static trail_status write_months(trail_sqlite *sqlite, const trail_findings *findings,
                                 trail_error *err)
{
    const trail_vector *months = &findings->reply_check->months;
    trail_text text = {0};
    trail_status status = TRAIL_OK;
    trail_sqlite_into(sqlite, "INSERT INTO reply_month VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < months->count && status == TRAIL_OK; i++) {
        const trail_reply_month *month = trail_vector_at(months, i);
        trail_sqlite_integer(sqlite, (int64_t)month->request + 1);
        status = put_number(sqlite, findings, month->account, month->number, &text, err);
        trail_sqlite_day(sqlite, month->first_day);
        trail_sqlite_word(sqlite, trail_reply_state_name(month->state));
        trail_sqlite_integer(sqlite, month->days_asked);
        trail_sqlite_integer(sqlite, month->days_covered);
        trail_sqlite_integer(sqlite, month->rows_outside);
        trail_sqlite_row(sqlite);
    }
    trail_text_clear(&text);
    return status;
}

/* Only kinds that name one row have a record; a zero elsewhere is no record. */
static void put_record(trail_sqlite *sqlite, const trail_deficiency *lack)
{
    if (lack->kind == TRAIL_LACKS_AGREEMENT && lack->record != TRAIL_NO_RECORD)
        trail_sqlite_integer(sqlite, lack->record);
    else
        trail_sqlite_null(sqlite);
}

static void put_file(trail_sqlite *sqlite, const trail_records *records, const char *name)
{
    for (size_t i = 0; name != NULL && i < records->files.count; i++) {
        const trail_file *file = trail_vector_at(&records->files, i);
        if (strcmp(file->name, name) != 0) continue;
        trail_sqlite_integer(sqlite, (int64_t)i);
        return;
    }
    trail_sqlite_null(sqlite);
}

static trail_status write_deficiencies(trail_sqlite *sqlite, const trail_findings *findings,
                                       trail_error *err)
{
    const trail_vector *all = &findings->reply_check->deficiencies;
    trail_text text = {0};
    trail_status status = TRAIL_OK;
    int64_t number = 0;
    uint32_t request = UINT32_MAX - 1;
    trail_sqlite_into(sqlite, "INSERT INTO deficiency VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < all->count && status == TRAIL_OK; i++) {
        const trail_deficiency *lack = trail_vector_at(all, i);
        number = lack->request == request ? number + 1 : 1;
        request = lack->request;
        if (lack->request != UINT32_MAX)
            trail_sqlite_integer(sqlite, (int64_t)lack->request + 1);
        else
            trail_sqlite_null(sqlite);
        trail_sqlite_integer(sqlite, number);
        trail_sqlite_word(sqlite, trail_deficiency_name(lack->kind));
        status = put_number(sqlite, findings, lack->account, lack->number, &text, err);
        put_file(sqlite, &findings->ledger->records, lack->file);
        put_record(sqlite, lack);
        trail_text_reset(&text);
        if (status == TRAIL_OK) status = trail_reply_sentence(findings, lack, &text, err);
        trail_sqlite_slice(sqlite, trail_text_slice(&text));
        trail_sqlite_row(sqlite);
    }
    trail_text_clear(&text);
    return status;
}

trail_status trail_sqlite_relations(trail_sqlite *sqlite, const trail_findings *findings,
                                    trail_error *err)
{
    uint32_t *payments = NULL;
    trail_status status = trail_record_payments(findings->ledger, &payments, err);
    if (status == TRAIL_OK) {
        write_duplicates(sqlite, findings->duplicates, payments);
        write_reversals(sqlite, findings->reversals, payments);
        write_remarks(sqlite, findings);
    }
    trail_free(payments);
    return status;
}

trail_status trail_sqlite_reply(trail_sqlite *sqlite, const trail_findings *findings,
                                trail_error *err)
{
    write_requests(sqlite, findings->mandate);
    trail_status status = write_decisions(sqlite, findings, err);
    if (status == TRAIL_OK) status = write_months(sqlite, findings, err);
    return status == TRAIL_OK ? write_deficiencies(sqlite, findings, err) : status;
}
