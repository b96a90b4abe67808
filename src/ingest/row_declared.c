/* Rows of which the profile says what they are: by a status, as totals, below a footer. */
#include "ingest/row_mapper.h"

#include <string.h>

#include "base/unicode.h"

enum { UNKNOWN_STATUS = -1, LONGEST_TOTAL = 200 };

static int32_t meaning_of(trail_row_mapper *mapper, trail_slice value)
{
    int32_t meaning = UNKNOWN_STATUS;
    if (value.length > 0 && trail_value_memo_find(&mapper->statuses, value, &meaning))
        return meaning;
    const trail_value_rule *rules = mapper->profile->statuses.items;
    for (size_t i = 0; i < mapper->profile->statuses.count; i++) {
        if (trail_slice_is(value, rules[i].value)) meaning = rules[i].result;
    }
    if (value.length > 0) trail_value_memo_put(&mapper->statuses, value, meaning);
    return meaning;
}

bool trail_row_mapper_status(trail_row_mapper *mapper, trail_mapped_row *mapped)
{
    trail_slice value = trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_STATUS);
    int32_t meaning = meaning_of(mapper, value);
    if (meaning == UNKNOWN_STATUS) {
        return trail_mapped_refuse(mapped, "status_unknown",
                                   value.length == 0 ? "the status is blank"
                                                     : "statuses does not say what this means",
                                   mapper->map->of[TRAIL_COLUMN_STATUS], value);
    }
    mapped->refund = meaning == TRAIL_STATUS_REFUND;
    if (meaning != TRAIL_STATUS_NO_PAYMENT) return true;
    mapped->state = TRAIL_RECORD_NO_PAYMENT;
    return false;
}

bool trail_row_mapper_pick_amount(trail_row_mapper *mapper, trail_mapped_row *mapped)
{
    const trail_column_map *map = mapper->map;
    uint32_t filled = 0;
    mapped->amount_column = map->amounts[0];
    for (uint32_t i = 0; i < map->amount_count; i++) {
        if (trail_slice_trim(mapped->fields[map->amounts[i]]).length == 0) continue;
        mapped->amount_column = map->amounts[i];
        mapped->entry.currency = map->amount_currency[i];
        filled++;
    }
    if (filled == 1) return true;
    return trail_mapped_refuse(mapped, filled == 0 ? "amount_missing" : "several_amounts",
                               filled == 0 ? "no amount is given in any currency"
                                           : "amounts are given in several currencies",
                               mapped->amount_column, mapped->fields[mapped->amount_column]);
}

trail_status trail_row_mapper_fold_totals(trail_row_mapper *mapper, trail_error *err)
{
    const trail_vector *totals = &mapper->profile->totals;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < totals->count && status == TRAIL_OK; i++) {
        const char *const *word = trail_vector_at(totals, i);
        status = trail_unicode_fold(trail_slice_of(*word), &mapper->folded_totals, err);
        if (status == TRAIL_OK)
            status = trail_text_add(&mapper->folded_totals, (trail_slice){"", 1}, err);
    }
    return status;
}

static bool begins(trail_slice text, trail_slice start)
{
    return text.length >= start.length && memcmp(text.start, start.start, start.length) == 0;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & '\x80') != 0;
}

bool trail_row_is_footer(trail_row_mapper *mapper, const trail_row *row, const trail_slice *fields)
{
    const char *footer = mapper->profile->footer;
    if (footer == NULL || mapper->footer_begun || row->field_count == 0)
        return mapper->footer_begun;
    for (uint32_t i = 0; i < row->field_count; i++) {
        trail_slice cell = trail_slice_trim(fields[i]);
        if (cell.length == 0) continue;
        mapper->footer_begun = begins(cell, trail_slice_of(footer));
        break;
    }
    return mapper->footer_begun;
}

trail_status trail_row_is_total(trail_row_mapper *mapper, const trail_row *row,
                                const trail_slice *fields, bool *total, trail_error *err)
{
    *total = false;
    for (uint32_t i = 0; i < row->field_count && !*total; i++) {
        trail_slice cell = trail_slice_trim(fields[i]);
        if (cell.length == 0 || cell.length > LONGEST_TOTAL) continue;
        trail_text_reset(&mapper->folded);
        trail_status status = trail_unicode_fold(cell, &mapper->folded, err);
        if (status != TRAIL_OK) return status;
        trail_slice folded = trail_text_slice(&mapper->folded);
        const char *word = mapper->folded_totals.bytes;
        for (size_t w = 0; w < mapper->profile->totals.count && !*total; w++) {
            trail_slice wanted = trail_slice_of(word);
            word += wanted.length + 1;
            *total = wanted.length > 0 && begins(folded, wanted) &&
                     (folded.length == wanted.length || !is_word_byte(folded.start[wanted.length]));
        }
    }
    return TRAIL_OK;
}
