/* UTF-8 (RFC 3629) one character at a time, without ICU. */
#ifndef TRAIL_BASE_UTF8_H
#define TRAIL_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define TRAIL_UTF8_REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

/* Length (1 to 4) of the character at `at`, its code point in *code (may be NULL); 0 when the byte
 * there begins no valid character. Surrogates, overlong forms and > U+10FFFF are not valid. */
size_t trail_utf8_step(trail_slice text, size_t at, uint32_t *code);
/* Offset of the first byte that is not valid UTF-8, or SIZE_MAX. */
size_t trail_utf8_bad_byte(trail_slice text);
/* Number of leading bytes below 0x80, eight at a time. */
size_t trail_utf8_ascii_run(trail_slice text);

#endif
