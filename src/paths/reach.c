/* Hop-indexed latest-departure labels, turned round: one scan from the last day to the first keeps,
 * per account and number of steps k, the earliest later day on which a payment leaves that reaches
 * an end within k steps. A payment reaches an end in k + 1 steps if its payee has such a day before
 * the window closes. Days, not places, are compared, and shares are not, so a number may be too low
 * and never too high: it prunes, the search decides. After Blanusa, Ienne, Atasu (TOPC 2023).
 * O(payments * max_steps) time, 1 byte a payment and 4 * max_steps an account. */
#include "paths/reach.h"

#include <stddef.h>

#include "base/memory.h"

#define NEVER INT32_MAX

/* One payment of the day in hand, with what every round over the day asks. */
typedef struct departure {
    uint32_t payer, payee, payment;
    int64_t last_onward_day;
} departure;

typedef struct scan {
    trail_reach *reach;
    const trail_movements *movements;
    const bool *is_destination;
    int32_t window_days;
    uint32_t max_steps;
    size_t account_count;
    int32_t *next_day; /* [k * account_count + account], k from 0 */
    departure *day;
    size_t day_count, day_capacity;
} scan;

static bool may_end(const scan *s, const trail_movement *movement)
{
    return movement->payee == TRAIL_NO_ACCOUNT || s->is_destination[movement->payee] ||
           !movement->entered_recorded ||
           !trail_ledger_observes(s->movements->ledger, movement->payee, movement->entered_day);
}

static uint8_t *steps_of(const scan *s, uint32_t payment)
{
    return &s->reach->steps[payment - s->reach->first_payment];
}

/* Fills s->day with payments down to *payment that share its place day; moves *payment below. */
static trail_status gather_day(scan *s, size_t *payment, trail_error *err)
{
    const trail_ledger *ledger = s->movements->ledger;
    int32_t day = trail_movement_place_day(ledger, (uint32_t)(*payment - 1));
    s->day_count = 0;
    while (*payment > s->reach->first_payment &&
           trail_movement_place_day(ledger, (uint32_t)(*payment - 1)) == day) {
        uint32_t number = (uint32_t)(--*payment);
        if ((ledger->flags[number] & (TRAIL_VOID | TRAIL_REVERSED)) != 0) continue;
        trail_status status =
            trail_grow(&s->day, &s->day_capacity, s->day_count + 1, sizeof *s->day, err);
        if (status != TRAIL_OK) return status;
        trail_movement movement = trail_movement_of(s->movements, number);
        if (may_end(s, &movement)) *steps_of(s, number) = 1;
        s->day[s->day_count++] =
            (departure){.payer = ledger->payer[number],
                        .payee = movement.payee,
                        .payment = number,
                        .last_onward_day = (int64_t)movement.entered_day + s->window_days};
    }
    return TRAIL_OK;
}

static void label_day(scan *s, int32_t day)
{
    for (uint32_t k = 0; k < s->max_steps; k++) {
        int32_t *next_day = s->next_day + k * s->account_count;
        const int32_t *fewer = k > 0 ? next_day - s->account_count : NULL;
        for (size_t i = 0; i < s->day_count; i++) {
            const departure *d = &s->day[i];
            uint8_t *steps = steps_of(s, d->payment);
            if (*steps == 0 && fewer != NULL && d->payee != TRAIL_NO_ACCOUNT &&
                fewer[d->payee] != NEVER && fewer[d->payee] <= d->last_onward_day)
                *steps = (uint8_t)(k + 1);
        }
        for (size_t i = 0; i < s->day_count; i++) {
            const departure *d = &s->day[i];
            if (*steps_of(s, d->payment) != 0 && d->payer != TRAIL_NO_ACCOUNT)
                next_day[d->payer] = day;
        }
    }
}

trail_status trail_reach_measure(trail_reach *reach, const trail_movements *movements,
                                 const bool *is_destination, int32_t window_days,
                                 uint32_t max_steps, uint32_t first_payment, trail_error *err)
{
    const trail_ledger *ledger = movements->ledger;
    *reach = (trail_reach){.first_payment = first_payment};
    scan s = {.reach = reach,
              .movements = movements,
              .is_destination = is_destination,
              .window_days = window_days,
              .max_steps = max_steps,
              .account_count = trail_accounts_count(ledger->accounts)};
    size_t places = s.account_count * max_steps;
    trail_status status = trail_alloc_zeroed(&reach->steps, ledger->count - first_payment, 1, err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_alloc_zeroed(&s.next_day, places, sizeof *s.next_day, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < places; i++)
        s.next_day[i] = NEVER;
    for (size_t payment = ledger->count; payment > first_payment;) {
        int32_t day = trail_movement_place_day(ledger, (uint32_t)(payment - 1));
        status = gather_day(&s, &payment, err);
        if (status != TRAIL_OK) goto cleanup;
        label_day(&s, day);
    }
cleanup:
    trail_free(s.next_day);
    trail_free(s.day);
    if (status != TRAIL_OK) trail_reach_clear(reach);
    return status;
}

void trail_reach_clear(trail_reach *reach)
{
    trail_free(reach->steps);
    *reach = (trail_reach){0};
}

uint32_t trail_reach_steps(const trail_reach *reach, uint32_t payment)
{
    if (payment < reach->first_payment) return UINT32_MAX;
    uint8_t steps = reach->steps[payment - reach->first_payment];
    return steps == 0 ? UINT32_MAX : steps;
}
