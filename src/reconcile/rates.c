#include "reconcile/rates.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/vector.h"
#include "base/wide.h"
#include "model/calendar.h"

#define COLUMN_LIMIT 64
#define DIGIT_LIMIT  9 /* keeps amount x rate x power of ten within 128 bits */
#define POWER_LIMIT  9
#define LINE_LIMIT   4096

typedef struct rate {
    int32_t mantissa; /* 0: none that day */
    uint8_t scale;
} rate;

typedef struct rate_row {
    int32_t day;
    rate rates[COLUMN_LIMIT];
} rate_row;

struct trail_rates {
    trail_currency columns[COLUMN_LIMIT];
    unsigned column_count;
    trail_vector rows; /* of rate_row, by day */
};

void trail_rates_free(trail_rates *rates)
{
    if (rates == NULL) return;
    trail_vector_clear(&rates->rows);
    trail_free(rates);
}

/* The next field of a line; false when the line has ended. A comma at the end opens no field. */
static bool next_field(trail_slice *line, trail_slice *field)
{
    if (line->length == 0) return false;
    const char *comma = memchr(line->start, ',', line->length);
    size_t length = comma == NULL ? line->length : (size_t)(comma - line->start);
    size_t taken = comma == NULL ? length : length + 1;
    *field = trail_slice_trim((trail_slice){line->start, length});
    *line = (trail_slice){line->start + taken, line->length - taken};
    return true;
}

static trail_status read_heading(trail_rates *rates, trail_slice line, trail_error *err)
{
    trail_slice field;
    if (line.length >= 3 && memcmp(line.start, "\xEF\xBB\xBF", 3) == 0)
        line = (trail_slice){line.start + 3, line.length - 3};
    if (!next_field(&line, &field) || !trail_slice_is(field, "Date"))
        return trail_fail(err, TRAIL_BAD_DATA, "the rates file does not begin with Date");
    while (next_field(&line, &field)) {
        if (field.length == 0 && line.length == 0) break;
        if (rates->column_count == COLUMN_LIMIT)
            return trail_fail(err, TRAIL_BAD_DATA, "the rates file has more than %d currencies",
                              COLUMN_LIMIT);
        trail_currency currency = TRAIL_NO_CURRENCY; /* one that is not known is passed over */
        if (field.length != 3 || !trail_currency_find(field, &currency))
            currency = TRAIL_NO_CURRENCY;
        rates->columns[rates->column_count++] = currency;
    }
    return TRAIL_OK;
}

static bool read_rate(trail_slice field, rate *out)
{
    int64_t mantissa = 0;
    unsigned digits = 0, scale = 0;
    bool point = false;
    *out = (rate){0, 0};
    if (field.length == 0 || trail_slice_is(field, "N/A")) return true;
    for (size_t i = 0; i < field.length; i++) {
        char letter = field.start[i];
        if (letter == '.' && !point) {
            point = true;
            continue;
        }
        if (letter < '0' || letter > '9') return false;
        if (digits == DIGIT_LIMIT) {
            if (point) continue; /* digits below the ninth say nothing */
            return false;
        }
        mantissa = mantissa * 10 + (letter - '0');
        digits += mantissa > 0;
        scale += point;
        if (scale > POWER_LIMIT) return false;
    }
    if (mantissa == 0) return false;
    *out = (rate){(int32_t)mantissa, (uint8_t)scale};
    return true;
}

static trail_status read_row(trail_rates *rates, trail_slice line, uint64_t number,
                             trail_error *err)
{
    trail_slice field;
    int32_t second;
    rate_row row = {.day = TRAIL_NO_DAY};
    if (trail_slice_trim(line).length == 0) return TRAIL_OK;
    if (!next_field(&line, &field) || !trail_day_parse(field, "YYYY-MM-DD", &row.day, &second))
        return trail_fail(err, TRAIL_BAD_DATA,
                          "line %llu of the rates file does not begin with a "
                          "day such as 2025-03-14",
                          (unsigned long long)number);
    for (unsigned i = 0; next_field(&line, &field); i++) {
        if (i == rates->column_count && field.length == 0) break;
        if (i >= rates->column_count || !read_rate(field, &row.rates[i]))
            return trail_fail(err, TRAIL_BAD_DATA,
                              "line %llu of the rates file: value %u is no rate of its heading",
                              (unsigned long long)number, i + 1);
    }
    return trail_vector_push(&rates->rows, &row, err);
}

static int by_day(const void *context, const void *a, const void *b)
{
    const rate_row *first = a, *second = b;
    (void)context;
    return (first->day > second->day) - (first->day < second->day);
}

static trail_status settle_rows(trail_rates *rates, trail_error *err)
{
    const rate_row *rows = rates->rows.items;
    trail_status status =
        trail_sort_items(rates->rows.items, rates->rows.count, sizeof(rate_row), by_day, NULL, err);
    for (size_t i = 1; i < rates->rows.count && status == TRAIL_OK; i++) {
        if (rows[i].day != rows[i - 1].day) continue;
        char day[TRAIL_DAY_TEXT];
        trail_day_format(rows[i].day, day);
        status = trail_fail(err, TRAIL_BAD_DATA, "the rates file has two rows for %s", day);
    }
    return status;
}

/* One whole line into `line`, without its end; *more: false after the last. */
static trail_status take_line(trail_byte_source *source, trail_text *held, size_t *from,
                              trail_slice *line, bool *more, trail_error *err)
{
    for (;;) {
        const char *start = held->length == 0 ? "" : held->bytes + *from;
        const char *end = memchr(start, '\n', held->length - *from);
        if (end != NULL) {
            *line = (trail_slice){start, (size_t)(end - start)};
            *from += line->length + 1;
            *more = true;
            return TRAIL_OK;
        }
        char bytes[LINE_LIMIT];
        size_t size = 0;
        trail_status status = trail_byte_source_read(source, bytes, sizeof bytes, &size, err);
        if (status != TRAIL_OK) return status;
        if (size == 0) {
            *line = (trail_slice){start, held->length - *from};
            *from = held->length;
            *more = line->length > 0;
            return TRAIL_OK;
        }
        if (held->length - *from > LINE_LIMIT)
            return trail_fail(err, TRAIL_BAD_DATA, "a line of the rates file is over %d bytes",
                              LINE_LIMIT);
        if (*from > 0) memmove(held->bytes, start, held->length - *from);
        held->length -= *from;
        *from = 0;
        if ((status = trail_text_add(held, (trail_slice){bytes, size}, err)) != TRAIL_OK)
            return status;
    }
}

trail_status trail_rates_read(trail_rates **out, trail_byte_source *source, trail_error *err)
{
    trail_rates *rates = NULL;
    trail_text held = {0};
    size_t from = 0;
    bool more = true;
    *out = NULL;
    trail_status status = trail_alloc_zeroed(&rates, 1, sizeof *rates, err);
    if (status != TRAIL_OK) return status;
    rates->rows = trail_vector_of(sizeof(rate_row));
    for (uint64_t number = 1; status == TRAIL_OK; number++) {
        trail_slice line = {0};
        status = take_line(source, &held, &from, &line, &more, err);
        if (status != TRAIL_OK || !more) break;
        line = trail_slice_trim(line);
        status = number == 1 ? read_heading(rates, line, err) : read_row(rates, line, number, err);
    }
    if (status == TRAIL_OK && rates->column_count == 0)
        status = trail_fail(err, TRAIL_BAD_DATA, "the rates file is empty");
    if (status == TRAIL_OK) status = settle_rows(rates, err);
    trail_text_clear(&held);
    if (status == TRAIL_OK)
        *out = rates;
    else
        trail_rates_free(rates);
    return status;
}

/* The column of a currency, column_count if there is none. */
static unsigned column_of(const trail_rates *rates, trail_currency currency)
{
    unsigned column = 0;
    while (column < rates->column_count && rates->columns[column] != currency)
        column++;
    return column;
}

static bool rate_of(const trail_rates *rates, const rate_row *row, trail_currency currency,
                    rate *out)
{
    static const rate one = {1, 0};
    if (trail_slice_is(trail_slice_of(trail_currency_code(currency)), "EUR")) {
        *out = one;
        return true;
    }
    unsigned column = column_of(rates, currency);
    if (column == rates->column_count) return false;
    *out = row->rates[column];
    return out->mantissa > 0;
}

static trail_wide_unsigned power_of_ten(unsigned exponent)
{
    trail_wide_unsigned power = 1;
    for (unsigned i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

/* minor x (to / from), with each one's decimals; half up. */
static bool convert_at(int64_t minor, rate from, trail_currency from_currency, rate to,
                       trail_currency to_currency, int64_t *converted)
{
    int up = (int)from.scale + (int)trail_currency_exponent(to_currency);
    int down = (int)to.scale + (int)trail_currency_exponent(from_currency);
    trail_wide_unsigned above = (trail_wide_unsigned)(uint64_t)minor * (uint32_t)to.mantissa;
    trail_wide_unsigned below = (uint32_t)from.mantissa;
    if (up >= down) {
        trail_wide_unsigned power = power_of_ten((unsigned)(up - down));
        if (above > (~(trail_wide_unsigned)0 >> 1) / power) return false;
        above *= power;
    } else {
        below *= power_of_ten((unsigned)(down - up));
    }
    trail_wide_unsigned result = (above + below / 2) / below;
    if (result > INT64_MAX) return false;
    *converted = (int64_t)result;
    return true;
}

/* The newest row not after the day. */
static const rate_row *row_before(const trail_rates *rates, int32_t day)
{
    const rate_row *rows = rates->rows.items;
    size_t low = 0, high = rates->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle].day <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &rows[low - 1];
}

bool trail_rates_convert(const trail_rates *rates, int64_t minor, trail_currency from,
                         trail_currency to, int32_t day, int64_t *converted, int32_t *used)
{
    if (rates == NULL || minor < 0) return false;
    const rate_row *first = rates->rows.items, *row = row_before(rates, day);
    for (; row != NULL && (int64_t)day - row->day <= TRAIL_RATE_DAYS_BACK;
         row = row == first ? NULL : row - 1) {
        rate source, target;
        if (!rate_of(rates, row, from, &source) || !rate_of(rates, row, to, &target)) continue;
        *used = row->day;
        return convert_at(minor, source, from, target, to, converted);
    }
    return false;
}
