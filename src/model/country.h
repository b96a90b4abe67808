/* Countries of ISO 3166-1, as far as codes need them. */
#ifndef TRAIL_MODEL_COUNTRY_H
#define TRAIL_MODEL_COUNTRY_H

#include <stdbool.h>

#include "base/text.h"

/* Two letters, upper case; XK (Kosovo, as SWIFT assigns it) too. */
bool trail_country_known(trail_slice code);
/* Letters, country, letters or digits, and a branch of three or none; upper case. */
bool trail_bic_well_formed(trail_slice bic);

#endif
