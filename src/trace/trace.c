/* All rules over one plan, a thread a rule at most; results are put together in the rules' order,
 * so they do not depend on the threads. */
#include "trace/trace.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/threads.h"
#include "base/wide.h"
#include "trace/pass.h"
#include "trace/plan.h"
#include "trace/tracing_rule.h"

#define REPORT_EVERY   ((size_t)1 << 18) /* events */
#define PREFETCH_AHEAD 16                /* events */
#define PROCEEDS_LIMIT 65000

const char *trail_resting_name(trail_resting resting)
{
    static const char *const names[] = {
        [TRAIL_RESTING_ACCOUNT] = "account",
        [TRAIL_RESTING_TRANSIT] = "transit",
        [TRAIL_RESTING_CASH] = "cash",
        [TRAIL_RESTING_CARD] = "card",
        [TRAIL_RESTING_FEE] = "fee",
        [TRAIL_RESTING_ASSET] = "asset",
        [TRAIL_RESTING_OVERDRAFT] = "overdraft",
        [TRAIL_RESTING_GOOD_FAITH] = "good_faith",
        [TRAIL_RESTING_FRONTIER] = "frontier",
        [TRAIL_RESTING_CONVERTED_OUT] = "converted_out",
        [TRAIL_RESTING_CONVERTED_IN] = "converted_in",
    };
    return names[resting];
}

const char *trail_frontier_reason_name(trail_frontier_reason reason)
{
    static const char *const names[] = {
        [TRAIL_FRONTIER_NONE] = "",
        [TRAIL_FRONTIER_NOT_RECEIVED] = "not received",
        [TRAIL_FRONTIER_OUTSIDE_PERIOD] = "outside period",
        [TRAIL_FRONTIER_NOT_NAMED] = "counterparty not named",
        [TRAIL_FRONTIER_NO_CREDIT] = "no matching credit in the records",
    };
    return names[reason];
}

typedef struct one_rule {
    trail_vector rows, holdings, conservation;
} one_rule;

typedef struct running_trace {
    const trail_plan *plan;
    one_rule *rules;
    const trail_progress *progress;
    pthread_t caller;
    atomic_size_t done;
} running_trace;

static void tell(running_trace *running, size_t events)
{
    size_t done = atomic_fetch_add(&running->done, events) + events;
    const trail_progress *progress = running->progress;
    if (progress == NULL || progress->report == NULL) return;
    if (!pthread_equal(pthread_self(), running->caller)) return;
    size_t total = trail_plan_event_count(running->plan) * trail_tracing_rule_count();
    progress->report(progress->context, "trace", "payments", done, total);
}

static trail_status walk(trail_pass *pass, running_trace *running, trail_error *err)
{
    const trail_plan *plan = running->plan;
    size_t count = trail_plan_event_count(plan);
    for (size_t i = 0; i < count; i++) {
        if (i + PREFETCH_AHEAD < count)
            trail_pass_prefetch(pass, trail_plan_event(plan, i + PREFETCH_AHEAD));
        trail_status status = trail_pass_event(pass, trail_plan_event(plan, i), err);
        if (status != TRAIL_OK) return status;
        if ((i + 1) % REPORT_EVERY == 0) tell(running, REPORT_EVERY);
    }
    tell(running, count % REPORT_EVERY);
    return trail_pass_finish(pass, err);
}

static int by_payment(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_traced_payment *first = a, *second = b;
    return (first->payment > second->payment) - (first->payment < second->payment);
}

static bool in_order(const trail_traced_payment *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (rows[i - 1].payment > rows[i].payment) return false;
    }
    return true;
}

/* Rows come in event order, so within one source they are in payment order already. */
static trail_status by_source(const trail_vector *rows, size_t source_count, trail_vector *sorted,
                              trail_error *err)
{
    size_t *start = NULL;
    trail_traced_payment *placed = NULL;
    const trail_traced_payment *items = rows->items;
    *sorted = trail_vector_of(sizeof(trail_traced_payment));
    trail_status status = trail_alloc_zeroed(&start, source_count + 1, sizeof *start, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&placed, rows->count, sizeof *placed, err);
    if (status != TRAIL_OK) goto cleanup;
    *sorted = (trail_vector){placed, rows->count, rows->count, sizeof *placed};
    for (size_t i = 0; i < rows->count; i++)
        start[items[i].proceeds + 1]++;
    for (size_t i = 0; i < source_count; i++)
        start[i + 1] += start[i];
    for (size_t i = 0; i < rows->count; i++)
        placed[start[items[i].proceeds]++] = items[i];
    for (size_t i = 0, first = 0; i < source_count && status == TRAIL_OK; first = start[i++]) {
        if (!in_order(placed + first, start[i] - first))
            status = trail_sort_items(placed + first, start[i] - first, sizeof *placed, by_payment,
                                      NULL, err);
    }
cleanup:
    trail_free(start);
    return status;
}

static trail_status run_rule(void *context, size_t index, trail_error *err)
{
    running_trace *running = context;
    one_rule *result = &running->rules[index];
    const trail_vector *proceeds = running->plan->proceeds;
    trail_pass pass;
    trail_status status = trail_pass_init(&pass, running->plan, (uint16_t)index, err);
    if (status != TRAIL_OK) return status;
    if ((status = walk(&pass, running, err)) != TRAIL_OK) goto cleanup;
    status =
        trail_tally_close(&pass.tally, proceeds, pass.introduced_minor, &result->conservation, err);
    if (status != TRAIL_OK) goto cleanup;
    result->holdings = pass.tally.holdings;
    pass.tally.holdings = trail_vector_of(sizeof(trail_holding));
    status = by_source(&pass.rows, proceeds->count, &result->rows, err);
cleanup:
    trail_pass_clear(&pass);
    return status;
}

static trail_status reserve(trail_vector *to, size_t count, trail_error *err)
{
    return trail_grow(&to->items, &to->capacity, count, to->item_size, err);
}

static void append_all(trail_vector *to, trail_vector *from)
{
    if (from->count > 0)
        memcpy((char *)to->items + to->count * to->item_size, from->items,
               from->count * from->item_size);
    to->count += from->count;
    trail_vector_clear(from);
}

/* Room is made once: a rule that traces everything has a row a payment and source. */
static trail_status join(trail_trace *trace, one_rule *rules, size_t rule_count, trail_error *err)
{
    size_t rows = 0, holdings = 0, conservation = 0;
    for (size_t i = 0; i < rule_count; i++) {
        rows += rules[i].rows.count;
        holdings += rules[i].holdings.count;
        conservation += rules[i].conservation.count;
    }
    trail_status status = reserve(&trace->payments, rows, err);
    if (status == TRAIL_OK) status = reserve(&trace->holdings, holdings, err);
    if (status == TRAIL_OK) status = reserve(&trace->conservation, conservation, err);
    for (size_t i = 0; i < rule_count && status == TRAIL_OK; i++) {
        append_all(&trace->payments, &rules[i].rows);
        append_all(&trace->holdings, &rules[i].holdings);
        append_all(&trace->conservation, &rules[i].conservation);
    }
    return status;
}

trail_status trail_trace_run(trail_trace *trace, const trail_ledger *ledger,
                             const trail_reversals *reversals, const trail_vector *proceeds,
                             unsigned threads, const trail_progress *progress, trail_error *err)
{
    *trace = (trail_trace){.payments = trail_vector_of(sizeof(trail_traced_payment)),
                           .holdings = trail_vector_of(sizeof(trail_holding)),
                           .conservation = trail_vector_of(sizeof(trail_conservation))};
    if (proceeds->count == 0) return TRAIL_OK;
    if (proceeds->count > PROCEEDS_LIMIT)
        return trail_fail(err, TRAIL_USAGE, "%zu sources of proceeds are over the limit of %d",
                          proceeds->count, PROCEEDS_LIMIT);
    size_t rule_count = trail_tracing_rule_count();
    trail_plan plan;
    one_rule *rules = NULL;
    trail_status status = trail_plan_make(&plan, ledger, reversals, proceeds, err);
    if (status != TRAIL_OK) return status;
    status = trail_alloc_zeroed(&rules, rule_count, sizeof *rules, err);
    if (status != TRAIL_OK) goto cleanup;
    for (size_t i = 0; i < rule_count; i++)
        rules[i] = (one_rule){trail_vector_of(sizeof(trail_traced_payment)),
                              trail_vector_of(sizeof(trail_holding)),
                              trail_vector_of(sizeof(trail_conservation))};
    running_trace running = {
        .plan = &plan, .rules = rules, .progress = progress, .caller = pthread_self()};
    atomic_init(&running.done, 0);
    status = trail_threads_run(threads, rule_count, run_rule, &running, err);
    if (status == TRAIL_OK) status = join(trace, rules, rule_count, err);
cleanup:
    for (size_t i = 0; rules != NULL && i < rule_count; i++) {
        trail_vector_clear(&rules[i].rows);
        trail_vector_clear(&rules[i].holdings);
        trail_vector_clear(&rules[i].conservation);
    }
    trail_free(rules);
    trail_plan_clear(&plan);
    if (status != TRAIL_OK) trail_trace_clear(trace);
    return status;
}

void trail_trace_clear(trail_trace *trace)
{
    trail_vector_clear(&trace->payments);
    trail_vector_clear(&trace->holdings);
    trail_vector_clear(&trace->conservation);
}

trail_status trail_trace_ranges(const trail_trace *trace, size_t payment_count,
                                trail_traced_range **ranges, trail_error *err)
{
    int64_t *sums_minor = NULL;
    *ranges = NULL;
    trail_status status = trail_alloc_zeroed(ranges, payment_count, sizeof **ranges, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&sums_minor, payment_count, sizeof *sums_minor, err);
    const trail_traced_payment *rows = trace->payments.items;
    size_t at = 0;
    for (size_t rule = 0; rule < trail_tracing_rule_count() && status == TRAIL_OK; rule++) {
        memset(sums_minor, 0, payment_count * sizeof *sums_minor);
        for (; at < trace->payments.count && rows[at].rule == rule; at++) {
            int64_t *sum_minor = &sums_minor[rows[at].payment];
            if (!trail_add_checked(*sum_minor, rows[at].left_minor, sum_minor))
                status = trail_fail(err, TRAIL_OVERFLOW,
                                    "the traced amounts of a payment leave the range of amounts");
        }
        for (size_t i = 0; i < payment_count; i++) {
            trail_traced_range *range = &(*ranges)[i];
            if (rule == 0 || sums_minor[i] < range->lowest_minor)
                range->lowest_minor = sums_minor[i];
            if (sums_minor[i] > range->highest_minor) range->highest_minor = sums_minor[i];
        }
    }
    trail_free(sums_minor);
    if (status != TRAIL_OK) {
        trail_free(*ranges);
        *ranges = NULL;
    }
    return status;
}
