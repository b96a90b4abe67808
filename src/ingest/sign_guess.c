#include <stdio.h>

#include "base/attributes.h"
#include "ingest/guess_work.h"

/* What is money in and what money out. Signs in the amounts say it; without them a column of marks,
 * whose words are known or whose meaning the running balance proves. The balance also checks what
 * the signs say: on a card statement a balance of debt rises with each purchase. */

#define LEAST_CHECKED 4 /* rows that make a check mean something */

typedef struct mark_column {
    uint32_t index;
    int signs[TRAIL_DISTINCT_LIMIT]; /* +1, -1, 0 not known */
    bool by_balance;
    bool by_letter;   /* a single letter without proof: enough only under a heading that says so */
    bool contradicts; /* the balance says the opposite of a known word */
} mark_column;

static trail_status visit_check(void *context, const trail_row *row, trail_error *err)
{
    return trail_balance_check_add(context, row, err);
}

static trail_check_column check_column(const trail_guess *guess, int meaning)
{
    const trail_guess_column *column = trail_guess_column_of(guess, meaning);
    if (column == NULL) return (trail_check_column){.index = TRAIL_NO_INDEX};
    return (trail_check_column){column->position - 1, column->money.style};
}

static bool may_be_marks(const trail_guess_work *work, uint32_t index)
{
    const trail_guess_column *column = trail_guess_column_at(work->guess, index);
    const trail_column_content *content = &work->contents[index];
    bool free_or_code = column->meaning == TRAIL_COLUMN_MARK ||
                        column->meaning == TRAIL_COLUMN_KIND ||
                        column->meaning == TRAIL_MEANING_UNKNOWN;
    return free_or_code && !content->many && content->distinct_count >= 1 &&
           content->distinct_count <= 8 && content->filled * 10 >= work->guess->rows * 9;
}

static trail_status run_check(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_balance_check *check = &work->check;
    check->amount = check_column(guess, TRAIL_COLUMN_AMOUNT);
    check->debit = check_column(guess, TRAIL_COLUMN_DEBIT);
    check->credit = check_column(guess, TRAIL_COLUMN_CREDIT);
    check->balance = check_column(guess, TRAIL_COLUMN_BALANCE);
    check->account = check_column(guess, TRAIL_COLUMN_OWN_ACCOUNT).index;
    for (uint32_t i = 0; i < work->count && check->mark_count < TRAIL_CHECK_MARKS; i++) {
        if (!may_be_marks(work, i)) continue;
        trail_mark_tally *tally = &check->marks[check->mark_count++];
        *tally = (trail_mark_tally){.index = i, .content = &work->contents[i]};
    }
    if (check->balance.index == TRAIL_NO_INDEX) return TRAIL_OK;
    trail_status status = trail_guess_each_row(work, visit_check, check, err);
    int order = trail_balance_check_order(check);
    guess->balance_checked = check->compared;
    guess->balance_closed = check->plus[order] + check->minus[order];
    return status;
}

/* Of the rows that the balance proves, nearly all go one way. */
static int sign_by_counts(uint64_t plus, uint64_t minus)
{
    if (plus >= 1 && plus >= 50 * minus) return 1;
    if (minus >= 1 && minus >= 50 * plus) return -1;
    return 0;
}

static trail_status read_marks(trail_guess_work *work, const trail_mark_tally *tally,
                               mark_column *marks, bool *known, trail_error *err)
{
    const trail_column_content *content = tally->content;
    int order = trail_balance_check_order(&work->check);
    *marks = (mark_column){.index = tally->index};
    *known = content->distinct_count > 0;
    for (unsigned i = 0; i < content->distinct_count; i++) {
        trail_slice value = {content->distinct[i].text, content->distinct[i].length};
        if (value.length == 0) continue;
        const char *text = trail_guess_text(work, value, err);
        if (text == NULL) return TRAIL_NO_MEMORY;
        int word = trail_mark_word_sign(trail_slice_of(text));
        int proved = sign_by_counts(tally->plus[order][i], tally->minus[order][i]);
        if (word != 0 && proved != 0 && word != proved) marks->contradicts = true;
        if (word == 0 && proved != 0) marks->by_balance = true;
        if (word != 0 && proved == 0 && value.length < 2) marks->by_letter = true;
        marks->signs[i] = word != 0 ? word : proved;
        if (marks->signs[i] == 0) *known = false;
    }
    return TRAIL_OK;
}

static bool has_both(const mark_column *marks)
{
    bool plus = false, minus = false;
    for (size_t i = 0; i < TRAIL_DISTINCT_LIMIT; i++) {
        plus = plus || marks->signs[i] > 0;
        minus = minus || marks->signs[i] < 0;
    }
    return plus && minus;
}

static trail_status use_marks(trail_guess_work *work, const mark_column *marks, trail_error *err)
{
    trail_guess *guess = work->guess;
    const trail_column_content *content = &work->contents[marks->index];
    trail_guess_column *column = trail_guess_column_at(guess, marks->index);
    column->meaning = TRAIL_COLUMN_MARK;
    for (unsigned i = 0; i < content->distinct_count; i++) {
        trail_slice value = {content->distinct[i].text, content->distinct[i].length};
        if (value.length == 0) continue;
        trail_value_rule rule = {trail_guess_text(work, value, err), marks->signs[i]};
        if (rule.value == NULL) return TRAIL_NO_MEMORY;
        trail_status status = trail_vector_push(&guess->profile.signs, &rule, err);
        if (status != TRAIL_OK) return status;
    }
    if (marks->contradicts)
        return trail_guess_doubt(guess,
                                 (trail_doubt){.subject = TRAIL_GUESS_SIGN, .blocking = true}, NULL,
                                 err, "the balance moves against what the marks in %s say",
                                 column->header != NULL ? column->header : "the mark column");
    if (!marks->by_balance) return TRAIL_OK;
    return trail_guess_note(guess, err, "what the marks mean is proved by the running balance");
}

static trail_status doubt_marks(trail_guess_work *work, uint32_t index, trail_error *err)
{
    const trail_guess_column *column = trail_guess_column_at(work->guess, index);
    const trail_column_content *content = &work->contents[index];
    trail_text paste = {0};
    trail_status status = trail_text_add_format(&paste, err, "signs: {");
    for (unsigned i = 0; i < content->distinct_count && status == TRAIL_OK; i++) {
        const char *text = trail_guess_text(
            work, (trail_slice){content->distinct[i].text, content->distinct[i].length}, err);
        if (text == NULL)
            status = TRAIL_NO_MEMORY;
        else
            status = trail_text_add_format(&paste, err, "%s\"%s\": …", i > 0 ? ", " : "", text);
    }
    if (status == TRAIL_OK) status = trail_text_add_format(&paste, err, "}");
    if (status == TRAIL_OK)
        status = trail_guess_doubt(
            work->guess, (trail_doubt){.subject = TRAIL_GUESS_SIGN, .blocking = true}, paste.bytes,
            err, "%s marks debit and credit, but its words are not known",
            column->header != NULL ? column->header : "a column");
    trail_text_clear(&paste);
    return status;
}

/* Amounts without signs. */
static trail_status find_marks(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    const trail_balance_check *check = &work->check;
    const trail_guess_column *named = trail_guess_column_of(guess, TRAIL_COLUMN_MARK);
    mark_column best = {.index = TRAIL_NO_INDEX};
    for (unsigned i = 0; i < check->mark_count; i++) {
        mark_column marks;
        bool known, is_named = named != NULL && named->position - 1 == check->marks[i].index;
        trail_status status = read_marks(work, &check->marks[i], &marks, &known, err);
        if (status != TRAIL_OK) return status;
        if (is_named && known) return use_marks(work, &marks, err);
        if (!known || named != NULL || marks.by_letter || !has_both(&marks)) continue;
        bool fewer = best.index == TRAIL_NO_INDEX || check->marks[i].content->distinct_count <
                                                         work->contents[best.index].distinct_count;
        if (best.index == TRAIL_NO_INDEX || (best.by_balance && !marks.by_balance) ||
            (best.by_balance == marks.by_balance && fewer))
            best = marks;
    }
    if (named != NULL) return doubt_marks(work, named->position - 1, err);
    if (best.index != TRAIL_NO_INDEX) return use_marks(work, &best, err);
    int order = trail_balance_check_order(check);
    if (check->compared >= LEAST_CHECKED && check->plus[order] * 20 >= check->compared * 19)
        return trail_guess_note(guess, err, "no amount is negative and the balance rises by each");
    return trail_guess_doubt(
        guess,
        (trail_doubt){.subject = TRAIL_GUESS_SIGN, .column = TRAIL_COLUMN_AMOUNT, .blocking = true},
        "debit: …   # or credit: … instead of amount", err,
        "no amount has a sign and nothing says which are money in and which "
        "money out");
}

typedef struct agreement { /* of signs and marks */
    const trail_balance_check *check;
    const mark_column *marks;
    uint64_t agree, differ;
} agreement;

static trail_status visit_agreement(void *context, const trail_row *row, trail_error *err)
{
    agreement *count = context;
    int64_t minor;
    (void)err;
    const trail_check_column *amount = &count->check->amount;
    uint32_t mark = count->marks->index;
    if (amount->index >= row->field_count || mark >= row->field_count) return TRAIL_OK;
    if (trail_money_parse(row->fields[amount->index], amount->style, 4, &minor) != TRAIL_MONEY_OK ||
        minor == 0)
        return TRAIL_OK;
    const trail_column_content *content = NULL;
    for (unsigned i = 0; i < count->check->mark_count; i++)
        if (count->check->marks[i].index == mark) content = count->check->marks[i].content;
    if (content == NULL) return TRAIL_OK;
    uint32_t value = trail_column_content_index(content, row->fields[mark]);
    if (value >= TRAIL_DISTINCT_LIMIT || count->marks->signs[value] == 0) return TRAIL_OK;
    if ((minor < 0) == (count->marks->signs[value] < 0))
        count->agree++;
    else
        count->differ++;
    return TRAIL_OK;
}

/* Signs and a mark column: one of them is enough if they always agree. */
static trail_status settle_signed(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_guess_column *named = trail_guess_column_of(guess, TRAIL_COLUMN_MARK);
    if (named == NULL) return TRAIL_OK;
    for (unsigned i = 0; i < work->check.mark_count; i++) {
        if (work->check.marks[i].index != named->position - 1) continue;
        mark_column marks;
        bool known;
        trail_status status = read_marks(work, &work->check.marks[i], &marks, &known, err);
        if (status != TRAIL_OK) return status;
        agreement count = {.check = &work->check, .marks = &marks};
        if ((status = trail_guess_each_row(work, visit_agreement, &count, err)) != TRAIL_OK)
            return status;
        named->meaning = TRAIL_MEANING_NOT_NEEDED;
        if (known && count.differ == 0) return TRAIL_OK;
    }
    named->meaning = TRAIL_MEANING_NOT_NEEDED;
    return trail_guess_doubt(guess, (trail_doubt){.subject = TRAIL_GUESS_SIGN, .blocking = true},
                             NULL, err,
                             "amounts carry signs and %s marks debit and credit, and the "
                             "two do not say the same",
                             named->header);
}

static trail_status check_against_balance(trail_guess_work *work, trail_error *err)
{
    const trail_balance_check *check = &work->check;
    int order = trail_balance_check_order(check);
    if (check->compared < LEAST_CHECKED || check->minus[order] <= check->plus[order])
        return TRAIL_OK;
    return trail_guess_doubt(
        work->guess, (trail_doubt){.subject = TRAIL_GUESS_SIGN, .blocking = true}, NULL, err,
        "the balance falls where the amounts say money in (%llu of %llu rows)",
        (unsigned long long)check->minus[order], (unsigned long long)check->compared);
}

trail_status trail_guess_signs(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    if (guess->profile.layout == TRAIL_LAYOUT_TRANSFERS) return TRAIL_OK;
    trail_status status = run_check(work, err);
    if (status != TRAIL_OK) return status;
    const trail_guess_column *amount = trail_guess_column_of(guess, TRAIL_COLUMN_AMOUNT);
    if (amount == NULL) return check_against_balance(work, err);
    const trail_money_guess *money = &work->contents[amount->position - 1].money;
    if (money->negatives + money->pluses == 0) return find_marks(work, err);
    if ((status = settle_signed(work, err)) != TRAIL_OK) return status;
    return check_against_balance(work, err);
}
