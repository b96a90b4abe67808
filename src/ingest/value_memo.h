/* A small memory of what short values mean (currency names, codes, marks): tables repeat them on
 * every row, and looking them up again must not cost a search. A value has two places; a newer one
 * takes that of the older, which is then looked up again. {0} is an empty memo. */
#ifndef TRAIL_INGEST_VALUE_MEMO_H
#define TRAIL_INGEST_VALUE_MEMO_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "ingest/short_equal.h"

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

/* The first of its two places, an even one; the other follows. What a place is depends on the
 * machine's byte order, what is found there does not. */
static inline trail_memo_slot *trail_value_memo_place(trail_value_memo *memo, trail_slice text)
{
    uint32_t head = (unsigned char)text.start[0], tail = (unsigned char)text.start[text.length - 1];
    if (text.length >= 4) {
        head = trail_short_load4(text.start);
        tail = trail_short_load4(text.start + text.length - 4);
    }
    uint32_t mix = (head * 0x9E3779B1u) ^ ((tail + (uint32_t)text.length) * 0x85EBCA6Bu);
    mix ^= mix >> 15;
    size_t pair = (mix * 0x2C1B3C6Du >> 20) % (TRAIL_MEMO_SLOTS / 2);
    return &memo->slots[2 * pair];
}

static inline bool trail_value_memo_find(trail_value_memo *memo, trail_slice text, int32_t *meaning)
{
    if (text.length == 0 || text.length > TRAIL_MEMO_TEXT) return false;
    const trail_memo_slot *place = trail_value_memo_place(memo, text);
    for (int i = 0; i < 2; i++, place++) {
        if (place->length == text.length &&
            trail_short_equal(place->text, text.start, text.length)) {
            *meaning = place->meaning;
            return true;
        }
    }
    return false;
}

static inline void trail_value_memo_put(trail_value_memo *memo, trail_slice text, int32_t meaning)
{
    if (text.length == 0 || text.length > TRAIL_MEMO_TEXT) return;
    trail_memo_slot *place = trail_value_memo_place(memo, text);
    if (place[0].length != 0) place[1] = place[0];
    memcpy(place->text, text.start, text.length);
    place->length = (uint8_t)text.length;
    place->meaning = meaning;
}

#endif
