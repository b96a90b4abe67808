#include "base/attributes.h"
#include "ingest/column_content.h"
#include "ingest/heading_words.h"
#include "ingest/table_shape.h"

/* The header is the nearest row above the first row of data that holds words only. Data is a row
 * that holds a date and an amount; the words above it are known headings, or at least as many as
 * the data has fields. O(sample). */

#define LOOK_UP 4 /* rows between header and data that are passed over (an opening balance) */

typedef struct row_look {
    uint32_t filled, dates, amounts, known;
} row_look;

static trail_status look_at(const trail_sample_row *row, row_look *look, trail_error *err)
{
    *look = (row_look){0};
    for (uint32_t i = 0; i < row->count; i++) {
        trail_slice cell = trail_slice_trim(row->cells[i]);
        if (cell.length == 0) continue;
        look->filled++;
        if (trail_field_is_date(cell)) {
            look->dates++;
        } else if (trail_field_is_amount(cell)) {
            look->amounts++;
        } else {
            trail_heading heading;
            trail_status status = trail_heading_read(cell, &heading, err);
            if (status != TRAIL_OK) return status;
            look->known += heading.count > 0 && heading.senses[0].rank > 0;
        }
    }
    return TRAIL_OK;
}

static bool all_unlike(const trail_sample_row *row)
{
    for (uint32_t i = 0; i < row->count; i++)
        if (row->cells[i].length > 0 && i > 0 &&
            trail_slice_equal(row->cells[i], row->cells[i - 1]))
            return false;
    return true;
}

/* A date beside an amount; a date written as digits alone counts as either. */
static bool is_data(const row_look *look)
{
    return (look->dates >= 1 && look->amounts >= 1) || look->dates >= 2;
}

static bool is_heading_row(const trail_sample_row *row, const row_look *look,
                           const trail_sample_row *data)
{
    if (look->dates > 0 || look->filled < 2 || row->count + 3 < data->count) return false;
    if (look->known >= 2) return look->amounts * 3 <= look->filled;
    return look->amounts == 0 && look->filled + 1 >= data->count && all_unlike(row);
}

static trail_status header_above(const trail_vector *rows, size_t data, trail_header_guess *guess,
                                 trail_error *err)
{
    const trail_sample_row *first = trail_vector_at(rows, data);
    for (size_t back = 1; back <= data; back++) {
        const trail_sample_row *row = trail_vector_at(rows, data - back);
        row_look look;
        trail_status status = look_at(row, &look, err);
        if (status != TRAIL_OK) return status;
        bool certain = look.known >= 2 && look.amounts == 0 && row->count == first->count;
        if (!is_heading_row(row, &look, first) || (back > LOOK_UP && !certain)) continue;
        guess->header = row;
        guess->first_row = data - back + 1;
        guess->sure = look.known >= 2;
        return TRAIL_OK;
    }
    guess->sure = data == 0;
    return TRAIL_OK;
}

/* No row of data: a header alone has two known headings and no date. */
static trail_status header_alone(const trail_vector *rows, trail_header_guess *guess,
                                 trail_error *err)
{
    guess->no_rows = true;
    for (size_t i = 0; i < rows->count; i++) {
        const trail_sample_row *row = trail_vector_at(rows, i);
        row_look look;
        trail_status status = look_at(row, &look, err);
        if (status != TRAIL_OK) return status;
        if (look.dates > 0 || look.known < 2) continue;
        guess->header = row;
        guess->first_row = i + 1;
        guess->field_count = row->count;
        guess->sure = true;
        return TRAIL_OK;
    }
    return TRAIL_OK;
}

trail_status trail_header_decide(const trail_vector *rows, trail_header_guess *guess,
                                 trail_error *err)
{
    *guess = (trail_header_guess){0};
    for (size_t i = 0; i < rows->count; i++) {
        const trail_sample_row *row = trail_vector_at(rows, i);
        row_look look;
        trail_status status = look_at(row, &look, err);
        if (status != TRAIL_OK) return status;
        if (!is_data(&look) || look.known >= 3) continue;
        guess->field_count = row->count;
        guess->first_row = i;
        if ((status = header_above(rows, i, guess, err)) != TRAIL_OK) return status;
        if (guess->header != NULL && guess->header->count > guess->field_count)
            guess->field_count = guess->header->count;
        return TRAIL_OK;
    }
    return header_alone(rows, guess, err);
}
