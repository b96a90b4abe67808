/* Text: borrowed slices of UTF-8 bytes, and a growable buffer. Neither depends on the locale. */
#ifndef TRAIL_BASE_TEXT_H
#define TRAIL_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

/* Borrowed bytes, not NUL-terminated. {0} is the empty slice. */
typedef struct trail_slice {
    const char *start;
    size_t length;
} trail_slice;

trail_slice trail_slice_of(const char *text); /* NULL gives the empty slice */
bool trail_slice_equal(trail_slice a, trail_slice b);
bool trail_slice_is(trail_slice a, const char *text);
/* ASCII letters compared without case. */
bool trail_slice_is_ascii_nocase(trail_slice a, const char *text);
/* Bytewise order, shorter first on a tie: <0, 0, >0. */
int trail_slice_compare(trail_slice a, trail_slice b);
/* Without leading and trailing blanks: space, tab, CR, LF, U+00A0, U+202F. */
trail_slice trail_slice_trim(trail_slice a);
/* Index of the first occurrence, or SIZE_MAX. */
size_t trail_slice_find(trail_slice haystack, trail_slice needle);
/* Decimal digits only (at least one), no sign; false on anything else or overflow. */
bool trail_slice_to_u64(trail_slice a, uint64_t *value);
/* Edit distance (restricted Damerau), for "did you mean"; slices over 64 bytes give SIZE_MAX. */
size_t trail_slice_distance(trail_slice a, trail_slice b);

/* A growable buffer; bytes[length] is NUL whenever bytes is not NULL. {0} is empty. */
typedef struct trail_text {
    char *bytes;
    size_t length;
    size_t capacity;
} trail_text;

void trail_text_clear(trail_text *text); /* frees; {0} again */
void trail_text_reset(trail_text *text); /* length 0, memory kept */
trail_status trail_text_add(trail_text *text, trail_slice more, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_text_add_format(trail_text *text, trail_error *err, const char *format, ...)
    TRAIL_PRINTF(3, 4) TRAIL_MUST_CHECK;
/* The same for a function that has its own format and values. */
trail_status trail_text_add_values(trail_text *text, trail_error *err, const char *format,
                                   va_list values) TRAIL_PRINTF(3, 0) TRAIL_MUST_CHECK;
trail_slice trail_text_slice(const trail_text *text);

#define TRAIL_NUMBER_TEXT 21 /* sign, 19 digits, NUL */

/* The number in decimal digits and a NUL; returns its length. Cheaper than any format. */
size_t trail_number_format(int64_t value, char text[TRAIL_NUMBER_TEXT]);
trail_status trail_text_add_number(trail_text *text, int64_t value,
                                   trail_error *err) TRAIL_MUST_CHECK;

/* "0a1b…": 2·size lower-case digits and a NUL into hex. */
void trail_hex(const uint8_t *bytes, size_t size, char *hex);
/* Reads exactly 2·size hex digits; false otherwise. */
bool trail_unhex(trail_slice hex, uint8_t *bytes, size_t size);

#endif
