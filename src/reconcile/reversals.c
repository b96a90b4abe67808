#include "reconcile/reversals.h"

#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/duplicates.h"
#include "reconcile/order_block.h"
#include "reconcile/said_row.h"

/* Reversals are taken by day; each looks among the opposite legs of its pocket, first through an
 * index by reference, then through one by amount, both cut to the window of days. What an original
 * has left shrinks with each that takes some back. Only accounts with a reversal are indexed. */

typedef struct leg {
    int64_t amount_minor, left_minor;
    uint32_t account, other, name;
    uint32_t entry, record;
    int32_t day;
    trail_currency currency;
    bool credit;
} leg;

typedef struct referred_leg {
    uint32_t reference, leg;
} referred_leg;

typedef struct reversal_search {
    trail_ledger *ledger;
    trail_reversals *found;
    uint8_t *sign;          /* by entry: trail_reversal_sign */
    uint8_t *concerned;     /* by account: it has a reversal */
    trail_vector legs;      /* of leg, by (account, currency, credit, amount, day, evidence) */
    trail_vector referred;  /* of referred_leg, by (reference, leg) */
    trail_vector reversals; /* of uint32_t: legs, by day and evidence */
    trail_vector fitting;   /* of uint32_t: legs that could be the original */
} reversal_search;

const char *trail_reversal_sign_text(trail_reversal_sign sign)
{
    static const char *const texts[] = {"", "word", "kind", "mark", "return code"};
    return texts[sign];
}

void trail_reversals_init(trail_reversals *reversals)
{
    *reversals = (trail_reversals){.pairs = trail_vector_of(sizeof(trail_reversal)),
                                   .choices = trail_vector_of(sizeof(trail_reversal_choice))};
}

void trail_reversals_clear(trail_reversals *reversals)
{
    trail_vector_clear(&reversals->pairs);
    trail_vector_clear(&reversals->choices);
}

/* The first word, up to a blank or a mark. */
static bool begins_with_word(trail_slice text)
{
    static const char *const words[] = {"STORNO",           "STORNIERUNG",     "STORNOBUCHUNG",
                                        "REVERSAL",         "CHARGEBACK",      "EXTOURNE",
                                        "RUECKBUCHUNG",     "RÜCKBUCHUNG",     "Rückbuchung",
                                        "RUECKLASTSCHRIFT", "RÜCKLASTSCHRIFT", "Rücklastschrift"};
    trail_slice word = {text.start, 0};
    while (word.length < text.length) {
        unsigned char at = (unsigned char)text.start[word.length];
        if (at < 0x80 && (at < 'A' || (at > 'Z' && at < 'a') || at > 'z')) break;
        word.length++;
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(words) && word.length >= 6; i++)
        if (trail_slice_is_ascii_nocase(word, words[i])) return true;
    return false;
}

static void raise_sign(reversal_search *search, uint32_t entry, trail_reversal_sign sign)
{
    if (entry != TRAIL_NO_PAYMENT && search->sign[entry] < sign)
        search->sign[entry] = (uint8_t)sign;
}

static trail_status sign_wires(reversal_search *search, trail_error *err)
{
    const trail_wire *wires = search->ledger->wires.items;
    uint32_t *payments = NULL;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < search->ledger->wires.count && status == TRAIL_OK; i++) {
        bool code = wires[i].returned || wires[i].texts[TRAIL_WIRE_REASON] != 0;
        if (!code && !wires[i].reversal) continue;
        if (payments == NULL) status = trail_record_payments(search->ledger, &payments, err);
        if (status == TRAIL_OK)
            raise_sign(search, payments[wires[i].record],
                       code ? TRAIL_REVERSAL_CODE : TRAIL_REVERSAL_MARK);
    }
    trail_free(payments);
    return status;
}

/* The leg on whose account a row takes another one back. */
static uint32_t own_of(const trail_ledger *ledger, uint32_t entry)
{
    return (ledger->flags[entry] & TRAIL_HAS_CREDIT) != 0 ? ledger->payee[entry]
                                                          : ledger->payer[entry];
}

static bool can_take_part(const trail_ledger *ledger, uint32_t entry)
{
    return ledger->amount_minor[entry] > 0 && (ledger->flags[entry] & TRAIL_VOID) == 0;
}

static trail_status find_signs(reversal_search *search, bool *any, trail_error *err)
{
    const trail_ledger *ledger = search->ledger;
    trail_status status = sign_wires(search, err);
    *any = false;
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[i]);
        if (ledger->kind[i] == TRAIL_KIND_RETURN) raise_sign(search, i, TRAIL_REVERSAL_KIND);
        if (detail != NULL && (begins_with_word(trail_strings_get(ledger->strings, detail->code)) ||
                               begins_with_word(trail_strings_get(ledger->strings, detail->text))))
            raise_sign(search, i, TRAIL_REVERSAL_WORD);
        bool seen_by_two = (ledger->flags[i] & TRAIL_TWO_RECORDS) != 0;
        if (!can_take_part(ledger, i) || seen_by_two || own_of(ledger, i) == TRAIL_NO_ACCOUNT)
            search->sign[i] = TRAIL_REVERSAL_NONE;
        if (search->sign[i] == TRAIL_REVERSAL_NONE) continue;
        search->concerned[own_of(ledger, i)] = 1;
        *any = true;
    }
    return status;
}

static trail_status add_leg(reversal_search *search, uint32_t entry, bool credit, trail_error *err)
{
    const trail_ledger *ledger = search->ledger;
    trail_leg said =
        credit ? trail_ledger_credit(ledger, entry) : trail_ledger_debit(ledger, entry);
    if (!said.recorded || said.account == TRAIL_NO_ACCOUNT || !search->concerned[said.account])
        return TRAIL_OK;
    const trail_detail *detail = trail_records_detail(&ledger->records, said.record);
    leg fresh = {.amount_minor = said.amount_minor,
                 .left_minor = said.amount_minor,
                 .account = said.account,
                 .other = credit ? ledger->payer[entry] : ledger->payee[entry],
                 .entry = entry,
                 .record = said.record,
                 .day = said.booking_day,
                 .currency = said.currency,
                 .credit = credit};
    if (detail != NULL) fresh.name = credit ? detail->payer_name : detail->payee_name;
    return trail_vector_push(&search->legs, &fresh, err);
}

static int by_pocket(const leg *a, const leg *b)
{
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    if (a->currency != b->currency) return a->currency < b->currency ? -1 : 1;
    return (a->credit > b->credit) - (a->credit < b->credit);
}

static int by_amount(const void *context, const void *a, const void *b)
{
    const leg *first = a, *second = b;
    int order = by_pocket(first, second);
    if (order != 0) return order;
    if (first->amount_minor != second->amount_minor)
        return first->amount_minor < second->amount_minor ? -1 : 1;
    if (first->day != second->day) return first->day < second->day ? -1 : 1;
    return trail_evidence_compare(context, first->record, second->record);
}

static int by_reference(const void *context, const void *a, const void *b)
{
    const referred_leg *first = a, *second = b;
    (void)context;
    if (first->reference != second->reference) return first->reference < second->reference ? -1 : 1;
    return (first->leg > second->leg) - (first->leg < second->leg);
}

static const leg *leg_at(const reversal_search *search, uint32_t at)
{
    return (const leg *)search->legs.items + at;
}

static int by_day(const void *context, uint32_t a, uint32_t b)
{
    const reversal_search *search = context;
    const leg *first = leg_at(search, a), *second = leg_at(search, b);
    if (first->day != second->day) return first->day < second->day ? -1 : 1;
    return trail_evidence_compare(search->ledger, first->record, second->record);
}

static bool is_reversal(const reversal_search *search, const leg *at)
{
    return search->sign[at->entry] != TRAIL_REVERSAL_NONE &&
           own_of(search->ledger, at->entry) == at->account &&
           at->credit == ((search->ledger->flags[at->entry] & TRAIL_HAS_CREDIT) != 0);
}

static trail_status index_legs(reversal_search *search, trail_error *err)
{
    const trail_ledger *ledger = search->ledger;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        if (!can_take_part(ledger, i)) continue;
        status = add_leg(search, i, false, err);
        if (status == TRAIL_OK) status = add_leg(search, i, true, err);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(search->legs.items, search->legs.count, sizeof(leg), by_amount,
                                  ledger, err);
    for (uint32_t i = 0; i < search->legs.count && status == TRAIL_OK; i++) {
        if (is_reversal(search, leg_at(search, i))) {
            status = trail_vector_push(&search->reversals, &i, err);
            continue;
        }
        trail_said_references said = trail_said_references_of(ledger, leg_at(search, i)->record);
        for (uint32_t k = 0; k < said.count && status == TRAIL_OK; k++) {
            referred_leg referred = {said.ids[k], i};
            status = trail_vector_push(&search->referred, &referred, err);
        }
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(search->referred.items, search->referred.count,
                                  sizeof(referred_leg), by_reference, NULL, err);
    if (status == TRAIL_OK)
        status = trail_sort_numbers(search->reversals.items, search->reversals.count, by_day,
                                    search, err);
    return status;
}

static bool differ(uint32_t a, uint32_t b, uint32_t none)
{
    return a != none && b != none && a != b;
}

/* Could it be the original at all? */
static bool opposes(const leg *reversal, const leg *original)
{
    int64_t days = (int64_t)reversal->day - original->day;
    return original->entry != reversal->entry && original->account == reversal->account &&
           original->currency == reversal->currency && original->credit != reversal->credit &&
           days >= 0 && days <= TRAIL_REVERSAL_DAYS &&
           original->left_minor >= reversal->amount_minor &&
           !differ(original->other, reversal->other, TRAIL_NO_ACCOUNT);
}

static bool same_party(const leg *a, const leg *b)
{
    return (a->other != TRAIL_NO_ACCOUNT && a->other == b->other) ||
           (a->other == TRAIL_NO_ACCOUNT && b->other == TRAIL_NO_ACCOUNT && a->name != 0 &&
            a->name == b->name);
}

static trail_status fit_by_reference(reversal_search *search, const leg *reversal, trail_error *err)
{
    trail_said_references said = trail_said_references_of(search->ledger, reversal->record);
    const referred_leg *referred = search->referred.items;
    for (uint32_t k = 0; k < said.count; k++) {
        size_t low = 0, high = search->referred.count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (referred[middle].reference < said.ids[k])
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < search->referred.count && referred[low].reference == said.ids[k]; low++) {
            const uint32_t *fitting = search->fitting.items;
            bool known = false;
            for (size_t i = 0; i < search->fitting.count; i++)
                known = known || fitting[i] == referred[low].leg;
            if (known || !opposes(reversal, leg_at(search, referred[low].leg))) continue;
            trail_status status = trail_vector_push(&search->fitting, &referred[low].leg, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

static trail_status fit_by_amount(reversal_search *search, const leg *reversal, trail_error *err)
{
    trail_reversal_sign sign = (trail_reversal_sign)search->sign[reversal->entry];
    leg first = *reversal;
    first.credit = !reversal->credit;
    first.day = reversal->day - TRAIL_REVERSAL_DAYS;
    size_t low = 0, high = search->legs.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const leg *at = leg_at(search, (uint32_t)middle);
        int order = by_pocket(at, &first);
        if (order == 0 && at->amount_minor != first.amount_minor)
            order = at->amount_minor < first.amount_minor ? -1 : 1;
        if (order < 0 || (order == 0 && at->day < first.day))
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t i = (uint32_t)low; i < search->legs.count; i++) {
        const leg *at = leg_at(search, i);
        if (by_pocket(at, &first) != 0 || at->amount_minor != first.amount_minor ||
            at->day > reversal->day)
            break;
        bool named = sign >= TRAIL_REVERSAL_MARK || same_party(reversal, at);
        if (!named || is_reversal(search, at) || at->left_minor != at->amount_minor ||
            !opposes(reversal, at))
            continue;
        trail_status status = trail_vector_push(&search->fitting, &i, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

/* Of several: the only one of the whole amount, then the only one with the same counterparty. */
static void narrow(reversal_search *search, const leg *reversal)
{
    uint32_t *fitting = search->fitting.items;
    for (int step = 0; step < 2 && search->fitting.count > 1; step++) {
        size_t kept = 0;
        uint32_t only = 0;
        for (size_t i = 0; i < search->fitting.count; i++) {
            const leg *at = leg_at(search, fitting[i]);
            bool better = step == 0 ? at->amount_minor == reversal->amount_minor &&
                                          at->left_minor == at->amount_minor
                                    : same_party(at, reversal);
            if (!better) continue;
            kept++;
            only = fitting[i];
        }
        if (kept != 1) continue;
        fitting[0] = only;
        search->fitting.count = 1;
    }
}

static bool is_observed(const trail_ledger *ledger, uint32_t account)
{
    return account != TRAIL_NO_ACCOUNT && trail_ledger_ever_observed(ledger, account);
}

static trail_status take(reversal_search *search, const leg *reversal, bool referred,
                         trail_error *err)
{
    trail_ledger *ledger = search->ledger;
    leg *original = (leg *)search->legs.items + *(const uint32_t *)search->fitting.items;
    uint8_t sign = search->sign[reversal->entry];
    bool exact = original->amount_minor == reversal->amount_minor;
    bool booked_in_error = sign == TRAIL_REVERSAL_MARK || sign == TRAIL_REVERSAL_WORD;
    bool two_sided = ((ledger->flags[original->entry] | ledger->flags[reversal->entry]) &
                      TRAIL_HAS_CREDIT_SIDE) != 0;
    trail_reversal pair = {.original_record = original->record,
                           .record = reversal->record,
                           .amount_minor = reversal->amount_minor,
                           .days = reversal->day - original->day,
                           .currency = reversal->currency,
                           .sign = sign,
                           .by_reference = referred,
                           .exact = exact,
                           .is_void = exact && booked_in_error && !two_sided &&
                                      !is_observed(ledger, original->other) &&
                                      !is_observed(ledger, reversal->other)};
    original->left_minor -= reversal->amount_minor;
    if (pair.is_void) {
        ledger->flags[original->entry] |= TRAIL_REVERSED;
        ledger->flags[reversal->entry] |= TRAIL_REVERSED;
    }
    return trail_vector_push(&search->found->pairs, &pair, err);
}

static trail_status list_choices(reversal_search *search, const leg *reversal, trail_error *err)
{
    for (size_t i = 0; i < search->fitting.count; i++) {
        const uint32_t *at = trail_vector_at(&search->fitting, i);
        trail_reversal_choice choice = {reversal->record, leg_at(search, *at)->record};
        trail_status status = trail_vector_push(&search->found->choices, &choice, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status pair_reversals(reversal_search *search, trail_error *err)
{
    for (size_t i = 0; i < search->reversals.count; i++) {
        const leg *reversal =
            leg_at(search, *(const uint32_t *)trail_vector_at(&search->reversals, i));
        search->fitting.count = 0;
        trail_status status = fit_by_reference(search, reversal, err);
        bool referred = search->fitting.count > 0;
        if (status == TRAIL_OK && !referred) status = fit_by_amount(search, reversal, err);
        if (status != TRAIL_OK) return status;
        narrow(search, reversal);
        if (search->fitting.count == 0)
            search->found->unpaired++;
        else if (search->fitting.count == 1)
            status = take(search, reversal, referred, err);
        else
            status = list_choices(search, reversal, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static int by_record(const void *context, const void *a, const void *b)
{
    const trail_reversal *first = a, *second = b;
    (void)context;
    return (first->record > second->record) - (first->record < second->record);
}

static int by_choice(const void *context, const void *a, const void *b)
{
    const trail_reversal_choice *first = a, *second = b;
    (void)context;
    if (first->record != second->record) return first->record < second->record ? -1 : 1;
    return (first->original_record > second->original_record) -
           (first->original_record < second->original_record);
}

trail_status trail_reversals_find(trail_ledger *ledger, trail_reversals *reversals,
                                  trail_error *err)
{
    reversal_search search = {.ledger = ledger,
                              .found = reversals,
                              .legs = trail_vector_of(sizeof(leg)),
                              .referred = trail_vector_of(sizeof(referred_leg)),
                              .reversals = trail_vector_of(sizeof(uint32_t)),
                              .fitting = trail_vector_of(sizeof(uint32_t))};
    bool any = false;
    trail_status status = trail_alloc_zeroed(&search.sign, ledger->count, 1, err);
    if (status == TRAIL_OK)
        status =
            trail_alloc_zeroed(&search.concerned, trail_accounts_count(ledger->accounts), 1, err);
    if (status == TRAIL_OK) status = find_signs(&search, &any, err);
    if (status != TRAIL_OK || !any) goto cleanup;
    status = index_legs(&search, err);
    if (status == TRAIL_OK) status = pair_reversals(&search, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(reversals->pairs.items, reversals->pairs.count,
                                  sizeof(trail_reversal), by_record, NULL, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(reversals->choices.items, reversals->choices.count,
                                  sizeof(trail_reversal_choice), by_choice, NULL, err);
cleanup:
    trail_free(search.sign);
    trail_free(search.concerned);
    trail_vector_clear(&search.legs);
    trail_vector_clear(&search.referred);
    trail_vector_clear(&search.reversals);
    trail_vector_clear(&search.fitting);
    return status;
}
