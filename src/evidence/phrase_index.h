/* Declared names and account numbers as phrases to find in any text, whatever its spelling of case,
 * accents, blanks and hyphens. A match says which bytes of the text to replace. The index is built
 * once and read from any number of threads. */
#ifndef TRAIL_EVIDENCE_PHRASE_INDEX_H
#define TRAIL_EVIDENCE_PHRASE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/text.h"
#include "base/unicode_letters.h"
#include "base/utf8.h"
#include "base/vector.h"

typedef enum trail_phrase_kind { TRAIL_PHRASE_NAME = 0, TRAIL_PHRASE_NUMBER } trail_phrase_kind;

#define TRAIL_PHRASE_BREAK     UINT32_C(0x80000000) /* on a letter: a new word begins with it */
#define TRAIL_PHRASE_LIMIT     400u /* most letters of a phrase that is looked for */
#define TRAIL_SHORT_NUMBER     6u   /* numbers below this count only beside their person's name */
#define TRAIL_GROUPED_NUMBER   10u  /* numbers from this on may be written in any groups */
#define TRAIL_JOINED_LETTERS   8u   /* names of several words from this on may be cut anywhere */
#define TRAIL_DISTINCT_NAME    6u   /* names from this on may touch digits: anna.berzina85 */
#define TRAIL_NO_PHRASE        UINT32_MAX
#define TRAIL_KNOWN_CHARACTERS 0x530u /* Latin, Greek, Cyrillic: folded beforehand */

/* One spelling of declared things; there is one per kind and sequence of letters. */
typedef struct trail_phrase {
    uint32_t first_letter; /* in letters; flagged with TRAIL_PHRASE_BREAK */
    uint32_t length;
    trail_phrase_kind kind;
    uint32_t first_owner; /* in owners, a chain */
    uint32_t next;        /* phrase that ends at the same node */
} trail_phrase;

/* Whose it is: person index, and which of their accounts (1-based; 0: the name). */
typedef struct trail_phrase_owner {
    uint32_t person;
    uint32_t account;
    uint32_t next;
} trail_phrase_owner;

/* A node of the tree of all phrases; node 0 is the root. */
typedef struct trail_phrase_node {
    uint32_t phrase;      /* first phrase that ends here, or TRAIL_NO_PHRASE */
    uint32_t first_child; /* 0: none */
    uint32_t sibling;     /* 0: none */
} trail_phrase_node;

typedef struct trail_known_character {
    uint8_t kind;
    uint8_t count; /* UINT8_MAX: ask trail_letter_bare */
    uint32_t bare[3];
} trail_known_character;

typedef struct trail_phrase_index {
    trail_known_character *known; /* TRAIL_KNOWN_CHARACTERS of them */
    bool begins[0x80];            /* some phrase begins with this ASCII letter or digit */
    trail_map64 children;         /* node << 21 | letter -> node; node 0 is the root */
    trail_vector nodes;           /* of trail_phrase_node */
    trail_vector letters;         /* of uint32_t */
    trail_vector phrases;         /* of trail_phrase */
    trail_vector owners;          /* of trail_phrase_owner */
} trail_phrase_index;

trail_status trail_phrase_index_init(trail_phrase_index *index, trail_error *err) TRAIL_MUST_CHECK;
void trail_phrase_index_clear(trail_phrase_index *index);

/* The letters of `text`, a break on the first of each word, appended to `letters` (of uint32_t). */
trail_status trail_phrase_letters(const trail_phrase_index *index, trail_slice text,
                                  trail_vector *letters, trail_error *err) TRAIL_MUST_CHECK;
/* Adds a phrase for an owner; the same letters twice are one phrase with both owners. No letters:
 * nothing is added.
 * A name without a single alphabetic letter is not added: it would hide amounts and dates. */
trail_status trail_phrase_index_add(trail_phrase_index *index, trail_phrase_kind kind,
                                    const uint32_t *letters, size_t count, uint32_t person,
                                    uint32_t account, trail_error *err) TRAIL_MUST_CHECK;
/* The phrase of a whole account-number field, or TRAIL_NO_PHRASE. */
uint32_t trail_phrase_index_number(const trail_phrase_index *index, trail_slice number);

typedef struct trail_phrase_match {
    size_t start, end; /* bytes of the text */
    uint32_t phrase;
} trail_phrase_match;

typedef enum trail_phrase_mode {
    TRAIL_PHRASE_IN_TEXT = 0,
    TRAIL_PHRASE_IN_FILE_NAME /* names of five letters and more also inside other words */
} trail_phrase_mode;

/* Appends every place of valid UTF-8 `text` where a phrase stands to `matches` (of
 * trail_phrase_match), sorted by start, longest first. O(length + matches) expected: from each
 * beginning of a word the text is followed through the tree until no phrase goes on. */
trail_status trail_phrase_index_find(const trail_phrase_index *index, trail_slice text,
                                     trail_phrase_mode mode, trail_vector *matches,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* The child of a node by a letter (a break on it is ignored); false when there is none. */
bool trail_phrase_step(const trail_phrase_index *index, uint32_t *node, uint32_t letter);

/* One character of a text, as the index sees it. */
typedef struct trail_seen_character {
    trail_letter_kind kind;
    uint32_t character;
    size_t count;
    uint32_t bare[TRAIL_LETTER_LIMIT];
    size_t size; /* bytes */
} trail_seen_character;
void trail_phrase_see(const trail_phrase_index *index, trail_slice text, size_t at,
                      trail_seen_character *seen);
const trail_phrase_node *trail_phrase_node_at(const trail_phrase_index *index, uint32_t node);
bool trail_letter_is_word(trail_letter_kind kind);
const trail_phrase *trail_phrase_at(const trail_phrase_index *index, uint32_t phrase);
const uint32_t *trail_phrase_letter(const trail_phrase_index *index, const trail_phrase *phrase);
bool trail_phrase_share_owner(const trail_phrase_index *index, const trail_phrase *a,
                              const trail_phrase *b);

#endif
