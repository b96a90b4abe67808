#include "model/iban.h"

#include <string.h>

#define TWO_OFF 2 /* of an IBAN mistyped; further away it is a number of another kind */

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

const trail_iban_country *trail_iban_country_of(trail_slice number)
{
    if (number.length < 2 || !is_letter(number.start[0]) || !is_letter(number.start[1]))
        return NULL;
    size_t low = 0, high = trail_iban_country_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(trail_iban_countries[middle].code, number.start, 2);
        if (order == 0) return &trail_iban_countries[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool fits(char place, char c)
{
    return (place != 'a' && is_digit(c)) || (place != 'n' && is_letter(c));
}

/* Places of the national number that are not as registered, as far as both go. */
static size_t misfits(const trail_iban_country *country, trail_slice number)
{
    size_t count = 0;
    for (size_t i = 4; i < number.length && i < country->length; i++)
        count += !fits(country->places[i - 4], number.start[i]);
    return count;
}

/* The number turned round, letters as 10..35, by 97; letters and digits only. */
static bool check_digits_fit(trail_slice number)
{
    unsigned rest = 0;
    for (size_t i = 0; i < number.length; i++) {
        char c = number.start[(i + 4) % number.length];
        rest = is_digit(c) ? (rest * 10 + (unsigned)(c - '0')) % 97
                           : (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
    return rest == 1;
}

trail_iban_verdict trail_iban_check(trail_slice number)
{
    if (number.length < TRAIL_IBAN_SHORTEST - TWO_OFF ||
        number.length > TRAIL_IBAN_LONGEST + TWO_OFF || !is_digit(number.start[2]) ||
        !is_digit(number.start[3]))
        return TRAIL_IBAN_NOT_SHAPED;
    const trail_iban_country *country = trail_iban_country_of(number);
    if (country == NULL || number.length + TWO_OFF < country->length ||
        number.length > country->length + (size_t)TWO_OFF)
        return TRAIL_IBAN_NOT_SHAPED;
    size_t wrong = misfits(country, number);
    if (wrong > TWO_OFF) return TRAIL_IBAN_NOT_SHAPED;
    if (wrong > 0 || number.length != country->length) return TRAIL_IBAN_STRUCTURE;
    return check_digits_fit(number) ? TRAIL_IBAN_VALID : TRAIL_IBAN_CHECK_DIGITS;
}

bool trail_iban_valid(trail_slice number)
{
    return trail_iban_check(number) == TRAIL_IBAN_VALID;
}
