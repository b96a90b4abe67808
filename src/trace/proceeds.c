/* From the case file's rules to marks: select, drop debits whose credit is selected too, one source
 * a currency, the amount taken in time order. */
#include "trace/proceeds.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/wide.h"
#include "model/calendar.h"
#include "model/money.h"
#include "reconcile/matching.h"
#include "trace/selection.h"

void trail_proceeds_clear(trail_vector *proceeds)
{
    for (size_t i = 0; i < proceeds->count; i++) {
        trail_proceeds *source = trail_vector_at(proceeds, i);
        trail_vector_clear(&source->marks);
    }
    trail_vector_clear(proceeds);
}

/* Its place in a sorted selection, or SIZE_MAX. */
static size_t place_of(const trail_vector *chosen, uint32_t payment)
{
    const uint32_t *items = chosen->items;
    size_t low = 0, high = chosen->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle] < payment)
            low = middle + 1;
        else
            high = middle;
    }
    return low < chosen->count && items[low] == payment ? low : SIZE_MAX;
}

static trail_status note_double(const trail_ledger *ledger, const trail_proceeds_rule *rule,
                                const trail_possible_double *pair, trail_vector *notes,
                                trail_error *err)
{
    trail_leg debit = trail_ledger_debit(ledger, pair->debit_payment);
    trail_leg credit = trail_ledger_credit(ledger, pair->credit_payment);
    char debit_day[TRAIL_DAY_TEXT], credit_day[TRAIL_DAY_TEXT], amount[TRAIL_MONEY_TEXT];
    trail_day_format(debit.booking_day, debit_day);
    trail_day_format(credit.booking_day, credit_day);
    (void)trail_money_format(debit.amount_minor, debit.currency, amount);
    trail_text note = {0};
    uint8_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    bool rows = (ledger->flags[pair->debit_payment] & both) == both &&
                (ledger->flags[pair->credit_payment] & both) == both;
    trail_status status = trail_text_add_format(
        &note, err,
        "Proceeds %s: the %s of %s %s on %s and the %s on %s may be one payment; both are "
        "selected, only the %s is marked",
        rule->id, rows ? "payment" : "debit", amount, trail_currency_code(debit.currency),
        debit_day, rows ? "one" : "credit", credit_day, rows ? "second" : "credit");
    if (status == TRAIL_OK) status = trail_vector_push(notes, &note.bytes, err);
    if (status != TRAIL_OK) trail_text_clear(&note);
    return status;
}

static trail_status drop_doubles(const trail_ledger *ledger, const trail_proceeds_rule *rule,
                                 const trail_vector *doubles, trail_vector *chosen,
                                 trail_vector *notes, trail_error *err)
{
    uint32_t *items = chosen->items;
    bool *dropped = NULL;
    if (doubles == NULL || doubles->count == 0) return TRAIL_OK;
    trail_status status = trail_alloc_zeroed(&dropped, chosen->count, sizeof *dropped, err);
    for (size_t i = 0; i < doubles->count && status == TRAIL_OK; i++) {
        const trail_possible_double *pair = trail_vector_at(doubles, i);
        size_t debit = place_of(chosen, pair->debit_payment);
        size_t credit = place_of(chosen, pair->credit_payment);
        if (debit == SIZE_MAX || credit == SIZE_MAX || debit == credit || dropped[debit]) continue;
        dropped[debit] = true;
        status = note_double(ledger, rule, pair, notes, err);
    }
    size_t kept = 0;
    for (size_t i = 0; i < chosen->count && status == TRAIL_OK; i++) {
        if (!dropped[i]) items[kept++] = items[i];
    }
    if (status == TRAIL_OK) chosen->count = kept;
    trail_free(dropped);
    return status;
}

/* A message's payment on a day that a statement of one of its accounts covers: the statement tells
 * what moved, so beside other payments it is not marked, lest one sum of money count twice. */
static bool is_told_elsewhere(const trail_ledger *ledger, uint32_t payment)
{
    int32_t day = ledger->booking_day[payment];
    uint32_t payer = ledger->payer[payment], payee = ledger->payee[payment];
    return (ledger->flags[payment] & TRAIL_MESSAGE_ONLY) != 0 &&
           ((payer != TRAIL_NO_ACCOUNT && trail_ledger_observes(ledger, payer, day)) ||
            (payee != TRAIL_NO_ACCOUNT && trail_ledger_observes(ledger, payee, day)));
}

static trail_status note_message(const trail_ledger *ledger, const trail_proceeds_rule *rule,
                                 uint32_t payment, trail_vector *notes, trail_error *err)
{
    char day[TRAIL_DAY_TEXT], amount[TRAIL_MONEY_TEXT];
    trail_text note = {0};
    trail_day_format(ledger->booking_day[payment], day);
    (void)trail_money_format(ledger->amount_minor[payment], ledger->currency[payment], amount);
    trail_status status = trail_text_add_format(
        &note, err,
        "Proceeds %s: the payment of %s %s on %s is shown by a message only, though the statement "
        "of one of its accounts covers that day; it is not marked",
        rule->id, amount, trail_currency_code(ledger->currency[payment]), day);
    if (status == TRAIL_OK) status = trail_vector_push(notes, &note.bytes, err);
    if (status != TRAIL_OK) trail_text_clear(&note);
    return status;
}

static trail_status drop_messages(const trail_ledger *ledger, const trail_proceeds_rule *rule,
                                  trail_vector *chosen, trail_vector *notes, trail_error *err)
{
    uint32_t *items = chosen->items;
    size_t told = 0, kept = 0;
    for (size_t i = 0; i < chosen->count; i++)
        told += is_told_elsewhere(ledger, items[i]);
    if (told == 0 || told == chosen->count) return TRAIL_OK;
    for (size_t i = 0; i < chosen->count; i++) {
        if (!is_told_elsewhere(ledger, items[i])) {
            items[kept++] = items[i];
            continue;
        }
        trail_status status = note_message(ledger, rule, items[i], notes, err);
        if (status != TRAIL_OK) return status;
    }
    chosen->count = kept;
    return TRAIL_OK;
}

/* Puts a payment among the sorted selection, or takes it out. */
static trail_status apply_decided(const trail_proceeds_rule *rule, const trail_vector *decided,
                                  trail_vector *chosen, trail_error *err)
{
    for (size_t i = 0; decided != NULL && i < decided->count; i++) {
        const trail_decided_proceeds *one = trail_vector_at(decided, i);
        size_t place = place_of(chosen, one->payment);
        if (strcmp(one->id, rule->id) != 0 || (place == SIZE_MAX) == one->refused) continue;
        if (!one->refused) {
            trail_status status = trail_vector_push(chosen, &one->payment, err);
            if (status != TRAIL_OK) return status;
            uint32_t *items = chosen->items;
            for (place = chosen->count - 1; place > 0 && items[place - 1] > one->payment; place--)
                items[place] = items[place - 1];
            items[place] = one->payment;
        } else {
            uint32_t *items = chosen->items;
            memmove(&items[place], &items[place + 1], (chosen->count - place - 1) * sizeof *items);
            chosen->count--;
        }
        *one->applied = true;
    }
    return TRAIL_OK;
}

static trail_status read_amount(const trail_proceeds_rule *rule, trail_currency currency,
                                int64_t *amount_minor, trail_error *err)
{
    trail_money_style style = {.decimal = '.'};
    trail_money_fault fault = trail_money_parse(trail_slice_of(rule->amount_text), style,
                                                trail_currency_exponent(currency), amount_minor);
    if (fault != TRAIL_MONEY_OK)
        return trail_proceeds_fail(rule, err, "amount: %.60s in %s: %s", rule->amount_text,
                                   trail_currency_code(currency), trail_money_fault_text(fault));
    if (*amount_minor > 0) return TRAIL_OK;
    return trail_proceeds_fail(rule, err, "amount: %.60s is not above zero", rule->amount_text);
}

/* Marks the chosen payments of one currency, whole, or up to `left` in time order. */
static trail_status mark(const trail_ledger *ledger, const trail_vector *chosen,
                         trail_proceeds *source, int64_t *left_minor, trail_error *err)
{
    const uint32_t *items = chosen->items;
    for (size_t i = 0; i<chosen->count && * left_minor> 0; i++) {
        trail_mark marked = {.payment = items[i]};
        trail_leg leg = trail_marked_leg(ledger, items[i], &marked.at_debit);
        if (leg.currency != source->currency) continue;
        marked.amount_minor = leg.amount_minor < *left_minor ? leg.amount_minor : *left_minor;
        if (source->rule->has_amount) *left_minor -= marked.amount_minor;
        if (!trail_add_checked(source->amount_minor, marked.amount_minor, &source->amount_minor))
            return trail_fail(err, TRAIL_OVERFLOW,
                              "proceeds %s: their sum leaves the range of amounts",
                              source->rule->id);
        trail_status status = trail_vector_push(&source->marks, &marked, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status add_source(const trail_ledger *ledger, const trail_proceeds_rule *rule,
                               trail_currency currency, const trail_vector *chosen,
                               trail_vector *proceeds, trail_error *err)
{
    int64_t left_minor = INT64_MAX;
    trail_status status = TRAIL_OK;
    if (rule->has_amount) status = read_amount(rule, currency, &left_minor, err);
    if (status != TRAIL_OK) return status;
    trail_proceeds *source = trail_vector_add(proceeds, err);
    if (source == NULL) return TRAIL_NO_MEMORY;
    *source = (trail_proceeds){
        .rule = rule, .currency = currency, .marks = trail_vector_of(sizeof(trail_mark))};
    status = mark(ledger, chosen, source, &left_minor, err);
    if (status != TRAIL_OK || !rule->has_amount || left_minor == 0) return status;
    char sum[TRAIL_MONEY_TEXT];
    (void)trail_money_format(source->amount_minor, currency, sum);
    return trail_proceeds_fail(
        rule, err, "amount: %.60s %s is more than the %zu payments selected (%s)",
        rule->amount_text, trail_currency_code(currency), source->marks.count, sum);
}

/* One source a currency of the chosen payments, by currency code. */
static trail_status add_sources(const trail_ledger *ledger, const trail_proceeds_rule *rule,
                                const trail_vector *chosen, trail_vector *proceeds,
                                trail_error *err)
{
    const uint32_t *items = chosen->items;
    unsigned currency_count = trail_currency_count(), found = 0;
    bool *present = NULL;
    trail_status status = trail_alloc_zeroed(&present, currency_count, sizeof *present, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < chosen->count; i++) {
        bool at_debit;
        bool *one = &present[trail_marked_leg(ledger, items[i], &at_debit).currency];
        if (!*one) found++;
        *one = true;
    }
    if (rule->has_amount && found > 1)
        status = trail_proceeds_fail(
            rule, err, "amount needs a currency: the %zu payments selected are in %u currencies",
            chosen->count, found);
    for (unsigned i = 0; i < currency_count && status == TRAIL_OK; i++) {
        if (present[i]) status = add_source(ledger, rule, (trail_currency)i, chosen, proceeds, err);
    }
    trail_free(present);
    return status;
}

trail_status trail_proceeds_select(const trail_ledger *ledger, const trail_people *people,
                                   const trail_proceeds_rule *rules, size_t rule_count,
                                   const trail_vector *doubles, const trail_vector *decided,
                                   trail_vector *proceeds, trail_vector *notes, trail_error *err)
{
    trail_vector chosen = trail_vector_of(sizeof(uint32_t));
    trail_status status = TRAIL_OK;
    *proceeds = trail_vector_of(sizeof(trail_proceeds));
    for (size_t i = 0; i < rule_count && status == TRAIL_OK; i++) {
        chosen.count = 0;
        status = trail_selection_make(ledger, people, &rules[i], &chosen, err);
        if (status == TRAIL_OK) status = apply_decided(&rules[i], decided, &chosen, err);
        if (status == TRAIL_OK)
            status = drop_doubles(ledger, &rules[i], doubles, &chosen, notes, err);
        if (status == TRAIL_OK) status = drop_messages(ledger, &rules[i], &chosen, notes, err);
        if (status == TRAIL_OK) status = add_sources(ledger, &rules[i], &chosen, proceeds, err);
    }
    trail_vector_clear(&chosen);
    if (status != TRAIL_OK) trail_proceeds_clear(proceeds);
    return status;
}
