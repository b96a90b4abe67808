#include "report/totals.h"

#include "base/failure.h"
#include "base/sort.h"
#include "base/wide.h"

trail_totals trail_totals_empty(void)
{
    return (trail_totals){.at = {0}, .rows = trail_vector_of(sizeof(trail_totals_row))};
}

void trail_totals_clear(trail_totals *totals)
{
    trail_map64_clear(&totals->at);
    trail_vector_clear(&totals->rows);
}

trail_totals_row *trail_totals_at(trail_totals *totals, uint64_t key, trail_error *err)
{
    uint32_t *place = trail_map64_at(&totals->at, key, UINT32_MAX, err);
    trail_totals_row *row;

    if (place == NULL) return NULL;
    if (*place != UINT32_MAX) return trail_vector_at(&totals->rows, *place);
    *place = (uint32_t)totals->rows.count;
    if ((row = trail_vector_add(&totals->rows, err)) == NULL) return NULL;
    row->key = key;
    return row;
}

const trail_totals_row *trail_totals_find(const trail_totals *totals, uint64_t key)
{
    uint32_t place;

    if (!trail_map64_find(&totals->at, key, &place)) return NULL;
    return trail_vector_at(&totals->rows, place);
}

static trail_status add(int64_t *sum, int64_t minor, trail_error *err)
{
    if (trail_add_checked(*sum, minor, sum)) return TRAIL_OK;
    return trail_fail(err, TRAIL_OVERFLOW, "a total of the report is too large");
}

trail_status trail_totals_add_in(trail_totals *totals, uint64_t key, int64_t minor,
                                 trail_error *err)
{
    trail_totals_row *row = trail_totals_at(totals, key, err);

    if (row == NULL) return TRAIL_NO_MEMORY;
    row->in_count++;
    return add(&row->in_minor, minor, err);
}

trail_status trail_totals_add_out(trail_totals *totals, uint64_t key, int64_t minor,
                                  trail_error *err)
{
    trail_totals_row *row = trail_totals_at(totals, key, err);

    if (row == NULL) return TRAIL_NO_MEMORY;
    row->out_count++;
    return add(&row->out_minor, minor, err);
}

trail_status trail_totals_add_double(trail_totals *totals, uint64_t key, int64_t minor,
                                     trail_error *err)
{
    trail_totals_row *row = trail_totals_at(totals, key, err);

    if (row == NULL) return TRAIL_NO_MEMORY;
    row->double_count++;
    return add(&row->double_minor, minor, err);
}

static int by_key(const void *context, const void *a, const void *b)
{
    const trail_totals_row *left = a;
    const trail_totals_row *right = b;

    (void)context;
    return (left->key > right->key) - (left->key < right->key);
}

trail_status trail_totals_sort(trail_totals *totals, trail_error *err)
{
    trail_map64_clear(&totals->at);
    return trail_sort_items(totals->rows.items, totals->rows.count, sizeof(trail_totals_row),
                            by_key, NULL, err);
}

uint64_t trail_totals_key(uint32_t first, uint32_t second, uint32_t third)
{
    return (uint64_t)first << 32 | (uint64_t)(second & 0xffffu) << 16 | (third & 0xffffu);
}

uint32_t trail_totals_first(uint64_t key)
{
    return (uint32_t)(key >> 32);
}

uint32_t trail_totals_second(uint64_t key)
{
    return (uint32_t)(key >> 16) & 0xffffu;
}

uint32_t trail_totals_third(uint64_t key)
{
    return (uint32_t)key & 0xffffu;
}
