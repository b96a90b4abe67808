/* Interned strings for tens of millions of lookups.
 * A table of 8-byte slots (tag, place), linear probing, 0.3 to 0.6 full; a place points to the
 * entry {id, length, bytes, NUL} in one growing byte array, so a hit costs two cache misses, and
 * both can be asked for ahead of time. The tag alone finds a slot, so widening never reads the
 * entries. Hash: after Wang Yi's wyhash (public domain): 16 bytes a step through one 64x64->128
 * product. */
#include "base/strings.h"

#include <stddef.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/wide.h"

#define FIRST_SLOTS ((size_t)1024)
#define PLACE_UNIT  ((size_t)4) /* entries begin at multiples of 4: 16 GiB of text */
#define PLACES_MAX  ((size_t)UINT32_MAX)
#define LENGTH_MAX  ((size_t)UINT32_MAX / 2)

#define KEY_1 UINT64_C(0xA0761D6478BD642F)
#define KEY_2 UINT64_C(0xE7037ED1A0B428DB)
#define KEY_3 UINT64_C(0x8EBC6AF09C88C6E3)

typedef struct slot {
    uint32_t tag;
    uint32_t place; /* in PLACE_UNITs; 0: free, for the empty string is never looked up here */
} slot;

typedef struct entry {
    uint32_t id;
    uint32_t length;
} entry;

struct trail_strings {
    slot *slots;
    size_t slot_count; /* a power of two */
    char *bytes;
    size_t used;
    size_t capacity;
    uint32_t *places; /* by id */
    size_t place_capacity;
    uint32_t count;
};

/* Spelled by bytes so that every machine sees the same number; compiles to one load. */
static uint64_t read8(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

static uint64_t read4(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

uint64_t trail_strings_hash(trail_slice key)
{
    const uint8_t *at = (const uint8_t *)key.start;
    size_t left = key.length;
    uint64_t seed = KEY_1;
    uint64_t a = 0;
    uint64_t b = 0;

    while (left > 16) {
        seed = trail_wide_fold(read8(at) ^ KEY_2, read8(at + 8) ^ seed);
        at += 16;
        left -= 16;
    }
    if (left >= 8) {
        a = read8(at);
        b = read8(at + left - 8);
    } else if (left >= 4) {
        a = read4(at);
        b = read4(at + left - 4);
    } else if (left > 0) {
        a = (uint64_t)at[0] << 16 | (uint64_t)at[left >> 1] << 8 | at[left - 1];
    }
    return trail_wide_fold(KEY_3 ^ (uint64_t)key.length, trail_wide_fold(a ^ KEY_2, b ^ seed));
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

static entry entry_at(const trail_strings *strings, uint32_t place)
{
    entry found;
    memcpy(&found, strings->bytes + place * PLACE_UNIT, sizeof found);
    return found;
}

/* The slot of the key, or the free slot where it belongs. */
static slot *slot_of(const trail_strings *strings, trail_slice key, uint32_t tag)
{
    size_t mask = strings->slot_count - 1;
    for (size_t at = tag & mask;; at = (at + 1) & mask) {
        slot *here = &strings->slots[at];
        if (here->place == 0) return here;
        if (here->tag != tag) continue;
        const char *stored = strings->bytes + here->place * PLACE_UNIT;
        if (entry_at(strings, here->place).length == key.length &&
            memcmp(stored + sizeof(entry), key.start, key.length) == 0)
            return here;
    }
}

/* Appends the entry of the next id; nothing is changed on failure. */
static trail_status append(trail_strings *strings, trail_slice key, trail_error *err)
{
    trail_status status;
    entry fresh = {strings->count, (uint32_t)key.length};
    size_t size = sizeof fresh + key.length + 1;
    size_t rounded = (size + PLACE_UNIT - 1) / PLACE_UNIT * PLACE_UNIT;

    if (key.length > LENGTH_MAX || strings->count == UINT32_MAX ||
        strings->used / PLACE_UNIT > PLACES_MAX - rounded / PLACE_UNIT)
        return trail_fail(err, TRAIL_BAD_DATA, "more than 16 GiB of distinct text");
    if ((status = trail_grow(&strings->bytes, &strings->capacity, strings->used + rounded, 1,
                             err)) != TRAIL_OK)
        return status;
    if ((status = trail_grow(&strings->places, &strings->place_capacity, (size_t)strings->count + 1,
                             sizeof *strings->places, err)) != TRAIL_OK)
        return status;
    char *place = strings->bytes + strings->used;
    memcpy(place, &fresh, sizeof fresh);
    if (key.length > 0) memcpy(place + sizeof fresh, key.start, key.length);
    memset(place + sizeof fresh + key.length, 0, rounded - sizeof fresh - key.length);
    strings->places[strings->count++] = (uint32_t)(strings->used / PLACE_UNIT);
    strings->used += rounded;
    return TRAIL_OK;
}

static trail_status widen(trail_strings *strings, trail_error *err)
{
    size_t wider_count = strings->slot_count * 2;
    size_t mask = wider_count - 1;
    slot *wider = NULL;
    trail_status status = trail_alloc_zeroed(&wider, wider_count, sizeof *wider, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < strings->slot_count; i++) {
        if (strings->slots[i].place == 0) continue;
        size_t at = strings->slots[i].tag & mask;
        while (wider[at].place != 0)
            at = (at + 1) & mask;
        wider[at] = strings->slots[i];
    }
    trail_free(strings->slots);
    strings->slots = wider;
    strings->slot_count = wider_count;
    return TRAIL_OK;
}

trail_status trail_strings_new(trail_strings **out, trail_error *err)
{
    trail_status status;
    trail_strings *strings = NULL;

    *out = NULL;
    if ((status = trail_alloc_zeroed(&strings, 1, sizeof *strings, err)) != TRAIL_OK) return status;
    strings->slot_count = FIRST_SLOTS;
    if ((status = trail_alloc_zeroed(&strings->slots, FIRST_SLOTS, sizeof *strings->slots, err)) !=
        TRAIL_OK)
        goto cleanup;
    if ((status = append(strings, (trail_slice){0}, err)) != TRAIL_OK) goto cleanup;
    *out = strings;
    strings = NULL;
cleanup:
    trail_strings_free(strings);
    return status;
}

void trail_strings_free(trail_strings *strings)
{
    if (strings == NULL) return;
    trail_free(strings->slots);
    trail_free(strings->bytes);
    trail_free(strings->places);
    trail_free(strings);
}

void trail_strings_prefetch(const trail_strings *strings, uint64_t hash)
{
    TRAIL_PREFETCH(&strings->slots[tag_of(hash) & (strings->slot_count - 1)]);
}

void trail_strings_prefetch_entry(const trail_strings *strings, uint64_t hash)
{
    size_t mask = strings->slot_count - 1;
    uint32_t tag = tag_of(hash);
    size_t at = tag & mask;
    while (strings->slots[at].place != 0 && strings->slots[at].tag != tag)
        at = (at + 1) & mask;
    TRAIL_PREFETCH(strings->bytes + strings->slots[at].place * PLACE_UNIT);
}

trail_status trail_strings_put(trail_strings *strings, trail_slice key, uint32_t *id,
                               trail_error *err)
{
    return trail_strings_put_hashed(strings, key, trail_strings_hash(key), id, err);
}

trail_status trail_strings_put_hashed(trail_strings *strings, trail_slice key, uint64_t hash,
                                      uint32_t *id, trail_error *err)
{
    trail_status status;
    uint32_t tag = tag_of(hash);

    *id = 0;
    if (key.length == 0) return TRAIL_OK;
    slot *place = slot_of(strings, key, tag);
    if (place->place != 0) {
        *id = entry_at(strings, place->place).id;
        return TRAIL_OK;
    }
    if ((size_t)strings->count + 1 > strings->slot_count / 5 * 3) {
        if ((status = widen(strings, err)) != TRAIL_OK) return status;
        place = slot_of(strings, key, tag);
    }
    if ((status = append(strings, key, err)) != TRAIL_OK) return status;
    *id = strings->count - 1;
    *place = (slot){tag, strings->places[*id]};
    return TRAIL_OK;
}

uint32_t trail_strings_find(const trail_strings *strings, trail_slice key)
{
    if (key.length == 0) return 0;
    const slot *place = slot_of(strings, key, tag_of(trail_strings_hash(key)));
    return place->place == 0 ? UINT32_MAX : entry_at(strings, place->place).id;
}

trail_slice trail_strings_get(const trail_strings *strings, uint32_t id)
{
    uint32_t place = strings->places[id];
    return (trail_slice){strings->bytes + place * PLACE_UNIT + sizeof(entry),
                         entry_at(strings, place).length};
}

uint32_t trail_strings_count(const trail_strings *strings)
{
    return strings->count;
}
