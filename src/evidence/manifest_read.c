/* Reading a manifest back: not a JSON reader but one of exactly the written shape, so that a file
 * which was touched is refused at the line where it differs. O(bytes). */
#include "evidence/manifest.h"

#include <string.h>

#include "base/failure.h"
#include "base/path.h"
#include "evidence/manifest_shape.h"

#define MANIFEST_LIMIT ((size_t)1 << 28)

typedef struct scan {
    trail_slice rest;
    trail_text text;   /* the string read last */
    trail_text second; /* and one kept while another is read */
} scan;

static bool take(scan *from, const char *literal)
{
    size_t length = strlen(literal);
    if (from->rest.length < length || memcmp(from->rest.start, literal, length) != 0) return false;
    from->rest = (trail_slice){from->rest.start + length, from->rest.length - length};
    return true;
}

static bool take_number(scan *from, uint64_t *number)
{
    size_t length = 0;
    while (length < from->rest.length && from->rest.start[length] >= '0' &&
           from->rest.start[length] <= '9')
        length++;
    if (!trail_slice_to_u64((trail_slice){from->rest.start, length}, number)) return false;
    from->rest = (trail_slice){from->rest.start + length, from->rest.length - length};
    return true;
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* What stands behind a backslash, as UTF-8 (the writer escapes nothing above U+2029); 0: unknown.
 */
static size_t unescape(trail_slice escape, char bytes[3], size_t *length)
{
    static const char letters[] = "\"\\nrt";
    static const char meant[] = "\"\\\n\r\t";
    if (escape.length == 0) return 0;
    const char *found = memchr(letters, escape.start[0], sizeof letters - 1);
    *length = 1;
    if (found != NULL) {
        bytes[0] = meant[found - letters];
        return 1;
    }
    if (escape.start[0] != 'u' || escape.length < 5) return 0;
    unsigned code = 0;
    for (size_t i = 1; i < 5; i++) {
        int digit = hex_digit(escape.start[i]);
        if (digit < 0) return 0;
        code = code << 4 | (unsigned)digit;
    }
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 5;
    }
    bytes[0] = (char)(0xE0 | code >> 12);
    bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
    bytes[2] = (char)(0x80 | (code & 0x3F));
    *length = 3;
    return 5;
}

/* *taken false when there is no string of the written form. */
static trail_status take_string(scan *from, bool *taken, trail_error *err)
{
    *taken = false;
    trail_text_reset(&from->text);
    if (!take(from, "\"")) return TRAIL_OK;
    size_t at = 0;
    while (at < from->rest.length && from->rest.start[at] != '"') {
        char bytes[3] = {from->rest.start[at], 0, 0};
        size_t length = 1;
        size_t used = 1;
        if (bytes[0] == '\n') return TRAIL_OK;
        if (bytes[0] == '\\') {
            trail_slice escape = {from->rest.start + at + 1, from->rest.length - at - 1};
            used = unescape(escape, bytes, &length);
            if (used == 0) return TRAIL_OK;
            used++;
        }
        trail_status status = trail_text_add(&from->text, (trail_slice){bytes, length}, err);
        if (status != TRAIL_OK) return status;
        at += used;
    }
    if (at == from->rest.length) return TRAIL_OK;
    from->rest = (trail_slice){from->rest.start + at + 1, from->rest.length - at - 1};
    *taken = true;
    return TRAIL_OK;
}

static const char *text_of(const trail_text *text)
{
    return text->bytes == NULL ? "" : text->bytes;
}

/* `"name":"value",` and a line feed, the value kept in the manifest. */
static trail_status take_line(scan *from, trail_manifest *manifest, const char *start,
                              const char **value, bool *taken, trail_error *err)
{
    *taken = take(from, start);
    if (!*taken) return TRAIL_OK;
    trail_status status = take_string(from, taken, err);
    if (status != TRAIL_OK || !*taken) return status;
    *taken = take(from, ",\n");
    *value = trail_arena_copy(&manifest->arena, trail_text_slice(&from->text), err);
    return *value == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
}

/* Between items: a comma and a line feed, or the line feed and what closes the list. */
static bool take_separator(scan *from, const char *close, bool *more)
{
    *more = take(from, ",\n");
    return *more || (take(from, "\n") && take(from, close));
}

/* 64 hexadecimal digits. */
static bool take_hash(scan *from, uint8_t hash[TRAIL_DIGEST_SIZE])
{
    if (from->rest.length <= TRAIL_DIGEST_HEX ||
        !trail_unhex((trail_slice){from->rest.start, TRAIL_DIGEST_HEX - 1}, hash,
                     TRAIL_DIGEST_SIZE))
        return false;
    from->rest.start += TRAIL_DIGEST_HEX - 1;
    from->rest.length -= TRAIL_DIGEST_HEX - 1;
    return true;
}

static trail_status take_files(scan *from, trail_manifest *manifest, const char *open,
                               const char *item, trail_vector *files, bool *taken, trail_error *err)
{
    trail_status status;
    *taken = take(from, open);
    if (!*taken || take(from, "],\n")) return TRAIL_OK;
    for (bool more = true; more;) {
        uint64_t size = 0;
        uint8_t hash[TRAIL_DIGEST_SIZE];
        *taken = take(from, item);
        if (!*taken) return TRAIL_OK;
        if ((status = take_string(from, taken, err)) != TRAIL_OK || !*taken) return status;
        trail_manifest_file *file;
        *taken = take(from, ",\"size\":") && take_number(from, &size) &&
                 take(from, ",\"sha256\":\"") && take_hash(from, hash);
        if (!*taken) return TRAIL_OK;
        status = trail_manifest_add_file(manifest, files, text_of(&from->text), hash, size, err);
        if (status != TRAIL_OK) return status;
        file = trail_vector_at(files, files->count - 1);
        *taken = files != &manifest->members ||
                 (take(from, "\",\"in\":\"") && take_hash(from, file->inside));
        if (!*taken) return TRAIL_OK;
        *taken = take(from, "\"}") && take_separator(from, "],\n", &more);
        if (!*taken) return TRAIL_OK;
    }
    return TRAIL_OK;
}

static trail_status take_parameters(scan *from, trail_manifest *manifest, bool *taken,
                                    trail_error *err)
{
    trail_status status;
    *taken = take(from, "\"parameters\":{\n");
    if (!*taken || take(from, "},\n")) return TRAIL_OK;
    for (bool more = true; more;) {
        if ((status = take_string(from, taken, err)) != TRAIL_OK || !*taken) return status;
        trail_text_reset(&from->second);
        status = trail_text_add(&from->second, trail_text_slice(&from->text), err);
        if (status != TRAIL_OK) return status;
        *taken = take(from, ":");
        if (!*taken) return TRAIL_OK;
        if ((status = take_string(from, taken, err)) != TRAIL_OK || !*taken) return status;
        status = trail_manifest_add_parameter(manifest, text_of(&from->second),
                                              text_of(&from->text), err);
        if (status != TRAIL_OK) return status;
        *taken = take_separator(from, "},\n", &more);
        if (!*taken) return TRAIL_OK;
    }
    return TRAIL_OK;
}

static trail_status take_counts(scan *from, trail_manifest *manifest, bool *taken, trail_error *err)
{
    trail_status status;
    *taken = take(from, "\"counts\":{\n");
    if (!*taken || take(from, "}\n}\n")) return TRAIL_OK;
    for (bool more = true; more;) {
        uint64_t value = 0;
        if ((status = take_string(from, taken, err)) != TRAIL_OK || !*taken) return status;
        *taken = take(from, ":") && take_number(from, &value);
        if (!*taken) return TRAIL_OK;
        status = trail_manifest_add_count(manifest, text_of(&from->text), value, err);
        if (status != TRAIL_OK) return status;
        *taken = take_separator(from, "}\n}\n", &more);
        if (!*taken) return TRAIL_OK;
    }
    return TRAIL_OK;
}

static trail_status take_all(scan *from, trail_manifest *manifest, bool *taken, trail_error *err)
{
    trail_status status;
    *taken = take(from, "{\n\"format\":\"" TRAIL_MANIFEST_FORMAT "\",\n");
    if (!*taken) return TRAIL_OK;
    status = take_line(from, manifest, "\"program\":", &manifest->program, taken, err);
    if (status == TRAIL_OK && *taken)
        status = take_line(from, manifest, "\"evidence_digest\":", &manifest->evidence_digest,
                           taken, err);
    if (status == TRAIL_OK && *taken)
        status = take_line(from, manifest, "\"notice\":", &manifest->notice, taken, err);
    if (status == TRAIL_OK && *taken) status = take_parameters(from, manifest, taken, err);
    if (status == TRAIL_OK && *taken)
        status = take_files(from, manifest, "\"received\":[\n", "{\"file\":", &manifest->received,
                            taken, err);
    if (status == TRAIL_OK && *taken)
        status = take_files(from, manifest, "\"members\":[\n", "{\"member\":", &manifest->members,
                            taken, err);
    if (status == TRAIL_OK && *taken)
        status = take_files(from, manifest, "\"outputs\":[\n", "{\"path\":", &manifest->outputs,
                            taken, err);
    if (status == TRAIL_OK && *taken) status = take_counts(from, manifest, taken, err);
    if (*taken) *taken = from->rest.length == 0;
    return status;
}

static size_t line_of(trail_slice whole, trail_slice rest)
{
    size_t line = 1;
    for (const char *at = whole.start; at < rest.start; at++)
        if (*at == '\n') line++;
    return line;
}

static trail_status hash_text(trail_slice text, uint8_t hash[TRAIL_DIGEST_SIZE], trail_error *err)
{
    trail_digest *digest = NULL;
    trail_status status = trail_digest_new(&digest, err);
    if (status == TRAIL_OK) status = trail_digest_add(digest, text.start, text.length, err);
    if (status == TRAIL_OK) status = trail_digest_finish(digest, hash, err);
    trail_digest_free(digest);
    return status;
}

trail_status trail_manifest_read(trail_manifest *manifest, const char *folder,
                                 uint8_t hash[TRAIL_DIGEST_SIZE], trail_error *err)
{
    trail_text path = {0};
    trail_text whole = {0};
    scan from = {0};
    bool taken = false;
    trail_status status = trail_manifest_init(manifest, "", "", "", err);
    if (status != TRAIL_OK) goto cleanup;
    if ((status = trail_path_join(&path, folder, TRAIL_MANIFEST_NAME, err)) != TRAIL_OK)
        goto cleanup;
    if ((status = trail_path_read(path.bytes, MANIFEST_LIMIT, &whole, err)) != TRAIL_OK)
        goto cleanup;
    if (hash != NULL && (status = hash_text(trail_text_slice(&whole), hash, err)) != TRAIL_OK)
        goto cleanup;
    from.rest = trail_text_slice(&whole);
    if ((status = take_all(&from, manifest, &taken, err)) != TRAIL_OK) goto cleanup;
    if (!taken)
        status = trail_fail(err, TRAIL_BAD_DATA, "%s was not written so by this program: line %zu",
                            path.bytes, line_of(trail_text_slice(&whole), from.rest));
cleanup:
    trail_text_clear(&from.second);
    trail_text_clear(&from.text);
    trail_text_clear(&whole);
    trail_text_clear(&path);
    return status;
}
