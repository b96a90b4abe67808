/* What a record says of its leg where the leg it attests keeps another record's words (the same
 * data in another format): so that the id it would have alone stays an alias (model section 9). */
#ifndef TRAIL_MODEL_LEG_COPY_H
#define TRAIL_MODEL_LEG_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "model/currency.h"

typedef struct trail_leg_copy {
    uint32_t record;
    uint32_t other; /* counterparty's account as this record names it, or TRAIL_NO_ACCOUNT */
    int64_t amount_minor;
    int32_t booking_day;
    trail_currency currency;
    bool credit;
} trail_leg_copy;

#endif
