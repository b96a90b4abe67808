#include "identity/name_fold.h"

#include <string.h>

#include "base/memory.h"
#include "base/romanise.h"
#include "base/unicode.h"
#include "base/unicode_letters.h"
#include "identity/name_skeleton.h"
#include "identity/name_split.h"

struct trail_name_folder {
    trail_romaniser *romaniser;
    trail_legal_forms *forms;
    trail_text folded, letters, roman;
    trail_split_word words[TRAIL_SPLIT_LIMIT];
    size_t count;
};

trail_status trail_name_folder_new(trail_name_folder **out, trail_error *err)
{
    trail_name_folder *folder = NULL;
    *out = NULL;
    trail_status status = trail_alloc_zeroed(&folder, 1, sizeof *folder, err);
    if (status != TRAIL_OK) return status;
    status = trail_romaniser_new(&folder->romaniser, err);
    if (status == TRAIL_OK) status = trail_legal_forms_new(&folder->forms, err);
    if (status != TRAIL_OK) {
        trail_name_folder_free(folder);
        return status;
    }
    *out = folder;
    return TRAIL_OK;
}

void trail_name_folder_free(trail_name_folder *folder)
{
    if (folder == NULL) return;
    trail_romaniser_free(folder->romaniser);
    trail_legal_forms_free(folder->forms);
    trail_text_clear(&folder->folded);
    trail_text_clear(&folder->letters);
    trail_text_clear(&folder->roman);
    trail_free(folder);
}

/* The letters of words [from, to) as one, in folder->letters. */
static trail_status join_letters(trail_name_folder *folder, size_t from, size_t to,
                                 trail_error *err)
{
    trail_text_reset(&folder->letters);
    trail_status status = TRAIL_OK;
    for (size_t i = from; i < to && status == TRAIL_OK; i++)
        status = trail_text_add(&folder->letters, folder->words[i].letters, err);
    return status;
}

#define LONGEST_FORM 9 /* words */
#define SHORT_FORM   3 /* letters: counts as a form only at the ends of the name */

/* Takes words [from, to) out if they spell a legal form; *taken tells. */
static trail_status try_form(trail_name_folder *folder, size_t from, size_t to, bool at_an_end,
                             trail_folded_name *folded, bool *taken, trail_error *err)
{
    trail_legal_form form;
    *taken = false;
    /* "A.B.C." and "AT & T" do not begin with a form. */
    if (from == 0 && to < folder->count &&
        (folder->words[to].letters.length < 2 || folder->words[to].joins))
        return TRAIL_OK;
    trail_status status = join_letters(folder, from, to, err);
    if (status != TRAIL_OK) return status;
    trail_slice letters = trail_text_slice(&folder->letters);
    if (letters.length == 0 || (letters.length <= SHORT_FORM && !at_an_end)) return TRAIL_OK;
    if (trail_word_roman(letters) != 0) return TRAIL_OK; /* II is also a form, but rarely */
    if (!trail_legal_forms_find(folder->forms, letters, &form)) return TRAIL_OK;
    if (folded->form_count < TRAIL_LENGTH_OF(folded->forms))
        folded->forms[folded->form_count++] = form;
    folded->company = true;
    memmove(folder->words + from, folder->words + to, (folder->count - to) * sizeof *folder->words);
    folder->count -= to - from;
    *taken = true;
    return TRAIL_OK;
}

/* Longest spans first, from the end of the name to its start. At least one word stays. */
static trail_status take_forms(trail_name_folder *folder, trail_folded_name *folded,
                               trail_error *err)
{
    trail_status status = TRAIL_OK;
    size_t length = folder->count < LONGEST_FORM ? folder->count : LONGEST_FORM;
    for (; length > 0 && status == TRAIL_OK; length--) {
        size_t from = folder->count >= length ? folder->count - length + 1 : 0;
        while (from-- > 0 && status == TRAIL_OK) {
            bool taken = false;
            bool at_an_end = from == 0 || from + length == folder->count;
            if (from + length > folder->count || length == folder->count) continue;
            status = try_form(folder, from, from + length, at_an_end, folded, &taken, err);
        }
    }
    return status;
}

/* Forms written together with the name, as Chinese and Japanese do: 华为技术有限公司. */
static void cut_joined_form(const trail_name_folder *folder, trail_split_word *word,
                            trail_folded_name *folded)
{
    trail_legal_form form;
    for (size_t cut = 3; cut + 3 <= word->letters.length; cut += 3) {
        trail_slice tail = {word->letters.start + cut, word->letters.length - cut};
        trail_slice head = {word->letters.start, word->letters.length - cut};
        bool at_end = trail_legal_forms_find(folder->forms, tail, &form);
        if (!at_end && !trail_legal_forms_find(folder->forms, head, &form)) continue;
        if (tail.length < 6 && head.length < 6) continue;
        if (at_end)
            word->letters.length = cut;
        else
            word->letters = (trail_slice){word->letters.start + head.length, cut};
        if (folded->form_count < TRAIL_LENGTH_OF(folded->forms))
            folded->forms[folded->form_count++] = form;
        folded->company = true;
        return;
    }
}

static trail_script script_of(uint32_t letter)
{
    if (letter < 0x250 || (letter >= 0x1E00 && letter < 0x1F00)) return TRAIL_SCRIPT_LATIN;
    if (letter >= 0x370 && letter < 0x400) return TRAIL_SCRIPT_GREEK;
    if (letter >= 0x400 && letter < 0x530) return TRAIL_SCRIPT_CYRILLIC;
    if (letter >= 0x590 && letter < 0x600) return TRAIL_SCRIPT_HEBREW;
    if ((letter >= 0x600 && letter < 0x780) || (letter >= 0xFB50 && letter < 0xFF00))
        return TRAIL_SCRIPT_ARABIC;
    if ((letter >= 0xAC00 && letter < 0xD7B0) || (letter >= 0x1100 && letter < 0x1200))
        return TRAIL_SCRIPT_HANGUL;
    if ((letter >= 0x3040 && letter < 0x3100) || (letter >= 0x3400 && letter < 0xA000) ||
        (letter >= 0x20000 && letter < 0x32000))
        return TRAIL_SCRIPT_HAN;
    return TRAIL_SCRIPT_OTHER;
}

static trail_status copy_native(trail_slice letters, trail_arena *arena, trail_name_word *word,
                                trail_error *err)
{
    uint32_t *native = trail_arena_alloc(arena, TRAIL_WORD_LETTERS * sizeof *native, err);
    if (native == NULL) return TRAIL_NO_MEMORY;
    size_t count = 0;
    for (size_t at = 0; at < letters.length && count < TRAIL_WORD_LETTERS;) {
        size_t step = trail_utf8_step(letters, at, &native[count]);
        at += step == 0 ? 1 : step;
        if (step > 0) count++;
    }
    word->native = native;
    word->native_length = (uint8_t)count;
    word->script = (uint8_t)(count > 0 ? script_of(native[0]) : TRAIL_SCRIPT_OTHER);
    return TRAIL_OK;
}

/* Digits, perhaps with an ending: 44, 1st, 2nd. */
static bool read_number(trail_slice roman, uint32_t *value)
{
    static const char *const endings[] = {"", "st", "nd", "rd", "th"};
    size_t digits = 0;
    uint64_t number = 0;
    while (digits < roman.length && roman.start[digits] >= '0' && roman.start[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 9) return false;
    trail_slice ending = {roman.start + digits, roman.length - digits};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(endings); i++)
        if (trail_slice_is(ending, endings[i])) {
            bool read = trail_slice_to_u64((trail_slice){roman.start, digits}, &number);
            *value = (uint32_t)number;
            return read;
        }
    return false;
}

static trail_status make_word(trail_name_folder *folder, const trail_split_word *split,
                              trail_arena *arena, trail_name_word *word, trail_error *err)
{
    trail_text_reset(&folder->roman);
    trail_status status = copy_native(split->letters, arena, word, err);
    if (status == TRAIL_OK)
        status = split->joins
                     ? trail_text_add(&folder->roman, trail_slice_of("and"), err)
                     : trail_romanise(folder->romaniser, split->letters, &folder->roman, err);
    if (status != TRAIL_OK) return status;
    trail_slice roman = trail_text_slice(&folder->roman);
    if (roman.length > TRAIL_WORD_LETTERS) roman.length = TRAIL_WORD_LETTERS;
    word->roman = trail_arena_copy(arena, roman, err);
    if (word->roman == NULL) return TRAIL_NO_MEMORY;
    word->roman_length = (uint8_t)roman.length;
    unsigned value = 0;
    word->kind = (uint8_t)trail_word_find(roman, &value);
    word->value = value;
    if (read_number(roman, &word->value)) word->kind = TRAIL_WORD_NUMBER;
    word->skeleton = trail_name_skeleton(roman);
    return TRAIL_OK;
}

/* Numerals of persons: those that are no names (Xi, Vi) either. */
static bool is_persons_numeral(unsigned value)
{
    return (value >= 2 && value <= 4) || (value >= 7 && value <= 9) || (value >= 12 && value <= 19);
}

static void find_numerals(trail_name_word *words, size_t count, bool company)
{
    for (size_t i = 1; i < count; i++) {
        trail_slice roman = {words[i].roman, words[i].roman_length};
        unsigned value = trail_word_roman(roman);
        bool last = i + 1 == count || words[i + 1].kind == TRAIL_WORD_COUNTRY;
        if (words[i].kind != TRAIL_WORD_PLAIN && words[i].kind != TRAIL_WORD_PARTICLE) continue;
        if (value == 0 || !(company || is_persons_numeral(value))) continue;
        if (roman.length == 1 && !last) continue;
        words[i].kind = TRAIL_WORD_NUMBER;
        words[i].roman_numeral = true;
        words[i].value = value;
    }
}

/* "forty four" is one number. Returns the new count. */
static size_t join_numbers(trail_name_word *words, size_t count)
{
    size_t to = 0;
    for (size_t i = 0; i < count; i++) {
        trail_name_word *before = to > 0 ? &words[to - 1] : NULL;
        bool joins = before != NULL && before->kind == TRAIL_WORD_NUMBER &&
                     words[i].kind == TRAIL_WORD_NUMBER && before->value >= 20 &&
                     before->value < 100 && before->value % 10 == 0 && words[i].value > 0 &&
                     words[i].value < 10 && before->roman[0] > '9' && words[i].roman[0] > '9';
        if (joins)
            before->value += words[i].value;
        else
            words[to++] = words[i];
    }
    return to;
}

#define SAYS_COMPANY 2 /* the value of "company" in the table of words */

static uint16_t weight_of(const trail_name_word *word)
{
    unsigned length =
        word->roman_length > word->native_length ? word->roman_length : word->native_length;
    unsigned letters = length < 3 ? 3 : length > 8 ? 8 : length;
    if (word->kind == TRAIL_WORD_TITLE) return 50;
    if (word->kind == TRAIL_WORD_PARTICLE) return 120;
    if (word->kind == TRAIL_WORD_NUMBER) return 400;
    if (length == 1) return 200;
    if (word->kind == TRAIL_WORD_COMPANY && word->value == SAYS_COMPANY) return 250;
    return (uint16_t)(100 * letters);
}

static void finish_words(trail_name_word *words, trail_folded_name *folded)
{
    for (size_t i = 0; i < folded->count; i++)
        if (words[i].kind == TRAIL_WORD_COMPANY) folded->company = true;
    find_numerals(words, folded->count, folded->company);
    folded->count = join_numbers(words, folded->count);
    for (size_t i = 0; i < folded->count; i++) {
        trail_slice before = i > 0 ? trail_slice_of(words[i - 1].roman) : (trail_slice){0};
        words[i].fathers = trail_slice_is(before, "bin") || trail_slice_is(before, "ibn") ||
                           trail_slice_is(before, "ben");
        words[i].weight = weight_of(&words[i]);
    }
    folded->words = words;
}

trail_status trail_name_fold(trail_name_folder *folder, trail_slice name, trail_arena *arena,
                             trail_folded_name *folded, trail_error *err)
{
    *folded = (trail_folded_name){0};
    trail_text_reset(&folder->folded);
    trail_status status = trail_unicode_fold(name, &folder->folded, err);
    if (status != TRAIL_OK) return status;
    trail_name_split(&folder->folded, folder->words, &folder->count);
    status = take_forms(folder, folded, err);
    if (status != TRAIL_OK) return status;
    if (folder->count > TRAIL_NAME_WORDS) folder->count = TRAIL_NAME_WORDS;
    trail_name_word *words = trail_arena_alloc(arena, (folder->count + 1) * sizeof *words, err);
    if (words == NULL) return TRAIL_NO_MEMORY;
    for (size_t i = 0; i < folder->count && status == TRAIL_OK; i++) {
        trail_split_word *split = &folder->words[i];
        if (split->letters.length > 0 && (unsigned char)split->letters.start[0] >= 0xE3)
            cut_joined_form(folder, split, folded);
        status = make_word(folder, split, arena, &words[folded->count], err);
        folded->count++;
    }
    if (status == TRAIL_OK) finish_words(words, folded);
    return status;
}
