#include "pipeline/case_values.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/attributes.h"
#include "ingest/reader.h"
#include "model/calendar.h"
#include "model/money.h"

trail_status trail_case_note(const trail_case_reading *reading, const trail_node *node,
                             const trail_way *way, const char *format, ...)
{
    char sentence[800];
    va_list arguments;
    if (node->refused) return TRAIL_OK;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return trail_mistakes_add(reading->mistakes, node->place, way, reading->err, "%s", sentence);
}

trail_status trail_case_note_choice(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, const char *const *choices)
{
    trail_text list = {0};
    char quotable[TRAIL_QUOTABLE];
    const char *nearest = trail_nearest(node->text, choices);
    trail_status status = TRAIL_OK;
    for (size_t i = 0; choices[i] != NULL && status == TRAIL_OK; i++) {
        status = trail_text_add_format(&list, reading->err, "%s%s", i == 0 ? "" : ", ", choices[i]);
    }
    if (status == TRAIL_OK && nearest != NULL) {
        status = trail_text_add_format(&list, reading->err, " — did you mean '%s'?", nearest);
    }
    if (status == TRAIL_OK) {
        status = trail_case_note(reading, node, way, "'%s' is not one of %s",
                                 trail_quotable(node->text, quotable), list.bytes);
    }
    trail_text_clear(&list);
    return status;
}

trail_status trail_case_text(const trail_case_reading *reading, const trail_node *node,
                             const trail_way *way, const char **text)
{
    *text = NULL;
    if (node->refused) return TRAIL_OK;
    if (node->shape == TRAIL_SHAPE_LIST) {
        return trail_case_note(reading, node, way, "must be one value, not a list");
    }
    if (node->shape == TRAIL_SHAPE_MAP) {
        return trail_case_note(reading, node, way, "must be one value, not keys and values");
    }
    if (trail_slice_trim(trail_slice_of(node->text)).length == 0) {
        return trail_case_note(reading, node, way, "is empty");
    }
    *text = node->text;
    return TRAIL_OK;
}

trail_status trail_case_choice(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, const char *const *choices, const char **text)
{
    const char *word = NULL;
    trail_status status = trail_case_text(reading, node, way, &word);
    if (status != TRAIL_OK || word == NULL) return status;
    for (size_t i = 0; choices[i] != NULL; i++) {
        if (strcmp(word, choices[i]) == 0) {
            *text = choices[i];
            return TRAIL_OK;
        }
    }
    return trail_case_note_choice(reading, node, way, choices);
}

trail_status trail_case_day(const trail_case_reading *reading, const trail_node *node,
                            const trail_way *way, int32_t *day)
{
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    int32_t second = 0, parsed = 0;
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    if (!trail_day_parse(trail_slice_of(text), "YYYY-MM-DD", &parsed, &second)) {
        return trail_case_note(reading, node, way, "'%s' is not a day written YYYY-MM-DD",
                               trail_quotable(text, quotable));
    }
    *day = parsed;
    return TRAIL_OK;
}

trail_status trail_case_currency(const trail_case_reading *reading, const trail_node *node,
                                 const trail_way *way, trail_currency *currency)
{
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    trail_currency found = TRAIL_NO_CURRENCY;
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    if (!trail_currency_find(trail_slice_of(text), &found) || found == TRAIL_NO_CURRENCY) {
        return trail_case_note(reading, node, way,
                               "'%s' is not a currency: a code such as EUR is wanted",
                               trail_quotable(text, quotable));
    }
    *currency = found;
    return TRAIL_OK;
}

trail_status trail_case_yes_no(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, bool *yes)
{
    static const char *const choices[] = {"yes", "no", "true", "false", NULL};
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, choices, &word);
    if (word != NULL) *yes = word == choices[0] || word == choices[2];
    return status;
}

trail_status trail_case_count(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, uint64_t *count)
{
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    uint64_t parsed = 0;
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    if (!trail_slice_to_u64(trail_slice_of(text), &parsed)) {
        return trail_case_note(reading, node, way, "'%s' is not a whole number",
                               trail_quotable(text, quotable));
    }
    *count = parsed;
    return TRAIL_OK;
}

static bool read_share(const char *text, int64_t *millionths)
{
    int64_t value = 0, unit = 1000000;
    if (text[0] != '0' && text[0] != '1') return false;
    value = (text[0] - '0') * unit;
    if (text[1] != '\0') {
        if (text[1] != '.' || text[2] == '\0') return false;
        for (text += 2; *text >= '0' && *text <= '9' && unit > 1; text++) {
            unit /= 10;
            value += (*text - '0') * unit;
        }
        if (*text != '\0') return false;
    }
    *millionths = value;
    return value <= 1000000;
}

trail_status trail_case_share(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, int64_t *millionths)
{
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    int64_t parsed = 0;
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    if (!read_share(text, &parsed)) {
        return trail_case_note(reading, node, way, "'%s' is not a share from 0 to 1, such as 0.8",
                               trail_quotable(text, quotable));
    }
    *millionths = parsed;
    return TRAIL_OK;
}

/* Digits, and a point with digits behind it: nothing a locale or a spreadsheet could mean
 * otherwise. Whether the currency has so many places is asked where the currency is known. */
static bool is_amount(const char *text)
{
    size_t whole = strspn(text, "0123456789"), fraction = 0;
    if (whole == 0 || whole > 18) return false;
    if (text[whole] == '\0') return true;
    fraction = strspn(text + whole + 1, "0123456789");
    return text[whole] == '.' && fraction > 0 && fraction <= 8 &&
           text[whole + 1 + fraction] == '\0';
}

trail_status trail_case_amount(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, const char **text)
{
    const char *written = NULL;
    char quotable[TRAIL_QUOTABLE];
    trail_status status = trail_case_text(reading, node, way, &written);
    if (status != TRAIL_OK || written == NULL) return status;
    if (!is_amount(written)) {
        return trail_case_note(reading, node, way,
                               "'%s' is not an amount: write it as 1234.56, without sign and "
                               "separators of thousands",
                               trail_quotable(written, quotable));
    }
    *text = written;
    return TRAIL_OK;
}

trail_status trail_case_texts(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, trail_vector *texts)
{
    size_t count = node->shape == TRAIL_SHAPE_LIST ? node->count : 1;
    const trail_node *each = node->shape == TRAIL_SHAPE_LIST ? node->first : node;
    trail_status status = TRAIL_OK;
    *texts = trail_vector_of(sizeof(const char *));
    if (node->refused) return TRAIL_OK;
    if (node->shape == TRAIL_SHAPE_MAP) {
        return trail_case_note(reading, node, way, "must be a list such as [a, b]");
    }
    status = trail_case_vector(reading, count, sizeof(const char *), texts);
    if (status != TRAIL_OK) return status;
    texts->count = 0;
    for (size_t i = 0; i < count; i++, each = each->next) {
        trail_way item = {.parent = way, .number = i + 1};
        const char *text = NULL;
        status = trail_case_text(reading, each, each == node ? way : &item, &text);
        if (status != TRAIL_OK) return status;
        if (text != NULL) ((const char **)texts->items)[texts->count++] = text;
    }
    return TRAIL_OK;
}

trail_status trail_case_tolerance(const trail_case_reading *reading, const trail_node *node,
                                  const trail_way *way, int64_t *millionths)
{
    const trail_money_style style = {.decimal = '.'};
    int64_t value = 0;
    const char *text = NULL;
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    /* Read with six decimals, like a currency that has as many. */
    if (trail_money_parse(trail_slice_of(text), style, 6, &value) != TRAIL_MONEY_OK || value < 0 ||
        value > TRAIL_TOLERANCE_LIMIT) {
        char quotable[TRAIL_QUOTABLE];
        return trail_case_note(reading, node, way, "'%s' is not an amount from 0 to 1000, as 0.10",
                               trail_quotable(text, quotable));
    }
    *millionths = value;
    return TRAIL_OK;
}

/* `auto`, or a row of the table of readers. */
trail_status trail_case_source_format(const trail_case_reading *reading, const trail_node *node,
                                      const trail_way *way, void *item)
{
    const char *names[32] = {"auto"};
    const char *word = NULL;
    size_t count = trail_reader_count();
    for (size_t i = 0; i < count && i + 2 < TRAIL_LENGTH_OF(names); i++)
        names[i + 1] = trail_reader_at(i)->name;
    trail_status status = trail_case_choice(reading, node, way, names, &word);
    if (word != names[0]) ((trail_source *)item)->format = word;
    return status;
}
