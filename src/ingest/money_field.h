/* Amounts of one column, read fast: the same answers as trail_money_parse, which reads what is
 * rare. */
#ifndef TRAIL_INGEST_MONEY_FIELD_H
#define TRAIL_INGEST_MONEY_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model/money.h"

typedef struct trail_money_field {
    trail_money_style style;
    bool any_group; /* the decimal mark is known and the separator is not: take any that fits */
} trail_money_field;

/* As trail_money_parse. */
trail_money_fault trail_money_field_read(const trail_money_field *column, trail_slice field,
                                         unsigned exponent, int64_t *minor);

#endif
