/* For each payment: the fewest steps, itself included, in which its money could reach an end. */
#ifndef TRAIL_PATHS_REACH_H
#define TRAIL_PATHS_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "paths/movement.h"

/* steps[payment - first_payment]; 0: no end within max_steps. Never more than the true number. */
typedef struct trail_reach {
    uint32_t first_payment;
    uint8_t *steps;
} trail_reach;

/* is_destination: by account. Payments before first_payment are not looked at. */
trail_status trail_reach_measure(trail_reach *reach, const trail_movements *movements,
                                 const bool *is_destination, int32_t window_days,
                                 uint32_t max_steps, uint32_t first_payment,
                                 trail_error *err) TRAIL_MUST_CHECK;
void trail_reach_clear(trail_reach *reach);
uint32_t trail_reach_steps(const trail_reach *reach, uint32_t payment); /* UINT32_MAX: none */

#endif
