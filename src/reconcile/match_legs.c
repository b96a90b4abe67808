#include "reconcile/match_legs.h"

#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "reconcile/match_weights.h"
#include "reconcile/order_block.h"

static const uint16_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;

bool trail_reference_says_nothing(trail_slice reference)
{
    static const char *const empty[] = {"",  "NONREF", "NOTPROVIDED",  "NOT PROVIDED",
                                        "-", "0",      "NOTAVAILABLE", "N/A"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(empty); i++) {
        if (trail_slice_is_ascii_nocase(reference, empty[i])) return true;
    }
    return false;
}

bool trail_match_legs_common(const trail_match_legs *legs, uint32_t reference)
{
    return legs->reference_times[reference] > trail_weights.reference_times;
}

uint32_t trail_match_legs_shared(const trail_match_legs *legs, const trail_match_leg *debit,
                                 const trail_match_leg *credit)
{
    uint32_t best = 0;
    for (size_t i = 0; i < TRAIL_LEG_REFERENCES && debit->references[i] != 0; i++) {
        for (size_t k = 0; k < TRAIL_LEG_REFERENCES && credit->references[k] != 0; k++) {
            uint32_t shared = debit->references[i];
            if (shared != credit->references[k] || trail_match_legs_common(legs, shared)) continue;
            if (best == 0 || legs->reference_times[shared] < legs->reference_times[best])
                best = shared;
        }
    }
    return best;
}

static void add_reference(const trail_ledger *ledger, trail_match_leg *leg, uint32_t reference)
{
    if (reference == 0 ||
        trail_reference_says_nothing(trail_strings_get(ledger->strings, reference)))
        return;
    for (size_t i = 0; i < TRAIL_LEG_REFERENCES; i++) {
        if (leg->references[i] == reference) return;
        if (leg->references[i] != 0) continue;
        leg->references[i] = reference;
        return;
    }
}

static void read_texts(const trail_ledger *ledger, trail_match_leg *leg, uint32_t record)
{
    const trail_detail *detail = trail_records_detail(&ledger->records, record);
    const trail_wire *wire = trail_ledger_wire(ledger, record);
    if (wire != NULL) {
        leg->uetr = wire->texts[TRAIL_WIRE_UETR];
        add_reference(ledger, leg, wire->texts[TRAIL_WIRE_END_TO_END]);
        leg->end_to_end = leg->references[0] != 0;
    }
    if (detail != NULL) {
        leg->value_day = detail->value_day;
        leg->own_name = leg->credit ? detail->payee_name : detail->payer_name;
        leg->other_name = leg->credit ? detail->payer_name : detail->payee_name;
        add_reference(ledger, leg, detail->reference);
    }
    if (wire == NULL) return;
    add_reference(ledger, leg, wire->texts[TRAIL_WIRE_TRANSACTION]);
    add_reference(ledger, leg, wire->texts[TRAIL_WIRE_INSTRUCTION]);
}

static void read_leg(const trail_ledger *ledger, uint32_t entry, trail_match_leg *leg)
{
    bool credit = (ledger->flags[entry] & TRAIL_HAS_CREDIT) != 0;
    *leg = (trail_match_leg){
        .entry = entry,
        .own = credit ? ledger->payee[entry] : ledger->payer[entry],
        .other = credit ? ledger->payer[entry] : ledger->payee[entry],
        .amount_minor = ledger->amount_minor[entry],
        .day = ledger->booking_day[entry],
        .value_day = TRAIL_NO_DAY,
        .second = ledger->booking_second[entry],
        .currency = ledger->currency[entry],
        .credit = credit,
        .message = TRAIL_NO_LEG,
    };
    read_texts(ledger, leg, ledger->record[entry]);
}

static bool may_match(const trail_ledger *ledger, uint32_t entry)
{
    uint16_t side = ledger->flags[entry] & both;
    if (side != TRAIL_HAS_DEBIT && side != TRAIL_HAS_CREDIT) return false;
    uint32_t own = side == TRAIL_HAS_DEBIT ? ledger->payer[entry] : ledger->payee[entry];
    return own != TRAIL_NO_ACCOUNT && (ledger->flags[entry] & TRAIL_REVERSED) == 0;
}

/* What makes legs twins, most telling first. */
static int compare_twins(const trail_match_leg *a, const trail_match_leg *b)
{
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    if (a->amount_minor != b->amount_minor) return a->amount_minor < b->amount_minor ? -1 : 1;
    if (a->currency != b->currency) return a->currency < b->currency ? -1 : 1;
    if (a->credit != b->credit) return a->credit ? 1 : -1;
    if (a->own != b->own) return a->own < b->own ? -1 : 1;
    if (a->other != b->other) return a->other < b->other ? -1 : 1;
    return 0;
}

static int compare_strings(const trail_ledger *ledger, uint32_t a, uint32_t b)
{
    if (a == b) return 0;
    return trail_slice_compare(trail_strings_get(ledger->strings, a),
                               trail_strings_get(ledger->strings, b));
}

/* What is not kept in the leg: remittance text and balance after. */
static int compare_details(const trail_ledger *ledger, uint32_t a, uint32_t b)
{
    const trail_detail *first = trail_records_detail(&ledger->records, a);
    const trail_detail *second = trail_records_detail(&ledger->records, b);
    if (first == NULL || second == NULL) return (first != NULL) - (second != NULL);
    int order = compare_strings(ledger, first->text, second->text);
    if (order != 0) return order;
    if (first->value_day != second->value_day) return first->value_day < second->value_day ? -1 : 1;
    if (first->has_balance != second->has_balance) return first->has_balance ? 1 : -1;
    if (first->balance_minor != second->balance_minor)
        return first->balance_minor < second->balance_minor ? -1 : 1;
    return 0;
}

static int compare_legs(const void *context, const void *first, const void *second)
{
    const trail_ledger *ledger = context;
    const trail_match_leg *a = first, *b = second;
    int order = compare_twins(a, b);
    if (order != 0) return order;
    if (a->second != b->second) return a->second < b->second ? -1 : 1;
    if ((order = compare_strings(ledger, a->uetr, b->uetr)) != 0) return order;
    for (size_t i = 0; i < TRAIL_LEG_REFERENCES; i++) {
        order = compare_strings(ledger, a->references[i], b->references[i]);
        if (order != 0) return order;
    }
    if ((order = compare_strings(ledger, a->other_name, b->other_name)) != 0) return order;
    uint32_t first_record = ledger->record[a->entry], second_record = ledger->record[b->entry];
    if ((order = compare_details(ledger, first_record, second_record)) != 0) return order;
    return trail_evidence_compare(ledger, first_record, second_record);
}

static trail_status collect(trail_match_legs *legs, const trail_ledger *ledger, trail_error *err)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < ledger->count; i++)
        count += may_match(ledger, i);
    trail_status status = trail_alloc_zeroed(&legs->legs, count, sizeof *legs->legs, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < ledger->count; i++) {
        if (!may_match(ledger, i)) continue;
        trail_match_leg *leg = &legs->legs[legs->count++];
        read_leg(ledger, i, leg);
        *(leg->credit ? &legs->credit_count : &legs->debit_count) += 1;
    }
    return trail_sort_items(legs->legs, legs->count, sizeof *legs->legs, compare_legs, ledger, err);
}

/* An account whose own rows bear one name lends it to those that bear none. */
static trail_status lend_names(trail_match_legs *legs, const trail_ledger *ledger, trail_error *err)
{
    uint32_t *names = NULL;
    trail_status status =
        trail_alloc_zeroed(&names, trail_accounts_count(ledger->accounts), sizeof *names, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < legs->count; i++) {
        const trail_match_leg *leg = &legs->legs[i];
        if (leg->own_name != 0 &&
            (names[leg->own] == 0 || compare_strings(ledger, leg->own_name, names[leg->own]) < 0))
            names[leg->own] = leg->own_name;
    }
    for (uint32_t i = 0; i < legs->count; i++) {
        if (legs->legs[i].own_name == 0) legs->legs[i].own_name = names[legs->legs[i].own];
    }
    trail_free(names);
    return TRAIL_OK;
}

static void number_twins(trail_match_legs *legs)
{
    for (uint32_t i = 0; i < legs->count; i++) {
        bool twin = i > 0 && compare_twins(&legs->legs[i - 1], &legs->legs[i]) == 0;
        legs->legs[i].twin = twin ? legs->legs[i - 1].twin : i;
    }
}

static uint64_t amount_key(const trail_match_leg *leg)
{
    return trail_wide_fold((uint64_t)leg->amount_minor ^ 0x9e3779b97f4a7c15u,
                           0xff51afd7ed558ccdu ^ ((uint64_t)leg->currency << 1 | leg->credit));
}

static trail_status count_amounts(trail_match_legs *legs, trail_error *err)
{
    trail_map64 times = {0};
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < legs->count && status == TRAIL_OK; i++) {
        uint32_t *count = trail_map64_at(&times, amount_key(&legs->legs[i]), 0, err);
        if (count == NULL)
            status = TRAIL_NO_MEMORY;
        else
            (*count)++;
    }
    for (uint32_t i = 0; i < legs->count && status == TRAIL_OK; i++)
        (void)trail_map64_find(&times, amount_key(&legs->legs[i]), &legs->legs[i].amount_times);
    trail_map64_clear(&times);
    return status;
}

/* Legs stand by day. */
static trail_status count_own(trail_match_legs *legs, const trail_ledger *ledger, trail_error *err)
{
    uint32_t *times = NULL;
    size_t accounts = trail_accounts_count(ledger->accounts);
    trail_status status = trail_alloc_zeroed(&times, 2 * accounts, sizeof *times, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < legs->count; i++)
        times[2 * (size_t)legs->legs[i].own + legs->legs[i].credit]++;
    for (uint32_t i = 0; i < legs->count; i++)
        legs->legs[i].own_times = times[2 * (size_t)legs->legs[i].own + legs->legs[i].credit];
    if (legs->count > 0)
        legs->days = (uint32_t)(legs->legs[legs->count - 1].day - legs->legs[0].day) + 1;
    trail_free(times);
    return TRAIL_OK;
}

static trail_status count_references(trail_match_legs *legs, const trail_ledger *ledger,
                                     trail_error *err)
{
    legs->string_count = trail_strings_count(ledger->strings);
    trail_status status = trail_alloc_zeroed(&legs->reference_times, legs->string_count,
                                             sizeof *legs->reference_times, err);
    for (uint32_t i = 0; i < legs->count && status == TRAIL_OK; i++) {
        const uint32_t *references = legs->legs[i].references;
        for (size_t k = 0; k < TRAIL_LEG_REFERENCES && references[k] != 0; k++)
            legs->reference_times[references[k]]++;
    }
    return status;
}

trail_status trail_match_legs_make(trail_match_legs *legs, const trail_ledger *ledger,
                                   trail_error *err)
{
    *legs = (trail_match_legs){.count = 0};
    trail_status status = collect(legs, ledger, err);
    if (status == TRAIL_OK) {
        number_twins(legs);
        status = count_amounts(legs, err);
    }
    if (status == TRAIL_OK) status = count_own(legs, ledger, err);
    if (status == TRAIL_OK) status = lend_names(legs, ledger, err);
    if (status == TRAIL_OK) status = count_references(legs, ledger, err);
    if (status != TRAIL_OK) trail_match_legs_clear(legs);
    return status;
}

void trail_match_legs_clear(trail_match_legs *legs)
{
    trail_free(legs->legs);
    trail_free(legs->reference_times);
    *legs = (trail_match_legs){.count = 0};
}
