/* The decoder of base/unicode.h: bytes of a declared encoding to UTF-8. */
#include "base/unicode.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/unicode_units.h"

#define REPLACEMENT 0xFFFDU

struct trail_decoder {
    UConverter *converter;
    trail_units units; /* reused */
    bool keeps_ascii;
};

/* Decodes all bytes into decoder->units. */
static trail_status decode(trail_decoder *decoder, trail_slice bytes, size_t *bad_offset,
                           trail_error *err)
{
    trail_units *units = &decoder->units;
    const char *at = bytes.start;
    const char *end = bytes.start + bytes.length;
    UErrorCode state;

    *bad_offset = SIZE_MAX;
    units->count = 0;
    ucnv_resetToUnicode(decoder->converter);
    for (;;) {
        trail_status status =
            trail_grow(&units->units, &units->capacity, units->count + (size_t)(end - at) + 16,
                       sizeof *units->units, err);
        if (status != TRAIL_OK) return status;
        UChar *to = units->units + units->count;
        state = U_ZERO_ERROR;
        /* One unit is kept free for the replacement below. */
        ucnv_toUnicode(decoder->converter, &to, units->units + units->capacity - 1, &at, end, NULL,
                       true, &state);
        units->count = (size_t)(to - units->units);
        if (state == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_SUCCESS(state)) return TRAIL_OK;
        char invalid[32];
        int8_t invalid_size = (int8_t)sizeof invalid;
        UErrorCode asked = U_ZERO_ERROR;
        ucnv_getInvalidChars(decoder->converter, invalid, &invalid_size, &asked);
        size_t used = (size_t)(at - bytes.start);
        size_t size = U_SUCCESS(asked) ? (size_t)invalid_size : 0;
        if (*bad_offset == SIZE_MAX) *bad_offset = used > size ? used - size : 0;
        units->units[units->count++] = REPLACEMENT;
        if (at == end) return TRAIL_OK;
    }
}

static bool decodes_to(trail_decoder *decoder, trail_slice bytes, UChar last)
{
    size_t bad_offset;
    trail_units *units = &decoder->units;
    return decode(decoder, bytes, &bad_offset, NULL) == TRAIL_OK && units->count > 0 &&
           units->units[units->count - 1] == last;
}

static bool tried_for_ascii(int byte)
{
    bool shift =
        byte == 0x0E || byte == 0x0F || byte == 0x1B; /* ISO-2022 changes its state there */
    return byte >= ' ' || byte == '\t' || byte == '\n' || byte == '\r' || shift;
}

/* Tried rather than looked up: TAB, LF, CR, the shifts and all from space to tilde must mean
 * themselves, alone and after any byte above 0x7F (where Shift-JIS or GBK would swallow them). */
static bool tries_ascii(trail_decoder *decoder)
{
    bool single = ucnv_getMaxCharSize(decoder->converter) == 1;
    for (int byte = '\t'; byte < 0x7F; byte++) {
        if (!tried_for_ascii(byte)) continue;
        char two[2] = {0, (char)byte};
        if (!decodes_to(decoder, (trail_slice){two + 1, 1}, (UChar)byte) ||
            decoder->units.count != 1)
            return false;
        for (int lead = 0x80; !single && lead <= 0xFF; lead++) {
            two[0] = (char)lead;
            if (!decodes_to(decoder, (trail_slice){two, 2}, (UChar)byte)) return false;
        }
    }
    return true;
}

trail_status trail_decoder_new(trail_decoder **out, const char *encoding, trail_error *err)
{
    trail_status status;
    trail_decoder *decoder = NULL;
    UErrorCode state = U_ZERO_ERROR;

    *out = NULL;
    if (encoding == NULL || encoding[0] == '\0')
        return trail_fail(err, TRAIL_USAGE, "an encoding has no name");
    if ((status = trail_alloc_zeroed(&decoder, 1, sizeof *decoder, err)) != TRAIL_OK) return status;
    decoder->converter = ucnv_open(encoding, &state);
    if (U_FAILURE(state)) {
        status = state == U_MEMORY_ALLOCATION_ERROR
                     ? trail_fail_memory(err)
                     : trail_fail(err, TRAIL_USAGE, "unknown encoding %s", encoding);
        goto cleanup;
    }
    ucnv_setToUCallBack(decoder->converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &state);
    /* The trial is not to take a refused allocation for an encoding of another kind. */
    if ((status = trail_grow(&decoder->units.units, &decoder->units.capacity, 64, sizeof(UChar),
                             err)) != TRAIL_OK)
        goto cleanup;
    decoder->keeps_ascii = tries_ascii(decoder);
    *out = decoder;
    decoder = NULL;
cleanup:
    trail_decoder_free(decoder);
    return status;
}

void trail_decoder_free(trail_decoder *decoder)
{
    if (decoder == NULL) return;
    if (decoder->converter != NULL) ucnv_close(decoder->converter);
    trail_units_clear(&decoder->units);
    trail_free(decoder);
}

trail_status trail_decoder_text(trail_decoder *decoder, trail_slice bytes, trail_text *out,
                                size_t *bad_offset, trail_error *err)
{
    *bad_offset = SIZE_MAX;
    if (bytes.length == 0) return trail_text_add(out, bytes, err);
    trail_status status = decode(decoder, bytes, bad_offset, err);
    return status != TRAIL_OK ? status : trail_units_to_utf8(&decoder->units, out, err);
}

bool trail_decoder_keeps_ascii(const trail_decoder *decoder)
{
    return decoder->keeps_ascii;
}
