#include "base/unicode.h"

#include <unicode/unorm2.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/unicode_units.h"

static bool is_ascii_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Collapses blanks and trims, in place; what remains of bytes[from..length) . */
static void collapse(trail_text *out, size_t from)
{
    size_t to = from;
    bool pending = false;
    for (size_t i = from; i < out->length; i++) {
        char byte = out->bytes[i];
        if (is_ascii_blank(byte)) {
            pending = to > from;
            continue;
        }
        if (pending) out->bytes[to++] = ' ';
        pending = false;
        out->bytes[to++] = byte;
    }
    out->length = to;
    out->bytes[to] = '\0';
}

static trail_status fold_ascii(trail_slice text, trail_text *out, trail_error *err)
{
    size_t from = out->length;
    trail_status status = trail_text_add(out, text, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = from; i < out->length; i++)
        if (out->bytes[i] >= 'A' && out->bytes[i] <= 'Z')
            out->bytes[i] = (char)(out->bytes[i] - 'A' + 'a');
    collapse(out, from);
    return TRAIL_OK;
}

/* NFKC turns most blanks into U+0020; these it leaves. */
static bool is_other_blank(UChar unit)
{
    return unit == 0x85 || unit == 0x1680 || unit == 0x2028 || unit == 0x2029;
}

static trail_status normalize(const trail_units *plain, trail_units *folded, trail_error *err)
{
    UErrorCode state = U_ZERO_ERROR;
    const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&state);
    if (U_FAILURE(state))
        return trail_fail(err, TRAIL_INTERNAL, "ICU has no NFKC_Casefold: %s", u_errorName(state));
    for (;;) {
        state = U_ZERO_ERROR;
        int32_t length = unorm2_normalize(casefold, plain->units, (int32_t)plain->count,
                                          folded->units, (int32_t)folded->capacity, &state);
        if (state == U_BUFFER_OVERFLOW_ERROR) {
            trail_status status = trail_grow(&folded->units, &folded->capacity, (size_t)length,
                                             sizeof *folded->units, err);
            if (status != TRAIL_OK) return status;
            continue;
        }
        if (U_FAILURE(state))
            return trail_fail(err, TRAIL_INTERNAL, "ICU cannot fold a text: %s",
                              u_errorName(state));
        folded->count = (size_t)length;
        return TRAIL_OK;
    }
}

static trail_status fold_units(trail_slice text, trail_text *out, trail_error *err)
{
    trail_status status;
    trail_units plain = {0};
    trail_units folded = {0};
    size_t from = out->length;

    if ((status = trail_units_from_utf8(&plain, text, err)) != TRAIL_OK) goto cleanup;
    /* Most texts keep their length; asking for it first saves a second pass. */
    if ((status = trail_grow(&folded.units, &folded.capacity, plain.count + 1, sizeof *folded.units,
                             err)) != TRAIL_OK)
        goto cleanup;
    if ((status = normalize(&plain, &folded, err)) != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < folded.count; i++)
        if (is_other_blank(folded.units[i])) folded.units[i] = ' ';
    if ((status = trail_units_to_utf8(&folded, out, err)) != TRAIL_OK) goto cleanup;
    collapse(out, from);
cleanup:
    trail_units_clear(&plain);
    trail_units_clear(&folded);
    return status;
}

trail_status trail_unicode_fold(trail_slice text, trail_text *out, trail_error *err)
{
    if (trail_utf8_ascii_run(text) == text.length) return fold_ascii(text, out, err);
    return fold_units(text, out, err);
}

static bool is_printable(uint32_t code)
{
    if (code < 0x20) return code == '\t';
    if (code >= 0x7F && code < 0xA0) return false;
    if ((code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF)) return false;
    bool bidirectional = code == 0x061C || code == 0x200E || code == 0x200F ||
                         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return !bidirectional;
}

trail_status trail_unicode_printable(trail_slice text, trail_text *out, trail_error *err)
{
    trail_status status;
    size_t from = 0; /* all before it is appended */
    for (size_t at = 0; at < text.length;) {
        while (at < text.length && text.start[at] >= 0x20 && text.start[at] < 0x7F)
            at++;
        if (at == text.length) break;
        uint32_t code = 0;
        size_t step = trail_utf8_step(text, at, &code);
        if (step > 0 && is_printable(code)) {
            at += step;
            continue;
        }
        trail_slice good = {text.start + from, at - from};
        if ((status = trail_text_add(out, good, err)) != TRAIL_OK) return status;
        if ((status = trail_text_add(out, trail_slice_of(TRAIL_UTF8_REPLACEMENT), err)) != TRAIL_OK)
            return status;
        at += step == 0 ? 1 : step;
        from = at;
    }
    if (from == text.length) return trail_text_add(out, (trail_slice){0}, err);
    return trail_text_add(out, (trail_slice){text.start + from, text.length - from}, err);
}
