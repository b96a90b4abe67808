/* Unicode, the door to ICU. All text inside the program is valid UTF-8 without NUL. */
#ifndef TRAIL_BASE_UNICODE_H
#define TRAIL_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "base/utf8.h"

/* Appends the folded text: NFKC_Casefold, runs of blanks collapsed to one space, trimmed. Invalid
 * bytes become U+FFFD. This folding is frozen: ids depend on it. ASCII takes a short way. */
trail_status trail_unicode_fold(trail_slice text, trail_text *out,
                                trail_error *err) TRAIL_MUST_CHECK;
/* Appends the text with invalid UTF-8, control characters other than TAB, noncharacters and
 * bidirectional controls replaced by U+FFFD: what every writer may print. */
trail_status trail_unicode_printable(trail_slice text, trail_text *out,
                                     trail_error *err) TRAIL_MUST_CHECK;

/* A converter from a declared encoding (any ICU name: windows-1257, cp866, UTF-16LE ...). */
typedef struct trail_decoder trail_decoder;
/* TRAIL_USAGE when ICU does not know the name. */
trail_status trail_decoder_new(trail_decoder **out, const char *encoding,
                               trail_error *err) TRAIL_MUST_CHECK;
void trail_decoder_free(trail_decoder *decoder);
/* Appends the UTF-8 of one whole field or row. *bad_offset: first undecodable byte, or SIZE_MAX;
 * such bytes become U+FFFD. */
trail_status trail_decoder_text(trail_decoder *decoder, trail_slice bytes, trail_text *out,
                                size_t *bad_offset, trail_error *err) TRAIL_MUST_CHECK;
/* True when every ASCII byte means itself, so rows can be split before decoding. */
bool trail_decoder_keeps_ascii(const trail_decoder *decoder);

#endif
