#include "ingest/second_look.h"

#include "base/attributes.h"
#include "base/sort.h"
#include "base/wide.h"
#include "model/money.h"

typedef struct look_row {
    trail_pocket_row pocket;
    uint32_t record, number; /* number: in file order */
    uint64_t line;
    bool broken;
} look_row;

void trail_second_look_clear(trail_second_look *look)
{
    trail_vector_clear(&look->rows);
    *look = (trail_second_look){0};
}

trail_status trail_second_look_add(trail_second_look *look, const trail_pocket_row *row,
                                   uint32_t record, uint64_t line, trail_error *err)
{
    if (look->rows.item_size == 0) look->rows = trail_vector_of(sizeof(look_row));
    look_row added = {
        .pocket = *row, .record = record, .number = (uint32_t)look->rows.count, .line = line};
    return trail_vector_push(&look->rows, &added, err);
}

static int by_pocket(const void *context, const void *left, const void *right)
{
    (void)context;
    const look_row *a = left, *b = right;
    if (a->pocket.account != b->pocket.account)
        return a->pocket.account < b->pocket.account ? -1 : 1;
    if (a->pocket.currency != b->pocket.currency)
        return a->pocket.currency < b->pocket.currency ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static int by_number(const void *context, const void *left, const void *right)
{
    (void)context;
    const look_row *a = left, *b = right;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool follows(const trail_pocket_row *before, const trail_pocket_row *after)
{
    int64_t expected = 0;
    return before->has_balance && after->has_balance &&
           trail_add_checked(before->balance_minor, after->signed_minor, &expected) &&
           expected == after->balance_minor;
}

/* Rows [0, count) of one pocket; gives how many neighbours could be compared. */
static uint64_t check_pocket(look_row *rows, size_t count)
{
    uint64_t compared = 0, down = 0, up = 0;
    for (size_t i = 1; i < count; i++) {
        compared += rows[i - 1].pocket.has_balance && rows[i].pocket.has_balance;
        down += follows(&rows[i - 1].pocket, &rows[i].pocket);
        up += follows(&rows[i].pocket, &rows[i - 1].pocket);
    }
    for (size_t i = 1; i < count; i++) {
        look_row *before = up > down ? &rows[i] : &rows[i - 1];
        look_row *after = up > down ? &rows[i - 1] : &rows[i];
        bool both = before->pocket.has_balance && after->pocket.has_balance;
        after->broken = both && !follows(&before->pocket, &after->pocket);
    }
    return compared;
}

static trail_status add_remark(trail_reading *reading, const char *code, uint32_t record,
                               uint64_t line, const trail_text *message, trail_error *err)
{
    trail_remark remark = {.file = reading->file, .record = record, .code = code, .line = line};
    trail_status status = trail_strings_put(reading->ledger->strings, trail_text_slice(message),
                                            &remark.message, err);
    if (status != TRAIL_OK) return status;
    return trail_vector_push(&reading->rejects->remarks, &remark, err);
}

static trail_status name_row(const look_row *row, trail_reading *reading, trail_error *err)
{
    char balance[TRAIL_MONEY_TEXT], amount[TRAIL_MONEY_TEXT];
    trail_text message = {0};
    const trail_page_place *place = trail_records_page(&reading->ledger->records, row->record);
    trail_money_format(row->pocket.balance_minor, row->pocket.currency, balance);
    trail_money_format(row->pocket.signed_minor, row->pocket.currency, amount);
    trail_status status =
        trail_text_add_format(&message, err,
                              "the balance %s does not follow from the row before and the amount "
                              "%s: one of the three may be miscopied",
                              balance, amount);
    if (status == TRAIL_OK && place != NULL)
        status =
            trail_text_add_format(&message, err, "; page %u line %u", place->page, place->line);
    if (status == TRAIL_OK)
        status =
            add_remark(reading, "row_needs_second_look", row->record, row->line, &message, err);
    trail_text_clear(&message);
    return status;
}

static trail_status say_unchecked(trail_reading *reading, trail_error *err)
{
    trail_text message = {0};
    trail_status status = trail_text_add_format(
        &message, err,
        "the file was copied from a document and states no running balance: its amounts could not "
        "be checked");
    if (status == TRAIL_OK)
        status = add_remark(reading, "balances_not_stated", TRAIL_NO_RECORD, 1, &message, err);
    trail_text_clear(&message);
    return status;
}

trail_status trail_second_look_finish(trail_second_look *look, trail_reading *reading,
                                      trail_error *err)
{
    look_row *rows = look->rows.items;
    size_t count = look->rows.count;
    uint64_t compared = 0;
    trail_status status = trail_sort_items(rows, count, sizeof *rows, by_pocket, NULL, err);
    for (size_t from = 0, to = 0; from < count && status == TRAIL_OK; from = to) {
        while (to < count && rows[to].pocket.account == rows[from].pocket.account &&
               rows[to].pocket.currency == rows[from].pocket.currency)
            to++;
        compared += check_pocket(rows + from, to - from);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(rows, count, sizeof *rows, by_number, NULL, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        if (rows[i].broken) status = name_row(&rows[i], reading, err);
    }
    return status == TRAIL_OK && compared == 0 ? say_unchecked(reading, err) : status;
}
