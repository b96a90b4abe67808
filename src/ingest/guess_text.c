#include "ingest/guess_text.h"

#include <string.h>

#include "base/json_writer.h"
#include "model/currency.h"
#include "model/money.h"

static const char *meaning_name(int meaning)
{
    if (meaning < TRAIL_COLUMN_COUNT) return trail_column_name((trail_column)meaning);
    if (meaning == TRAIL_MEANING_TRUTH) return "truth (never read)";
    return meaning == TRAIL_MEANING_NOT_NEEDED ? "not needed" : "?";
}

static const char *mark_name(char mark)
{
    switch (mark) {
    case '.':
        return "point";
    case ',':
        return "comma";
    case ' ':
        return "blank";
    case '\'':
        return "apostrophe";
    default:
        return "none";
    }
}

static const char *delimiter_name(char delimiter)
{
    switch (delimiter) {
    case '\t':
        return "tab";
    case ';':
        return "semicolon";
    case '|':
        return "|";
    case ',':
        return "comma";
    default:
        return "unknown";
    }
}

static bool is_date_meaning(int meaning)
{
    return meaning == TRAIL_COLUMN_BOOKING_DATE || meaning == TRAIL_COLUMN_VALUE_DATE;
}

static bool is_money_meaning(int meaning)
{
    return meaning == TRAIL_COLUMN_AMOUNT || meaning == TRAIL_COLUMN_DEBIT ||
           meaning == TRAIL_COLUMN_CREDIT || meaning == TRAIL_COLUMN_BALANCE ||
           meaning == TRAIL_COLUMN_RECEIVED_AMOUNT;
}

static void write_style(const trail_guess_column *column, trail_output *out)
{
    if (is_date_meaning(column->meaning)) {
        if (column->date.outcome == TRAIL_STYLE_DECIDED)
            trail_output_format(out, "; dates %s%s", column->date.format,
                                column->date.midnight ? ", always midnight: dates without time"
                                                      : "");
        else
            trail_output_text(out, "; dates not decided");
    }
    if (!is_money_meaning(column->meaning)) return;
    if (column->money.outcome == TRAIL_STYLE_UNDECIDED)
        trail_output_text(out, "; decimal mark not decided");
    if (column->money.outcome == TRAIL_STYLE_DECIDED)
        trail_output_format(out, "; decimal %s, thousands %s",
                            mark_name(column->money.style.decimal),
                            mark_name(column->money.style.group));
}

static void write_column(const trail_guess_column *column, const char *indent, trail_output *out)
{
    trail_output_format(out, "%s  %u ", indent, column->position);
    trail_output_text(out, column->header != NULL ? column->header : "(no heading)");
    trail_output_format(out, ": %s", meaning_name(column->meaning));
    if (column->samples[0] == NULL) trail_output_text(out, "; empty");
    for (int i = 0; i < 2 && column->samples[i] != NULL; i++) {
        trail_output_text(out, i == 0 ? "; such as " : " | ");
        trail_output_text(out, column->samples[i]);
    }
    write_style(column, out);
    trail_output_byte(out, '\n');
}

static void write_codes(const trail_guess *guess, const char *indent, trail_output *out)
{
    if (guess->codes.count == 0) return;
    trail_output_format(out, "%scodes, for kinds: and texts: of the profile\n", indent);
    for (size_t i = 0; i < guess->codes.count; i++) {
        const trail_guess_code *code = trail_vector_at(&guess->codes, i);
        trail_currency currency = TRAIL_NO_CURRENCY;
        char total[TRAIL_MONEY_TEXT];
        (void)trail_currency_find(trail_slice_of(code->currency), &currency);
        trail_money_format(code->total_minor, currency, total);
        trail_output_format(out, "%s  ", indent);
        trail_output_text(out, code->column[0] != '\0' ? code->column : "(no heading)");
        trail_output_text(out, " = ");
        trail_output_text(out, code->value[0] != '\0' ? code->value : "(empty)");
        trail_output_format(out, ": %llu row%s, total ", (unsigned long long)code->count,
                            code->count == 1 ? "" : "s");
        if (!code->total_known)
            trail_output_text(out, "beyond what can be counted");
        else if (code->currency[0] == '\0')
            trail_output_text(out, total);
        else
            trail_output_format(out, "%s %s", total, code->currency);
        trail_output_byte(out, '\n');
    }
}

void trail_guess_write_doubts(const trail_guess *guess, const char *indent, trail_output *out)
{
    for (int blocking = 1; blocking >= 0; blocking--) {
        for (size_t i = 0; i < guess->doubts.count; i++) {
            const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
            if (doubt->blocking != (blocking == 1)) continue;
            bool settles = doubt->subject != TRAIL_GUESS_FILE; /* else nothing said would help */
            trail_output_text(out, indent);
            trail_output_text(out, blocking == 0 ? "please check: "
                                   : settles     ? "to be settled: "
                                                 : "not read: ");
            trail_output_text(out, doubt->text);
            trail_output_byte(out, '\n');
            if (doubt->paste == NULL) continue;
            trail_output_format(out, "%s    ", indent);
            trail_output_text(out, doubt->paste);
            trail_output_byte(out, '\n');
        }
    }
}

static void write_paste(const trail_guess *guess, const char *indent, bool columns,
                        trail_output *out)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        bool column = doubt->subject == TRAIL_GUESS_COLUMN || doubt->subject == TRAIL_GUESS_SIGN;
        if (doubt->paste == NULL || column != columns) continue;
        trail_output_text(out, indent);
        trail_output_text(out, columns ? "  # " : "# ");
        trail_output_text(out, doubt->paste);
        trail_output_byte(out, '\n');
    }
}

void trail_guess_write_profile(const trail_guess *guess, const char *indent, trail_output *out)
{
    write_paste(guess, indent, false, out);
    trail_profile_write_yaml(&guess->profile, indent, out);
    write_paste(guess, indent, true, out);
}

static void write_what(const trail_guess *guess, const char *indent, trail_output *out)
{
    bool transfers = guess->profile.layout == TRAIL_LAYOUT_TRANSFERS;
    trail_output_text(out, indent);
    if (guess->reader != NULL) {
        trail_output_format(out, "read as %s (%s); it needs no profile\n", guess->reader,
                            guess->reader_summary);
        return;
    }
    if (guess->columns.count == 0) {
        trail_output_text(out, "no table is recognised\n");
        return;
    }
    trail_output_text(out, guess->layout_name != NULL ? guess->layout_name
                           : transfers                ? "a table of transfers"
                                                      : "a statement");
    trail_output_format(out, ", %llu row%s of %u column%s\n", (unsigned long long)guess->rows,
                        guess->rows == 1 ? "" : "s", guess->field_count,
                        guess->field_count == 1 ? "" : "s");
    trail_output_format(out, "%sencoding %s%s%s%s, delimiter %s, %s", indent,
                        guess->encoding != NULL ? guess->encoding : "unknown",
                        guess->encoding_how != NULL ? " (" : "",
                        guess->encoding_how != NULL ? guess->encoding_how : "",
                        guess->encoding_how != NULL ? ")" : "",
                        delimiter_name(guess->profile.delimiter),
                        guess->profile.no_quotes ? "quotes are text, " : "");
    if (guess->header_row > 0)
        trail_output_format(out, "header in line %u\n", guess->header_row);
    else
        trail_output_text(out, "no header\n");
    if (guess->balance_checked >= 4)
        trail_output_format(out, "%sbalance follows from the amounts on %llu of %llu rows\n",
                            indent, (unsigned long long)guess->balance_closed,
                            (unsigned long long)guess->balance_checked);
}

void trail_guess_write_words(const trail_guess *guess, const char *indent, trail_output *out)
{
    write_what(guess, indent, out);
    if (guess->columns.count > 0) trail_output_format(out, "%scolumns\n", indent);
    for (size_t i = 0; i < guess->columns.count; i++)
        write_column(trail_vector_at(&guess->columns, i), indent, out);
    write_codes(guess, indent, out);
    for (size_t i = 0; i < guess->notes.count; i++) {
        trail_output_text(out, indent);
        trail_output_text(out, *(const char *const *)trail_vector_at(&guess->notes, i));
        trail_output_byte(out, '\n');
    }
    trail_guess_write_doubts(guess, indent, out);
}

static void json_columns(const trail_guess *guess, trail_json *json)
{
    trail_json_array(json, "columns");
    for (size_t i = 0; i < guess->columns.count; i++) {
        const trail_guess_column *column = trail_vector_at(&guess->columns, i);
        trail_json_object(json, NULL);
        trail_json_integer(json, "position", column->position);
        trail_json_text(json, "header", column->header);
        trail_json_text(json, "meaning",
                        column->meaning == TRAIL_MEANING_UNKNOWN ? NULL
                                                                 : meaning_name(column->meaning));
        trail_json_array(json, "samples");
        for (int s = 0; s < 2 && column->samples[s] != NULL; s++)
            trail_json_text(json, NULL, column->samples[s]);
        trail_json_array_end(json);
        if (is_date_meaning(column->meaning))
            trail_json_text(json, "date_format",
                            column->date.outcome == TRAIL_STYLE_DECIDED ? column->date.format
                                                                        : NULL);
        if (is_money_meaning(column->meaning) && column->money.outcome == TRAIL_STYLE_DECIDED)
            trail_json_text(json, "decimal", mark_name(column->money.style.decimal));
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

static void json_doubts(const trail_guess *guess, trail_json *json)
{
    trail_json_array(json, "doubts");
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        trail_json_object(json, NULL);
        trail_json_boolean(json, "blocking", doubt->blocking);
        trail_json_text(json, "text", doubt->text);
        trail_json_text(json, "paste", doubt->paste);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
}

void trail_guess_write_json(const trail_guess *guess, const char *file, trail_output *out)
{
    trail_json json = trail_json_on(out);
    char delimiter[2] = {guess->profile.delimiter, '\0'};
    trail_json_object(&json, NULL);
    trail_json_text(&json, "file", file);
    trail_json_boolean(&json, "decided", trail_guess_decided(guess));
    trail_json_text(&json, "layout",
                    guess->profile.layout == TRAIL_LAYOUT_TRANSFERS ? "transfers" : "statement");
    trail_json_text(&json, "known_as", guess->layout_name);
    trail_json_text(&json, "encoding", guess->encoding);
    trail_json_text(&json, "encoding_how", guess->encoding_how);
    trail_json_text(&json, "delimiter", delimiter);
    trail_json_integer(&json, "header_row", guess->header_row);
    trail_json_integer(&json, "rows", (int64_t)guess->rows);
    json_columns(guess, &json);
    trail_json_array(&json, "codes");
    for (size_t i = 0; i < guess->codes.count; i++) {
        const trail_guess_code *code = trail_vector_at(&guess->codes, i);
        trail_json_object(&json, NULL);
        trail_json_text(&json, "column", code->column);
        trail_json_text(&json, "value", code->value);
        trail_json_text(&json, "currency", code->currency);
        trail_json_integer(&json, "count", (int64_t)code->count);
        if (code->total_known) trail_json_integer(&json, "total_minor", code->total_minor);
        trail_json_object_end(&json);
    }
    trail_json_array_end(&json);
    json_doubts(guess, &json);
    trail_json_object_end(&json);
    trail_output_byte(out, '\n');
}
