#include "ingest/row_page.h"

static trail_slice field_of(const trail_column_map *map, const trail_row *row,
                            const trail_mapped_row *mapped, trail_column column)
{
    uint32_t index = map->of[column];
    if (index == TRAIL_NO_COLUMN || index >= row->field_count) return (trail_slice){"", 0};
    return trail_slice_trim(mapped->fields[index]);
}

static uint32_t number_of(trail_slice text)
{
    uint64_t number = 0;
    return trail_slice_to_u64(text, &number) && number < 1000000 ? (uint32_t)number : 0;
}

trail_status trail_row_page_put(trail_ledger *ledger, const trail_column_map *map,
                                const trail_row *row, const trail_mapped_row *mapped,
                                uint32_t record, trail_error *err)
{
    trail_page_place place = {.record = record, .page = row->page, .line = row->page_line};
    trail_status status = TRAIL_OK;
    if (map->of[TRAIL_COLUMN_PAGE] != TRAIL_NO_COLUMN) {
        trail_slice document = field_of(map, row, mapped, TRAIL_COLUMN_DOCUMENT);
        trail_slice by = field_of(map, row, mapped, TRAIL_COLUMN_TRANSCRIBED_BY);
        place.page = number_of(field_of(map, row, mapped, TRAIL_COLUMN_PAGE));
        place.line = number_of(field_of(map, row, mapped, TRAIL_COLUMN_PAGE_LINE));
        if (document.length > 0)
            status = trail_strings_put(ledger->strings, document, &place.document, err);
        if (status == TRAIL_OK && by.length > 0)
            status = trail_strings_put(ledger->strings, by, &place.transcribed_by, err);
    }
    if (status != TRAIL_OK || place.page == 0) return status;
    return trail_vector_push(&ledger->records.pages, &place, err);
}
