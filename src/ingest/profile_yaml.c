#include <string.h>

#include "base/attributes.h"
#include "ingest/guess_text.h"
#include "model/currency.h"

static bool is_safe_inside(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ' ' || c == '.' || c == '/' || c == '-' || c == '(' || c == ')' ||
           (unsigned char)c >= 0x80;
}

/* Words that some YAML readers take for something else than text. */
static bool is_reserved(trail_slice text)
{
    static const char *const words[] = {"yes", "no",  "true", "false", "null",
                                        "on",  "off", "y",    "n"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(words); i++)
        if (trail_slice_is_ascii_nocase(text, words[i])) return true;
    return false;
}

static bool is_plain(const char *text)
{
    size_t length = strlen(text);
    uint64_t number;
    trail_slice whole = {text, length};
    if (length == 0 || is_reserved(whole) || trail_slice_to_u64(whole, &number)) return false;
    char first = text[0], last = text[length - 1];
    if (first == '-' || first == ' ' || first == '.' || last == ' ' || first == '(') return false;
    for (size_t i = 0; i < length; i++)
        if (!is_safe_inside(text[i])) return false;
    return true;
}

void trail_yaml_scalar(trail_output *out, const char *text)
{
    if (is_plain(text)) {
        trail_output_text(out, text);
        return;
    }
    trail_output_byte(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '\t') {
            trail_output_text(out, "\\t");
            continue;
        }
        if (*text == '"' || *text == '\\') trail_output_byte(out, '\\');
        trail_output_byte(out, *text);
    }
    trail_output_byte(out, '"');
}

static void write_key(trail_output *out, const char *indent, const char *key)
{
    trail_output_text(out, indent);
    trail_output_text(out, key);
    trail_output_text(out, ": ");
}

static void write_text(trail_output *out, const char *indent, const char *key, const char *value)
{
    if (value == NULL) return;
    write_key(out, indent, key);
    trail_yaml_scalar(out, value);
    trail_output_byte(out, '\n');
}

/* Marks are always quoted: a bare , or ' means something else to YAML. */
static void write_mark(trail_output *out, const char *indent, const char *key, char mark)
{
    write_key(out, indent, key);
    if (mark == '\t')
        trail_output_text(out, "tab\n");
    else if (mark == '"')
        trail_output_text(out, "'\"'\n");
    else
        trail_output_format(out, "\"%c\"\n", mark);
}

/* By name, unless the name could be taken for a position. */
static void write_reference(trail_output *out, const trail_profile_column *column)
{
    uint64_t number;
    if (column->header == NULL || trail_slice_to_u64(trail_slice_of(column->header), &number))
        trail_output_format(out, "%u", column->position);
    else
        trail_yaml_scalar(out, column->header);
}

static size_t count_of(const trail_profile *profile, trail_column meaning)
{
    size_t count = 0;
    for (size_t i = 0; i < profile->columns.count; i++)
        count += ((const trail_profile_column *)trail_vector_at(&profile->columns, i))->column ==
                 meaning;
    return count;
}

static void write_column(trail_output *out, const char *indent, const trail_profile *profile,
                         trail_column meaning)
{
    size_t count = count_of(profile, meaning), written = 0;
    if (count == 0) return;
    trail_output_text(out, indent);
    trail_output_format(out, "  %s: ", trail_column_name(meaning));
    if (count > 1) trail_output_byte(out, '[');
    for (size_t i = 0; i < profile->columns.count; i++) {
        const trail_profile_column *column = trail_vector_at(&profile->columns, i);
        if (column->column != meaning) continue;
        if (written++ > 0) trail_output_text(out, ", ");
        write_reference(out, column);
    }
    trail_output_text(out, count > 1 ? "]\n" : "\n");
}

static const char *result_text(const char *key, int32_t result)
{
    if (strcmp(key, "statuses") == 0)
        return trail_status_meaning_name((trail_status_meaning)result);
    if (strcmp(key, "signs") == 0) return result < 0 ? "debit" : "credit";
    if (strcmp(key, "currencies") == 0) return trail_currency_code((trail_currency)result);
    return trail_kind_name((trail_kind)result);
}

static void write_rules(trail_output *out, const char *indent, const char *key,
                        const trail_vector *rules)
{
    if (rules->count == 0) return;
    write_key(out, indent, key);
    trail_output_byte(out, '{');
    for (size_t i = 0; i < rules->count; i++) {
        const trail_value_rule *rule = trail_vector_at(rules, i);
        if (i > 0) trail_output_text(out, ", ");
        trail_yaml_scalar(out, rule->value);
        trail_output_text(out, ": ");
        trail_output_text(out, result_text(key, rule->result));
    }
    trail_output_text(out, "}\n");
}

static void write_list(trail_output *out, const char *indent, const char *key,
                       const trail_vector *texts, bool rules)
{
    if (texts->count == 0) return;
    write_key(out, indent, key);
    trail_output_byte(out, '[');
    for (size_t i = 0; i < texts->count; i++) {
        const void *item = trail_vector_at(texts, i);
        if (i > 0) trail_output_text(out, ", ");
        trail_yaml_scalar(out, rules ? ((const trail_value_rule *)item)->value
                                     : *(const char *const *)item);
    }
    trail_output_text(out, "]\n");
}

void trail_profile_write_yaml(const trail_profile *profile, const char *indent, trail_output *out)
{
    write_text(out, indent, "layout",
               profile->layout == TRAIL_LAYOUT_TRANSFERS ? "transfers" : "statement");
    write_text(out, indent, "encoding", profile->encoding);
    if (profile->delimiter != 0) write_mark(out, indent, "delimiter", profile->delimiter);
    if (profile->no_quotes) write_text(out, indent, "quote", "none");
    write_key(out, indent, "header");
    if (profile->no_header)
        trail_output_text(out, "none\n");
    else
        trail_output_format(out, "%u\n", profile->header_row > 0 ? profile->header_row : 1);
    if (profile->header_lines > 1)
        trail_output_format(out, "%sheader_lines: %u\n", indent, profile->header_lines);
    write_text(out, indent, "footer", profile->footer);
    write_list(out, indent, "totals", &profile->totals, false);
    write_text(out, indent, "date_format", profile->date_format);
    write_text(out, indent, "value_date_format", profile->value_date_format);
    write_text(out, indent, "time_format", profile->time_format);
    if (profile->decimal != 0) write_mark(out, indent, "decimal", profile->decimal);
    if (profile->group_given && profile->group == '-')
        write_text(out, indent, "group", "none");
    else if (profile->group != 0)
        write_mark(out, indent, "group", profile->group);
    if (profile->scientific_exact) write_text(out, indent, "scientific", "exact");
    write_text(out, indent, "currency", profile->currency);
    write_text(out, indent, "own_account_line", profile->own_account_line);
    write_rules(out, indent, "signs", &profile->signs);
    write_rules(out, indent, "statuses", &profile->statuses);
    if (profile->fees_signed) write_text(out, indent, "fees", "signed");
    write_rules(out, indent, "kinds", &profile->kinds);
    write_rules(out, indent, "texts", &profile->texts);
    write_list(out, indent, "no_payment", &profile->no_payment, true);
    write_list(out, indent, "empty_accounts", &profile->empty_accounts, false);
    write_rules(out, indent, "currencies", &profile->currencies);
    write_list(out, indent, "truth", &profile->truth, false);
    if (profile->columns.count > 0) {
        trail_output_text(out, indent);
        trail_output_text(out, "columns:\n");
        for (int i = 0; i < TRAIL_COLUMN_COUNT; i++)
            write_column(out, indent, profile, (trail_column)i);
    }
}
