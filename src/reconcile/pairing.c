#include "reconcile/pairing.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "reconcile/order_block.h"
#include "reconcile/transfer_doubles.h"

/* Legs that could be two sides of one payment share a fingerprint: of (payer, payee, amount,
 * currency) when each names the other, of (reference, amount, currency) when they share a bank
 * reference, of (one account, amount, currency) when only one names the other. Legs are sorted by
 * (fingerprint, side, day) and the debits of a group compared with its credits within the window of
 * days, each until two partners are found. Fingerprints are only a filter: agree() decides on the
 * values. O(n log n + candidates). */

#define WINDOW_DAYS      3
#define REFERENCE_REPEAT 20 /* a reference that occurs more often names no single payment */
#define CREDIT_SIDE      1u /* bit of a fingerprint: in a group the credits follow the debits */

typedef enum leg_tie {
    TIE_BOTH_NAMED,
    TIE_REFERENCE,
    TIE_DEBIT_NAMES,
    TIE_CREDIT_NAMES,
    TIE_COUNT
} leg_tie;

typedef struct grouped_leg {
    uint64_t fingerprint;
    int32_t day;
    uint32_t entry;
} grouped_leg;

/* Legs of one fingerprint: debits first, each side by day. */
typedef struct leg_group {
    const grouped_leg *debits, *credits;
    size_t debit_count, credit_count;
} leg_group;

/* For each entry: how many partners it could have (2: two or more), and one of them. */
typedef struct partner_counts {
    uint32_t *count;
    uint32_t *one;
} partner_counts;

static bool is_debit_only(const trail_ledger *ledger, uint32_t entry)
{
    return (ledger->flags[entry] & (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT | TRAIL_REVERSED)) ==
           TRAIL_HAS_DEBIT;
}

static bool is_credit_only(const trail_ledger *ledger, uint32_t entry)
{
    return (ledger->flags[entry] & (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT | TRAIL_REVERSED)) ==
           TRAIL_HAS_CREDIT;
}

static uint32_t reference_of(const trail_ledger *ledger, uint32_t entry)
{
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[entry]);
    return detail == NULL ? 0 : detail->reference;
}

static bool says_nothing(trail_slice reference)
{
    static const char *const empty[] = {"", "NONREF", "NOTPROVIDED", "NOT PROVIDED", "-", "0"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(empty); i++) {
        if (trail_slice_is_ascii_nocase(reference, empty[i])) return true;
    }
    return false;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash ^= value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
    return hash * 0xff51afd7ed558ccdu;
}

/* False when this tie does not apply to the entry. */
static bool fingerprint(const trail_ledger *ledger, uint32_t entry, leg_tie tie, uint64_t *out)
{
    uint32_t payer = ledger->payer[entry], payee = ledger->payee[entry];
    uint64_t hash = mix(mix(tie, (uint64_t)ledger->amount_minor[entry]), ledger->currency[entry]);
    bool debit = is_debit_only(ledger, entry);
    switch (tie) {
    case TIE_BOTH_NAMED:
        if (payer == TRAIL_NO_ACCOUNT || payee == TRAIL_NO_ACCOUNT) return false;
        *out = mix(mix(hash, payer), payee);
        return true;
    case TIE_REFERENCE: {
        uint32_t reference = reference_of(ledger, entry);
        if (says_nothing(trail_strings_get(ledger->strings, reference))) return false;
        *out = mix(hash, reference);
        return true;
    }
    case TIE_DEBIT_NAMES: /* the debit names the payee; the credit names nobody */
        if (payee == TRAIL_NO_ACCOUNT || (!debit && payer != TRAIL_NO_ACCOUNT)) return false;
        *out = mix(hash, payee);
        return true;
    case TIE_CREDIT_NAMES:
        if (payer == TRAIL_NO_ACCOUNT || (debit && payee != TRAIL_NO_ACCOUNT)) return false;
        *out = mix(hash, payer);
        return true;
    case TIE_COUNT:
        break;
    }
    return false;
}

static bool in_window(const trail_ledger *ledger, uint32_t debit, uint32_t credit)
{
    int64_t lag = (int64_t)ledger->booking_day[credit] - ledger->booking_day[debit];
    return lag >= 0 && lag <= WINDOW_DAYS;
}

static bool agree(const trail_ledger *ledger, uint32_t debit, uint32_t credit, leg_tie tie)
{
    if (ledger->amount_minor[debit] != ledger->amount_minor[credit] ||
        ledger->currency[debit] != ledger->currency[credit] || !in_window(ledger, debit, credit))
        return false;
    bool payers = ledger->payer[debit] == ledger->payer[credit];
    bool payees = ledger->payee[debit] == ledger->payee[credit];
    switch (tie) {
    case TIE_BOTH_NAMED:
        return payers && payees;
    case TIE_REFERENCE:
        return reference_of(ledger, debit) == reference_of(ledger, credit) &&
               ledger->payer[debit] != ledger->payee[credit];
    case TIE_DEBIT_NAMES:
        return payees && ledger->payer[debit] != ledger->payee[credit];
    case TIE_CREDIT_NAMES:
        return payers && ledger->payer[debit] != ledger->payee[credit];
    case TIE_COUNT:
        break;
    }
    return false;
}

/* Legs of one day by what they say, so that which of them may be double does not depend on the
 * names of their files. */
static int compare_grouped(const void *context, const void *a, const void *b)
{
    const trail_ledger *ledger = context;
    const grouped_leg *first = a, *second = b;
    if (first->fingerprint != second->fingerprint)
        return first->fingerprint < second->fingerprint ? -1 : 1;
    if (first->day != second->day) return first->day < second->day ? -1 : 1;
    const uint32_t *own = (first->fingerprint & CREDIT_SIDE) != 0 ? ledger->payee : ledger->payer;
    if (own[first->entry] != own[second->entry])
        return own[first->entry] < own[second->entry] ? -1 : 1;
    int32_t first_second = ledger->booking_second[first->entry];
    int32_t second_second = ledger->booking_second[second->entry];
    if (first_second != second_second) return first_second < second_second ? -1 : 1;
    return trail_evidence_compare(ledger, ledger->record[first->entry],
                                  ledger->record[second->entry]);
}

/* All one-sided legs to which the tie applies, sorted by fingerprint and day; `taken` are left
 * out. */
static trail_status group_legs(const trail_ledger *ledger, leg_tie tie, const uint8_t *taken,
                               trail_vector *legs, trail_error *err)
{
    *legs = trail_vector_of(sizeof(grouped_leg));
    for (uint32_t entry = 0; entry < ledger->count; entry++) {
        grouped_leg leg = {.day = ledger->booking_day[entry], .entry = entry};
        if (taken[entry] || (!is_debit_only(ledger, entry) && !is_credit_only(ledger, entry)) ||
            !fingerprint(ledger, entry, tie, &leg.fingerprint))
            continue;
        leg.fingerprint &= ~(uint64_t)CREDIT_SIDE;
        if (is_credit_only(ledger, entry)) leg.fingerprint |= CREDIT_SIDE;
        trail_status status = trail_vector_push(legs, &leg, err);
        if (status != TRAIL_OK) return status;
    }
    return trail_sort_items(legs->items, legs->count, sizeof(grouped_leg), compare_grouped, ledger,
                            err);
}

/* The group that starts at `start`; returns where the next one does. */
static size_t take_group(const trail_vector *legs, size_t start, leg_group *group)
{
    const grouped_leg *leg = legs->items;
    uint64_t fingerprint = leg[start].fingerprint | CREDIT_SIDE;
    size_t middle = start;
    while (middle < legs->count && leg[middle].fingerprint == (fingerprint ^ CREDIT_SIDE))
        middle++;
    size_t end = middle;
    while (end < legs->count && leg[end].fingerprint == fingerprint)
        end++;
    *group = (leg_group){leg + start, leg + middle, middle - start, end - middle};
    return end;
}

static bool names_no_payment(const leg_group *group, leg_tie tie)
{
    return tie == TIE_REFERENCE && group->debit_count + group->credit_count > REFERENCE_REPEAT;
}

static bool is_new_partner(const trail_ledger *ledger, leg_tie tie, uint32_t debit, uint32_t credit)
{
    /* With a reference as well as both names, it is counted once: as both named. */
    return agree(ledger, debit, credit, tie) &&
           (tie != TIE_REFERENCE || !agree(ledger, debit, credit, TIE_BOTH_NAMED));
}

/* The partners of each debit, and then of each credit, so that neither count depends on where the
 * other stopped: two already make it not unique. */
static void count_group(const trail_ledger *ledger, partner_counts *partners, leg_tie tie,
                        const leg_group *group)
{
    if (names_no_payment(group, tie)) return;
    for (size_t i = 0, from = 0; i < group->debit_count; i++) {
        uint32_t debit = group->debits[i].entry;
        int32_t day = group->debits[i].day;
        while (from < group->credit_count && group->credits[from].day < day)
            from++;
        for (size_t k = from; k < group->credit_count && partners->count[debit] < 2 &&
                              group->credits[k].day - day <= WINDOW_DAYS;
             k++) {
            if (!is_new_partner(ledger, tie, debit, group->credits[k].entry)) continue;
            partners->count[debit]++;
            partners->one[debit] = group->credits[k].entry;
        }
    }
    for (size_t i = 0, from = 0; i < group->credit_count; i++) {
        uint32_t credit = group->credits[i].entry;
        int32_t day = group->credits[i].day;
        while (from < group->debit_count && day - group->debits[from].day > WINDOW_DAYS)
            from++;
        for (size_t k = from;
             k < group->debit_count && partners->count[credit] < 2 && group->debits[k].day <= day;
             k++) {
            if (!is_new_partner(ledger, tie, group->debits[k].entry, credit)) continue;
            partners->count[credit]++;
            partners->one[credit] = group->debits[k].entry;
        }
    }
}

static trail_status count_partners(const trail_ledger *ledger, partner_counts *partners,
                                   leg_tie tie, const uint8_t *taken, trail_error *err)
{
    trail_vector legs;
    trail_status status = group_legs(ledger, tie, taken, &legs, err);
    for (size_t i = 0; status == TRAIL_OK && i < legs.count;) {
        leg_group group;
        i = take_group(&legs, i, &group);
        count_group(ledger, partners, tie, &group);
    }
    trail_vector_clear(&legs);
    return status;
}

/* A debit and a credit of the group that are still free, earliest first: the most that a total
 * could count twice. */
static trail_status list_group(trail_ledger *ledger, leg_tie tie, uint8_t *taken,
                               const leg_group *group, trail_vector *doubles, trail_error *err)
{
    static const char *const reasons[TIE_COUNT] = {
        "several payments have these accounts, amount and days",
        "several legs share this bank reference and amount",
        "the credit names no payer",
        "the debit names no payee",
    };
    if (names_no_payment(group, tie)) return TRAIL_OK;
    const grouped_leg *credits = group->credits;
    for (size_t i = 0, from = 0; i < group->debit_count; i++) {
        uint32_t debit = group->debits[i].entry;
        int32_t day = group->debits[i].day;
        while (from < group->credit_count &&
               (credits[from].day < day || taken[credits[from].entry]))
            from++;
        for (size_t k = from; k < group->credit_count && credits[k].day - day <= WINDOW_DAYS; k++) {
            uint32_t credit = credits[k].entry;
            if (taken[credit] || !agree(ledger, debit, credit, tie)) continue;
            trail_possible_double pair = {debit, credit, reasons[tie]};
            trail_status status = trail_vector_push(doubles, &pair, err);
            if (status != TRAIL_OK) return status;
            ledger->flags[debit] |= TRAIL_MAY_BE_DOUBLE;
            ledger->flags[credit] |= TRAIL_MAY_BE_DOUBLE;
            taken[debit] = taken[credit] = 1;
            break;
        }
    }
    return TRAIL_OK;
}

static trail_status list_doubles(trail_ledger *ledger, leg_tie tie, uint8_t *taken,
                                 trail_vector *doubles, trail_error *err)
{
    trail_vector legs;
    trail_status status = group_legs(ledger, tie, taken, &legs, err);
    for (size_t i = 0; status == TRAIL_OK && i < legs.count;) {
        leg_group group;
        i = take_group(&legs, i, &group);
        status = list_group(ledger, tie, taken, &group, doubles, err);
    }
    trail_vector_clear(&legs);
    return status;
}

static trail_credit_side side_of(const trail_ledger *ledger, uint32_t credit, uint32_t payment)
{
    return (trail_credit_side){.payment = payment,
                               .record = ledger->record[credit],
                               .amount_minor = ledger->amount_minor[credit],
                               .booking_day = ledger->booking_day[credit],
                               .booking_second = ledger->booking_second[credit],
                               .currency = ledger->currency[credit],
                               .kind = ledger->kind[credit]};
}

static void move_entry(trail_ledger *ledger, uint32_t to, uint32_t from)
{
    ledger->payer[to] = ledger->payer[from];
    ledger->payee[to] = ledger->payee[from];
    ledger->amount_minor[to] = ledger->amount_minor[from];
    ledger->booking_day[to] = ledger->booking_day[from];
    ledger->booking_second[to] = ledger->booking_second[from];
    ledger->currency[to] = ledger->currency[from];
    ledger->kind[to] = ledger->kind[from];
    ledger->flags[to] = ledger->flags[from];
    ledger->record[to] = ledger->record[from];
}

static void void_if_to_itself(trail_ledger *ledger, uint32_t payment)
{
    uint8_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    if (ledger->payer[payment] != TRAIL_NO_ACCOUNT &&
        ledger->payer[payment] == ledger->payee[payment] &&
        (ledger->flags[payment] & both) == both && !trail_ledger_converts(ledger, payment))
        ledger->flags[payment] |= TRAIL_VOID;
}

/* Drops the joined credits, moves the rest down and renumbers credit sides; new_number[entry] is
 * the payment an entry became. */
static trail_status join(trail_ledger *ledger, const uint32_t *partner, uint32_t *new_number,
                         size_t *paired, trail_error *err)
{
    trail_vector sides = trail_vector_of(sizeof(trail_credit_side));
    trail_status status = TRAIL_OK;
    uint32_t kept = 0;
    for (uint32_t entry = 0; entry < ledger->count && status == TRAIL_OK; entry++) {
        bool joined = partner[entry] != TRAIL_NO_PAYMENT;
        if (joined && is_credit_only(ledger, entry)) continue;
        if (joined) {
            trail_credit_side side = side_of(ledger, partner[entry], kept);
            ledger->payee[entry] = ledger->payee[partner[entry]];
            status = trail_vector_push(&sides, &side, err);
            new_number[partner[entry]] = kept;
            (*paired)++;
        } else if ((ledger->flags[entry] & TRAIL_HAS_CREDIT_SIDE) != 0) {
            trail_credit_side side = *trail_ledger_credit_side(ledger, entry);
            side.payment = kept;
            status = trail_vector_push(&sides, &side, err);
        }
        new_number[entry] = kept++;
    }
    if (status != TRAIL_OK) {
        trail_vector_clear(&sides);
        return status;
    }
    for (uint32_t entry = 0; entry < ledger->count; entry++) {
        bool joined = partner[entry] != TRAIL_NO_PAYMENT;
        if (joined && is_credit_only(ledger, entry)) continue;
        if (joined)
            ledger->flags[entry] |= TRAIL_HAS_CREDIT | TRAIL_HAS_CREDIT_SIDE | TRAIL_TWO_RECORDS;
        move_entry(ledger, new_number[entry], entry);
    }
    ledger->count = kept;
    trail_vector_clear(&ledger->credit_sides);
    ledger->credit_sides = sides;
    return TRAIL_OK;
}

/* A one-sided row that names its own account as counterparty names nobody. */
static bool any_one_sided(trail_ledger *ledger)
{
    bool any = false;
    for (uint32_t i = 0; i < ledger->count; i++) {
        bool debit = is_debit_only(ledger, i), credit = is_credit_only(ledger, i);
        any = any || debit || credit;
        if (ledger->payer[i] != ledger->payee[i]) continue;
        if (debit) ledger->payee[i] = TRAIL_NO_ACCOUNT;
        if (credit) ledger->payer[i] = TRAIL_NO_ACCOUNT;
    }
    return any;
}

static void keep_unique(const trail_ledger *ledger, const partner_counts *found, uint8_t *taken,
                        uint32_t *partner)
{
    for (uint32_t i = 0; i < ledger->count; i++) {
        partner[i] = TRAIL_NO_PAYMENT;
        if (found->count[i] == 1 && found->count[found->one[i]] == 1) {
            partner[i] = found->one[i];
            taken[i] = 1;
        }
    }
}

static trail_status pair_one_sided(trail_ledger *ledger, trail_pairing *pairing, trail_error *err)
{
    partner_counts found = {.count = NULL};
    uint8_t *taken = NULL;
    uint32_t *partner = NULL;
    size_t count = ledger->count;
    trail_status status = trail_alloc_zeroed(&found.count, count, sizeof *found.count, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&found.one, count, sizeof *found.one, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&taken, count, sizeof *taken, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&partner, count, sizeof *partner, err);
    if (status == TRAIL_OK) status = count_partners(ledger, &found, TIE_BOTH_NAMED, taken, err);
    if (status == TRAIL_OK) status = count_partners(ledger, &found, TIE_REFERENCE, taken, err);
    if (status != TRAIL_OK) goto cleanup;
    keep_unique(ledger, &found, taken, partner);
    for (leg_tie tie = TIE_BOTH_NAMED; tie < TIE_COUNT && status == TRAIL_OK; tie++)
        status = list_doubles(ledger, tie, taken, &pairing->doubles, err);
    if (status == TRAIL_OK) status = join(ledger, partner, found.one, &pairing->paired, err);
    for (size_t i = 0; status == TRAIL_OK && i < pairing->doubles.count; i++) {
        trail_possible_double *pair = trail_vector_at(&pairing->doubles, i);
        pair->debit_payment = found.one[pair->debit_payment];
        pair->credit_payment = found.one[pair->credit_payment];
    }
cleanup:
    trail_free(found.count);
    trail_free(found.one);
    trail_free(taken);
    trail_free(partner);
    return status;
}

trail_status trail_pair_legs(trail_ledger *ledger, trail_pairing *pairing, trail_error *err)
{
    *pairing = (trail_pairing){.doubles = trail_vector_of(sizeof(trail_possible_double))};
    if (any_one_sided(ledger)) {
        trail_status status = pair_one_sided(ledger, pairing, err);
        if (status != TRAIL_OK) {
            trail_pairing_clear(pairing);
            return status;
        }
    }
    for (uint32_t i = 0; i < ledger->count; i++)
        void_if_to_itself(ledger, i);
    trail_status status = trail_transfer_doubles(ledger, &pairing->doubles, err);
    if (status != TRAIL_OK) trail_pairing_clear(pairing);
    return status;
}

static int compare_doubles(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_possible_double *first = a, *second = b;
    if (first->debit_payment != second->debit_payment)
        return first->debit_payment < second->debit_payment ? -1 : 1;
    return first->credit_payment < second->credit_payment
               ? -1
               : first->credit_payment > second->credit_payment;
}

trail_status trail_pairing_sort(trail_pairing *pairing, trail_error *err)
{
    return trail_sort_items(pairing->doubles.items, pairing->doubles.count,
                            sizeof(trail_possible_double), compare_doubles, NULL, err);
}

void trail_pairing_clear(trail_pairing *pairing)
{
    trail_vector_clear(&pairing->doubles);
    *pairing = (trail_pairing){.paired = 0};
}
