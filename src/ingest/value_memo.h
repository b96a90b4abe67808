/* A small memory of what short values mean (currency names, codes, marks): tables repeat them on
 * every row, and looking them up again must not cost a search. Direct-mapped: a newer value takes
 * the place of an older one, which is then looked up again. {0} is an empty memo. */
#ifndef TRAIL_INGEST_VALUE_MEMO_H
#define TRAIL_INGEST_VALUE_MEMO_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define TRAIL_MEMO_SLOTS 64u
#define TRAIL_MEMO_TEXT  27u

typedef struct trail_memo_slot {
    char text[TRAIL_MEMO_TEXT];
    uint8_t length; /* 0: free */
    int32_t meaning;
} trail_memo_slot;

typedef struct trail_value_memo {
    trail_memo_slot slots[TRAIL_MEMO_SLOTS];
} trail_value_memo;

static inline trail_memo_slot *trail_value_memo_slot(trail_value_memo *memo, trail_slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.start;
    uint32_t mix = (uint32_t)text.length * 131u + bytes[0] * 31u + bytes[text.length / 2] * 17u +
                   bytes[text.length - 1];
    return &memo->slots[(mix ^ mix >> 6) % TRAIL_MEMO_SLOTS];
}

static inline bool trail_value_memo_find(trail_value_memo *memo, trail_slice text, int32_t *meaning)
{
    if (text.length == 0 || text.length > TRAIL_MEMO_TEXT) return false;
    const trail_memo_slot *slot = trail_value_memo_slot(memo, text);
    if (slot->length != text.length || memcmp(slot->text, text.start, text.length) != 0) {
        return false;
    }
    *meaning = slot->meaning;
    return true;
}

static inline void trail_value_memo_put(trail_value_memo *memo, trail_slice text, int32_t meaning)
{
    if (text.length == 0 || text.length > TRAIL_MEMO_TEXT) return;
    trail_memo_slot *slot = trail_value_memo_slot(memo, text);
    memcpy(slot->text, text.start, text.length);
    slot->length = (uint8_t)text.length;
    slot->meaning = meaning;
}

#endif
