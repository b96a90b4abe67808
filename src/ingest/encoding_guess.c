#include "ingest/encoding_guess.h"

#include <stdio.h>
#include <string.h>

#include "base/attributes.h"
#include "base/unicode.h"
#include "ingest/heading_words.h"
#include "ingest/row.h"

/* Idea: an encoding fits when, read under it, every letter that is not ASCII belongs to one and the
 * same language that uses it, and no word mixes scripts; where scripts other than Latin fit, the
 * commonest letters of the language must be common. A few guests are borne (a German name in a
 * Latvian file): such a loose fit decides nothing against a strict one of many different letters,
 * and makes one of few doubtful. Encodings that give the same letters are one. What is left apart
 * is told apart by known headings, then by the state the file comes from, or stays undecided.
 * ICU's detector is not asked: it does not know windows-1257 and takes cp866 for windows-1253. */

#define WORDS_KEPT   8192
#define FEW_WORDS    3
#define MANY_LETTERS 5

void trail_encoding_evidence_clear(trail_encoding_evidence *evidence)
{
    trail_text_clear(&evidence->words);
    *evidence = (trail_encoding_evidence){0};
}

static bool is_word_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

trail_status trail_encoding_note(trail_encoding_evidence *evidence, trail_slice row,
                                 trail_error *err)
{
    if (trail_utf8_bad_byte(row) == SIZE_MAX) {
        evidence->utf8_rows++;
        return TRAIL_OK;
    }
    evidence->other_rows++;
    for (size_t at = 0; at < row.length && evidence->words.length < WORDS_KEPT;) {
        size_t length = 0;
        bool foreign = false;
        while (at + length < row.length && is_word_byte(row.start[at + length])) {
            foreign = foreign || (unsigned char)row.start[at + length] >= 0x80;
            length++;
        }
        if (foreign) {
            trail_slice word = {row.start + at, length};
            trail_status status = trail_text_add(&evidence->words, word, err);
            if (status == TRAIL_OK)
                status = trail_text_add(&evidence->words, trail_slice_of("\n"), err);
            if (status != TRAIL_OK) return status;
        }
        at += length > 0 ? length : 1;
    }
    return TRAIL_OK;
}

typedef struct alphabet {
    const char *encodings; /* parted by '|' */
    const char *letters;   /* lower case and not ASCII; NULL: any letter of the script */
    const char *common;    /* scripts other than Latin: their ten or so commonest letters */
    uint32_t first, last;  /* the script's code points */
} alphabet;

#define WESTERN "windows-1252|IBM850"
#define CENTRAL "windows-1250|ISO-8859-2|IBM852"
#define BALTIC  "windows-1257|IBM775"
#define SLAVIC  "windows-1251|KOI8-R|IBM866"

static const alphabet languages[] = {
    {WESTERN, "äöüß", NULL, 0, 0},
    {WESTERN, "àâæçéèêëîïôœùûüÿ", NULL, 0, 0},
    {WESTERN, "áéíñóúüçºª", NULL, 0, 0},
    {WESTERN, "áâãàçéêíóôõúüºª", NULL, 0, 0},
    {WESTERN, "àèéìòùº", NULL, 0, 0},
    {WESTERN, "éëïóöüèáàê", NULL, 0, 0},
    {WESTERN, "åäöéüà", NULL, 0, 0},
    {WESTERN, "æøåéòèêóô", NULL, 0, 0},
    {WESTERN, "áéíóúýþæöð", NULL, 0, 0},
    {CENTRAL, "áčďéěíňóřšťúůýž", NULL, 0, 0},
    {CENTRAL, "áäčďéíĺľňóôŕšťúýž", NULL, 0, 0},
    {CENTRAL, "ąćęłńóśźż", NULL, 0, 0},
    {CENTRAL, "áéíóöőúüű", NULL, 0, 0},
    {CENTRAL, "čćđšž", NULL, 0, 0},
    {CENTRAL, "ăâîşţ", NULL, 0, 0},
    {CENTRAL, "äöüß", NULL, 0, 0},
    {BALTIC, "āčēģīķļņšūž", NULL, 0, 0},
    {BALTIC, "ąčęėįšųūž", NULL, 0, 0},
    {BALTIC, "äõöüšž", NULL, 0, 0},
    {"windows-1254|IBM857", "çğıöşüâîû\xcc\x87", NULL, 0, 0}, /* folded İ is i and U+0307 */
    {"windows-1254", "äöüß", NULL, 0, 0},
    {SLAVIC, NULL, "оеаинтсрвлк", 0x0400, 0x0491},
    {"windows-1253", NULL, "αοιετσνηυρςάόίέήύ", 0x0370, 0x03FF},
    {"windows-1256", NULL, "اليمونرتبةعدأ", 0x0620, 0x064A},
    {"windows-1255", NULL, "יוהלאמרתבנש", 0x05D0, 0x05EA},
};

typedef struct letter_fit {
    uint64_t good, guests, bad, common;
} letter_fit;

static uint32_t code_at(trail_slice text, size_t at, size_t *bytes)
{
    unsigned char c = (unsigned char)text.start[at];
    *bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (*bytes > text.length - at) *bytes = text.length - at;
    uint32_t code = *bytes == 1 ? c : *bytes == 2 ? c & 0x1Fu : *bytes == 3 ? c & 0x0Fu : c & 7u;
    for (size_t i = 1; i < *bytes; i++)
        code = code << 6 | ((unsigned char)text.start[at + i] & 0x3Fu);
    return code;
}

/* Marks that texts in any language hold: NBSP, quotes, dashes, euro, degree, section ... */
static bool is_neutral(trail_slice letter)
{
    return trail_slice_find(trail_slice_of("\xc2\xa0€‚„…‘’“”•–—™›‹«»©®°±·§´¨¿¡№"), letter) !=
           SIZE_MAX;
}

static bool is_ascii_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void weigh_letter(const alphabet *language, trail_slice text, size_t at, size_t bytes,
                         uint32_t code, letter_fit *out)
{
    trail_slice letter = {text.start + at, bytes};
    bool after_letter = at > 0 && text.start[at - 1] != '\n';
    bool before_letter = at + bytes < text.length && text.start[at + bytes] != '\n';
    if (is_neutral(letter)) {
        if (after_letter && before_letter && code != 0x2019 && code != 0xA0 && code != 0xB4)
            out->bad++;
        return;
    }
    if (language->letters != NULL) {
        if (trail_slice_find(trail_slice_of(language->letters), letter) != SIZE_MAX)
            out->good++;
        else if (code >= 0xDF && code <= 0x17F && code != 0xF7)
            out->guests++;
        else
            out->bad++;
        return;
    }
    bool mixes = (after_letter && is_ascii_letter(text.start[at - 1])) ||
                 (before_letter && is_ascii_letter(text.start[at + bytes]));
    if (code < language->first || code > language->last || mixes) {
        out->bad++;
        return;
    }
    out->good++;
    out->common += trail_slice_find(trail_slice_of(language->common), letter) != SIZE_MAX;
}

/* text: one word a line, folded. */
static letter_fit fit_of(const alphabet *language, trail_slice text)
{
    letter_fit out = {0};
    for (size_t at = 0; at < text.length;) {
        size_t bytes;
        uint32_t code = code_at(text, at, &bytes);
        if (code >= 0x80) weigh_letter(language, text, at, bytes, code, &out);
        at += bytes;
    }
    return out;
}

/* KOI8 read as 1251 turns small and capital letters about: пЛАТЕЖ. */
static bool is_oddly_cased(trail_slice text)
{
    uint64_t odd = 0, even = 0;
    bool small_before = false;
    for (size_t at = 0; at < text.length;) {
        size_t bytes;
        uint32_t code = code_at(text, at, &bytes);
        bool capital = code >= 0x0400 && code <= 0x042F;
        bool small = code >= 0x0430 && code <= 0x045F;
        if (capital && small_before) odd++;
        if (small && small_before) even++;
        small_before = small;
        at += bytes;
    }
    return odd > even;
}

typedef enum closeness { APART = 0, LOOSE, STRICT } closeness;

static closeness fits(const alphabet *language, const letter_fit *fit)
{
    if (fit->bad > 0 || fit->good == 0) return APART;
    if (language->common != NULL) return fit->common * 100 >= fit->good * 45 ? STRICT : APART;
    if (fit->guests == 0) return STRICT;
    bool few = fit->good + fit->guests < 16;
    return fit->guests * (few ? 1 : 8) <= fit->good ? LOOSE : APART;
}

/* How many letters of the alphabet occur. */
static unsigned different_letters(const alphabet *language, trail_slice text)
{
    unsigned count = 0;
    trail_slice letters = language->letters != NULL ? trail_slice_of(language->letters)
                                                    : trail_slice_of(language->common);
    for (size_t at = 0; at < letters.length;) {
        size_t bytes;
        (void)code_at(letters, at, &bytes);
        count += trail_slice_find(text, (trail_slice){letters.start + at, bytes}) != SIZE_MAX;
        at += bytes;
    }
    return count;
}

typedef struct reading { /* of the words under one encoding */
    const char *encoding;
    trail_text text;
    uint64_t headings; /* words that are known headings */
    closeness fits;
    unsigned letters; /* different ones of the language it fits strictly */
} reading;

#define READINGS 15
static const char *const encodings[READINGS] = {
    "windows-1252", "windows-1250", "windows-1257", "windows-1254", "windows-1251",
    "windows-1253", "windows-1256", "windows-1255", "KOI8-R",       "IBM866",
    "ISO-8859-2",   "IBM850",       "IBM852",       "IBM775",       "IBM857",
};
#define SECOND_CHOICE 11 /* from here on: old DOS pages, only if nothing else fits */

static bool lists(const char *list, const char *name)
{
    const char *found = strstr(list, name);
    return found != NULL && (found[strlen(name)] == '\0' || found[strlen(name)] == '|');
}

static trail_status count_headings(trail_slice text, uint64_t *count, trail_error *err)
{
    size_t from = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (text.start[at] != '\n') continue;
        trail_heading heading;
        trail_slice word = {text.start + from, at - from};
        trail_status status = trail_heading_read(word, &heading, err);
        if (status != TRAIL_OK) return status;
        *count += heading.count > 0;
        from = at + 1;
        if (from > 1024) break;
    }
    return TRAIL_OK;
}

/* Folds word by word, so that the line ends stay. */
static trail_status fold_lines(trail_slice text, trail_text *out, trail_error *err)
{
    size_t from = 0;
    trail_status status = TRAIL_OK;
    for (size_t at = 0; at < text.length && status == TRAIL_OK; at++) {
        if (text.start[at] != '\n') continue;
        status = trail_unicode_fold((trail_slice){text.start + from, at - from}, out, err);
        if (status == TRAIL_OK) status = trail_text_add(out, trail_slice_of("\n"), err);
        from = at + 1;
    }
    return status;
}

static trail_status read_under(const char *encoding, trail_slice words, reading *out,
                               trail_error *err)
{
    trail_decoder *decoder = NULL;
    trail_text folded = {0};
    size_t bad;
    out->encoding = encoding;
    trail_status status = trail_decoder_new(&decoder, encoding, err);
    if (status != TRAIL_OK) goto cleanup;
    if ((status = trail_decoder_text(decoder, words, &out->text, &bad, err)) != TRAIL_OK)
        goto cleanup;
    if (bad != SIZE_MAX || is_oddly_cased(trail_text_slice(&out->text))) goto cleanup;
    if ((status = fold_lines(trail_text_slice(&out->text), &folded, err)) != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(languages); i++) {
        if (!lists(languages[i].encodings, encoding)) continue;
        letter_fit found = fit_of(&languages[i], trail_text_slice(&folded));
        closeness close = fits(&languages[i], &found);
        unsigned letters =
            close == STRICT ? different_letters(&languages[i], trail_text_slice(&folded)) : 0;
        if (close > out->fits) out->fits = close;
        if (letters > out->letters) out->letters = letters;
    }
    if (out->fits != APART) status = count_headings(trail_text_slice(&folded), &out->headings, err);
cleanup:
    trail_text_clear(&folded);
    trail_decoder_free(decoder);
    return status;
}

static bool same_text(const reading *a, const reading *b)
{
    return trail_slice_equal(trail_text_slice(&a->text), trail_text_slice(&b->text));
}

static bool is_better(const reading *a, const reading *b)
{
    if (a->headings != b->headings) return a->headings > b->headings;
    return a->fits > b->fits;
}

/* Does `other`, which reads unlike, leave `best` in doubt? */
static bool is_rival(const reading *best, const reading *other)
{
    if (other->fits == APART || other->headings < best->headings) return false;
    return other->fits == best->fits || best->letters < MANY_LETTERS;
}

/* The best of readings[from..to): more known headings, a closer fit, else the first. */
static void choose(const reading *readings, size_t from, size_t to, trail_encoding_verdict *verdict)
{
    const reading *best = NULL;
    for (size_t i = from; i < to; i++)
        if (readings[i].fits != APART && (best == NULL || is_better(&readings[i], best)))
            best = &readings[i];
    if (best == NULL) return;
    verdict->encoding = best->encoding;
    verdict->decided = best->fits == STRICT || best->headings > 0;
    for (size_t i = from; i < to; i++) {
        const reading *other = &readings[i];
        if (other == best || other->fits == APART) continue;
        if (same_text(best, other)) {
            verdict->immaterial = true;
        } else if (is_rival(best, other)) {
            verdict->rival = other->encoding;
            verdict->decided = false;
        }
    }
}

/* A few odd bytes fit an old page easily: only a known heading makes one certain. */
static void choose_old_page(const reading *readings, trail_encoding_verdict *verdict)
{
    choose(readings, SECOND_CHOICE, READINGS, verdict);
    for (size_t i = SECOND_CHOICE; i < READINGS; i++)
        if (strcmp(readings[i].encoding, verdict->encoding) == 0 && readings[i].headings == 0)
            verdict->decided = false;
}

/* Encodings that banks of a state use, where the letters leave a choice. */
static const struct {
    const char *states, *encodings;
} customs[] = {
    {"LV|LT|EE", BALTIC},
    {"PL|CZ|SK|HU|SI|HR|RO|BA|AL", CENTRAL},
    {"GR|CY", "windows-1253"},
    {"TR", "windows-1254"},
    {"RU|UA|BY|BG|RS|MK|KZ", SLAVIC},
    {"DE|AT|CH|LI|NL|BE|LU|FR|MC|ES|PT|IT|GB|IE|DK|SE|NO|FI|IS|MT|US|CA", WESTERN},
    {"IL", "windows-1255"},
    {"AE|SA|EG|JO|LB|QA|KW|BH|OM|MA|TN|DZ|IQ", "windows-1256"},
};

/* Of the readings that fit alike, the only one that is usual in the state. */
static void settle_by_state(const reading *readings, const char *state,
                            trail_encoding_verdict *verdict)
{
    const char *usual = NULL;
    const reading *only = NULL;
    for (size_t i = 0; state != NULL && i < TRAIL_LENGTH_OF(customs); i++)
        if (lists(customs[i].states, state)) usual = customs[i].encodings;
    if (verdict->decided) {
        snprintf(verdict->how, sizeof verdict->how, "%s",
                 verdict->immaterial ? "its letters fit a language, and others that fit read alike"
                                     : "only under it all letters fit one language");
        return;
    }
    for (size_t i = 0; i < READINGS && usual != NULL; i++) {
        if (i == SECOND_CHOICE && only != NULL) break; /* old pages only if nothing newer fits */
        if (readings[i].fits == APART || !lists(usual, readings[i].encoding)) continue;
        if (only != NULL && !same_text(only, &readings[i])) return;
        if (only == NULL) only = &readings[i];
    }
    if (only == NULL) return;
    verdict->encoding = only->encoding;
    verdict->decided = true;
    verdict->rival = NULL;
    snprintf(verdict->how, sizeof verdict->how,
             "its letters fit a language, and of those that do it is usual in %s", state);
}

trail_status trail_encoding_decide(const trail_encoding_evidence *evidence, const char *state,
                                   trail_encoding_verdict *verdict, trail_error *err)
{
    *verdict = (trail_encoding_verdict){.encoding = "UTF-8", .decided = true};
    snprintf(verdict->how, sizeof verdict->how, "%s",
             evidence->utf8_rows > 0 ? "every letter is UTF-8" : "ASCII throughout");
    if (evidence->other_rows == 0) return TRAIL_OK;
    if (evidence->utf8_rows > 0) { /* both kinds: UTF-8 with damage, unless the damage is large */
        verdict->decided = evidence->utf8_rows >= 20 * evidence->other_rows;
        snprintf(verdict->how, sizeof verdict->how, "as nearly all rows are; %llu are damaged",
                 (unsigned long long)evidence->other_rows);
        if (!verdict->decided) verdict->rival = "windows-1252";
        return TRAIL_OK;
    }
    reading readings[READINGS] = {0};
    trail_status status = TRAIL_OK;
    *verdict = (trail_encoding_verdict){.encoding = "windows-1252", .how = "not decided"};
    for (size_t i = 0; i < READINGS && status == TRAIL_OK; i++)
        status = read_under(encodings[i], trail_text_slice(&evidence->words), &readings[i], err);
    if (status == TRAIL_OK) choose(readings, 0, SECOND_CHOICE, verdict);
    if (status == TRAIL_OK && !verdict->decided && verdict->rival == NULL)
        choose_old_page(readings, verdict);
    if (status == TRAIL_OK) settle_by_state(readings, state, verdict);
    for (size_t i = 0; i < READINGS; i++)
        trail_text_clear(&readings[i].text);
    return status;
}

static trail_status note_rows(trail_row_reader *reader, trail_encoding_evidence *evidence,
                              trail_error *err)
{
    trail_row rows[TRAIL_ROW_BATCH];
    size_t count = 1;
    trail_status status = TRAIL_OK;
    while (status == TRAIL_OK && count > 0) {
        status = trail_row_reader_next(reader, rows, TRAIL_ROW_BATCH, &count, err);
        for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
            bool ascii = true;
            for (size_t at = 0; at < rows[i].raw.length && ascii; at++)
                ascii = (rows[i].raw.start[at] & '\x80') == 0;
            if (!ascii) status = trail_encoding_note(evidence, rows[i].raw, err);
        }
    }
    return status;
}

/* A word or two may be damage as well as letters: such rows are refused one by one. */
static void doubt_few_words(const trail_encoding_evidence *evidence,
                            trail_encoding_verdict *verdict)
{
    size_t words = 0;
    for (size_t i = 0; i < evidence->words.length; i++)
        words += evidence->words.bytes[i] == '\n';
    if (words >= FEW_WORDS || evidence->other_rows == 0) return;
    *verdict = (trail_encoding_verdict){.encoding = "UTF-8", .decided = true};
    snprintf(verdict->how, sizeof verdict->how, "as nothing says otherwise; %llu %s not",
             (unsigned long long)evidence->other_rows,
             evidence->other_rows == 1 ? "row is" : "rows are");
}

trail_status trail_encoding_weigh(const trail_location *location, const char *state,
                                  trail_encoding_verdict *verdict, trail_error *err)
{
    const trail_row_style lines = {.delimiter = '\x1f', .no_quotes = true};
    trail_encoding_evidence evidence = {0};
    trail_byte_source *source = NULL;
    trail_row_reader *reader = NULL;
    trail_status status = trail_location_open(&source, location, err);
    if (status == TRAIL_OK) status = trail_row_reader_new(&reader, source, lines, err);
    if (status == TRAIL_OK) status = note_rows(reader, &evidence, err);
    if (status == TRAIL_OK) status = trail_encoding_decide(&evidence, state, verdict, err);
    if (status == TRAIL_OK) doubt_few_words(&evidence, verdict);
    trail_row_reader_free(reader);
    trail_byte_source_close(source);
    trail_encoding_evidence_clear(&evidence);
    return status;
}
