#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/match_words.h"
#include "export/table.h"

/* The fixed columns around the addends, which name themselves. */
static const char *const before[] = {"payment", "other_payment", "class", "score"};
static const char *const after[] = {"rival", "explanation", "weights", "records", "other_records"};

enum {
    BEFORE = TRAIL_LENGTH_OF(before),
    AFTER = TRAIL_LENGTH_OF(after),
    COLUMNS = BEFORE + TRAIL_MATCH_ADDEND_COUNT + AFTER
};

/* "+8.4", "-3.9": a tenth of a bit is as much as a weight means. Rounded half away from zero. */
static void write_bits(trail_table *table, int32_t millibits)
{
    char text[TRAIL_NUMBER_TEXT + 3], digits[TRAIL_NUMBER_TEXT];
    int32_t tenths = (millibits < 0 ? millibits - 50 : millibits + 50) / 100;
    int32_t size = tenths < 0 ? -tenths : tenths;
    size_t at = 0, length = trail_number_format(size / 10, digits);
    if (tenths < 0) text[at++] = '-';
    for (size_t i = 0; i < length; i++)
        text[at++] = digits[i];
    text[at++] = '.';
    text[at++] = (char)('0' + size % 10);
    text[at] = '\0';
    trail_table_word(table, text);
}

static void write_match(trail_table *table, const trail_match *match)
{
    const trail_ledger *ledger = table->findings->ledger;
    trail_text text = {0};
    trail_table_payment(table, match->payment);
    if (match->other == TRAIL_NO_PAYMENT)
        trail_table_word(table, NULL);
    else
        trail_table_payment(table, match->other);
    trail_table_word(table, trail_match_class_name((trail_match_class)match->match_class));
    if (match->scored)
        write_bits(table, match->score);
    else
        trail_table_word(table, NULL);
    for (size_t i = 0; i < TRAIL_MATCH_ADDEND_COUNT; i++) {
        if (match->scored && match->addends[i] != 0)
            write_bits(table, match->addends[i]);
        else
            trail_table_word(table, NULL);
    }
    if (match->rival == TRAIL_NO_RIVAL)
        trail_table_word(table, NULL);
    else
        write_bits(table, match->rival);
    if (match->scored && table->status == TRAIL_OK)
        table->status = trail_match_explain(ledger, match, &text, table->err);
    trail_table_word(table, text.bytes);
    trail_table_word(table, match->scored ? trail_weights.version : NULL);
    trail_table_records(table, match->payment);
    if (match->other == TRAIL_NO_PAYMENT)
        trail_table_word(table, NULL);
    else
        trail_table_records(table, match->other);
    trail_table_row_end(table);
    trail_text_clear(&text);
}

trail_status trail_write_matches_csv(const trail_findings *findings, const char *path,
                                     trail_error *err)
{
    trail_table table;
    const char *headings[COLUMNS];
    size_t column = 0;
    for (size_t i = 0; i < BEFORE; i++)
        headings[column++] = before[i];
    for (size_t i = 0; i < TRAIL_MATCH_ADDEND_COUNT; i++)
        headings[column++] = trail_match_addend_name((trail_match_addend)i);
    for (size_t i = 0; i < AFTER; i++)
        headings[column++] = after[i];
    trail_status status = trail_table_open(&table, findings, path, headings, COLUMNS, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < findings->matching->matches.count && table.status == TRAIL_OK; i++)
        write_match(&table, trail_vector_at(&findings->matching->matches, i));
    return trail_table_finish(&table);
}
