/* Replacing in text. The matches come sorted by place, longest first; one sweep takes each byte
 * once: where two matches overlap, the later one's remainder is replaced by its own pseudonym, so
 * that no part of a declared name is left beside the other. O(text + matches). */
#include "evidence/protection.h"

#include "base/unicode.h"
#include "evidence/protection_parts.h"

#define MOST_WORDS_BESIDE 2u /* "Anna Berzina, acc. no. 12345" */
#define MOST_BYTES_BESIDE 80u
#define MOST_NEIGHBOURS   64u /* matches looked at on either side of a short number */

static const trail_phrase_match *match_at(const trail_vector *matches, size_t index)
{
    return trail_vector_at(matches, index);
}

static size_t words_between(const trail_phrase_index *index, trail_slice text, size_t start,
                            size_t end)
{
    size_t words = 0;
    bool inside = false;
    trail_seen_character seen;
    for (size_t at = start; at < end; at += seen.size) {
        trail_phrase_see(index, text, at, &seen);
        if (seen.kind == TRAIL_LETTER_IGNORED) continue;
        bool word = trail_letter_is_word(seen.kind);
        if (word && !inside) words++;
        inside = word;
    }
    return words;
}

static bool is_short_number(const trail_phrase *phrase)
{
    return phrase->kind == TRAIL_PHRASE_NUMBER && phrase->length < TRAIL_SHORT_NUMBER;
}

/* Does a name of one of its owners stand beside the short number? */
static bool stands_beside_name(const trail_phrase_index *index, trail_slice text,
                               const trail_vector *matches, size_t short_match)
{
    const trail_phrase_match *number = match_at(matches, short_match);
    const trail_phrase *number_phrase = trail_phrase_at(index, number->phrase);
    size_t from = short_match > MOST_NEIGHBOURS ? short_match - MOST_NEIGHBOURS : 0;
    size_t to = matches->count - short_match > MOST_NEIGHBOURS ? short_match + MOST_NEIGHBOURS
                                                               : matches->count;
    for (size_t i = from; i < to; i++) {
        const trail_phrase_match *name = match_at(matches, i);
        const trail_phrase *name_phrase = trail_phrase_at(index, name->phrase);
        if (name_phrase->kind != TRAIL_PHRASE_NAME ||
            !trail_phrase_share_owner(index, name_phrase, number_phrase))
            continue;
        size_t start = name->end <= number->start ? name->end : number->end;
        size_t end = name->end <= number->start ? number->start : name->start;
        if (end >= start && end - start <= MOST_BYTES_BESIDE &&
            words_between(index, text, start, end) <= MOST_WORDS_BESIDE)
            return true;
    }
    return false;
}

static size_t skip_separators(const trail_phrase_index *index, trail_slice text, size_t start,
                              size_t end)
{
    trail_seen_character seen;
    for (; start < end; start += seen.size) {
        trail_phrase_see(index, text, start, &seen);
        if (trail_letter_is_word(seen.kind)) break;
    }
    return start < end ? start : end;
}

typedef struct replacer {
    const trail_protection *protection;
    trail_slice text;
    trail_text *out;
    size_t done;       /* bytes of text dealt with */
    uint32_t previous; /* phrase whose label was written last, right before done */
} replacer;

static trail_status copy_until(replacer *work, size_t end, trail_error *err)
{
    trail_slice piece = {work->text.start + work->done, end - work->done};
    work->done = end;
    return trail_text_add(work->out, piece, err);
}

static const char *label_of(const trail_protection *protection, uint32_t phrase)
{
    return *(const char *const *)trail_vector_at(&protection->phrase_labels, phrase);
}

static trail_status replace(replacer *work, const trail_phrase_match *match, trail_error *err)
{
    size_t start = match->start;
    if (match->end <= work->done) return TRAIL_OK;
    if (start < work->done) { /* the remainder of an overlap */
        start = skip_separators(&work->protection->index, work->text, work->done, match->end);
        if (start == match->end) return TRAIL_OK;
        if (trail_slice_is(trail_slice_of(label_of(work->protection, match->phrase)),
                           label_of(work->protection, work->previous))) {
            work->done = match->end;
            return TRAIL_OK;
        }
    }
    trail_status status = copy_until(work, start, err);
    if (status != TRAIL_OK) return status;
    work->done = match->end;
    work->previous = match->phrase;
    return trail_text_add(work->out, trail_slice_of(label_of(work->protection, match->phrase)),
                          err);
}

static trail_status replace_all(const trail_protection *protection, trail_slice text,
                                const trail_vector *matches, trail_text *out, trail_error *err)
{
    replacer work = {protection, text, out, 0, TRAIL_NO_PHRASE};
    for (size_t i = 0; i < matches->count; i++) {
        const trail_phrase_match *match = match_at(matches, i);
        if (is_short_number(trail_phrase_at(&protection->index, match->phrase)) &&
            !stands_beside_name(&protection->index, text, matches, i))
            continue;
        trail_status status = replace(&work, match, err);
        if (status != TRAIL_OK) return status;
    }
    return copy_until(&work, text.length, err);
}

trail_status trail_protect_text(const trail_protection *protection, trail_slice text,
                                trail_text *out, trail_error *err)
{
    size_t before = out->length;
    trail_text printable = {0};
    trail_vector matches = trail_vector_of(sizeof(trail_phrase_match));
    trail_status status = trail_unicode_printable(text, out, err);
    if (status != TRAIL_OK || protection->internal) goto cleanup;
    trail_slice added = {out->bytes + before, out->length - before};
    if (added.length == 0) goto cleanup;
    status =
        trail_phrase_index_find(&protection->index, added, TRAIL_PHRASE_IN_TEXT, &matches, err);
    if (status != TRAIL_OK || matches.count == 0) goto cleanup;

    if ((status = trail_text_add(&printable, added, err)) != TRAIL_OK) goto cleanup;
    out->length = before;
    out->bytes[before] = '\0';
    status = replace_all(protection, trail_text_slice(&printable), &matches, out, err);
cleanup:
    trail_vector_clear(&matches);
    trail_text_clear(&printable);
    return status;
}

trail_status trail_protect_number(const trail_protection *protection, trail_slice number,
                                  trail_text *out, trail_error *err)
{
    uint32_t phrase = protection->internal ? TRAIL_NO_PHRASE
                                           : trail_phrase_index_number(&protection->index, number);
    if (phrase == TRAIL_NO_PHRASE) return trail_protect_text(protection, number, out, err);
    return trail_text_add(out, trail_slice_of(label_of(protection, phrase)), err);
}

trail_status trail_protect_file(const trail_protection *protection, const char *name,
                                const uint8_t hash[TRAIL_DIGEST_SIZE], trail_text *out,
                                trail_error *err)
{
    size_t before = out->length;
    char hex[TRAIL_DIGEST_HEX];
    trail_vector matches = trail_vector_of(sizeof(trail_phrase_match));
    trail_status status = trail_unicode_printable(trail_slice_of(name), out, err);
    if (status != TRAIL_OK || protection->internal) goto cleanup;
    trail_slice added = {out->bytes + before, out->length - before};
    if (added.length == 0) goto cleanup;
    status = trail_phrase_index_find(&protection->index, added, TRAIL_PHRASE_IN_FILE_NAME, &matches,
                                     err);
    if (status != TRAIL_OK || matches.count == 0) goto cleanup;
    out->length = before;
    out->bytes[before] = '\0';
    trail_hex(hash, TRAIL_DIGEST_SIZE, hex);
    status = trail_text_add_format(out, err, "F-%.12s", hex);
cleanup:
    trail_vector_clear(&matches);
    return status;
}
