/* The German subfields of ":86:": a business code of three digits, then two-digit numbers behind a
 * separator that the bank chose. Source: annex 3 of the agreement on remote data transmission of
 * the German banks (subfields), and its SEPA words. Text runs through ?20 to ?29 and ?60 to ?63 in
 * pieces of 27 characters: a full piece goes on in the middle of a word, a shorter one lost the
 * blank at its end. O(length). */
#include "ingest/fin_structured_text.h"

#include <string.h>

#include "ingest/fin_values.h"

enum { PIECE = 27 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* All lines as one: line ends mean nothing here. */
static trail_status join(trail_text *joined, trail_slice value, trail_error *err)
{
    trail_status status = TRAIL_OK;
    trail_text_reset(joined);
    while (value.length > 0 && status == TRAIL_OK) {
        status = trail_text_add(joined, trail_fin_first_line(value, &value), err);
    }
    return status;
}

static bool is_subfield(trail_slice text, char separator)
{
    if (text.length < 3 || text.start[0] != separator || !is_digit(text.start[1]) ||
        !is_digit(text.start[2])) {
        return false;
    }
    int number = (text.start[1] - '0') * 10 + (text.start[2] - '0');
    return number == 0 || number == 10 || (number >= 20 && number <= 38) ||
           (number >= 60 && number <= 63) || number == 99;
}

/* Finds code and separator; false: another dialect. */
static bool find_start(trail_slice text, trail_slice *code, trail_slice *fields)
{
    size_t digits = 0;
    text = trail_slice_trim(text);
    while (digits < text.length && is_digit(text.start[digits]))
        digits++;
    if ((digits != 3 && digits != 0) || text.length < digits + 3) return false;
    char separator = text.start[digits];
    bool letter = (separator >= 'A' && separator <= 'Z') || (separator >= 'a' && separator <= 'z');
    if (letter || separator == ' ' || separator == '.' || separator == '-' || separator == '/' ||
        (digits == 0 && separator != '?')) {
        return false;
    }
    *code = (trail_slice){text.start, digits};
    *fields = (trail_slice){text.start + digits, text.length - digits};
    return is_subfield(*fields, separator);
}

static size_t count_characters(trail_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += (text.start[i] & 0xC0) != 0x80;
    return count;
}

typedef struct german_text {
    trail_fin_parts *parts;
    trail_text remittance;
    bool full; /* the newest piece of it */
    bool name_full;
    char separator;
    trail_slice bank, number, iban, primary; /* in parts->joined */
} german_text;

static trail_status add_piece(german_text *german, trail_slice text, trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (german->remittance.length > 0 && !german->full) {
        status = trail_text_add(&german->remittance, (trail_slice){" ", 1}, err);
    }
    german->full = count_characters(text) >= PIECE;
    return status == TRAIL_OK ? trail_text_add(&german->remittance, text, err) : status;
}

static trail_status take_subfield(german_text *german, int number, trail_slice text,
                                  trail_error *err)
{
    trail_fin_parts *parts = german->parts;
    if ((number >= 20 && number <= 29) || (number >= 60 && number <= 63)) {
        return add_piece(german, text, err);
    }
    switch (number) {
    case 0:
        return trail_fin_parts_put(parts, TRAIL_FIN_PART_POSTING, text, err);
    case 10:
        german->primary = trail_slice_trim(text);
        return TRAIL_OK;
    case 30:
        german->bank = trail_slice_trim(text);
        return TRAIL_OK;
    case 31:
        german->number = trail_slice_trim(text);
        return TRAIL_OK;
    case 38:
        german->iban = trail_slice_trim(text);
        return TRAIL_OK;
    case 32:
    case 33: {
        const char *between = german->name_full ? "" : " ";
        german->name_full = count_characters(text) >= PIECE;
        return trail_fin_parts_add(parts, TRAIL_FIN_PART_NAME, between, text, err);
    }
    case 34: /* key of the booking text: of no use without the bank's table */
        return TRAIL_OK;
    default:
        return add_piece(german, text, err);
    }
}

static trail_status take_subfields(german_text *german, trail_slice fields, trail_error *err)
{
    trail_status status = TRAIL_OK;
    while (fields.length > 0 && status == TRAIL_OK) {
        int number = (fields.start[1] - '0') * 10 + (fields.start[2] - '0');
        size_t end = 3;
        while (
            end < fields.length &&
            !is_subfield((trail_slice){fields.start + end, fields.length - end}, german->separator))
            end++;
        status = take_subfield(german, number, (trail_slice){fields.start + 3, end - 3}, err);
        fields = (trail_slice){fields.start + end, fields.length - end};
    }
    return status;
}

static const struct {
    const char *word;
    trail_fin_part part; /* TEXT: stays in the text under its word */
} words[] = {{"EREF+", TRAIL_FIN_PART_END_TO_END}, {"KREF+", TRAIL_FIN_PART_CUSTOMER},
             {"MREF+", TRAIL_FIN_PART_MANDATE},    {"SVWZ+", TRAIL_FIN_PART_COUNT},
             {"OAMT+", TRAIL_FIN_PART_ORIGINAL},   {"CRED+", TRAIL_FIN_PART_TEXT},
             {"DEBT+", TRAIL_FIN_PART_TEXT},       {"COAM+", TRAIL_FIN_PART_TEXT},
             {"ABWA+", TRAIL_FIN_PART_TEXT},       {"ABWE+", TRAIL_FIN_PART_TEXT},
             {"IBAN+", TRAIL_FIN_PART_NUMBER},     {"BIC+", TRAIL_FIN_PART_BANK},
             {"ANAM+", TRAIL_FIN_PART_NAME},       {"PURP+", TRAIL_FIN_PART_TEXT},
             {"BREF+", TRAIL_FIN_PART_TEXT},       {"RREF+", TRAIL_FIN_PART_TEXT}};

/* Index of the word at the start of text. */
static size_t word_at(trail_slice text)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(words); i++) {
        size_t length = strlen(words[i].word);
        if (text.length < length || text.start[0] != words[i].word[0]) continue;
        if (memcmp(text.start, words[i].word, length) == 0) return i;
    }
    return SIZE_MAX;
}

/* Where the next word begins: behind a blank, or at once behind another word. */
static size_t find_word(trail_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (i > 0 && text.start[i - 1] != ' ') continue;
        if (word_at((trail_slice){text.start + i, text.length - i}) != SIZE_MAX) return i;
    }
    return text.length;
}

static trail_status put_word(trail_fin_parts *parts, size_t word, trail_slice value,
                             trail_text *kept, trail_error *err)
{
    trail_fin_part part = words[word].part;
    value = trail_slice_trim(value);
    if (value.length == 0) return TRAIL_OK;
    if (part == TRAIL_FIN_PART_COUNT) {
        return trail_fin_parts_add(parts, TRAIL_FIN_PART_TEXT, " ", value, err);
    }
    if (part != TRAIL_FIN_PART_TEXT && parts->of[part].length == 0) {
        return trail_fin_parts_put(parts, part, value, err);
    }
    return trail_text_add_format(kept, err, "%s%s%.*s", kept->length > 0 ? " " : "",
                                 words[word].word, (int)value.length, value.start);
}

static trail_status take_words(trail_fin_parts *parts, trail_slice text, trail_error *err)
{
    trail_text kept = {0};
    if (text.length == 0) return TRAIL_OK;
    size_t end = find_word(text);
    trail_status status = trail_fin_parts_add(
        parts, TRAIL_FIN_PART_TEXT, " ", trail_slice_trim((trail_slice){text.start, end}), err);
    text = (trail_slice){text.start + end, text.length - end};
    while (text.length > 0 && status == TRAIL_OK) {
        size_t word = word_at(text), length = strlen(words[word].word);
        trail_slice rest = {text.start + length, text.length - length};
        end = find_word(rest);
        status = put_word(parts, word, (trail_slice){rest.start, end}, &kept, err);
        text = (trail_slice){rest.start + end, rest.length - end};
    }
    if (status == TRAIL_OK) {
        status = trail_fin_parts_add(parts, TRAIL_FIN_PART_TEXT, " ", trail_text_slice(&kept), err);
    }
    trail_text_clear(&kept);
    return status;
}

static bool all_digits(trail_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.start[i])) return false;
    }
    return text.length > 0;
}

/* Triodos writes its own account in 31 and the other party's in 10. */
static trail_status put_account(german_text *german, trail_slice own, trail_error *err)
{
    trail_slice number = german->iban.length > 0 ? german->iban : german->number;
    if (german->separator == '>' && number.length > 0 && trail_slice_equal(number, own)) {
        bool zeros = true;
        for (size_t i = 0; i < german->primary.length; i++)
            zeros = zeros && german->primary.start[i] == '0';
        number = (trail_slice){"", 0};
        if (!zeros && all_digits(german->primary) && german->primary.length >= 7)
            number = german->primary;
    }
    trail_status status = trail_fin_parts_put(german->parts, TRAIL_FIN_PART_NUMBER, number, err);
    if (status != TRAIL_OK) return status;
    return trail_fin_parts_put(german->parts, TRAIL_FIN_PART_BANK, german->bank, err);
}

trail_status trail_fin_german_text(trail_fin_parts *parts, trail_slice value, trail_slice own,
                                   bool *taken, trail_error *err)
{
    german_text german = {.parts = parts};
    trail_slice code, fields;
    trail_status status = join(&parts->joined, value, err);
    *taken = status == TRAIL_OK && find_start(trail_text_slice(&parts->joined), &code, &fields);
    if (!*taken) return status;
    german.separator = fields.start[0];
    status = trail_fin_parts_put(parts, TRAIL_FIN_PART_CODE, code, err);
    if (status == TRAIL_OK) status = take_subfields(&german, fields, err);
    if (status == TRAIL_OK) status = take_words(parts, trail_text_slice(&german.remittance), err);
    if (status == TRAIL_OK) status = put_account(&german, own, err);
    trail_text_clear(&german.remittance);
    return status;
}
