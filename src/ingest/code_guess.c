#include "base/map64.h"
#include "base/sort.h"
#include "base/wide.h"
#include "ingest/guess_work.h"

/* The values of code columns with count and total per currency, so that somebody who knows the bank
 * can say what kind each is. */

#define CODE_COLUMNS 3

typedef struct tally {
    uint32_t column, value;
    trail_currency currency;
    uint64_t count;
    int64_t total;
    bool overflowed;
} tally;

typedef struct counting {
    trail_guess_work *work;
    uint32_t columns[CODE_COLUMNS];
    unsigned column_count;
    uint32_t amount, debit, credit, currency;
    trail_currency constant;
    trail_map64 places;
    trail_vector tallies; /* of tally */
} counting;

static bool read_money(const counting *count, uint32_t column, const trail_row *row,
                       unsigned exponent, int64_t *minor)
{
    *minor = 0;
    if (column >= row->field_count) return false;
    trail_money_style style = trail_guess_column_at(count->work->guess, column)->money.style;
    return trail_money_parse(row->fields[column], style, exponent, minor) == TRAIL_MONEY_OK;
}

static int64_t amount_of(const counting *count, const trail_row *row, unsigned exponent)
{
    int64_t amount, debit, credit;
    if (read_money(count, count->amount, row, exponent, &amount)) return amount;
    (void)read_money(count, count->debit, row, exponent, &debit);
    (void)read_money(count, count->credit, row, exponent, &credit);
    return credit - (debit < 0 ? -debit : debit);
}

static trail_status add_code(counting *count, uint32_t column, uint32_t value,
                             trail_currency currency, int64_t amount, trail_error *err)
{
    uint64_t key = (uint64_t)column << 40 | (uint64_t)value << 16 | currency;
    uint32_t *place = trail_map64_at(&count->places, key, (uint32_t)count->tallies.count, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place == count->tallies.count) {
        tally fresh = {.column = column, .value = value, .currency = currency};
        trail_status status = trail_vector_push(&count->tallies, &fresh, err);
        if (status != TRAIL_OK) return status;
    }
    tally *found = trail_vector_at(&count->tallies, *place);
    trail_wide total = (trail_wide)found->total + amount;
    if (total > INT64_MAX || total < INT64_MIN)
        found->overflowed = true;
    else
        found->total = (int64_t)total;
    found->count++;
    return TRAIL_OK;
}

static trail_status visit_codes(void *context, const trail_row *row, trail_error *err)
{
    counting *count = context;
    trail_currency currency = count->constant;
    if (row->fault != TRAIL_ROW_OK) return TRAIL_OK;
    if (count->currency < row->field_count)
        (void)trail_currency_find(trail_slice_trim(row->fields[count->currency]), &currency);
    int64_t amount = amount_of(count, row, trail_currency_exponent(currency));
    for (unsigned i = 0; i < count->column_count; i++) {
        uint32_t column = count->columns[i];
        if (column >= row->field_count) continue;
        uint32_t value =
            trail_column_content_index(&count->work->contents[column], row->fields[column]);
        if (value == TRAIL_NO_INDEX) continue;
        trail_status status = add_code(count, column, value, currency, amount, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int compare_codes(const void *context, const void *left, const void *right)
{
    (void)context;
    const trail_guess_code *a = left, *b = right;
    int order = trail_slice_compare(trail_slice_of(a->column), trail_slice_of(b->column));
    if (order == 0 && a->count != b->count) order = a->count < b->count ? 1 : -1;
    if (order == 0) order = trail_slice_compare(trail_slice_of(a->value), trail_slice_of(b->value));
    if (order == 0)
        order = trail_slice_compare(trail_slice_of(a->currency), trail_slice_of(b->currency));
    return order;
}

static trail_status tell_codes(counting *count, trail_error *err)
{
    trail_guess *guess = count->work->guess;
    for (size_t i = 0; i < count->tallies.count; i++) {
        const tally *found = trail_vector_at(&count->tallies, i);
        const trail_distinct *value = &count->work->contents[found->column].distinct[found->value];
        const trail_guess_column *column = trail_guess_column_at(guess, found->column);
        trail_guess_code *code = trail_vector_add(&guess->codes, err);
        if (code == NULL) return TRAIL_NO_MEMORY;
        *code = (trail_guess_code){.column = column->header != NULL ? column->header : "",
                                   .currency = trail_currency_code(found->currency),
                                   .count = found->count,
                                   .total_minor = found->total,
                                   .total_known = !found->overflowed};
        code->value = trail_guess_text(count->work, (trail_slice){value->text, value->length}, err);
        if (code->value == NULL) return TRAIL_NO_MEMORY;
    }
    return trail_sort_items(guess->codes.items, guess->codes.count, sizeof(trail_guess_code),
                            compare_codes, NULL, err);
}

static uint32_t index_of(const trail_guess *guess, int meaning)
{
    const trail_guess_column *column = trail_guess_column_of(guess, meaning);
    return column == NULL ? TRAIL_NO_INDEX : column->position - 1;
}

/* The constant currency: the source's, or the one in the amount's heading. */
static trail_currency constant_currency(const trail_guess_work *work)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    static const int amounts[] = {TRAIL_COLUMN_AMOUNT, TRAIL_COLUMN_DEBIT, TRAIL_COLUMN_CREDIT};
    if (work->known.currency != NULL)
        (void)trail_currency_find(trail_slice_of(work->known.currency), &currency);
    for (size_t i = 0; i < 3 && currency == TRAIL_NO_CURRENCY; i++) {
        uint32_t index = index_of(work->guess, amounts[i]);
        if (index != TRAIL_NO_INDEX) currency = work->headings[index].currency;
    }
    return currency;
}

static trail_status settle_currency(trail_guess_work *work, trail_currency constant,
                                    trail_error *err)
{
    trail_guess *guess = work->guess;
    if (trail_guess_column_of(guess, TRAIL_COLUMN_CURRENCY) != NULL) return TRAIL_OK;
    if (constant != TRAIL_NO_CURRENCY) {
        guess->profile.currency = trail_currency_code(constant);
        return TRAIL_OK;
    }
    guess->profile.currency = "XXX";
    return trail_guess_doubt(guess, (trail_doubt){.subject = TRAIL_GUESS_CURRENCY},
                             "currency: EUR   # or the one the file is in", err,
                             "nothing in the file names its currency: amounts stand as XXX (no "
                             "currency) until the profile says which it is");
}

trail_status trail_guess_codes(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    counting count = {.work = work,
                      .amount = index_of(guess, TRAIL_COLUMN_AMOUNT),
                      .debit = index_of(guess, TRAIL_COLUMN_DEBIT),
                      .credit = index_of(guess, TRAIL_COLUMN_CREDIT),
                      .currency = index_of(guess, TRAIL_COLUMN_CURRENCY),
                      .constant = constant_currency(work),
                      .tallies = trail_vector_of(sizeof(tally))};
    trail_status status = settle_currency(work, count.constant, err);
    for (uint32_t i = 0; i < work->count && count.column_count < CODE_COLUMNS; i++) {
        int meaning = trail_guess_column_at(guess, i)->meaning;
        const trail_column_content *content = &work->contents[i];
        bool few = !content->many && content->distinct_count * 8 <= guess->rows;
        if (meaning == TRAIL_COLUMN_KIND || (meaning == TRAIL_COLUMN_TEXT && few))
            count.columns[count.column_count++] = i;
    }
    if (status == TRAIL_OK && count.column_count > 0)
        status = trail_guess_each_row(work, visit_codes, &count, err);
    if (status == TRAIL_OK) status = tell_codes(&count, err);
    trail_map64_clear(&count.places);
    trail_vector_clear(&count.tallies);
    return status;
}
