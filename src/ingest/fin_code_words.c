/* Code words between slashes in ":86:" and below ":61:": /TRTP/SEPA OVERBOEKING/IBAN/…/REMI/… (ABN
 * AMRO, Rabobank, Knab), /CNTP/account/BIC/name/city/ (ING), /ORDP/account/name/… (others),
 * /OCMT/USD2853,12/. Sources: the banks' published format descriptions. A value runs to the next
 * known word; slashes within it are its own. O(length · words). */
#include "ingest/fin_structured_text.h"

#include <string.h>

#include "ingest/fin_values.h"

enum { WIDTH = 65 };

typedef enum meaning {
    KEPT = 0, /* no part of its own: stays in the text under its word */
    PART,
    PARTY,  /* account/name/… or nothing */
    COUNTER /* account/bank/name/city/ */
} meaning;

static const struct {
    const char *word;
    meaning meaning;
    trail_fin_part part;
} words[] = {{"TRTP", PART, TRAIL_FIN_PART_POSTING},    {"IBAN", PART, TRAIL_FIN_PART_NUMBER},
             {"BBAN", PART, TRAIL_FIN_PART_NUMBER},     {"BIC", PART, TRAIL_FIN_PART_BANK},
             {"NAME", PART, TRAIL_FIN_PART_NAME},       {"REMI", PART, TRAIL_FIN_PART_TEXT},
             {"EREF", PART, TRAIL_FIN_PART_END_TO_END}, {"PREF", PART, TRAIL_FIN_PART_CUSTOMER},
             {"MARF", PART, TRAIL_FIN_PART_MANDATE},    {"RTRN", PART, TRAIL_FIN_PART_REASON},
             {"OCMT", PART, TRAIL_FIN_PART_ORIGINAL},   {"CHGS", PART, TRAIL_FIN_PART_CHARGES},
             {"EXCH", PART, TRAIL_FIN_PART_RATE},       {"BENM", PARTY, TRAIL_FIN_PART_COUNT},
             {"ORDP", PARTY, TRAIL_FIN_PART_COUNT},     {"CNTP", COUNTER, TRAIL_FIN_PART_COUNT},
             {"TRCD", PART, TRAIL_FIN_PART_CODE},       {"CSID", KEPT, TRAIL_FIN_PART_COUNT},
             {"ISDT", KEPT, TRAIL_FIN_PART_COUNT},      {"ADDR", KEPT, TRAIL_FIN_PART_COUNT},
             {"PURP", KEPT, TRAIL_FIN_PART_COUNT},      {"UDTR", KEPT, TRAIL_FIN_PART_COUNT},
             {"UCRD", KEPT, TRAIL_FIN_PART_COUNT},      {"ULTC", KEPT, TRAIL_FIN_PART_COUNT},
             {"ULTD", KEPT, TRAIL_FIN_PART_COUNT},      {"ULTB", KEPT, TRAIL_FIN_PART_COUNT},
             {"BUSP", KEPT, TRAIL_FIN_PART_COUNT},      {"ACCW", KEPT, TRAIL_FIN_PART_COUNT},
             {"OGB", KEPT, TRAIL_FIN_PART_COUNT},       {"OSDR", KEPT, TRAIL_FIN_PART_COUNT},
             {"NRTX", KEPT, TRAIL_FIN_PART_COUNT},      {"SVCL", KEPT, TRAIL_FIN_PART_COUNT}};

/* Index of the word of "/WORD/" at the start of text; SIZE_MAX: none. */
static size_t word_at(trail_slice text)
{
    if (text.length < 3 || text.start[0] != '/') return SIZE_MAX;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(words); i++) {
        size_t length = strlen(words[i].word);
        if (text.length >= length + 2 && memcmp(text.start + 1, words[i].word, length) == 0 &&
            text.start[length + 1] == '/') {
            return i;
        }
    }
    return SIZE_MAX;
}

static size_t find_word(trail_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        const char *slash = memchr(text.start + i, '/', text.length - i);
        if (slash == NULL) break;
        i = (size_t)(slash - text.start);
        if (word_at((trail_slice){slash, text.length - i}) != SIZE_MAX) return i;
    }
    return text.length;
}

/* Lines as one: a full line goes on in the middle of a word, and a slash ends one. */
static trail_status join(trail_text *joined, trail_slice value, trail_error *err)
{
    bool closed = true;
    trail_status status = TRAIL_OK;
    trail_text_reset(joined);
    while (value.length > 0 && status == TRAIL_OK) {
        trail_slice line = trail_fin_first_line(value, &value);
        bool slash = line.length > 0 && line.start[0] == '/';
        if (!closed && !slash) status = trail_text_add(joined, (trail_slice){" ", 1}, err);
        if (status == TRAIL_OK) status = trail_text_add(joined, line, err);
        closed = line.length >= WIDTH || line.length == 0 || line.start[line.length - 1] == '/';
    }
    return status;
}

/* What stands before the next slash; *rest behind it. */
static trail_slice next_part(trail_slice text, trail_slice *rest)
{
    const char *slash = text.length == 0 ? NULL : memchr(text.start, '/', text.length);
    size_t length = slash == NULL ? text.length : (size_t)(slash - text.start);
    size_t skip = slash == NULL ? length : length + 1;
    *rest = (trail_slice){text.length == 0 ? "" : text.start + skip, text.length - skip};
    return trail_slice_trim((trail_slice){text.start, length});
}

/* Without the slashes that close a value. */
static trail_slice open_end(trail_slice value)
{
    value = trail_slice_trim(value);
    while (value.length > 0 && value.start[value.length - 1] == '/')
        value.length--;
    return trail_slice_trim(value);
}

static bool looks_like_account(trail_slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++)
        digits += text.start[i] >= '0' && text.start[i] <= '9';
    return trail_fin_is_iban(text) || (text.length >= 6 && digits == text.length);
}

static trail_status put_party(trail_fin_parts *parts, trail_slice value, bool with_bank,
                              trail_error *err)
{
    trail_status status = TRAIL_OK;
    trail_slice first = next_part(value, &value);
    if (first.length == 0 && !with_bank) return TRAIL_OK;
    if (with_bank || looks_like_account(first)) {
        status = trail_fin_parts_put(parts, TRAIL_FIN_PART_NUMBER, first, err);
        first = next_part(value, &value);
    }
    if (with_bank && status == TRAIL_OK) {
        status = trail_fin_parts_put(parts, TRAIL_FIN_PART_BANK, first, err);
        first = next_part(value, &value);
    }
    if (status == TRAIL_OK) status = trail_fin_parts_put(parts, TRAIL_FIN_PART_NAME, first, err);
    if (status != TRAIL_OK) return status;
    return trail_fin_parts_add(parts, TRAIL_FIN_PART_TEXT, " ", open_end(value), err);
}

static trail_status put_word(trail_fin_parts *parts, size_t word, trail_slice value,
                             trail_text *kept, trail_error *err)
{
    trail_fin_part part = words[word].part;
    if (words[word].meaning == PARTY || words[word].meaning == COUNTER) {
        return put_party(parts, value, words[word].meaning == COUNTER, err);
    }
    value = open_end(value);
    if (value.length == 0) return TRAIL_OK;
    if (part == TRAIL_FIN_PART_TEXT) {
        static const char *const shapes[] = {"USTD//", "STRD/CUR/", "STRD/"};
        for (size_t i = 0; i < TRAIL_LENGTH_OF(shapes); i++) {
            size_t length = strlen(shapes[i]);
            if (value.length > length && memcmp(value.start, shapes[i], length) == 0)
                value = (trail_slice){value.start + length, value.length - length};
        }
        return trail_fin_parts_add(parts, part, " ", value, err);
    }
    if (words[word].meaning == PART && parts->of[part].length == 0) {
        bool one = part == TRAIL_FIN_PART_ORIGINAL || part == TRAIL_FIN_PART_CHARGES ||
                   part == TRAIL_FIN_PART_RATE || part == TRAIL_FIN_PART_REASON;
        trail_slice rest = {"", 0}; /* behind an amount or a code text may go on */
        if (one) value = next_part(value, &rest);
        trail_status status = trail_fin_parts_put(parts, part, value, err);
        if (status != TRAIL_OK) return status;
        return trail_fin_parts_add(parts, TRAIL_FIN_PART_TEXT, " ", open_end(rest), err);
    }
    return trail_text_add_format(kept, err, "%s/%s/%.*s", kept->length > 0 ? " " : "",
                                 words[word].word, (int)value.length, value.start);
}

trail_status trail_fin_code_words(trail_fin_parts *parts, trail_slice value, bool *taken,
                                  trail_error *err)
{
    trail_text kept = {0};
    *taken = false;
    if (word_at(value) == SIZE_MAX) return TRAIL_OK;
    *taken = true;
    trail_status status = join(&parts->joined, value, err);
    trail_slice text = trail_text_slice(&parts->joined);
    while (text.length > 0 && status == TRAIL_OK) {
        size_t word = word_at(text);
        if (word == SIZE_MAX) break; /* a wrapped line brought slashes together: kept whole */
        size_t skip = strlen(words[word].word) + 1; /* the closing slash may open the next word */
        trail_slice rest = {text.start + skip, text.length - skip};
        size_t end = find_word(rest);
        trail_slice said = {rest.start + (end > 0), end > 0 ? end - 1 : 0};
        status = put_word(parts, word, said, &kept, err);
        text = (trail_slice){rest.start + end, rest.length - end};
    }
    if (status == TRAIL_OK && text.length > 0)
        status = trail_fin_parts_add(parts, TRAIL_FIN_PART_TEXT, " ", text, err);
    if (status == TRAIL_OK) {
        status = trail_fin_parts_add(parts, TRAIL_FIN_PART_TEXT, " ", trail_text_slice(&kept), err);
    }
    trail_text_clear(&kept);
    return status;
}
