/* Best-first search over payments from each start. A route in the making is taken further by the
 * payments that follow its last one (movement.h), those that cannot reach an end in the steps left
 * are passed over (reach.h), and what got through only shrinks, so routes come out in rank and the
 * search may stop being kept, and only be counted, after max_routes. A static search on summed
 * links invents chains that run backwards in time; this one cannot. Work is counted in payments
 * tried and divided evenly between the starts, so the result does not depend on the machine. */
#include "paths/route.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "paths/movement.h"
#include "paths/reach.h"
#include "paths/route_queue.h"

/* A step kept in the queue weighs as much as this many payments tried, which bounds memory. */
enum { WORK_PER_PUSH = 20, LEAST_WORK_PER_START = 10000 };
#define NO_END UINT8_MAX
static const int64_t WHOLE_MILLIONTHS = 1000000;
static const int32_t WINDOW_LIMIT = 36500;

/* The route in hand: its steps as movements. */
typedef struct course {
    trail_movement steps[TRAIL_ROUTE_STEP_LIMIT];
    uint32_t count;
} course;

typedef struct search {
    const trail_ledger *ledger;
    const trail_route_limits *limits;
    const trail_route_start *start;
    trail_movements movements;
    trail_reach reach;
    bool *is_destination;
    trail_route_queue queue;
    trail_routes *routes;
    size_t kept; /* of this start */
    uint64_t work_left;
    bool cut;
} search;

trail_route_limits trail_route_limits_default(void)
{
    return (trail_route_limits){.window_days = 3,
                                .share_kept_millionths = 800000,
                                .max_steps = 6,
                                .max_routes = 1000,
                                .max_work = 100000000};
}

void trail_routes_clear(trail_routes *routes)
{
    trail_vector_clear(&routes->routes);
    trail_vector_clear(&routes->steps);
    *routes = (trail_routes){.routes = trail_vector_of(sizeof(trail_route)),
                             .steps = trail_vector_of(sizeof(trail_route_step))};
}

/* What is left of `minor` by that conversion's own two amounts, before it. */
static int64_t before_conversion(const trail_movement *step, int64_t minor)
{
    if (minor > step->entered_minor) minor = step->entered_minor;
    return trail_mul_div_floor(minor, step->left_minor, step->entered_minor);
}

/* An amount that left at the end of steps[0..count) as an amount in the proceeds' currency. */
static int64_t brought_back(const search *s, const course *c, uint32_t count, int64_t minor)
{
    for (uint32_t i = count; i-- > 0;) {
        const trail_movement *step = &c->steps[i];
        if (step->left_currency == step->entered_currency) continue;
        /* A start marked in its received currency is measured behind its own conversion. */
        if (i == 0 && s->start->currency == step->entered_currency) break;
        minor = before_conversion(step, minor);
    }
    return minor;
}

/* Smallest of what got through `so_far` and the two amounts of steps[index]. */
static int64_t got_through(const search *s, const course *c, uint32_t index, int64_t so_far)
{
    const trail_movement *step = &c->steps[index];
    int64_t entered = brought_back(s, c, index + 1, step->entered_minor);
    if (entered < so_far) so_far = entered;
    if (index == 0 && s->start->currency != step->left_currency) return so_far;
    int64_t left = brought_back(s, c, index, step->left_minor);
    return left < so_far ? left : so_far;
}

static void take_up(const search *s, course *c, uint32_t partial)
{
    uint32_t payments[TRAIL_ROUTE_STEP_LIMIT];
    c->count = trail_route_queue_payments(&s->queue, partial, payments);
    for (uint32_t i = 0; i < c->count; i++)
        c->steps[i] = trail_movement_of(&s->movements, payments[i]);
}

/* May the route arrive where `next` goes? No account twice, no pocket of it twice. */
static bool may_arrive(const course *c, const trail_movement *next)
{
    bool stays = next->payee == next->payer; /* a conversion on the account itself */
    const trail_movement *first = &c->steps[0];
    if (next->payee != TRAIL_NO_ACCOUNT && first->payer == next->payee &&
        (!stays || first->left_currency == next->entered_currency))
        return false;
    for (uint32_t i = 0; i < c->count; i++) {
        const trail_movement *step = &c->steps[i];
        if (next->payment == step->twin) return false;
        if (next->payee != TRAIL_NO_ACCOUNT && step->payee == next->payee &&
            (!stays || step->entered_currency == next->entered_currency))
            return false;
    }
    return true;
}

/* The end that the last step itself makes, or NO_END. */
static uint8_t end_of(const search *s, const trail_movement *last)
{
    if (last->payee == TRAIL_NO_ACCOUNT) {
        if (last->kind == TRAIL_KIND_CASH) return TRAIL_END_CASH;
        if (last->kind == TRAIL_KIND_CARD) return TRAIL_END_CARD;
        return last->kind == TRAIL_KIND_FEE ? TRAIL_END_FEE : TRAIL_END_RECORDS_END;
    }
    if (s->is_destination[last->payee]) return TRAIL_END_DESTINATION;
    bool arrival_missing =
        !last->entered_recorded && trail_ledger_observes(s->ledger, last->payee, last->entered_day);
    return arrival_missing ? TRAIL_END_RECORDS_END : NO_END;
}

static bool stop_observed(const search *s, const trail_movement *previous,
                          const trail_movement *next)
{
    return trail_ledger_observes(s->ledger, previous->payee, previous->entered_day) &&
           trail_ledger_observes(s->ledger, previous->payee, next->left_day);
}

static trail_status keep_steps(search *s, const course *c, trail_error *err)
{
    for (uint32_t i = 0; i < c->count; i++) {
        const trail_movement *movement = &c->steps[i];
        trail_route_step step = {.payment = movement->payment,
                                 .twin = movement->twin,
                                 .share_kept_millionths = WHOLE_MILLIONTHS};
        step.may_be_double = (s->ledger->flags[movement->payment] & TRAIL_MAY_BE_DOUBLE) != 0;
        if (i > 0) {
            const trail_movement *previous = movement - 1;
            step.days_held = movement->left_day - previous->entered_day;
            step.share_kept_millionths = trail_movement_share(previous, movement);
            step.payer_not_observed = !stop_observed(s, previous, movement);
            (void)trail_movement_follows(&s->movements, previous, movement, &step.same_day);
        }
        trail_status status = trail_vector_push(&s->routes->steps, &step, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status keep_route(search *s, const course *c, uint8_t end, int64_t got_through_minor,
                               trail_error *err)
{
    if (s->kept >= s->limits->max_routes) {
        s->routes->left_out++;
        return TRAIL_OK;
    }
    s->kept++;
    const trail_movement *last = &c->steps[c->count - 1];
    int32_t days = last->entered_day - c->steps[0].left_day;
    trail_route route = {.proceeds = s->start->proceeds,
                         .end = end,
                         .currency = s->start->currency,
                         .got_through_minor = got_through_minor,
                         .first_step = (uint32_t)s->routes->steps.count,
                         .step_count = c->count,
                         .end_account = last->payee,
                         .days = days > 0 ? days : 0};
    trail_status status = trail_vector_push(&s->routes->routes, &route, err);
    if (status != TRAIL_OK) return status;
    return keep_steps(s, c, err);
}

static bool spend(search *s, uint64_t work)
{
    if (s->work_left < work) s->cut = true;
    if (s->cut) return false;
    s->work_left -= work;
    return true;
}

static bool is_next(const search *s, const trail_movement *last, const trail_movement *next)
{
    bool same_day;
    return trail_movement_follows(&s->movements, last, next, &same_day) &&
           next->left_day - last->entered_day <= s->limits->window_days &&
           trail_movement_share(last, next) >= s->limits->share_kept_millionths;
}

/* Pushes every step that may come next. *any: some payment follows, whether or not this route may
 * take it. */
static trail_status push_onward(search *s, uint32_t partial, course *c, int64_t so_far, bool *any,
                                trail_error *err)
{
    const trail_movement *last = &c->steps[c->count - 1];
    uint32_t first, end;
    trail_movements_leaving(&s->movements, last->payee, last->entered_day,
                            last->entered_day + s->limits->window_days, &first, &end);
    bool full = c->count == s->limits->max_steps;
    for (uint32_t i = first; i < end && !(full && *any) && spend(s, 1); i++) {
        uint32_t payment = s->movements.graph->out_payment[i];
        if (trail_movement_is_shadow(&s->movements, payment)) continue;
        trail_movement next = trail_movement_of(&s->movements, payment);
        if (!is_next(s, last, &next)) continue;
        *any = true;
        if (full || !may_arrive(c, &next) ||
            trail_reach_steps(&s->reach, payment) > s->limits->max_steps - c->count)
            continue;
        if (!spend(s, WORK_PER_PUSH)) break;
        c->steps[c->count] = next;
        trail_partial further = {.got_through_minor = got_through(s, c, c->count, so_far),
                                 .parent = partial,
                                 .payment = payment,
                                 .step_count = c->count + 1};
        trail_status status = trail_route_queue_push(&s->queue, &further, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status take_further(search *s, uint32_t partial, trail_error *err)
{
    course c;
    take_up(s, &c, partial);
    const trail_partial *p = trail_vector_at(&s->queue.partials, partial);
    int64_t so_far = p->got_through_minor;
    const trail_movement *last = &c.steps[c.count - 1];
    uint8_t end = end_of(s, last);
    if (end != NO_END) return keep_route(s, &c, end, so_far, err);
    bool any = false;
    trail_status status = push_onward(s, partial, &c, so_far, &any, err);
    if (status != TRAIL_OK) return status;
    if (any || s->cut || trail_ledger_observes(s->ledger, last->payee, last->entered_day))
        return TRAIL_OK;
    return keep_route(s, &c, TRAIL_END_RECORDS_END, so_far, err);
}

static trail_status search_from(search *s, const trail_route_start *start, uint64_t work,
                                trail_error *err)
{
    s->start = start;
    s->kept = 0;
    s->cut = false;
    s->work_left = work;
    trail_route_queue_reset(&s->queue);
    course c = {.count = 1};
    c.steps[0] = trail_movement_of(&s->movements, start->payment);
    const trail_movement *step = &c.steps[0];
    if (step->left_minor <= 0 || step->entered_minor <= 0) return TRAIL_OK;
    if (start->currency != step->left_currency && start->currency != step->entered_currency)
        return trail_fail(err, TRAIL_INTERNAL, "a marked payment is not in %s",
                          trail_currency_code(start->currency));
    int64_t marked = start->marked_minor > 0 ? start->marked_minor : INT64_MAX;
    trail_partial first = {.got_through_minor = got_through(s, &c, 0, marked),
                           .parent = TRAIL_NO_PARTIAL,
                           .payment = start->payment,
                           .step_count = 1};
    if (trail_reach_steps(&s->reach, start->payment) > s->limits->max_steps) return TRAIL_OK;
    trail_status status = trail_route_queue_push(&s->queue, &first, err);
    uint32_t partial;
    while (status == TRAIL_OK && trail_route_queue_pop(&s->queue, &partial))
        status = take_further(s, partial, err);
    if (s->cut) s->routes->starts_cut++;
    return status;
}

static trail_status check_limits(const trail_route_limits *limits, trail_error *err)
{
    if (limits->window_days < 0 || limits->window_days > WINDOW_LIMIT)
        return trail_fail(err, TRAIL_USAGE, "window_days must be between 0 and %d",
                          (int)WINDOW_LIMIT);
    if (limits->share_kept_millionths < 0 || limits->share_kept_millionths > WHOLE_MILLIONTHS)
        return trail_fail(err, TRAIL_USAGE, "share_kept must be between 0 and 1");
    if (limits->max_steps < 1 || limits->max_steps > TRAIL_ROUTE_STEP_LIMIT)
        return trail_fail(err, TRAIL_USAGE, "max_steps must be between 1 and %d",
                          TRAIL_ROUTE_STEP_LIMIT);
    return TRAIL_OK;
}

/* The first payment that can stand on a route from any start. */
static uint32_t earliest_payment(const search *s, const trail_route_start *starts,
                                 size_t start_count)
{
    int32_t day = INT32_MAX;
    for (size_t i = 0; i < start_count; i++) {
        int32_t placed = trail_movement_place_day(s->ledger, starts[i].payment);
        int32_t entered = trail_movement_of(&s->movements, starts[i].payment).entered_day;
        if (placed < day) day = placed;
        if (entered < day) day = entered;
    }
    size_t low = 0, high = s->ledger->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (trail_movement_place_day(s->ledger, (uint32_t)middle) < day)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static trail_status search_all(search *s, const trail_route_start *starts, size_t start_count,
                               trail_error *err)
{
    trail_map64 begun = {0}; /* a pair that may be one payment, both marked, starts once */
    trail_status status = TRAIL_OK;
    uint64_t work = s->limits->max_work / start_count;
    if (work < LEAST_WORK_PER_START) work = LEAST_WORK_PER_START;
    for (size_t i = 0; i < start_count && status == TRAIL_OK; i++) {
        uint64_t proceeds = (uint64_t)starts[i].proceeds << 32;
        uint32_t twin = trail_movement_of(&s->movements, starts[i].payment).twin;
        uint32_t earlier;
        if (twin != TRAIL_NO_PAYMENT && trail_map64_find(&begun, proceeds | twin, &earlier))
            continue;
        if (trail_map64_at(&begun, proceeds | starts[i].payment, 1, err) == NULL)
            status = TRAIL_NO_MEMORY;
        else
            status = search_from(s, &starts[i], work, err);
    }
    trail_map64_clear(&begun);
    return status;
}

static int compare_routes(const void *context, const void *a, const void *b)
{
    const trail_route_step *steps = context;
    const trail_route *first = a, *second = b;
    int order = strcmp(trail_currency_code(first->currency), trail_currency_code(second->currency));
    if (order != 0) return order;
    if (first->got_through_minor != second->got_through_minor)
        return first->got_through_minor > second->got_through_minor ? -1 : 1;
    for (uint32_t i = 0; i < first->step_count && i < second->step_count; i++) {
        uint32_t one = steps[first->first_step + i].payment;
        uint32_t other = steps[second->first_step + i].payment;
        if (one != other) return one < other ? -1 : 1;
    }
    if (first->step_count != second->step_count)
        return first->step_count < second->step_count ? -1 : 1;
    return (first->proceeds > second->proceeds) - (first->proceeds < second->proceeds);
}

trail_status trail_routes_find(trail_routes *routes, const trail_ledger *ledger,
                               const trail_payment_graph *graph, const trail_vector *doubles,
                               const trail_route_start *starts, size_t start_count,
                               const uint32_t *destinations, size_t destination_count,
                               const trail_route_limits *limits, trail_error *err)
{
    *routes = (trail_routes){.routes = trail_vector_of(sizeof(trail_route)),
                             .steps = trail_vector_of(sizeof(trail_route_step))};
    trail_status status = check_limits(limits, err);
    if (status != TRAIL_OK || start_count == 0) return status;
    search s = {.ledger = ledger, .limits = limits, .routes = routes};
    trail_route_queue_init(&s.queue);
    status = trail_movements_open(&s.movements, ledger, graph, doubles, err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_alloc_zeroed(&s.is_destination, graph->account_count, sizeof(bool), err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < destination_count; i++)
        s.is_destination[destinations[i]] = true;
    status = trail_reach_measure(&s.reach, &s.movements, s.is_destination, limits->window_days,
                                 limits->max_steps, earliest_payment(&s, starts, start_count), err);
    if (status != TRAIL_OK) goto cleanup;
    status = search_all(&s, starts, start_count, err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_sort_items(routes->routes.items, routes->routes.count, sizeof(trail_route),
                              compare_routes, routes->steps.items, err);
cleanup:
    trail_route_queue_clear(&s.queue);
    trail_reach_clear(&s.reach);
    trail_free(s.is_destination);
    trail_movements_clear(&s.movements);
    if (status != TRAIL_OK) trail_routes_clear(routes);
    return status;
}
