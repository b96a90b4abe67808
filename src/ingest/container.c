#include "ingest/container.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/attributes.h"
#include "base/failure.h"
#include "base/memory.h"
#include "base/strings.h"
#include "base/vector.h"
#include "ingest/member_name.h"

#define BLOCK_BYTES ((size_t)128 * 1024)
#define TAR_HEADER  512
#define MAGIC_BYTES 10

enum { BROKEN_TEXT = 200 };

struct trail_container {
    struct archive *archive;
    int file;                  /* -1: none */
    trail_text bytes;          /* a container held in memory */
    trail_byte_source *packed; /* a single compressed file */
    void *block;               /* read from `packed` last */
    trail_container_budget own_budget, *budget;
    trail_strings *names;
    trail_vector seen; /* of uint32_t: how often, by id of the name */
    trail_text name;
    trail_error failure;    /* in a callback */
    int64_t packed_before;  /* raw bytes used before the current member */
    uint64_t given, listed; /* bytes of the current member; members so far */
    bool bomb;
    char entry_broken[BROKEN_TEXT], broken[BROKEN_TEXT]; /* empty: no */
};

trail_container_budget trail_container_budget_full(void)
{
    return (trail_container_budget){TRAIL_CONTAINER_BYTES, TRAIL_CONTAINER_MEMBERS};
}

static bool begins(trail_slice bytes, const char *magic, size_t length)
{
    return bytes.length >= length && memcmp(bytes.start, magic, length) == 0;
}

/* POSIX ustar and its forerunners alike carry the sum of their header, blanks in its own place. */
static bool is_tar(trail_slice first)
{
    uint64_t sum = 0, stated = 0;
    bool digits = false;
    if (first.length < TAR_HEADER || first.start[0] == '\0') return false;
    for (size_t i = 0; i < TAR_HEADER; i++)
        sum += i >= 148 && i < 156 ? ' ' : (unsigned char)first.start[i];
    for (size_t i = 148; i < 156; i++) {
        char c = first.start[i];
        if (c == ' ' && !digits) continue;
        if (c < '0' || c > '7') break;
        digits = true;
        stated = stated * 8 + (uint64_t)(c - '0');
    }
    return digits && stated == sum;
}

trail_container_form trail_container_recognise(trail_slice first)
{
    if (begins(first, "PK\003\004", 4) || begins(first, "PK\005\006", 4))
        return TRAIL_CONTAINER_ZIP;
    if (begins(first, "7z\xBC\xAF\x27\x1C", 6)) return TRAIL_CONTAINER_7ZIP;
    return is_tar(first) ? TRAIL_CONTAINER_TAR : TRAIL_CONTAINER_NONE;
}

bool trail_container_is_packed(trail_slice first)
{
    if (begins(first, "BZh", 3) && first.length >= 10)
        return memcmp(first.start + 4, "1AY&SY", 6) == 0 ||
               memcmp(first.start + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0;
    return begins(first,
                  "\xFD"
                  "7zXZ\0",
                  6) ||
           begins(first, "\x28\xB5\x2F\xFD", 4);
}

void trail_container_close(trail_container *container)
{
    if (container == NULL) return;
    if (container->archive != NULL) (void)archive_read_free(container->archive);
    if (container->file >= 0) (void)close(container->file);
    trail_byte_source_close(container->packed);
    trail_free(container->block);
    trail_text_clear(&container->bytes);
    trail_text_clear(&container->name);
    trail_strings_free(container->names);
    trail_vector_clear(&container->seen);
    trail_free(container);
}

/* libarchive turns names into the character set of the thread's locale: UTF-8, whatever the
 * user's. */
static locale_t begin_names(locale_t *earlier)
{
    locale_t names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (names != (locale_t)0) *earlier = uselocale(names);
    return names;
}

static void end_names(locale_t names, locale_t earlier)
{
    if (names == (locale_t)0) return;
    (void)uselocale(earlier);
    freelocale(names);
}

static trail_status begin(trail_container **out, trail_error *err)
{
    trail_container *container = NULL;
    trail_status status = trail_alloc_zeroed(&container, 1, sizeof *container, err);
    *out = container;
    if (status != TRAIL_OK) return status;
    container->file = -1;
    container->seen = trail_vector_of(sizeof(uint32_t));
    container->own_budget = trail_container_budget_full();
    container->budget = &container->own_budget;
    container->archive = archive_read_new();
    if (container->archive == NULL) return trail_fail_memory(err);
    if (archive_read_support_filter_gzip(container->archive) != ARCHIVE_OK ||
        archive_read_support_filter_bzip2(container->archive) != ARCHIVE_OK ||
        archive_read_support_filter_xz(container->archive) != ARCHIVE_OK ||
        archive_read_support_filter_zstd(container->archive) != ARCHIVE_OK)
        return trail_fail(err, TRAIL_INTERNAL,
                          "libarchive was built without gzip, bzip2, xz or zstd");
    return TRAIL_OK;
}

static bool is_out_of_memory(const trail_container *container)
{
    return archive_errno(container->archive) == ENOMEM;
}

/* In words, on one line; what libarchive says of it in its own terms stands behind. */
static void put_reason(const trail_container *container, const char *what, char text[BROKEN_TEXT])
{
    const char *why = archive_error_string(container->archive);
    (void)snprintf(text, BROKEN_TEXT, "%s: the file is cut off or damaged%s%s%s", what,
                   why == NULL ? "" : " (", why == NULL ? "" : why, why == NULL ? "" : ")");
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7F) *at = '?';
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

trail_status trail_container_open(trail_container **out, const char *path, trail_slice bytes,
                                  trail_container_budget *budget, trail_error *err)
{
    trail_container *container = NULL;
    locale_t names, earlier = (locale_t)0;
    int outcome = ARCHIVE_OK;
    trail_status status = begin(&container, err);

    *out = NULL;
    if (status != TRAIL_OK) goto cleanup;
    if (budget != NULL) container->budget = budget;
    if ((status = trail_strings_new(&container->names, err)) != TRAIL_OK) goto cleanup;
    (void)archive_read_support_format_zip(container->archive);
    (void)archive_read_support_format_tar(container->archive);
    (void)archive_read_support_format_7zip(container->archive);
    names = begin_names(&earlier);
    if (path != NULL) {
        container->file = open(path, O_RDONLY | O_CLOEXEC);
        if (container->file < 0)
            status = trail_fail_system(err, errno, "cannot open %s", path);
        else
            outcome = archive_read_open_fd(container->archive, container->file, BLOCK_BYTES);
    } else {
        outcome = archive_read_open_memory(container->archive, bytes.start, bytes.length);
    }
    end_names(names, earlier);
    if (status != TRAIL_OK) goto cleanup;
    if (outcome < ARCHIVE_WARN) {
        if (is_out_of_memory(container)) {
            status = trail_fail_memory(err);
            goto cleanup;
        }
        put_reason(container, "it cannot be opened", container->broken);
    }
    *out = container;
    container = NULL;
cleanup:
    trail_container_close(container);
    return status;
}

void trail_container_keep(trail_container *container, trail_text *taken_bytes)
{
    container->bytes = *taken_bytes;
    *taken_bytes = (trail_text){0};
}

/* The name as cited, a repeated one numbered. */
static trail_status name_entry(trail_container *container, trail_slice raw, trail_error *err)
{
    uint32_t id = 0;
    uint32_t *seen;
    trail_status status;
    trail_text_reset(&container->name);
    status = trail_member_name_cite(raw, &container->name, err);
    if (status == TRAIL_OK)
        status = trail_strings_put(container->names, trail_text_slice(&container->name), &id, err);
    if (status != TRAIL_OK) return status;
    while (container->seen.count <= id)
        if (trail_vector_add(&container->seen, err) == NULL) return TRAIL_NO_MEMORY;
    seen = trail_vector_at(&container->seen, id);
    if (++*seen > 1) return trail_text_add_format(&container->name, err, "#%u", *seen);
    return container->name.length > 0
               ? TRAIL_OK
               : trail_text_add(&container->name, trail_slice_of("(no name)"), err);
}

static trail_status describe_entry(trail_container *container, struct archive_entry *found,
                                   trail_container_entry *entry, trail_error *err)
{
    const char *raw = archive_entry_pathname(found);
    trail_slice name = trail_slice_of(raw);
    trail_status status = name_entry(container, name, err);
    if (status != TRAIL_OK) return status;
    *entry = (trail_container_entry){.name = trail_text_slice(&container->name),
                                     .leads_out = trail_member_name_leads_out(name),
                                     .is_system = trail_member_name_is_system(name)};
    if (archive_entry_is_encrypted(found))
        entry->problem = "it is encrypted: ask for it unencrypted, or unpack it with its password";
    else if (archive_entry_hardlink(found) != NULL || archive_entry_filetype(found) != AE_IFREG)
        entry->problem = "it is a link or device, not a file";
    return TRAIL_OK;
}

static trail_status end_of_members(trail_container *container, int outcome, trail_error *err)
{
    if (outcome == ARCHIVE_EOF) return TRAIL_OK;
    if (container->failure.status != TRAIL_OK) {
        if (err != NULL) *err = container->failure;
        return container->failure.status;
    }
    if (is_out_of_memory(container)) return trail_fail_memory(err);
    if (archive_read_has_encrypted_entries(container->archive) == 1 && container->listed == 0) {
        (void)snprintf(container->broken, BROKEN_TEXT,
                       "the list of its members is encrypted: ask for it unencrypted, or unpack it "
                       "with its password");
        return TRAIL_OK;
    }
    char what[80];
    (void)snprintf(what, sizeof what, "it breaks off after %" PRIu64 " member%s", container->listed,
                   plural(container->listed));
    put_reason(container, what, container->broken);
    return TRAIL_OK;
}

trail_status trail_container_next(trail_container *container, trail_container_entry *entry,
                                  bool *more, trail_error *err)
{
    locale_t names, earlier = (locale_t)0;
    trail_status status = TRAIL_OK;
    struct archive_entry *found = NULL;

    *more = false;
    if (container->broken[0] != '\0') return TRAIL_OK;
    container->entry_broken[0] = '\0';
    container->bomb = false;
    container->given = 0;
    names = begin_names(&earlier);
    for (;;) {
        int outcome = archive_read_next_header(container->archive, &found);
        if (outcome == ARCHIVE_RETRY) continue;
        if (outcome < ARCHIVE_WARN || outcome == ARCHIVE_EOF) {
            status = end_of_members(container, outcome, err);
            break;
        }
        if (archive_entry_filetype(found) == AE_IFDIR) continue;
        if (container->budget->members_left == 0) {
            (void)snprintf(container->broken, BROKEN_TEXT,
                           "more than %u members: the rest is not looked at",
                           TRAIL_CONTAINER_MEMBERS);
            break;
        }
        container->budget->members_left--;
        container->listed++;
        container->packed_before = archive_filter_bytes(container->archive, -1);
        status = describe_entry(container, found, entry, err);
        *more = status == TRAIL_OK;
        break;
    }
    end_names(names, earlier);
    return status;
}

/* A member that unpacks to far more than it is packed, or a container to more than any reply. */
static bool exceeds(trail_container *container)
{
    int64_t used = archive_filter_bytes(container->archive, -1) - container->packed_before;
    uint64_t packed = used < 1 ? 1 : (uint64_t)used;
    if (container->budget->bytes_left == 0) {
        (void)snprintf(container->entry_broken, BROKEN_TEXT,
                       "the container unpacks to more than %" PRIu64 " GiB in all",
                       TRAIL_CONTAINER_BYTES >> 30);
    } else if (container->given > TRAIL_CONTAINER_RATIO_FREE &&
               container->given / TRAIL_CONTAINER_RATIO > packed) {
        (void)snprintf(
            container->entry_broken, BROKEN_TEXT,
            "it unpacks to more than %u times its packed size: such members are not read",
            TRAIL_CONTAINER_RATIO);
    } else {
        return false;
    }
    container->bomb = true;
    return true;
}

trail_status trail_container_read(trail_container *container, void *bytes, size_t capacity,
                                  size_t *size, trail_error *err)
{
    la_ssize_t got;
    *size = 0;
    if (container->entry_broken[0] != '\0') return TRAIL_OK;
    do
        got = archive_read_data(container->archive, bytes, capacity);
    while (got == ARCHIVE_RETRY);
    if (container->failure.status != TRAIL_OK) {
        if (err != NULL) *err = container->failure;
        return container->failure.status;
    }
    if (got < 0) {
        char what[60];
        if (is_out_of_memory(container)) return trail_fail_memory(err);
        (void)snprintf(what, sizeof what, "it breaks off after %" PRIu64 " byte%s",
                       container->given, plural(container->given));
        put_reason(container, what, container->entry_broken);
        return TRAIL_OK;
    }
    *size = (size_t)got;
    container->given += *size;
    container->budget->bytes_left -=
        *size < container->budget->bytes_left ? *size : container->budget->bytes_left;
    if (*size > 0 && exceeds(container)) *size = 0;
    return TRAIL_OK;
}

const char *trail_container_entry_broken(const trail_container *container, bool *bomb)
{
    if (bomb != NULL) *bomb = container->bomb;
    return container->entry_broken[0] == '\0' ? NULL : container->entry_broken;
}

const char *trail_container_broken(const trail_container *container)
{
    return container->broken[0] == '\0' ? NULL : container->broken;
}

/* ---- as byte sources ---- */

static trail_status read_member(void *context, void *bytes, size_t capacity, size_t *size,
                                trail_error *err)
{
    return trail_container_read(context, bytes, capacity, size, err);
}

static const char *member_broken(void *context)
{
    return trail_container_entry_broken(context, NULL);
}

static void close_member(void *context)
{
    trail_container_close(context);
}

trail_status trail_container_source(trail_byte_source **out, trail_container *taken,
                                    trail_error *err)
{
    const trail_byte_stream stream = {
        .context = taken, .read = read_member, .broken = member_broken, .close = close_member};
    taken->own_budget = trail_container_budget_full();
    taken->budget = &taken->own_budget;
    return trail_byte_source_from(out, &stream, err);
}

static la_ssize_t read_packed(struct archive *archive, void *context, const void **block)
{
    trail_container *container = context;
    size_t size = 0;
    (void)archive;
    *block = container->block;
    if (trail_byte_source_read(container->packed, container->block, BLOCK_BYTES, &size,
                               &container->failure) != TRAIL_OK)
        return ARCHIVE_FATAL;
    return (la_ssize_t)size;
}

trail_status trail_container_unpack(trail_byte_source **out, trail_byte_source *taken_packed,
                                    trail_error *err)
{
    trail_container *container = NULL;
    struct archive_entry *found = NULL;
    trail_slice first = {0};
    trail_status status = trail_byte_source_peek(taken_packed, MAGIC_BYTES, &first, err);

    *out = NULL;
    if (status == TRAIL_OK && !trail_container_is_packed(first)) {
        *out = taken_packed;
        return TRAIL_OK;
    }
    if (status == TRAIL_OK) status = begin(&container, err);
    if (container == NULL) {
        trail_byte_source_close(taken_packed);
        return status;
    }
    container->packed = taken_packed;
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&container->block, BLOCK_BYTES, 1, err);
    if (status != TRAIL_OK) goto cleanup;
    (void)archive_read_support_format_raw(container->archive);
    if (archive_read_open(container->archive, container, NULL, read_packed, NULL) != ARCHIVE_OK ||
        archive_read_next_header(container->archive, &found) != ARCHIVE_OK) {
        if (container->failure.status != TRAIL_OK) {
            if (err != NULL) *err = container->failure;
            status = container->failure.status;
            goto cleanup;
        }
        if (is_out_of_memory(container)) {
            status = trail_fail_memory(err);
            goto cleanup;
        }
        put_reason(container, "it cannot be unpacked", container->entry_broken);
    }
    status = trail_container_source(out, container, err);
    container = NULL;
cleanup:
    trail_container_close(container);
    return status;
}
