/* A name as it is compared: words in their own script and romanised, legal forms taken out, numbers
 * and countries told apart. The name as written is never changed; this stands beside it. */
#ifndef TRAIL_IDENTITY_NAME_FOLD_H
#define TRAIL_IDENTITY_NAME_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "identity/legal_forms.h"
#include "identity/name_words.h"

#define TRAIL_NAME_WORDS   16 /* words compared of one name; what follows is left out */
#define TRAIL_WORD_LETTERS 40 /* letters compared of one word */

typedef enum trail_script {
    TRAIL_SCRIPT_OTHER = 0,
    TRAIL_SCRIPT_LATIN,
    TRAIL_SCRIPT_CYRILLIC,
    TRAIL_SCRIPT_GREEK,
    TRAIL_SCRIPT_ARABIC,
    TRAIL_SCRIPT_HEBREW,
    TRAIL_SCRIPT_HAN, /* with kana: different characters are different names */
    TRAIL_SCRIPT_HANGUL
} trail_script;

typedef struct trail_name_word {
    const uint32_t *native; /* folded letters, accents of writing aids left out */
    const char *roman;      /* small ASCII letters and digits, NUL-terminated */
    uint8_t native_length, roman_length;
    uint8_t script; /* trail_script */
    uint8_t kind;   /* trail_word_kind */
    bool fathers;   /* stands behind bin, ibn, ben: the father's name */
    bool roman_numeral;
    uint32_t value;    /* of countries and numbers */
    uint16_t weight;   /* what agreeing on it counts for */
    uint64_t skeleton; /* its consonants, letters of one sound as one, 5 bits each; 0: none */
} trail_name_word;

typedef struct trail_folded_name {
    const trail_name_word *words;
    size_t count;
    trail_legal_form forms[4]; /* kinds of company, as far as named */
    size_t form_count;
    bool company; /* has a legal form or a word of companies */
} trail_folded_name;

typedef struct trail_name_folder trail_name_folder; /* one thread at a time */

trail_status trail_name_folder_new(trail_name_folder **out, trail_error *err) TRAIL_MUST_CHECK;
void trail_name_folder_free(trail_name_folder *folder);
/* Folds one name; what it points to lives in the arena. About 2 µs, 20 µs for scripts that need
 * ICU's transliteration. */
trail_status trail_name_fold(trail_name_folder *folder, trail_slice name, trail_arena *arena,
                             trail_folded_name *folded, trail_error *err) TRAIL_MUST_CHECK;

#endif
