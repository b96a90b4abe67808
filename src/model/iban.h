/* IBANs by the registry (ISO 13616): the country's length, which places of the national number are
 * letters or digits, and the check digits (ISO 7064 mod 97-10). */
#ifndef TRAIL_MODEL_IBAN_H
#define TRAIL_MODEL_IBAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define TRAIL_IBAN_LONGEST  34
#define TRAIL_IBAN_SHORTEST 15

/* A row of the registry, made at build from data/iban.dat. In the order of the codes. */
typedef struct trail_iban_country {
    char code[3];
    unsigned char length; /* of the IBAN */
    const char *places;   /* of the national number: n digit, a letter, c either */
} trail_iban_country;
extern const trail_iban_country trail_iban_countries[];
extern const size_t trail_iban_country_count;

/* NULL if IBANs of that country (the first two letters of `number`) are not registered. */
const trail_iban_country *trail_iban_country_of(trail_slice number);

typedef enum trail_iban_verdict {
    TRAIL_IBAN_VALID = 0,
    TRAIL_IBAN_NOT_SHAPED,  /* a number of another kind */
    TRAIL_IBAN_STRUCTURE,   /* begins as one, but its length or a place is not as registered */
    TRAIL_IBAN_CHECK_DIGITS /* built as registered, but the check digits do not fit */
} trail_iban_verdict;

/* The number upper case, spaces and hyphens already stripped. A number that begins with a
 * registered country and two digits is meant as an IBAN if its length is at most two off and at
 * most two places are not as registered. */
trail_iban_verdict trail_iban_check(trail_slice number);
bool trail_iban_valid(trail_slice number);

#endif
