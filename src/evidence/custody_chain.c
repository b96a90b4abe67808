/* Reading custody.jsonl: the chain, and looking for one event. Lines are this program's own JSON:
 * inside a string every quote is escaped, so `"name":"` can only be a field. O(bytes). */
#include "evidence/custody_parts.h"

#include <string.h>

trail_slice trail_custody_next_line(trail_slice *rest, bool *whole)
{
    trail_slice line = *rest;
    const char *end = rest->length == 0 ? NULL : memchr(rest->start, '\n', rest->length);
    *whole = end != NULL;
    if (end != NULL) line.length = (size_t)(end - rest->start);
    size_t taken = line.length + (*whole ? 1 : 0);
    *rest = (trail_slice){rest->start + taken, rest->length - taken};
    return line;
}

trail_status trail_custody_hash(trail_digest *digest, trail_slice line, char hex[TRAIL_DIGEST_HEX],
                                trail_error *err)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    trail_status status;
    if ((status = trail_digest_add(digest, "", 1, err)) != TRAIL_OK) return status;
    if ((status = trail_digest_add(digest, line.start, line.length, err)) != TRAIL_OK)
        return status;
    if ((status = trail_digest_finish(digest, hash, err)) != TRAIL_OK) return status;
    trail_hex(hash, sizeof hash, hex);
    return TRAIL_OK;
}

static bool starts_with(trail_slice line, trail_slice start)
{
    return line.length >= start.length && memcmp(line.start, start.start, start.length) == 0;
}

/* Why a line does not follow from the line before, or NULL. */
static trail_status judge_line(trail_slice line, uint64_t number, const char *prev, bool whole,
                               const char **reason, trail_error *err)
{
    trail_text start = {0};
    trail_text sequence = {0};
    trail_status status =
        trail_text_add_format(&sequence, err, "{\"seq\":%llu,", (unsigned long long)number);
    if (status == TRAIL_OK)
        status =
            trail_text_add_format(&start, err, "%s\"prev\":\"%s\",\"t\":\"", sequence.bytes, prev);
    if (status == TRAIL_OK) {
        *reason = NULL;
        if (!whole)
            *reason = "it is cut off";
        else if (!starts_with(line, trail_text_slice(&sequence)))
            *reason = "it does not have the next sequence number";
        else if (!starts_with(line, trail_text_slice(&start)))
            *reason = "it does not name the hash of the line before it";
        else if (line.start[line.length - 1] != '}')
            *reason = "it is not a whole event";
    }
    trail_text_clear(&start);
    trail_text_clear(&sequence);
    return status;
}

trail_status trail_custody_check(trail_slice log, trail_custody_chain *chain, trail_error *err)
{
    trail_digest *digest = NULL;
    trail_status status = trail_digest_new(&digest, err);
    *chain = (trail_custody_chain){0};
    memset(chain->head, '0', TRAIL_DIGEST_HEX - 1);
    while (status == TRAIL_OK && log.length > 0) {
        bool whole;
        const char *reason = NULL;
        trail_slice line = trail_custody_next_line(&log, &whole);
        chain->line_count++;
        if (chain->broken_line != 0) continue;
        status = judge_line(line, chain->line_count, chain->head, whole, &reason, err);
        if (status != TRAIL_OK) break;
        if (reason != NULL) {
            chain->broken_line = chain->line_count;
            chain->reason = reason;
            continue;
        }
        status = trail_custody_hash(digest, line, chain->head, err);
    }
    trail_digest_free(digest);
    return status;
}

static bool ends_with(trail_slice text, trail_slice end)
{
    return text.length >= end.length &&
           memcmp(text.start + text.length - end.length, end.start, end.length) == 0;
}

/* Does `,"field":"value"` stand in the line? */
static bool line_has(trail_slice line, trail_slice field, trail_slice value)
{
    static const trail_slice between = {"\":\"", 3};
    static const trail_slice open = {",\"", 2};
    size_t at = 0;
    while (at < line.length) {
        trail_slice rest = {line.start + at, line.length - at};
        size_t found = trail_slice_find(rest, value);
        if (found == SIZE_MAX) return false;
        at += found;
        trail_slice before = {line.start, at};
        size_t behind = at + value.length;
        at++;
        if (behind >= line.length || line.start[behind] != '"' || !ends_with(before, between))
            continue;
        before.length -= between.length;
        if (!ends_with(before, field)) continue;
        before.length -= field.length;
        if (ends_with(before, open)) return true;
    }
    return false;
}

bool trail_custody_log_has(trail_slice log, const char *op, const char *field, const char *value)
{
    while (log.length > 0) {
        bool whole;
        trail_slice line = trail_custody_next_line(&log, &whole);
        if (line_has(line, trail_slice_of("op"), trail_slice_of(op)) &&
            line_has(line, trail_slice_of(field), trail_slice_of(value)))
            return true;
    }
    return false;
}
