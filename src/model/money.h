/* Money: int64 minor units. Parsing is strict and loses no digit; printing is exact. */
#ifndef TRAIL_MODEL_MONEY_H
#define TRAIL_MODEL_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model/currency.h"

/* How one column writes amounts. decimal: '.' or ',' or 0 (no fraction ever appears);
 * group: the separator of thousands, ' ' stands for space, U+00A0 and U+202F, 0 for none. */
typedef struct trail_money_style {
    char decimal;
    char group;
    bool scientific_exact; /* the profile says E-notation keeps all its digits */
} trail_money_style;

typedef enum trail_money_fault {
    TRAIL_MONEY_OK = 0,
    TRAIL_MONEY_EMPTY,
    TRAIL_MONEY_NOT_AN_AMOUNT, /* a character or grouping that does not belong */
    TRAIL_MONEY_TOO_PRECISE,   /* a non-zero digit below the minor unit */
    TRAIL_MONEY_SCIENTIFIC,    /* 1.23E+05: digits are lost */
    TRAIL_MONEY_OVERFLOW
} trail_money_fault;

/* Reads the whole field: sign + - U+2212 U+2013 in front, '-' behind, parentheses, CR/DR or C/D
 * behind (DR and D negative). E-notation is taken only when its significant digits reach the minor
 * unit or style says exact. O(length). */
trail_money_fault trail_money_parse(trail_slice field, trail_money_style style, unsigned exponent,
                                    int64_t *minor);
const char *trail_money_fault_text(trail_money_fault fault);

#define TRAIL_MONEY_TEXT 32
/* "-1234.56" for exponent 2: plain decimal, '.' mark, no groups. Returns its length. */
size_t trail_money_format(int64_t minor, trail_currency currency, char text[TRAIL_MONEY_TEXT]);

#endif
