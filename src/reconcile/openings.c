#include "reconcile/openings.h"

#include "base/failure.h"
#include "base/sort.h"
#include "model/money.h"

static int compare_pockets(const trail_opening *a, const trail_opening *b)
{
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    if (a->currency != b->currency) return a->currency < b->currency ? -1 : 1;
    return 0;
}

/* A stated opening before a declared one, then the earliest, then by amount so that equal days do
 * not depend on the order of files. */
static int compare_openings(const void *context, const void *first, const void *second)
{
    (void)context;
    const trail_opening *a = first, *b = second;
    int order = compare_pockets(a, b);
    if (order != 0) return order;
    if (a->stated != b->stated) return a->stated ? -1 : 1;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return a->amount_minor < b->amount_minor ? -1 : a->amount_minor > b->amount_minor;
}

/* `other` is stated by the records, or declared of the same account as well. */
static trail_status refuse(const trail_ledger *ledger, const trail_opening *other,
                           const trail_opening *declared, int line, trail_error *err)
{
    char first[TRAIL_MONEY_TEXT], second[TRAIL_MONEY_TEXT];
    trail_slice number = trail_accounts_number(ledger->accounts, other->account);
    const char *code = trail_currency_code(other->currency);
    trail_money_format(other->amount_minor, other->currency, first);
    trail_money_format(declared->amount_minor, declared->currency, second);
    return trail_fail(err, TRAIL_USAGE,
                      "case.yaml:%d: account %.*s: the case file declares an opening of %s %s, %s "
                      "%s %s",
                      line, (int)number.length, number.start, second, code,
                      other->stated ? "the records state" : "and another of", first, code);
}

static int line_of(const trail_opening *opening, const trail_declared_opening *declared,
                   size_t declared_count)
{
    for (size_t i = 0; i < declared_count; i++) {
        if (declared[i].account == opening->account && declared[i].currency == opening->currency)
            return declared[i].line;
    }
    return 0;
}

trail_status trail_openings_settle(trail_ledger *ledger, const trail_declared_opening *declared,
                                   size_t declared_count, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < declared_count && status == TRAIL_OK; i++) {
        trail_opening opening = {.account = declared[i].account,
                                 .currency = declared[i].currency,
                                 .amount_minor = declared[i].amount_minor,
                                 .day = TRAIL_NO_DAY,
                                 .origin = declared[i].origin};
        status = trail_vector_push(&ledger->openings, &opening, err);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(ledger->openings.items, ledger->openings.count,
                                  sizeof(trail_opening), compare_openings, NULL, err);
    if (status != TRAIL_OK) return status;
    trail_opening *openings = ledger->openings.items;
    size_t kept = 0;
    for (size_t i = 0; i < ledger->openings.count; i++) {
        trail_opening *last = kept > 0 ? &openings[kept - 1] : NULL;
        if (last == NULL || compare_pockets(last, &openings[i]) != 0) {
            openings[kept++] = openings[i];
        } else if (!openings[i].stated) {
            if (last->amount_minor != openings[i].amount_minor)
                return refuse(ledger, last, &openings[i], line_of(last, declared, declared_count),
                              err);
            last->origin = openings[i].origin;
        }
    }
    ledger->openings.count = kept;
    return TRAIL_OK;
}
