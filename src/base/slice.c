/* The slices of base/text.h. */
#include "base/text.h"

#include <string.h>

#define DISTANCE_MAX 64

trail_slice trail_slice_of(const char *text)
{
    return (trail_slice){text, text == NULL ? 0 : strlen(text)};
}

bool trail_slice_equal(trail_slice a, trail_slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.start, b.start, a.length) == 0);
}

bool trail_slice_is(trail_slice a, const char *text)
{
    return trail_slice_equal(a, trail_slice_of(text));
}

static char ascii_lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

bool trail_slice_is_ascii_nocase(trail_slice a, const char *text)
{
    trail_slice b = trail_slice_of(text);
    if (a.length != b.length) return false;
    for (size_t i = 0; i < a.length; i++)
        if (ascii_lower(a.start[i]) != ascii_lower(b.start[i])) return false;
    return true;
}

int trail_slice_compare(trail_slice a, trail_slice b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared == 0 ? 0 : memcmp(a.start, b.start, shared);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static bool ends_with(trail_slice a, const char *tail, size_t length)
{
    return a.length >= length && memcmp(a.start + a.length - length, tail, length) == 0;
}

static bool starts_with(trail_slice a, const char *head, size_t length)
{
    return a.length >= length && memcmp(a.start, head, length) == 0;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static size_t leading_blank(trail_slice a)
{
    if (a.length > 0 && is_blank(a.start[0])) return 1;
    if (starts_with(a, "\xC2\xA0", 2)) return 2;
    return starts_with(a, "\xE2\x80\xAF", 3) ? 3 : 0;
}

static size_t trailing_blank(trail_slice a)
{
    if (a.length > 0 && is_blank(a.start[a.length - 1])) return 1;
    if (ends_with(a, "\xC2\xA0", 2)) return 2;
    return ends_with(a, "\xE2\x80\xAF", 3) ? 3 : 0;
}

trail_slice trail_slice_trim(trail_slice a)
{
    size_t blank;
    while ((blank = leading_blank(a)) > 0) {
        a.start += blank;
        a.length -= blank;
    }
    while ((blank = trailing_blank(a)) > 0)
        a.length -= blank;
    return a;
}

size_t trail_slice_find(trail_slice haystack, trail_slice needle)
{
    if (needle.length == 0) return 0;
    size_t at = 0;
    while (needle.length <= haystack.length - at) {
        size_t places = haystack.length - at - needle.length + 1;
        const char *hit = memchr(haystack.start + at, needle.start[0], places);
        if (hit == NULL) return SIZE_MAX;
        at = (size_t)(hit - haystack.start);
        if (memcmp(hit, needle.start, needle.length) == 0) return at;
        at++;
    }
    return SIZE_MAX;
}

bool trail_slice_to_u64(trail_slice a, uint64_t *value)
{
    uint64_t sum = 0;
    if (a.length == 0) return false;
    for (size_t i = 0; i < a.length; i++) {
        if (a.start[i] < '0' || a.start[i] > '9') return false;
        uint64_t digit = (uint64_t)(a.start[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10) return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t trail_slice_distance(trail_slice a, trail_slice b)
{
    size_t rows[3][DISTANCE_MAX + 1];
    if (a.length > DISTANCE_MAX || b.length > DISTANCE_MAX) return SIZE_MAX;
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            bool same = a.start[i - 1] == b.start[j - 1];
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a.start[i - 1] == b.start[j - 2] &&
                a.start[i - 2] == b.start[j - 1])
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[a.length % 3][b.length];
}
