#include "ingest/location.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "ingest/workbook.h"

#define STEP_BYTES ((size_t)1 << 20)

/* The place of the last part of the chain, where its container ends and the part begins. */
static const char *last_part(const char *chain)
{
    const char *mark = strrchr(chain, '!');
    return mark == NULL ? chain : mark + 1;
}

static size_t depth_of(const char *chain)
{
    size_t depth = 1;
    for (; *chain != '\0'; chain++)
        depth += *chain == '!';
    return depth;
}

/* Walks to the member of that name; the container is closed when there is none. */
static trail_status find_member(trail_container **container, const char *name, trail_error *err)
{
    trail_container_entry entry;
    bool more = true;
    trail_status status;
    while ((status = trail_container_next(*container, &entry, &more, err)) == TRAIL_OK && more)
        if (trail_slice_is(entry.name, name)) break;
    if (status == TRAIL_OK && !more)
        status = trail_fail(err, TRAIL_IO, "there is no member %s", name);
    else if (status == TRAIL_OK && entry.problem != NULL)
        status = trail_fail(err, TRAIL_IO, "cannot read member %s: %s", name, entry.problem);
    if (status != TRAIL_OK) {
        trail_container_close(*container);
        *container = NULL;
    }
    return status;
}

static trail_status open_member(trail_byte_source **out, const trail_location *location,
                                trail_error *err);

static trail_status hold(const trail_location *location, trail_text *bytes, trail_error *err)
{
    trail_byte_source *source = NULL;
    size_t size = 1;
    trail_status status = open_member(&source, location, err);
    while (status == TRAIL_OK && size > 0) {
        status =
            trail_grow(&bytes->bytes, &bytes->capacity, bytes->length + STEP_BYTES + 1, 1, err);
        if (status != TRAIL_OK) break;
        status =
            trail_byte_source_read(source, bytes->bytes + bytes->length, STEP_BYTES, &size, err);
        bytes->length += size;
        bytes->bytes[bytes->length] = '\0';
        if (status == TRAIL_OK && bytes->length > TRAIL_CONTAINER_HELD)
            status = trail_fail(err, TRAIL_IO,
                                "cannot read member %s: larger than %llu MiB, and a container in a "
                                "container is held in memory",
                                location->member == NULL ? location->path : location->member,
                                (unsigned long long)(TRAIL_CONTAINER_HELD >> 20));
    }
    trail_byte_source_close(source);
    return status;
}

static trail_status open_container(trail_container **out, const trail_location *location,
                                   trail_container_budget *budget, trail_error *err)
{
    trail_text bytes = {0};
    trail_status status;
    if (location->member == NULL)
        return trail_container_open(out, location->path, (trail_slice){0}, budget, err);
    status = hold(location, &bytes, err);
    if (status == TRAIL_OK)
        status = trail_container_open(out, NULL, trail_text_slice(&bytes), budget, err);
    if (status == TRAIL_OK) trail_container_keep(*out, &bytes);
    trail_text_clear(&bytes);
    return status;
}

/* The file, or the member of the container that the rest of the chain leads to. */
static trail_status open_member(trail_byte_source **out, const trail_location *location,
                                trail_error *err)
{
    trail_location outer = {.path = location->path};
    trail_container *container = NULL;
    trail_byte_source *source = NULL;
    trail_text chain = {0};
    trail_status status;

    if (location->member == NULL) {
        status = trail_byte_source_open(&source, location->path, err);
        return status == TRAIL_OK ? trail_container_unpack(out, source, err) : status;
    }
    const char *name = last_part(location->member);
    if (depth_of(location->member) > TRAIL_CONTAINER_NESTING)
        return trail_fail(err, TRAIL_IO,
                          "cannot read member %s: more than %u containers in containers",
                          location->member, TRAIL_CONTAINER_NESTING);
    if (name != location->member) {
        size_t length = (size_t)(name - location->member) - 1;
        status = trail_text_add(&chain, (trail_slice){location->member, length}, err);
        if (status != TRAIL_OK) goto cleanup;
        outer.member = chain.bytes;
    }
    if ((status = open_container(&container, &outer, NULL, err)) != TRAIL_OK) goto cleanup;
    if ((status = find_member(&container, name, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_container_source(&source, container, err)) != TRAIL_OK) goto cleanup;
    status = trail_container_unpack(out, source, err);
cleanup:
    trail_text_clear(&chain);
    return status;
}

trail_status trail_location_container(trail_container **out, const trail_location *location,
                                      trail_container_budget *budget, trail_error *err)
{
    *out = NULL;
    return open_container(out, location, budget, err);
}

trail_status trail_location_hold(const trail_location *location, trail_text *bytes,
                                 trail_error *err)
{
    return hold(location, bytes, err);
}

bool trail_location_is_sheet(const trail_location *location)
{
    return location != NULL && location->workbook != NULL;
}

trail_status trail_location_open(trail_byte_source **out, const trail_location *location,
                                 trail_error *err)
{
    *out = NULL;
    if (location->workbook != NULL)
        return trail_workbook_sheet_open(out, location->workbook, location->sheet, err);
    return open_member(out, location, err);
}
