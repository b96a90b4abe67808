#include "reconcile/conflicts.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/match_names.h"
#include "reconcile/record_says.h"
#include "reconcile/row_differences.h"

/* Every record of a payment is held against the first one before it that speaks of the same thing:
 * the debit's, the credit's, messages (a customer's before its cover), rows in other formats. So n
 * records give at most n - 1 findings of a kind, and no pair is told twice. */

#define WIRES 8

typedef struct finding {
    trail_conflicts *conflicts;
    const trail_ledger *ledger;
    const trail_matching *matching;
    trail_match_names *names;
    trail_vector says; /* of trail_record_says: of the payment looked at */
    uint32_t payment;
} finding;

static const trail_record_says *says_at(const finding *at, size_t place)
{
    return trail_vector_at(&at->says, place);
}

static trail_status add(finding *at, trail_conflict_kind kind, const trail_record_says *first,
                        const trail_record_says *second, trail_conflict_value says,
                        trail_conflict_value other_says, trail_error *err)
{
    trail_conflict conflict = {.payment = at->payment,
                               .other_payment = at->payment,
                               .record = first->record,
                               .other_record = second->record,
                               .says = says,
                               .other_says = other_says,
                               .kind = (uint8_t)kind,
                               .said_by = first->sayer,
                               .other_said_by = second->sayer};
    return trail_vector_push(&at->conflicts->found, &conflict, err);
}

static trail_conflict_value party_value(const trail_party_says *party)
{
    return (trail_conflict_value){
        .account = party->account, .text = party->number, .day = TRAIL_NO_DAY, .is_number = true};
}

static trail_conflict_value text_value(uint32_t text)
{
    return (trail_conflict_value){.account = TRAIL_NO_ACCOUNT, .text = text, .day = TRAIL_NO_DAY};
}

static trail_conflict_value amount_value(const trail_record_says *says)
{
    return (trail_conflict_value){.account = TRAIL_NO_ACCOUNT,
                                  .minor = says->amount_minor,
                                  .currency = says->currency,
                                  .day = TRAIL_NO_DAY};
}

static int32_t day_of(const trail_record_says *says)
{
    return says->booking_day != TRAIL_NO_DAY ? says->booking_day : says->value_day;
}

static bool names_account(const trail_party_says *party)
{
    return party->account != TRAIL_NO_ACCOUNT || party->number != 0;
}

static const trail_party_says *party_of(const trail_record_says *says, bool payee)
{
    return payee ? &says->payee : &says->payer;
}

/* The first record before `place` that names the party, so that each is held against one. */
static const trail_record_says *first_with_account(const finding *at, size_t place, bool payee)
{
    for (size_t i = 0; i < place; i++) {
        if (names_account(party_of(says_at(at, i), payee))) return says_at(at, i);
    }
    return NULL;
}

static const trail_record_says *first_with_name(const finding *at, size_t place, bool payee)
{
    for (size_t i = 0; i < place; i++) {
        if (party_of(says_at(at, i), payee)->name != 0) return says_at(at, i);
    }
    return NULL;
}

static trail_status compare_party(finding *at, size_t place, bool payee, trail_error *err)
{
    const trail_record_says *second = says_at(at, place);
    const trail_party_says *b = party_of(second, payee);
    const trail_record_says *first = first_with_account(at, place, payee);
    trail_status status = TRAIL_OK;
    unsigned permille = 0;
    if (first != NULL && names_account(b) &&
        !trail_party_numbers_agree(at->ledger, party_of(first, payee), b)) {
        trail_conflict_kind kind = payee           ? TRAIL_CONFLICT_PAYEE_ACCOUNT
                                   : second->cover ? TRAIL_CONFLICT_COVER_PAYER
                                                   : TRAIL_CONFLICT_PAYER_ACCOUNT;
        return add(at, kind, first, second, party_value(party_of(first, payee)), party_value(b),
                   err); /* another account: another name follows from it */
    }
    first = first_with_name(at, place, payee);
    if (first == NULL || b->name == 0 || party_of(first, payee)->name == b->name) return TRAIL_OK;
    status =
        trail_match_names_score(at->names, party_of(first, payee)->name, b->name, &permille, err);
    if (status != TRAIL_OK || permille > trail_weights.name_differs_permille) return status;
    trail_conflict_kind kind = payee           ? TRAIL_CONFLICT_PAYEE_NAME
                               : second->cover ? TRAIL_CONFLICT_COVER_PAYER
                                               : TRAIL_CONFLICT_PAYER_NAME;
    return add(at, kind, first, second, text_value(party_of(first, payee)->name),
               text_value(b->name), err);
}

static bool is_message(const trail_record_says *says)
{
    return says->sayer >= TRAIL_SAYER_MESSAGE;
}

/* Wires of all records: any of them may state the charge. */
static size_t list_wires(const finding *at, const trail_wire **wires)
{
    size_t count = 0;
    for (size_t i = 0; i < at->says.count && count < WIRES; i++) {
        const trail_wire *wire = trail_ledger_wire(at->ledger, says_at(at, i)->record);
        if (wire != NULL) wires[count++] = wire;
    }
    return count;
}

static bool is_instructed(const trail_wire *const *wires, size_t count,
                          const trail_record_says *says)
{
    for (size_t i = 0; i < count; i++) {
        if (wires[i]->instructed_currency == says->currency &&
            wires[i]->instructed_minor == says->amount_minor)
            return true;
    }
    return false;
}

/* Money goes debit, message, credit: a charge may be taken on each way. Both legs were weighed
 * with the reference rates when they were joined. */
static trail_amount_link link_of(const finding *at, const trail_record_says *first,
                                 const trail_record_says *second)
{
    const trail_wire *wires[WIRES];
    size_t count = list_wires(at, wires);
    bool legs = first->sayer == TRAIL_SAYER_DEBIT && second->sayer == TRAIL_SAYER_CREDIT;
    const trail_match *match = legs ? trail_matching_find(at->matching, at->payment) : NULL;
    if (match != NULL && match->scored && match->other == TRAIL_NO_PAYMENT)
        return match->story.link;
    if ((is_message(first) || is_message(second)) &&
        is_instructed(wires, count, is_message(first) ? second : first))
        return TRAIL_AMOUNTS_CHARGE_STATED;
    trail_amount_side a = {first->amount_minor, first->currency, day_of(first)};
    trail_amount_side b = {second->amount_minor, second->currency, day_of(second)};
    bool swapped = first->sayer == TRAIL_SAYER_CREDIT && is_message(second);
    return trail_charges_explain(swapped ? b : a, swapped ? a : b, wires, count, NULL).link;
}

static trail_status compare_amounts(finding *at, size_t place, trail_error *err)
{
    const trail_record_says *first = says_at(at, 0), *second = says_at(at, place);
    bool equal = first->amount_minor == second->amount_minor;
    bool covers = second->cover && is_message(first);
    for (size_t i = 0; i < place && second->cover && !covers; i++) {
        covers = is_message(says_at(at, i)) && !says_at(at, i)->cover;
        if (covers) first = says_at(at, i);
    }
    equal = first->amount_minor == second->amount_minor;
    if (first->currency == second->currency && equal) return TRAIL_OK;
    trail_conflict_value a = amount_value(first), b = amount_value(second);
    if (covers) return add(at, TRAIL_CONFLICT_COVER_AMOUNT, first, second, a, b, err);
    trail_amount_link link = link_of(at, first, second);
    bool same_figures =
        link == TRAIL_AMOUNTS_RATE_UNKNOWN && equal && first->currency != second->currency;
    if (link != TRAIL_AMOUNTS_UNEXPLAINED && !same_figures) return TRAIL_OK;
    return add(at, same_figures ? TRAIL_CONFLICT_CURRENCY : TRAIL_CONFLICT_AMOUNT, first, second, a,
               b, err);
}

static int64_t days_between(const trail_record_says *first, const trail_record_says *second)
{
    int64_t days = (int64_t)day_of(second) - day_of(first);
    bool values = first->value_day != TRAIL_NO_DAY && second->value_day != TRAIL_NO_DAY;
    if (!is_message(first) && !is_message(second)) return days;
    /* A message gives its value date: a statement may give one beside its booking date. */
    return values && first->value_day == second->value_day ? 0 : days;
}

static trail_status compare_days(finding *at, size_t place, trail_error *err)
{
    const trail_record_says *first = says_at(at, 0), *second = says_at(at, place);
    if (day_of(first) == TRAIL_NO_DAY || day_of(second) == TRAIL_NO_DAY) return TRAIL_OK;
    int64_t days = days_between(first, second);
    int64_t least = first->sayer == TRAIL_SAYER_DEBIT && second->sayer == TRAIL_SAYER_CREDIT
                        ? TRAIL_LAG_FIRST
                        : -TRAIL_LAG_LAST;
    if (days >= least && days <= TRAIL_LAG_LAST) return TRAIL_OK;
    trail_conflict_value a = text_value(0), b = text_value(0);
    a.day = day_of(first);
    b.day = day_of(second);
    return add(at, TRAIL_CONFLICT_DATE, first, second, a, b, err);
}

static trail_status compare_references(finding *at, size_t place, bool uetr, trail_error *err)
{
    const trail_record_says *second = says_at(at, place);
    uint32_t b = uetr ? second->uetr : second->end_to_end;
    for (size_t i = 0; i < place && b != 0; i++) {
        uint32_t a = uetr ? says_at(at, i)->uetr : says_at(at, i)->end_to_end;
        if (a == 0) continue;
        trail_slice first = trail_slice_trim(trail_strings_get(at->ledger->strings, a));
        trail_slice other = trail_slice_trim(trail_strings_get(at->ledger->strings, b));
        if (a == b || trail_slice_equal(first, other)) return TRAIL_OK;
        return add(at, TRAIL_CONFLICT_REFERENCE, says_at(at, i), second, text_value(a),
                   text_value(b), err);
    }
    return TRAIL_OK;
}

/* A cover repeats the customers of the message it covers; one that leaves the payer out hides from
 * the banks between whose money it is. */
static trail_status compare_cover(finding *at, size_t place, trail_error *err)
{
    const trail_record_says *second = says_at(at, place);
    if (!second->cover || names_account(&second->payer) || second->payer.name != 0) return TRAIL_OK;
    for (size_t i = 0; i < place; i++) {
        const trail_record_says *first = says_at(at, i);
        if (!is_message(first) || first->cover) continue;
        if (first->payer.name != 0)
            return add(at, TRAIL_CONFLICT_COVER_SILENT, first, second,
                       text_value(first->payer.name), text_value(0), err);
        if (names_account(&first->payer))
            return add(at, TRAIL_CONFLICT_COVER_SILENT, first, second, party_value(&first->payer),
                       text_value(0), err);
    }
    return TRAIL_OK;
}

static trail_status compare_record(finding *at, size_t place, trail_error *err)
{
    trail_status status = compare_party(at, place, true, err);
    if (status == TRAIL_OK) status = compare_party(at, place, false, err);
    if (status == TRAIL_OK) status = compare_amounts(at, place, err);
    if (status == TRAIL_OK) status = compare_days(at, place, err);
    if (status == TRAIL_OK) status = compare_references(at, place, true, err);
    if (status == TRAIL_OK) status = compare_references(at, place, false, err);
    return status == TRAIL_OK ? compare_cover(at, place, err) : status;
}

/* Legs, then customers' messages, then covers, then rows in other formats. */
static unsigned rank_of(const trail_record_says *says)
{
    return !is_message(says) ? 2 : says->cover ? 1 : 0;
}

/* The records of one payment, `attached` ones of it in record order. */
static trail_status look_at(finding *at, const trail_attached *attached, size_t count,
                            trail_error *err)
{
    trail_record_says says;
    trail_status status = TRAIL_OK;
    at->says.count = 0;
    if (trail_says_debit(at->ledger, at->payment, &says))
        status = trail_vector_push(&at->says, &says, err);
    if (status == TRAIL_OK && trail_says_credit(at->ledger, at->payment, &says))
        status = trail_vector_push(&at->says, &says, err);
    if (status == TRAIL_OK && (at->ledger->flags[at->payment] & TRAIL_MESSAGE_ONLY) != 0 &&
        trail_says_attached(at->ledger, at->payment, at->ledger->record[at->payment], &says))
        status = trail_vector_push(&at->says, &says, err);
    for (unsigned rank = 0; rank <= 2; rank++) {
        for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
            if (trail_says_attached(at->ledger, at->payment, attached[i].record, &says) &&
                rank_of(&says) == rank)
                status = trail_vector_push(&at->says, &says, err);
        }
    }
    for (size_t i = 1; i < at->says.count && status == TRAIL_OK; i++)
        status = compare_record(at, i, err);
    return status;
}

static int compare_found(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_conflict *first = a, *second = b;
    if (first->payment != second->payment) return first->payment < second->payment ? -1 : 1;
    if (first->kind != second->kind) return first->kind < second->kind ? -1 : 1;
    if (first->record != second->record) return first->record < second->record ? -1 : 1;
    if (first->other_record != second->other_record)
        return first->other_record < second->other_record ? -1 : 1;
    return 0; /* a UETR before another reference: the sort is stable */
}

static trail_status find_in_payments(finding *at, trail_error *err)
{
    const trail_attached *attached = at->ledger->attached.items;
    size_t place = 0, all = at->ledger->attached.count;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < at->ledger->count && status == TRAIL_OK; i++) {
        size_t first = place;
        while (place < all && attached[place].payment == i)
            place++;
        if (place == first && (at->ledger->flags[i] & TRAIL_TWO_RECORDS) == 0) continue;
        at->payment = i;
        status = look_at(at, attached + first, place - first, err);
    }
    return status;
}

trail_status trail_conflicts_find(trail_conflicts *conflicts, const trail_ledger *ledger,
                                  const trail_matching *matching,
                                  const trail_duplicates *duplicates, trail_error *err)
{
    finding at = {.conflicts = conflicts, .ledger = ledger, .matching = matching};
    *conflicts = (trail_conflicts){.found = trail_vector_of(sizeof(trail_conflict))};
    at.says = trail_vector_of(sizeof(trail_record_says));
    trail_status status = trail_match_names_new(&at.names, ledger->strings, err);
    if (status == TRAIL_OK) status = find_in_payments(&at, err);
    if (status == TRAIL_OK)
        status = trail_row_differences_list(duplicates, ledger, &conflicts->found, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(conflicts->found.items, conflicts->found.count,
                                  sizeof(trail_conflict), compare_found, NULL, err);
    for (size_t i = 0; i < conflicts->found.count; i++)
        conflicts->counts[((trail_conflict *)trail_vector_at(&conflicts->found, i))->kind]++;
    trail_match_names_free(at.names);
    trail_vector_clear(&at.says);
    if (status != TRAIL_OK) trail_conflicts_clear(conflicts);
    return status;
}

void trail_conflicts_clear(trail_conflicts *conflicts)
{
    trail_vector_clear(&conflicts->found);
}
