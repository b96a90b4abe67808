#include "model/record.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "model/calendar.h"

#define OFFSET_LIMIT ((uint64_t)1 << 40)

void trail_records_init(trail_records *records)
{
    *records = (trail_records){.files = trail_vector_of(sizeof(trail_file)),
                               .pages = trail_vector_of(sizeof(trail_page_place))};
}

void trail_records_clear(trail_records *records)
{
    for (size_t i = 0; i < records->files.count; i++) {
        trail_file *file = trail_vector_at(&records->files, i);
        trail_vector_clear(&file->lines);
        trail_free(file->details);
    }
    trail_vector_clear(&records->files);
    trail_free(records->places);
    trail_vector_clear(&records->pages);
    *records = (trail_records){.places = NULL};
}

static trail_file *newest_file(trail_records *records)
{
    return trail_vector_at(&records->files, records->files.count - 1);
}

trail_status trail_records_open_file(trail_records *records, const char *name,
                                     const uint8_t hash[TRAIL_DIGEST_SIZE], uint64_t size,
                                     uint32_t source, uint32_t *file_index, trail_error *err)
{
    trail_file *file = trail_vector_add(&records->files, err);
    if (file == NULL) return TRAIL_NO_MEMORY;
    *file = (trail_file){.name = name,
                         .size = size,
                         .source = source,
                         .first_record = (uint32_t)records->count,
                         .lines = trail_vector_of(sizeof(trail_line_run)),
                         .first_day = TRAIL_NO_DAY,
                         .last_day = TRAIL_NO_DAY};
    memcpy(file->hash, hash, TRAIL_DIGEST_SIZE);
    *file_index = (uint32_t)(records->files.count - 1);
    return TRAIL_OK;
}

static trail_status note_line(trail_file *file, uint32_t record, uint64_t line, trail_error *err)
{
    if (file->lines.count > 0) {
        const trail_line_run *last = trail_vector_at(&file->lines, file->lines.count - 1);
        if (last->first_line + (record - last->first_record) == line) return TRAIL_OK;
    }
    trail_line_run run = {.first_record = record, .first_line = line};
    return trail_vector_push(&file->lines, &run, err);
}

trail_status trail_records_add(trail_records *records, uint64_t offset, uint32_t length,
                               uint64_t line, trail_record_state state, uint32_t *record,
                               trail_error *err)
{
    trail_file *file = newest_file(records);
    if (offset >= OFFSET_LIMIT || length > TRAIL_RECORD_LENGTH_LIMIT)
        return trail_fail(err, TRAIL_BAD_DATA, "%s: a record lies beyond 1 TiB or is too long",
                          file->name);
    if (records->count >= TRAIL_NO_RECORD - 1)
        return trail_fail(err, TRAIL_BAD_DATA, "%s: more than 4 billion records in the case",
                          file->name);
    trail_status status = trail_grow(&records->places, &records->capacity, records->count + 1,
                                     sizeof *records->places, err);
    if (status != TRAIL_OK) return status;
    *record = (uint32_t)records->count;
    if ((status = note_line(file, *record, line, err)) != TRAIL_OK) return status;
    records->places[records->count++] = offset << 24 | (uint64_t)length << 2 | (uint64_t)state;
    file->record_count++;
    return TRAIL_OK;
}

trail_status trail_records_detail_of_newest(trail_records *records, trail_detail **detail,
                                            trail_error *err)
{
    trail_file *file = newest_file(records);
    size_t before = file->detail_capacity;
    trail_status status = trail_grow(&file->details, &file->detail_capacity, file->record_count,
                                     sizeof *file->details, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = before; i < file->detail_capacity; i++)
        file->details[i] = (trail_detail){.value_day = TRAIL_NO_DAY};
    *detail = &file->details[file->record_count - 1];
    return TRAIL_OK;
}

void trail_records_set_state(trail_records *records, uint32_t record, trail_record_state state)
{
    records->places[record] = (records->places[record] & ~(uint64_t)3) | (uint64_t)state;
}

trail_record_state trail_records_state(const trail_records *records, uint32_t record)
{
    return (trail_record_state)(records->places[record] & 3);
}

uint64_t trail_records_offset(const trail_records *records, uint32_t record)
{
    return records->places[record] >> 24;
}

uint32_t trail_records_length(const trail_records *records, uint32_t record)
{
    return (uint32_t)(records->places[record] >> 2) & TRAIL_RECORD_LENGTH_LIMIT;
}

const trail_file *trail_records_file(const trail_records *records, uint32_t record)
{
    size_t low = 0, high = records->files.count;
    while (high - low > 1) { /* the last file that starts at or before the record */
        size_t middle = low + (high - low) / 2;
        const trail_file *file = trail_vector_at(&records->files, middle);
        if (file->first_record <= record)
            low = middle;
        else
            high = middle;
    }
    return trail_vector_at(&records->files, low);
}

uint64_t trail_records_line(const trail_records *records, uint32_t record)
{
    const trail_file *file = trail_records_file(records, record);
    size_t low = 0, high = file->lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const trail_line_run *run = trail_vector_at(&file->lines, middle);
        if (run->first_record <= record)
            low = middle;
        else
            high = middle;
    }
    const trail_line_run *run = trail_vector_at(&file->lines, low);
    return run->first_line + (record - run->first_record);
}

uint32_t trail_records_ordinal(const trail_records *records, uint32_t record)
{
    return record - trail_records_file(records, record)->first_record + 1;
}

const trail_detail *trail_records_detail(const trail_records *records, uint32_t record)
{
    const trail_file *file = trail_records_file(records, record);
    size_t place = record - file->first_record;
    return file->details != NULL && place < file->detail_capacity ? &file->details[place] : NULL;
}

const trail_page_place *trail_records_page(const trail_records *records, uint32_t record)
{
    size_t low = 0, high = records->pages.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const trail_page_place *place = trail_vector_at(&records->pages, middle);
        if (place->record == record) return place;
        if (place->record < record)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
