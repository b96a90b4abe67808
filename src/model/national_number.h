/* National account numbers and the IBANs that hold them, where a country publishes how one is made
 * of the other. Numbers are upper case, letters and digits only. */
#ifndef TRAIL_MODEL_NATIONAL_NUMBER_H
#define TRAIL_MODEL_NATIONAL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "model/iban.h"

#define TRAIL_NATIONAL_LIMIT 8 /* more IBANs than that no (bank, number) can have */

typedef struct trail_iban_text {
    char text[TRAIL_IBAN_LONGEST + 1];
} trail_iban_text;

/* The IBANs that an account of this number at this bank (national bank code, or a BIC where the
 * IBAN holds its letters, as written; may be empty) would have: by bank and number, or of a number
 * that is an IBAN's whole national part and so names its bank. Returns how many. A caller takes one
 * only if it knows that IBAN. O(countries). */
size_t trail_national_ibans(trail_slice bank, trail_slice number,
                            trail_iban_text ibans[TRAIL_NATIONAL_LIMIT]);

/* The account's own part of a valid IBAN, without leading zeros; empty where the country publishes
 * none. */
trail_slice trail_national_account_part(trail_slice iban);

/* Does the bank said with a number leave open whether it is that of the IBAN: none, a name, a BIC
 * of the country that its IBANs do not hold? */
bool trail_national_bank_open(trail_slice iban, trail_slice bank);

trail_slice trail_without_zeros(trail_slice number); /* leading ones */

#endif
