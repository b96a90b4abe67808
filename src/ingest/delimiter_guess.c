#include "base/attributes.h"
#include "ingest/column_content.h"
#include "ingest/table_shape.h"
#include "model/currency.h"

#define SAMPLE_ROWS 300

static trail_status copy_row(const trail_row *row, trail_arena *arena, trail_sample_row *copy,
                             trail_error *err)
{
    *copy = (trail_sample_row){.line = row->line, .count = row->field_count, .fault = row->fault};
    char *raw = trail_arena_copy(arena, row->raw, err);
    if (raw == NULL) return TRAIL_NO_MEMORY;
    copy->raw = (trail_slice){raw, row->raw.length};
    copy->cells = trail_arena_alloc(arena, (row->field_count + 1) * sizeof *copy->cells, err);
    if (copy->cells == NULL) return TRAIL_NO_MEMORY;
    for (uint32_t i = 0; i < row->field_count; i++) {
        char *cell = trail_arena_copy(arena, row->fields[i], err);
        if (cell == NULL) return TRAIL_NO_MEMORY;
        copy->cells[i] = (trail_slice){cell, row->fields[i].length};
    }
    return TRAIL_OK;
}

trail_status trail_sample_rows(trail_slice sample, trail_row_style style, size_t most,
                               trail_arena *arena, trail_vector *rows, trail_error *err)
{
    trail_byte_source *source = NULL;
    trail_row_reader *reader = NULL;
    trail_row batch[TRAIL_ROW_BATCH];
    size_t count = 1;
    trail_status status = trail_byte_source_over(&source, sample, err);
    if (status != TRAIL_OK) goto cleanup;
    if ((status = trail_row_reader_new(&reader, source, style, err)) != TRAIL_OK) goto cleanup;
    while (rows->count < most && count > 0) {
        status = trail_row_reader_next(reader, batch, TRAIL_ROW_BATCH, &count, err);
        if (status != TRAIL_OK) goto cleanup;
        for (size_t i = 0; i < count && rows->count < most; i++) {
            trail_sample_row *copy = trail_vector_add(rows, err);
            if (copy == NULL) {
                status = TRAIL_NO_MEMORY;
                goto cleanup;
            }
            if ((status = copy_row(&batch[i], arena, copy, err)) != TRAIL_OK) goto cleanup;
        }
    }
cleanup:
    trail_row_reader_free(reader);
    trail_byte_source_close(source);
    return status;
}

/* Rows that have the commonest number of fields (above one), and that number. */
static size_t commonest_count(const trail_vector *rows, uint32_t *fields)
{
    size_t best = 0;
    *fields = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const trail_sample_row *row = trail_vector_at(rows, i);
        size_t same = 0;
        for (size_t j = 0; j < rows->count; j++)
            same += ((const trail_sample_row *)trail_vector_at(rows, j))->count == row->count;
        if (row->count > 1 && same > best) {
            best = same;
            *fields = row->count;
        }
    }
    return best;
}

static bool is_typed(trail_slice cell)
{
    trail_currency currency;
    cell = trail_slice_trim(cell);
    if (cell.length == 0) return false;
    return trail_field_is_date(cell) || trail_field_is_amount(cell) || trail_field_is_iban(cell) ||
           (cell.length == 3 && trail_currency_find(cell, &currency));
}

typedef struct score {
    uint64_t typed; /* typed fields of rows of the commonest length */
    uint64_t cells; /* fields of those rows */
    uint64_t faults;
} score;

static trail_status score_of(trail_slice sample, trail_row_style style, score *out,
                             trail_error *err)
{
    trail_arena arena = {0};
    trail_vector rows = trail_vector_of(sizeof(trail_sample_row));
    uint32_t fields;
    *out = (score){0};
    trail_status status = trail_sample_rows(sample, style, SAMPLE_ROWS, &arena, &rows, err);
    if (status != TRAIL_OK) goto cleanup;
    commonest_count(&rows, &fields);
    for (size_t i = 0; i < rows.count; i++) {
        const trail_sample_row *row = trail_vector_at(&rows, i);
        out->faults += row->fault != TRAIL_ROW_OK;
        if (fields < 2 || row->count != fields) continue;
        out->cells += fields;
        for (uint32_t c = 0; c < row->count; c++)
            out->typed += is_typed(row->cells[c]);
    }
cleanup:
    trail_vector_clear(&rows);
    trail_arena_clear(&arena);
    return status;
}

/* Typed fields decide; where no row has any (a header alone), the number of fields does. */
static bool is_better(const score *a, const score *b)
{
    if (a->typed != b->typed) return a->typed > b->typed;
    return a->cells > b->cells;
}

trail_status trail_delimiter_decide(trail_slice sample, trail_row_wide wide,
                                    trail_delimiter_guess *guess, trail_error *err)
{
    static const char candidates[] = {';', '\t', '|', ','};
    *guess = (trail_delimiter_guess){0};
    score scores[TRAIL_LENGTH_OF(candidates)], best = {0};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(candidates); i++) {
        trail_row_style style = {.delimiter = candidates[i], .wide = wide};
        trail_status status = score_of(sample, style, &scores[i], err);
        if (status != TRAIL_OK) return status;
        if (!is_better(&scores[i], &best)) continue;
        best = scores[i];
        guess->delimiter = candidates[i];
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(candidates); i++) {
        bool near = best.typed > 0 ? scores[i].typed * 5 >= best.typed * 4
                                   : scores[i].cells * 5 >= best.cells * 4;
        if (near && scores[i].cells > 0 && candidates[i] != guess->delimiter)
            guess->rival = candidates[i];
    }
    if (best.faults == 0 || guess->delimiter == 0) return TRAIL_OK;
    score plain;
    trail_row_style style = {.delimiter = guess->delimiter, .no_quotes = true, .wide = wide};
    trail_status status = score_of(sample, style, &plain, err);
    guess->no_quotes = status == TRAIL_OK && plain.typed > best.typed;
    return status;
}
