/* profiles: — how a bank's table is laid out. */
#include "pipeline/case_schema.h"

#include <string.h>

#include "ingest/profile.h"
#include "model/kind.h"
#include "pipeline/case_profile_columns.h"
#include "pipeline/case_values.h"

/* One character, or a word for it; spaces count, so this is not trail_case_text. */
static const char *word_of(const trail_node *node)
{
    return node->shape == TRAIL_SHAPE_SCALAR && node->text[0] != '\0' ? node->text : NULL;
}

static trail_status read_layout(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, void *item)
{
    static const char *const layouts[] = {"statement", "transfers", NULL};
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, layouts, &word);
    if (word == layouts[1]) ((trail_profile *)item)->layout = TRAIL_LAYOUT_TRANSFERS;
    return status;
}

static trail_status read_delimiter(const trail_case_reading *reading, const trail_node *node,
                                   const trail_way *way, void *item)
{
    const char *word = word_of(node);
    trail_profile *profile = item;
    if (word != NULL && (strcmp(word, "tab") == 0 || strcmp(word, "\t") == 0)) {
        profile->delimiter = '\t';
    } else if (word != NULL && word[1] == '\0' && strchr(";,|:~^ ", word[0]) != NULL) {
        profile->delimiter = word[0];
    } else {
        return trail_case_note(reading, node, way, "must be one of ';' ',' '|' ':' '~' '^' tab");
    }
    return TRAIL_OK;
}

static trail_status read_quote(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, void *item)
{
    const char *word = word_of(node);
    if (word != NULL && strcmp(word, "\"") == 0) return TRAIL_OK;
    if (word == NULL || strcmp(word, "none") != 0) {
        return trail_case_note(reading, node, way, "must be '\"' or none");
    }
    ((trail_profile *)item)->no_quotes = true;
    return TRAIL_OK;
}

static trail_status read_header(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, void *item)
{
    trail_profile *profile = item;
    const char *word = word_of(node);
    uint64_t row = 0;
    if (word != NULL && strcmp(word, "none") == 0) {
        profile->no_header = true;
        return TRAIL_OK;
    }
    if (word == NULL || !trail_slice_to_u64(trail_slice_of(word), &row) || row == 0 ||
        row > 10000) {
        return trail_case_note(reading, node, way,
                               "must be the line the header stands in (from 1), or none");
    }
    profile->header_row = (uint32_t)row;
    return TRAIL_OK;
}

static trail_status read_decimal(const trail_case_reading *reading, const trail_node *node,
                                 const trail_way *way, void *item)
{
    trail_profile *profile = item;
    const char *word = word_of(node);
    if (word == NULL || (strcmp(word, ".") != 0 && strcmp(word, ",") != 0)) {
        return trail_case_note(reading, node, way, "must be \".\" or \",\"");
    }
    profile->decimal = word[0];
    profile->decimal_given = true;
    return TRAIL_OK;
}

static trail_status read_group(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, void *item)
{
    trail_profile *profile = item;
    const char *word = word_of(node);
    if (word != NULL && word[1] == '\0' && strchr(".,' ", word[0]) != NULL) {
        profile->group = word[0];
    } else if (word == NULL || (strcmp(word, "none") != 0 && strcmp(word, "-") != 0)) {
        return trail_case_note(reading, node, way, "must be \".\" \",\" \" \" \"'\" or none");
    }
    profile->group_given = true;
    return TRAIL_OK;
}

static trail_status read_header_lines(const trail_case_reading *reading, const trail_node *node,
                                      const trail_way *way, void *item)
{
    const char *word = word_of(node);
    uint64_t lines = 0;
    if (word == NULL || !trail_slice_to_u64(trail_slice_of(word), &lines) || lines == 0 ||
        lines > 8) {
        return trail_case_note(reading, node, way,
                               "must be how many lines the headings stand in, from 1 to 8");
    }
    ((trail_profile *)item)->header_lines = (uint32_t)lines;
    return TRAIL_OK;
}

static trail_status read_columns_at(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, void *item)
{
    static const char wanted[] =
        "must be the positions at which the columns begin, ascending, such as [1, 12, 60]";
    trail_vector texts = {0}, *columns_at = &((trail_profile *)item)->columns_at;
    trail_status status = trail_case_texts(reading, node, way, &texts);
    if (status != TRAIL_OK) return status;
    if (texts.count < 2) return trail_case_note(reading, node, way, wanted);
    status = trail_case_vector(reading, texts.count, sizeof(uint32_t), columns_at);
    uint64_t before = 0;
    for (size_t i = 0; i < texts.count && status == TRAIL_OK; i++) {
        uint64_t position = 0;
        const char *text = ((const char **)texts.items)[i];
        if (!trail_slice_to_u64(trail_slice_of(text), &position) || position <= before ||
            position > 10000)
            return trail_case_note(reading, node, way, wanted);
        ((uint32_t *)columns_at->items)[i] = (uint32_t)position;
        before = position;
    }
    return status;
}

static trail_status read_fees(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, void *item)
{
    static const char *const choices[] = {"charged", "signed", NULL};
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, choices, &word);
    ((trail_profile *)item)->fees_signed = word == choices[1];
    return status;
}

static trail_status read_scientific(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, void *item)
{
    static const char *const choices[] = {"exact", NULL};
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, choices, &word);
    ((trail_profile *)item)->scientific_exact = word != NULL;
    return status;
}

/* ---- formats of days and times ---- */

typedef struct format_parts {
    bool year, month, day, hour;
    char stray; /* a letter that means nothing */
} format_parts;

static format_parts parts_of(const char *format)
{
    static const struct {
        const char *token;
        char part;
    } tokens[] = {{"YYYY", 'y'}, {"YY", 'y'}, {"MON", 'm'}, {"MM", 'm'}, {"M", 'm'},
                  {"DD", 'd'},   {"D", 'd'},  {"hh", 'h'},  {"h", 'h'},  {"mm", ' '},
                  {"ss", ' '},   {"ap", ' '}, {"T", ' '},   {"Z", ' '}};
    format_parts parts = {0};
    while (*format != '\0') {
        size_t i = 0;
        bool letter = (*format >= 'A' && *format <= 'Z') || (*format >= 'a' && *format <= 'z');
        while (i < TRAIL_LENGTH_OF(tokens) &&
               strncmp(format, tokens[i].token, strlen(tokens[i].token)) != 0) {
            i++;
        }
        if (i == TRAIL_LENGTH_OF(tokens)) {
            if (letter && parts.stray == '\0') parts.stray = *format;
            format++;
            continue;
        }
        parts.year |= tokens[i].part == 'y';
        parts.month |= tokens[i].part == 'm';
        parts.day |= tokens[i].part == 'd';
        parts.hour |= tokens[i].part == 'h';
        format += strlen(tokens[i].token);
    }
    return parts;
}

static trail_status read_date_format(const trail_case_reading *reading, const trail_node *node,
                                     const trail_way *way, const char **format)
{
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    format_parts parts = {0};
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    parts = parts_of(text);
    if (parts.stray != '\0' || !parts.year || !parts.month || !parts.day) {
        return trail_case_note(reading, node, way,
                               "'%s' is not a date format: it wants YYYY or YY, MM, M or MON, "
                               "DD or D, and for a time hh or h, mm, ss, ap",
                               trail_quotable(text, quotable));
    }
    *format = text;
    return TRAIL_OK;
}

static trail_status read_booking_format(const trail_case_reading *reading, const trail_node *node,
                                        const trail_way *way, void *item)
{
    return read_date_format(reading, node, way, &((trail_profile *)item)->date_format);
}

static trail_status read_value_format(const trail_case_reading *reading, const trail_node *node,
                                      const trail_way *way, void *item)
{
    return read_date_format(reading, node, way, &((trail_profile *)item)->value_date_format);
}

static trail_status read_time_format(const trail_case_reading *reading, const trail_node *node,
                                     const trail_way *way, void *item)
{
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    format_parts parts = {0};
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    parts = parts_of(text);
    if (parts.stray != '\0' || !parts.hour) {
        return trail_case_note(reading, node, way,
                               "'%s' is not a time format: it wants hh or h, mm, ss, ap",
                               trail_quotable(text, quotable));
    }
    ((trail_profile *)item)->time_format = text;
    return TRAIL_OK;
}

/* ---- values that mean something ---- */

typedef trail_status read_result(const trail_case_reading *reading, const trail_node *node,
                                 const trail_way *way, int32_t *result);

static trail_status read_sign(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, int32_t *result)
{
    static const char *const signs[] = {"debit", "credit", "-", "+", NULL};
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, signs, &word);
    if (word != NULL) *result = word == signs[0] || word == signs[2] ? -1 : 1;
    return status;
}

static trail_status read_kind(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, int32_t *result)
{
    const char *names[TRAIL_KIND_COUNT + 1] = {NULL};
    const char *word = NULL;
    trail_kind kind = TRAIL_KIND_OTHER;
    trail_status status = TRAIL_OK;
    for (int i = 0; i < TRAIL_KIND_COUNT; i++) {
        names[i] = trail_kind_name((trail_kind)i);
    }
    status = trail_case_choice(reading, node, way, names, &word);
    if (word != NULL && trail_kind_find(trail_slice_of(word), &kind)) *result = (int32_t)kind;
    return status;
}

static trail_status read_currency_rule(const trail_case_reading *reading, const trail_node *node,
                                       const trail_way *way, int32_t *result)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    trail_status status = trail_case_currency(reading, node, way, &currency);
    *result = currency;
    return status;
}

static trail_status read_rules(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, read_result *read, trail_vector *rules)
{
    trail_value_rule *rule = NULL;
    trail_status status = TRAIL_OK;
    if (node->shape != TRAIL_SHAPE_MAP) {
        return trail_case_note(reading, node, way,
                               "must be values and what they mean, such as {A: b}");
    }
    status = trail_case_vector(reading, node->count, sizeof *rule, rules);
    rule = rules->items;
    for (const trail_node *each = node->first; each != NULL && status == TRAIL_OK;
         each = each->next, rule++) {
        trail_way inner = {.parent = way, .name = each->key};
        rule->value = each->key;
        status = read(reading, each, &inner, &rule->result);
    }
    return status;
}

static trail_status read_signs(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, void *item)
{
    return read_rules(reading, node, way, read_sign, &((trail_profile *)item)->signs);
}

static trail_status read_kinds(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, void *item)
{
    return read_rules(reading, node, way, read_kind, &((trail_profile *)item)->kinds);
}

static trail_status read_text_rules(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, void *item)
{
    return read_rules(reading, node, way, read_kind, &((trail_profile *)item)->texts);
}

static trail_status read_status(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, int32_t *result)
{
    const char *names[] = {trail_status_meaning_name(TRAIL_STATUS_PAYMENT),
                           trail_status_meaning_name(TRAIL_STATUS_NO_PAYMENT),
                           trail_status_meaning_name(TRAIL_STATUS_REFUND), NULL};
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, names, &word);
    for (int i = 0; word != NULL && names[i] != NULL; i++)
        if (word == names[i]) *result = i;
    return status;
}

static trail_status read_statuses(const trail_case_reading *reading, const trail_node *node,
                                  const trail_way *way, void *item)
{
    return read_rules(reading, node, way, read_status, &((trail_profile *)item)->statuses);
}

static trail_status read_currencies(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, void *item)
{
    return read_rules(reading, node, way, read_currency_rule, &((trail_profile *)item)->currencies);
}

static trail_status read_no_payment(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, void *item)
{
    trail_vector *rules = &((trail_profile *)item)->no_payment;
    trail_vector texts = {0};
    trail_status status = trail_case_texts(reading, node, way, &texts);
    if (status != TRAIL_OK) return status;
    status = trail_case_vector(reading, texts.count, sizeof(trail_value_rule), rules);
    for (size_t i = 0; i < texts.count && status == TRAIL_OK; i++) {
        ((trail_value_rule *)rules->items)[i].value = ((const char **)texts.items)[i];
    }
    return status;
}

#define AT(member) .offset = offsetof(trail_profile, member)

static const trail_case_key keys[] = {
    {.name = "layout", .form = TRAIL_FORM_OWN, .read = read_layout},
    {.name = "encoding", .form = TRAIL_FORM_TEXT, AT(encoding)},
    {.name = "delimiter", .form = TRAIL_FORM_OWN, .read = read_delimiter},
    {.name = "quote", .form = TRAIL_FORM_OWN, .read = read_quote},
    {.name = "header", .form = TRAIL_FORM_OWN, .read = read_header},
    {.name = "header_lines", .form = TRAIL_FORM_OWN, .read = read_header_lines},
    {.name = "columns_at", .form = TRAIL_FORM_OWN, .read = read_columns_at},
    {.name = "skip_lines", .form = TRAIL_FORM_TEXTS, AT(skip_lines)},
    {.name = "footer", .form = TRAIL_FORM_TEXT, AT(footer)},
    {.name = "totals", .form = TRAIL_FORM_TEXTS, AT(totals)},
    {.name = "date_format", .form = TRAIL_FORM_OWN, .read = read_booking_format},
    {.name = "value_date_format", .form = TRAIL_FORM_OWN, .read = read_value_format},
    {.name = "time_format", .form = TRAIL_FORM_OWN, .read = read_time_format},
    {.name = "decimal", .form = TRAIL_FORM_OWN, .read = read_decimal},
    {.name = "group", .form = TRAIL_FORM_OWN, .read = read_group},
    {.name = "scientific", .form = TRAIL_FORM_OWN, .read = read_scientific},
    {.name = "currency", .form = TRAIL_FORM_CURRENCY_CODE, AT(currency)},
    {.name = "own_account_line", .form = TRAIL_FORM_TEXT, AT(own_account_line)},
    {.name = "columns",
     .form = TRAIL_FORM_OWN,
     .needed = "which column holds what",
     .read = trail_case_read_columns},
    {.name = "amounts", .form = TRAIL_FORM_OWN, .read = trail_case_read_amounts},
    {.name = "signs", .form = TRAIL_FORM_OWN, .read = read_signs},
    {.name = "statuses", .form = TRAIL_FORM_OWN, .read = read_statuses},
    {.name = "fees", .form = TRAIL_FORM_OWN, .read = read_fees},
    {.name = "kinds", .form = TRAIL_FORM_OWN, .read = read_kinds},
    {.name = "texts", .form = TRAIL_FORM_OWN, .read = read_text_rules},
    {.name = "no_payment", .form = TRAIL_FORM_OWN, .read = read_no_payment},
    {.name = "empty_accounts", .form = TRAIL_FORM_TEXTS, AT(empty_accounts)},
    {.name = "currencies", .form = TRAIL_FORM_OWN, .read = read_currencies},
    {.name = "truth", .form = TRAIL_FORM_TEXTS, AT(truth)},
};

const trail_case_table trail_case_profile_table = {keys, TRAIL_LENGTH_OF(keys),
                                                   sizeof(trail_profile), NULL};
