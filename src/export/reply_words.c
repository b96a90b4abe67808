#include "export/reply_words.h"

#include <string.h>

#include "export/citation.h"
#include "model/calendar.h"
#include "model/money.h"

/* What stands for a place in a sentence: {account} {days} {from} {to} {numbers} {file} {line}
 * {amount} {other} {count} {reason}. */
typedef struct reply_sentence {
    const char *name, *sentence;
} reply_sentence;

static const reply_sentence sentences[TRAIL_DEFICIENCY_KIND_COUNT] = {
    [TRAIL_LACKS_REPLY] = {"no_reply", "No reply has been received; it was due on {from}."},
    [TRAIL_LACKS_BY_REFUSAL] = {"refused", "The request was refused on {from}."},
    [TRAIL_LACKS_ACCOUNT] = {"no_records_of_account",
                             "Account {account}: no records were received ({days})."},
    [TRAIL_LACKS_DAYS] = {"days_not_covered",
                          "Account {account}: no record covers {days}. Please send the records of "
                          "these days, or confirm that nothing was booked."},
    [TRAIL_LACKS_NUMBER] = {"statement_missing",
                            "Account {account}: statement {numbers} is missing before the one in "
                            "{file}, line {line}."},
    [TRAIL_LACKS_PAGE] = {"page_missing",
                          "Account {account}: page {numbers} of the statement in {file}, line "
                          "{line}, is missing."},
    [TRAIL_LACKS_LAST_PAGE] = {"last_page_missing",
                               "Account {account}: the last page received of the statement in "
                               "{file}, line {line}, says that another follows."},
    [TRAIL_LACKS_MOVEMENT] = {"movement_not_recorded",
                              "Account {account}: the balance changed by {amount} between {from} "
                              "and {to}, and no record shows how."},
    [TRAIL_LACKS_AGREEMENT] =
        {"balance_does_not_follow",
         "Account {account}: in {file}, line {line}, the balance {other} does "
         "not follow from the rows; {amount} would. Please confirm the rows "
         "before it from the bank's own records."},
    [TRAIL_LACKS_CLOSING] = {"does_not_close",
                             "Account {account}: the statement in {file}, line {line}, does not "
                             "close: the closing balance differs by {amount} from the opening "
                             "balance and the rows."},
    [TRAIL_LACKS_END] = {"file_breaks_off", "File {file} breaks off: {reason}."},
    [TRAIL_LACKS_DECISION] = {"file_not_decided", "File {file} could not be used: {reason}."},
    [TRAIL_LACKS_READING] = {"file_not_read",
                             "File {file} was received and is not read: {reason}. Please send the "
                             "records as data (MT940, camt.053, CSV)."},
    [TRAIL_LACKS_ROWS] = {"rows_not_readable",
                          "File {file}: records that could not be read: {count}, the first in line "
                          "{line} ({reason})."},
};

const char *trail_deficiency_name(trail_deficiency_kind kind)
{
    return sentences[kind].name;
}

trail_status trail_reply_account(const trail_findings *findings, uint32_t account, uint32_t number,
                                 trail_text *out, trail_error *err)
{
    const trail_ledger *ledger = findings->ledger;
    const char *label =
        account == TRAIL_NO_ACCOUNT ? NULL : trail_protect_account(findings->protection, account);
    if (label != NULL) return trail_text_add(out, trail_slice_of(label), err);
    trail_slice written = number != 0 || account == TRAIL_NO_ACCOUNT
                              ? trail_strings_get(ledger->strings, number)
                              : trail_accounts_number(ledger->accounts, account);
    return trail_protect_number(findings->protection, written, out, err);
}

static trail_status add_day(int32_t day, const char *open, trail_text *out, trail_error *err)
{
    char text[TRAIL_DAY_TEXT];
    trail_day_format(day, text);
    return trail_text_add(out, trail_slice_of(day == TRAIL_NO_DAY ? open : text), err);
}

static trail_status add_days(const trail_deficiency *lack, trail_text *out, trail_error *err)
{
    if (lack->from_day == TRAIL_NO_DAY && lack->to_day == TRAIL_NO_DAY)
        return trail_text_add(out, trail_slice_of("any day"), err);
    trail_status status = add_day(lack->from_day, "the beginning", out, err);
    if (status != TRAIL_OK || lack->from_day == lack->to_day) return status;
    status = trail_text_add(out, trail_slice_of(" to "), err);
    return status == TRAIL_OK ? add_day(lack->to_day, "the end", out, err) : status;
}

static trail_status add_money(int64_t minor, trail_currency currency, trail_text *out,
                              trail_error *err)
{
    char text[TRAIL_MONEY_TEXT];
    trail_money_format(minor, currency, text);
    return trail_text_add_format(out, err, "%s %s", text, trail_currency_code(currency));
}

static const trail_file *file_of(const trail_findings *findings, const char *name)
{
    const trail_vector *files = &findings->ledger->records.files;
    for (size_t i = 0; i < files->count; i++) {
        const trail_file *file = trail_vector_at(files, i);
        if (strcmp(file->name, name) == 0) return file;
    }
    return NULL;
}

/* What is said of a file that no record was read from. */
static const trail_file_report *report_of(const trail_findings *findings, const char *name)
{
    const trail_vector *files = &findings->rejects->files;
    for (size_t i = 0; i < files->count; i++) {
        const trail_file_report *report = trail_vector_at(files, i);
        if (report->hashed && strcmp(report->name, name) == 0) return report;
    }
    return NULL;
}

static trail_status add_file(const trail_findings *findings, const char *name, trail_text *out,
                             trail_error *err)
{
    const trail_file *file = file_of(findings, name);
    if (file != NULL)
        return trail_protect_file(findings->protection, file->name, file->hash, out, err);
    const trail_file_report *report = report_of(findings, name);
    if (report != NULL)
        return trail_protect_file(findings->protection, name, report->hash, out, err);
    return trail_protect_text(findings->protection, trail_slice_of(name), out, err);
}

static trail_status add_part(const trail_findings *findings, const trail_deficiency *lack,
                             trail_slice part, trail_text *out, trail_error *err)
{
    if (trail_slice_is(part, "account"))
        return trail_reply_account(findings, lack->account, lack->number, out, err);
    if (trail_slice_is(part, "days")) return add_days(lack, out, err);
    if (trail_slice_is(part, "from")) return add_day(lack->from_day, "a day not stated", out, err);
    if (trail_slice_is(part, "to")) return add_day(lack->to_day, "a day not stated", out, err);
    if (trail_slice_is(part, "file")) return add_file(findings, lack->file, out, err);
    if (trail_slice_is(part, "line")) return trail_text_add_number(out, (int64_t)lack->line, err);
    if (trail_slice_is(part, "count")) return trail_text_add_number(out, lack->count, err);
    if (trail_slice_is(part, "amount"))
        return add_money(lack->amount_minor, lack->currency, out, err);
    if (trail_slice_is(part, "other"))
        return add_money(lack->other_minor, lack->currency, out, err);
    if (trail_slice_is(part, "numbers"))
        return lack->first == lack->last
                   ? trail_text_add_format(out, err, "%u", lack->first)
                   : trail_text_add_format(out, err, "%u to %u", lack->first, lack->last);
    return trail_protect_text(findings->protection,
                              trail_strings_get(findings->ledger->strings, lack->reason), out, err);
}

trail_status trail_reply_sentence(const trail_findings *findings, const trail_deficiency *lack,
                                  trail_text *out, trail_error *err)
{
    const char *rest = sentences[lack->kind].sentence;
    trail_status status = TRAIL_OK;
    while (*rest != '\0' && status == TRAIL_OK) {
        size_t plain = strcspn(rest, "{");
        status = trail_text_add(out, (trail_slice){rest, plain}, err);
        rest += plain;
        if (*rest == '\0' || status != TRAIL_OK) break;
        size_t length = strcspn(rest, "}");
        status = add_part(findings, lack, (trail_slice){rest + 1, length - 1}, out, err);
        rest += length + 1;
    }
    return status;
}
