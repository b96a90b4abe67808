#include "base/romanise.h"

#include <unicode/utrans.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/romanise_letters.h"
#include "base/unicode.h"
#include "base/unicode_units.h"

struct trail_romaniser {
    UTransliterator *to_latin, *to_ascii;
    trail_units units;
    trail_text first, second;
};

trail_status trail_romaniser_new(trail_romaniser **out, trail_error *err)
{
    return trail_alloc_zeroed(out, 1, sizeof **out, err);
}

void trail_romaniser_free(trail_romaniser *romaniser)
{
    if (romaniser == NULL) return;
    utrans_close(romaniser->to_latin);
    utrans_close(romaniser->to_ascii);
    trail_units_clear(&romaniser->units);
    trail_text_clear(&romaniser->first);
    trail_text_clear(&romaniser->second);
    trail_free(romaniser);
}

static trail_status open_rules(const char *name, UTransliterator **rules, trail_error *err)
{
    if (*rules != NULL) return TRAIL_OK;
    UChar id[32];
    size_t count = 0;
    while (name[count] != '\0' && count < 31) {
        id[count] = (UChar)name[count];
        count++;
    }
    UErrorCode state = U_ZERO_ERROR;
    *rules = utrans_openU(id, (int32_t)count, UTRANS_FORWARD, NULL, 0, NULL, &state);
    if (U_FAILURE(state))
        return trail_fail(err, TRAIL_INTERNAL, "ICU has no transliteration %s: %s", name,
                          u_errorName(state));
    return TRAIL_OK;
}

/* Appends the text as the rules write it. */
static trail_status apply(trail_romaniser *romaniser, UTransliterator *rules, trail_slice text,
                          trail_text *out, trail_error *err)
{
    trail_units *units = &romaniser->units;
    units->count = 0;
    trail_status status = trail_units_from_utf8(units, text, err);
    if (status == TRAIL_OK)
        status = trail_grow(&units->units, &units->capacity, 8 * units->count + 64,
                            sizeof *units->units, err);
    if (status != TRAIL_OK) return status;
    int32_t length = (int32_t)units->count;
    int32_t limit = length;
    UErrorCode state = U_ZERO_ERROR;
    utrans_transUChars(rules, units->units, &length, (int32_t)units->capacity, 0, &limit, &state);
    if (U_FAILURE(state) || (size_t)length > units->capacity)
        return trail_fail(err, TRAIL_INTERNAL, "ICU cannot romanise a word: %s",
                          u_errorName(state));
    units->count = (size_t)length;
    return trail_units_to_utf8(units, out, err);
}

/* Appends the word spelled by the table; *left tells that other letters remained in it. */
static trail_status spell(trail_slice word, trail_text *out, bool *left, trail_error *err)
{
    bool ukrainian = false;
    uint32_t letter = 0;
    for (size_t at = 0; at < word.length;) {
        size_t step = trail_utf8_step(word, at, &letter);
        if (step > 0 && trail_letter_is_ukrainian(letter)) ukrainian = true;
        at += step == 0 ? 1 : step;
    }
    *left = false;
    trail_status status = TRAIL_OK;
    for (size_t at = 0; at < word.length && status == TRAIL_OK;) {
        size_t step = trail_utf8_step(word, at, &letter);
        if (step == 0) step = 1;
        const char *plain = letter < 0x80 ? NULL : trail_letter_spelling(letter, ukrainian);
        trail_slice more =
            plain != NULL ? trail_slice_of(plain) : (trail_slice){word.start + at, step};
        if (plain == NULL && letter >= 0x80) *left = true;
        status = trail_text_add(out, more, err);
        at += step;
    }
    return status;
}

static trail_status keep_plain(trail_slice word, trail_text *out, trail_error *err)
{
    trail_status status = trail_text_add(out, (trail_slice){0}, err);
    for (size_t i = 0; i < word.length && status == TRAIL_OK; i++) {
        char c = word.start[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) status = trail_text_add(out, (trail_slice){&c, 1}, err);
    }
    return status;
}

/* What the table could not spell: first holds the word, second is free. */
static trail_status romanise_rest(trail_romaniser *romaniser, trail_error *err)
{
    bool left;
    trail_text *first = &romaniser->first;
    trail_text *second = &romaniser->second;
    trail_status status = open_rules("Any-Latin", &romaniser->to_latin, err);
    if (status == TRAIL_OK) status = open_rules("Latin-ASCII", &romaniser->to_ascii, err);
    trail_text_reset(second);
    if (status == TRAIL_OK)
        status = apply(romaniser, romaniser->to_latin, trail_text_slice(first), second, err);
    trail_text_reset(first);
    /* The fold also composes what Any-Latin left in pieces, so that the table knows it. */
    if (status == TRAIL_OK) status = trail_unicode_fold(trail_text_slice(second), first, err);
    trail_text_reset(second);
    if (status == TRAIL_OK) status = spell(trail_text_slice(first), second, &left, err);
    if (status != TRAIL_OK || !left) {
        trail_text_reset(first);
        return status == TRAIL_OK ? trail_text_add(first, trail_text_slice(second), err) : status;
    }
    trail_text_reset(first);
    return apply(romaniser, romaniser->to_ascii, trail_text_slice(second), first, err);
}

trail_status trail_romanise(trail_romaniser *romaniser, trail_slice folded, trail_text *out,
                            trail_error *err)
{
    if (trail_utf8_ascii_run(folded) == folded.length) return keep_plain(folded, out, err);
    bool left = false;
    trail_text_reset(&romaniser->first);
    trail_status status = spell(folded, &romaniser->first, &left, err);
    if (status == TRAIL_OK && left) status = romanise_rest(romaniser, err);
    if (status != TRAIL_OK) return status;
    return keep_plain(trail_text_slice(&romaniser->first), out, err);
}
