/* Which payments, accounts and links a report holds when there are more than its budget: on a
 * route first (always in), then the highest traced, then the largest amount. Amounts of different
 * currencies are compared as shares of the largest one of their own currency, exactly. Bounded
 * heaps: O(n log budget). */
#include "report/view.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"

/* How much something matters; smaller kind first, then the larger share. */
typedef struct weight {
    uint32_t number;
    uint8_t kind;
    int64_t part, whole; /* whole > 0 */
} weight;

static int by_weight(const void *context, const void *a, const void *b)
{
    const weight *left = a;
    const weight *right = b;
    int order;

    (void)context;
    if (left->kind != right->kind) return left->kind < right->kind ? -1 : 1;
    order = trail_ratio_compare(right->part, right->whole, left->part, left->whole);
    if (order != 0) return order;
    return (left->number > right->number) - (left->number < right->number);
}

/* A heap of the `room` best, the worst of them on top. */
typedef struct best {
    trail_vector heap; /* of weight */
    size_t room;
} best;

static weight *heap_at(const best *of, size_t place)
{
    return trail_vector_at(&of->heap, place);
}

static void swap(weight *a, weight *b)
{
    const weight kept = *a;

    *a = *b;
    *b = kept;
}

static void sink(best *of)
{
    size_t place = 0;

    for (;;) {
        size_t worst = place;

        for (size_t child = 2 * place + 1; child <= 2 * place + 2; child++) {
            if (child < of->heap.count &&
                by_weight(NULL, heap_at(of, child), heap_at(of, worst)) > 0) {
                worst = child;
            }
        }
        if (worst == place) return;
        swap(heap_at(of, place), heap_at(of, worst));
        place = worst;
    }
}

static trail_status offer(best *of, const weight *candidate, trail_error *err)
{
    trail_status status;
    size_t place;

    if (of->heap.count >= of->room && candidate->kind != 0 &&
        (of->heap.count == 0 || by_weight(NULL, candidate, heap_at(of, 0)) >= 0)) {
        return TRAIL_OK;
    }
    if (of->heap.count >= of->room && of->heap.count > 0 && heap_at(of, 0)->kind != 0) {
        *heap_at(of, 0) = *candidate;
        sink(of);
        return TRAIL_OK;
    }
    if ((status = trail_vector_push(&of->heap, candidate, err)) != TRAIL_OK) return status;
    for (place = of->heap.count - 1; place > 0; place = (place - 1) / 2) {
        if (by_weight(NULL, heap_at(of, place), heap_at(of, (place - 1) / 2)) <= 0) break;
        swap(heap_at(of, place), heap_at(of, (place - 1) / 2));
    }
    return TRAIL_OK;
}

static int by_number(const void *context, const void *a, const void *b)
{
    const weight *left = a;
    const weight *right = b;

    (void)context;
    return (left->number > right->number) - (left->number < right->number);
}

/* Empties the heap into numbers: best first, or in ascending order. */
static trail_status settle(best *of, bool best_first, trail_vector *numbers, trail_error *err)
{
    trail_status status = trail_sort_items(of->heap.items, of->heap.count, sizeof(weight),
                                           best_first ? by_weight : by_number, NULL, err);

    for (size_t i = 0; status == TRAIL_OK && i < of->heap.count; i++) {
        status = trail_vector_push(numbers, &heap_at(of, i)->number, err);
    }
    return status;
}

static int64_t at_least_one(int64_t minor)
{
    return minor > 0 ? minor : 1;
}

static trail_status class_payments(trail_report_view *view, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const size_t count = findings->ledger->count;
    trail_status status = trail_alloc_zeroed(&view->payment_class, count, 1, err);

    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < count; i++)
        view->payment_class[i] = 2;
    for (size_t i = 0; i < view->traced_payments.rows.count; i++) {
        const trail_totals_row *row = trail_vector_at(&view->traced_payments.rows, i);

        view->payment_class[row->key] = 1;
    }
    for (size_t i = 0; i < findings->proceeds->count; i++) {
        const trail_proceeds *proceeds = trail_vector_at(findings->proceeds, i);

        for (size_t m = 0; m < proceeds->marks.count; m++) {
            view->payment_class[((trail_mark *)trail_vector_at(&proceeds->marks, m))->payment] = 1;
        }
    }
    for (size_t i = 0; i < findings->routes->routes.count && i < view->budget.routes; i++) {
        const trail_route *route = trail_vector_at(&findings->routes->routes, i);

        for (size_t s = 0; s < route->step_count; s++) {
            const trail_route_step *step =
                trail_vector_at(&findings->routes->steps, route->first_step + s);

            view->payment_class[step->payment] = 0;
            if (step->twin != TRAIL_NO_PAYMENT) view->payment_class[step->twin] = 0;
        }
    }
    return TRAIL_OK;
}

static trail_status choose_payments(trail_report_view *view, trail_error *err)
{
    const trail_ledger *ledger = view->findings->ledger;
    best of = {trail_vector_of(sizeof(weight)), view->budget.payments};
    trail_status status =
        trail_alloc_zeroed(&view->payment_place, ledger->count, sizeof(uint32_t), err);

    for (size_t i = 0; status == TRAIL_OK && i < ledger->count; i++) {
        const trail_totals_row *traced = NULL;
        weight candidate = {(uint32_t)i, view->payment_class[i], ledger->amount_minor[i],
                            at_least_one(view->largest_payment[ledger->currency[i]])};

        view->payment_place[i] = TRAIL_NOT_SHOWN;
        if (candidate.kind < 2) traced = trail_totals_find(&view->traced_payments, i);
        if (traced != NULL) candidate.part = traced->out_minor;
        status = offer(&of, &candidate, err);
    }
    if (status == TRAIL_OK) status = settle(&of, false, &view->payments, err);
    for (size_t i = 0; status == TRAIL_OK && i < view->payments.count; i++) {
        view->payment_place[trail_report_payment(view, i)] = (uint32_t)i;
    }
    trail_vector_clear(&of.heap);
    return status;
}

/* Kind and largest share of every account. */
static trail_status weigh_accounts(const trail_report_view *view, weight **weights,
                                   trail_error *err)
{
    const trail_findings *findings = view->findings;
    const uint32_t count = trail_accounts_count(findings->ledger->accounts);
    trail_status status = trail_alloc_zeroed(weights, count, sizeof(weight), err);

    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < count; i++)
        (*weights)[i] = (weight){i, 2, 0, 1};
    for (size_t i = 0; i < view->sums.rows.count; i++) {
        const trail_totals_row *row = trail_vector_at(&view->sums.rows, i);
        weight *own = &(*weights)[trail_totals_first(row->key)];
        const int64_t part = row->in_minor > row->out_minor ? row->in_minor : row->out_minor;
        const int64_t whole = at_least_one(view->largest_turnover[trail_totals_second(row->key)]);

        if (trail_ratio_compare(part, whole, own->part, own->whole) > 0) {
            own->part = part;
            own->whole = whole;
        }
    }
    for (size_t i = 0; i < view->traced_accounts.rows.count; i++) {
        const trail_totals_row *row = trail_vector_at(&view->traced_accounts.rows, i);

        (*weights)[trail_totals_first(row->key)].kind = 1;
    }
    for (size_t i = 0; i < view->payments.count; i++) {
        const uint32_t payment = trail_report_payment(view, i);
        const uint32_t ends[2] = {findings->ledger->payer[payment],
                                  findings->ledger->payee[payment]};

        for (size_t end = 0; end < 2; end++) {
            if (view->payment_class[payment] == 0 && ends[end] != TRAIL_NO_ACCOUNT) {
                (*weights)[ends[end]].kind = 0;
            }
        }
    }
    return TRAIL_OK;
}

static trail_status add_account(trail_report_view *view, uint32_t account, trail_error *err)
{
    if (account == TRAIL_NO_ACCOUNT || view->account_place[account] != TRAIL_NOT_SHOWN) {
        return TRAIL_OK;
    }
    view->account_place[account] = (uint32_t)view->accounts.count;
    return trail_vector_push(&view->accounts, &account, err);
}

/* Accounts of the statements and months that the page lists. */
static trail_status add_covered_accounts(trail_report_view *view, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const size_t months = trail_report_months_listed(findings);
    trail_vector listed = trail_vector_of(sizeof(uint32_t));
    trail_status status = trail_report_statements_listed(findings, &listed, err);

    for (size_t i = 0; status == TRAIL_OK && i < listed.count; i++) {
        const uint32_t *place = trail_vector_at(&listed, i);
        const trail_statement_check *check =
            trail_vector_at(&findings->statement_checks->checks, *place);

        status = add_account(view, check->account, err);
    }
    for (size_t i = 0; status == TRAIL_OK && i < months; i++) {
        const trail_coverage_month *month = trail_vector_at(&findings->coverage->months, i);

        status = add_account(view, month->account, err);
    }
    trail_vector_clear(&listed);
    return status;
}

/* Accounts that are not drawn but named by a payment, a holding, a group or a statement stand after
 * the drawn ones, so that every index of the page leads somewhere. */
static trail_status add_named_accounts(trail_report_view *view, trail_error *err)
{
    const trail_findings *findings = view->findings;
    trail_status status = TRAIL_OK;

    for (size_t i = 0; status == TRAIL_OK && i < view->payments.count; i++) {
        const uint32_t payment = trail_report_payment(view, i);

        status = add_account(view, findings->ledger->payer[payment], err);
        if (status == TRAIL_OK) {
            status = add_account(view, findings->ledger->payee[payment], err);
        }
    }
    for (size_t i = 0; status == TRAIL_OK && i < findings->trace->holdings.count; i++) {
        const trail_holding *holding = trail_vector_at(&findings->trace->holdings, i);

        status = add_account(view, holding->account, err);
    }
    for (size_t i = 0; status == TRAIL_OK && i < findings->communities->groups.count; i++) {
        const trail_group *group = trail_vector_at(&findings->communities->groups, i);

        status = add_account(view, group->largest_account, err);
    }
    return status == TRAIL_OK ? add_covered_accounts(view, err) : status;
}

static trail_status choose_accounts(trail_report_view *view, trail_error *err)
{
    const uint32_t count = trail_accounts_count(view->findings->ledger->accounts);
    best of = {trail_vector_of(sizeof(weight)), view->budget.accounts};
    weight *weights = NULL;
    trail_vector drawn = trail_vector_of(sizeof(uint32_t));
    trail_status status = weigh_accounts(view, &weights, err);

    if (status == TRAIL_OK) {
        status = trail_alloc_zeroed(&view->account_place, count, sizeof(uint32_t), err);
    }
    for (uint32_t i = 0; status == TRAIL_OK && i < count; i++) {
        view->account_place[i] = TRAIL_NOT_SHOWN;
        status = offer(&of, &weights[i], err);
    }
    if (status == TRAIL_OK) status = settle(&of, true, &drawn, err);
    for (size_t i = 0; status == TRAIL_OK && i < drawn.count; i++) {
        status = add_account(view, *(uint32_t *)trail_vector_at(&drawn, i), err);
    }
    view->drawn = view->accounts.count;
    if (status == TRAIL_OK) status = add_named_accounts(view, err);
    trail_vector_clear(&drawn);
    trail_vector_clear(&of.heap);
    trail_free(weights);
    return status;
}

/* The class of a link is the best class of its payments in the report. */
static trail_status class_links(const trail_report_view *view, trail_map64 *classes,
                                trail_error *err)
{
    const trail_ledger *ledger = view->findings->ledger;

    for (size_t i = 0; i < view->payments.count; i++) {
        const uint32_t payment = trail_report_payment(view, i);
        const uint64_t pair = (uint64_t)ledger->payer[payment] << 32 | ledger->payee[payment];
        uint32_t *place;

        if (view->payment_class[payment] == 2) continue;
        if ((place = trail_map64_at(classes, pair, 2, err)) == NULL) return TRAIL_NO_MEMORY;
        if (view->payment_class[payment] < *place) *place = view->payment_class[payment];
    }
    return TRAIL_OK;
}

static trail_status choose_links(trail_report_view *view, trail_error *err)
{
    const trail_vector *links = view->findings->links;
    best of = {trail_vector_of(sizeof(weight)), view->budget.links};
    trail_map64 classes = {0};
    int64_t *largest = NULL;
    trail_status status = class_links(view, &classes, err);

    if (status == TRAIL_OK) {
        status = trail_alloc_zeroed(&largest, trail_currency_count(), sizeof(int64_t), err);
    }
    for (size_t i = 0; status == TRAIL_OK && i < links->count; i++) {
        const trail_link *link = trail_vector_at(links, i);

        if (link->amount_minor > largest[link->currency]) {
            largest[link->currency] = link->amount_minor;
        }
    }
    for (size_t i = 0; status == TRAIL_OK && i < links->count; i++) {
        const trail_link *link = trail_vector_at(links, i);
        weight candidate = {(uint32_t)i, 2, link->amount_minor,
                            at_least_one(largest[link->currency])};
        uint32_t kind;

        if (view->account_place[link->payer] >= view->drawn ||
            view->account_place[link->payee] >= view->drawn) {
            continue;
        }
        if (trail_map64_find(&classes, (uint64_t)link->payer << 32 | link->payee, &kind)) {
            candidate.kind = (uint8_t)kind;
        }
        status = offer(&of, &candidate, err);
    }
    if (status == TRAIL_OK) status = settle(&of, false, &view->links, err);
    trail_free(largest);
    trail_map64_clear(&classes);
    trail_vector_clear(&of.heap);
    return status;
}

trail_status trail_report_choose(trail_report_view *view, trail_error *err)
{
    trail_status status = class_payments(view, err);

    if (status == TRAIL_OK) status = choose_payments(view, err);
    if (status == TRAIL_OK) status = choose_accounts(view, err);
    return status == TRAIL_OK ? choose_links(view, err) : status;
}
