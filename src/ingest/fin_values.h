/* Values of SWIFT fields: dates, amounts with a comma, BICs, accounts, balances, references. Slices
 * are UTF-8. */
#ifndef TRAIL_INGEST_FIN_VALUES_H
#define TRAIL_INGEST_FIN_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/movement.h"
#include "model/calendar.h"

/* Four letters, a country of two, two letters or digits, and a branch of three or none. */
bool trail_fin_is_bic(trail_slice text);
bool trail_fin_is_uetr(trail_slice text);
/* Letters, digits and blanks that are a valid IBAN. */
bool trail_fin_is_iban(trail_slice text);

/* The first line; *rest: what stands behind its end. */
trail_slice trail_fin_first_line(trail_slice text, trail_slice *rest);

/* YYMMDD. The century is the one in which the day lies within 50 years of `near` (TRAIL_NO_DAY:
 * 1980 to 2079). */
bool trail_fin_date(trail_slice text, int32_t near, int32_t *day);
/* MMDD: in the year that brings it nearest to the value date. */
bool trail_fin_entry_date(trail_slice text, int32_t value_day, int32_t *day);

typedef enum trail_fin_amount_fault {
    TRAIL_FIN_AMOUNT_OK = 0,
    TRAIL_FIN_AMOUNT_POINT,    /* read, with a point in place of the comma */
    TRAIL_FIN_AMOUNT_NO_COMMA, /* "500": 500 or 5.00 */
    TRAIL_FIN_AMOUNT_BAD,
    TRAIL_FIN_AMOUNT_TOO_PRECISE,
    TRAIL_FIN_AMOUNT_TOO_LARGE
} trail_fin_amount_fault;

/* Digits, a comma, digits; leading zeros and either side empty are fine. */
trail_fin_amount_fault trail_fin_amount(trail_slice text, unsigned exponent, int64_t *minor);
/* Reason code and sentence of a fault that kept the amount from being read. */
const char *trail_fin_amount_code(trail_fin_amount_fault fault);
const char *trail_fin_amount_sentence(trail_fin_amount_fault fault);
/* Length of the amount at the start of text. */
size_t trail_fin_amount_length(trail_slice text);

/* "EUR1234,56" */
bool trail_fin_money(trail_slice text, trail_currency *currency, int64_t *minor,
                     trail_fin_amount_fault *fault);
/* "0,978" as mantissa and scale. */
bool trail_fin_rate(trail_slice text, int64_t *mantissa, uint8_t *scale);

typedef struct trail_fin_balance {
    int64_t minor; /* signed */
    int32_t day;   /* TRAIL_NO_DAY: no such day */
    trail_currency currency;
    bool no_currency; /* none stands there: `known` was taken */
    bool point;
} trail_fin_balance;

/* "C140829EUR147,64". known: of the statement, if that is known. NULL: read; else what is wrong. */
const char *trail_fin_balance_read(trail_slice text, trail_currency known, int32_t near,
                                   trail_fin_balance *balance);

/* ":25:": IBAN, bank/number, number; a currency behind the number is no part of it. */
trail_party_said trail_fin_account(trail_slice text, trail_currency currency);

#endif
