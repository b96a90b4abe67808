#include "ingest/column_content.h"

#include <string.h>

#include "base/attributes.h"
#include "model/account.h"
#include "model/currency.h"

#define HOPELESS 2000 /* fields after which a test that never held is given up */

bool trail_field_is_date(trail_slice field)
{
    field = trail_slice_trim(field);
    if (field.length < 6 || field.length > 40) return false;
    trail_date_guess guess = {0};
    trail_date_guess_add(&guess, field);
    return guess.values > guess.unread;
}

bool trail_field_is_amount(trail_slice field)
{
    trail_money_guess guess = {0};
    trail_money_guess_add(&guess, field);
    return guess.values > guess.strange;
}

bool trail_field_is_iban(trail_slice field)
{
    char number[36];
    size_t length = 0;
    field = trail_slice_trim(field);
    for (size_t i = 0; i < field.length; i++) {
        if (field.start[i] == ' ') continue;
        if (length == sizeof number - 1) return false;
        number[length++] = field.start[i];
    }
    return length >= 15 && trail_iban_valid((trail_slice){number, length});
}

uint32_t trail_column_content_index(const trail_column_content *content, trail_slice field)
{
    field = trail_slice_trim(field);
    for (uint32_t i = 0; i < content->distinct_count; i++) {
        trail_slice known = {content->distinct[i].text, content->distinct[i].length};
        if (trail_slice_equal(known, field)) return i;
    }
    return UINT32_MAX;
}

static bool is_currency(trail_slice field)
{
    trail_currency currency;
    return trail_currency_find(field, &currency);
}

/* A column of currencies holds few values: each is looked up once. */
static void note_currency(trail_column_content *content, trail_slice field)
{
    uint32_t index = content->many ? UINT32_MAX : trail_column_content_index(content, field);
    bool known = index != UINT32_MAX ? content->distinct[index].currency : is_currency(field);
    content->currencies += known;
}

static void note_distinct(trail_column_content *content, trail_slice field)
{
    if (content->many) return;
    uint32_t index = trail_column_content_index(content, field);
    if (index != UINT32_MAX) {
        content->distinct[index].count++;
        return;
    }
    if (content->distinct_count == TRAIL_DISTINCT_LIMIT || field.length > TRAIL_DISTINCT_TEXT) {
        content->many = true;
        return;
    }
    trail_distinct *fresh = &content->distinct[content->distinct_count++];
    memcpy(fresh->text, field.start, field.length);
    fresh->length = (uint32_t)field.length;
    fresh->count = 1;
    fresh->currency = field.length > 0 && is_currency(field);
}

static void keep_samples(trail_column_content *content, trail_slice field)
{
    if (content->samples[1][0] != '\0') return;
    size_t length = field.length < TRAIL_STYLE_SAMPLE - 1 ? field.length : TRAIL_STYLE_SAMPLE - 1;
    trail_slice cut = {field.start, length};
    if (content->samples[0][0] == '\0') {
        memcpy(content->samples[0], cut.start, length);
    } else if (!trail_slice_is(cut, content->samples[0])) {
        memcpy(content->samples[1], cut.start, length);
        content->changes = true;
    }
}

static void note_times(trail_column_content *content, trail_slice field)
{
    int32_t day, second;
    if (trail_day_parse(field, "h:mm", &day, &second)) content->times[0]++;
    if (trail_day_parse(field, "h:mm:ss", &day, &second)) content->times[1]++;
}

void trail_column_content_add(trail_column_content *content, trail_slice field)
{
    field = trail_slice_trim(field);
    if (field.length == 0) {
        if (!content->many) note_distinct(content, field);
        return;
    }
    content->filled++;
    keep_samples(content, field);
    note_distinct(content, field);
    bool late = content->filled > HOPELESS;
    if (!late || content->dates.count > 0) trail_date_guess_add(&content->dates, field);
    if (!late || content->money.strange < content->money.values)
        trail_money_guess_add(&content->money, field);
    if (!late || content->ibans > 0) content->ibans += trail_field_is_iban(field);
    if (!late || content->currencies * 2 > content->filled) note_currency(content, field);
    if (!late || content->times[0] + content->times[1] > 0) note_times(content, field);
    content->zeros += trail_slice_is(field, "0");
    content->dashes += trail_slice_is(field, "-");
}
