/* Currencies as dense numbers, with ISO 4217 exponents (own table: no library ships them) and
 * Bitcoin (XBT, exponent 8). */
#ifndef TRAIL_MODEL_CURRENCY_H
#define TRAIL_MODEL_CURRENCY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

typedef uint16_t trail_currency;
#define TRAIL_NO_CURRENCY 0 /* index 0 of the table: none, code "" */

/* By code ("EUR", any ASCII case) or by a built-in English name as AMLworld writes it
 * ("US Dollar", "Bitcoin"). False when unknown. */
bool trail_currency_find(trail_slice text, trail_currency *currency);
const char *trail_currency_code(trail_currency currency);
unsigned trail_currency_exponent(trail_currency currency);
unsigned trail_currency_count(void); /* valid numbers are below this */

#endif
