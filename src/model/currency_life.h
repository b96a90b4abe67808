/* The days between which accounts were kept in a currency. */
#ifndef TRAIL_MODEL_CURRENCY_LIFE_H
#define TRAIL_MODEL_CURRENCY_LIFE_H

#include <stdint.h>

#include "model/calendar.h"
#include "model/currency.h"

typedef struct trail_currency_life {
    int32_t first_day, last_day; /* INT32_MIN, INT32_MAX: open */
} trail_currency_life;

trail_currency_life trail_currency_life_of(trail_currency currency);

#endif
