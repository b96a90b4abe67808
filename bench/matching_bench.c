/* matching_bench [-v] [TRANSFERS [SEED...]]: invented replies (replies.h) through the merging of
 * duplicates and the matching of legs. Two scores: strict, a pair is right when both records are of
 * one transfer; and with twins, where of transfers equal in both accounts, amount, currency and day
 * of a side either may stand for the other, since which of them it is changes no balance and no
 * trace. -v: which true pairs are missed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "replies.h"

#include "base/memory.h"
#include "reconcile/duplicates.h"
#include "reconcile/matching.h"

#define BANDS 12 /* of two bits; the last holds all above */

/* What became of a true pair that was not joined. */
typedef enum missed_how {
    MISSED_FEW_BITS = 0, /* listed as ambiguous, below the bits needed */
    MISSED_LEAD,         /* listed as ambiguous, enough bits */
    MISSED_POSSIBLE,     /* in possible_double only */
    MISSED_ELSEWHERE,    /* one of its records was joined to another */
    MISSED_RIVAL_LISTED, /* another pair of one of its records is listed */
    MISSED_SILENTLY,     /* nothing is said of either record */
    MISSED_COUNT
} missed_how;

typedef struct trial {
    replies at;
    trail_matching matching;
    uint32_t *debit, *credit; /* by transfer: its legs' places, UINT32_MAX */
    uint32_t *payments;       /* by record */
    uint32_t *payment_of_leg; /* by leg */
    size_t missed[MISSED_COUNT];
    size_t by_kind[3][4][MISSED_COUNT + 1]; /* accounts named x amounts; last: all true pairs */
} trial;

static void must(trail_status status)
{
    if (status == TRAIL_OK) return;
    fprintf(stderr, "matching_bench: failed\n");
    exit(1);
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static const reply_leg *leg_at(const trial *run, uint32_t place)
{
    return place == UINT32_MAX ? NULL : trail_vector_at(&run->at.legs, place);
}

static void find_sides(trial *run)
{
    size_t limit = run->at.transfer_limit;
    must(trail_alloc_zeroed(&run->debit, limit, sizeof *run->debit, NULL));
    must(trail_alloc_zeroed(&run->credit, limit, sizeof *run->credit, NULL));
    memset(run->debit, 0xff, limit * sizeof *run->debit);
    memset(run->credit, 0xff, limit * sizeof *run->credit);
    for (uint32_t i = 0; i < run->at.legs.count; i++) {
        const reply_leg *leg = leg_at(run, i);
        *(leg->credit ? &run->credit[leg->transfer] : &run->debit[leg->transfer]) = i;
    }
}

static bool are_twins(const reply_leg *a, const reply_leg *b)
{
    return a != NULL && b != NULL && a->own == b->own && a->other == b->other &&
           a->amount == b->amount && a->day == b->day && a->currency == b->currency;
}

typedef enum verdict { WRONG, TWIN, RIGHT } verdict;

static verdict judge_records(const trial *run, uint32_t debit, uint32_t credit)
{
    const uint32_t *truth = run->at.truth.items;
    uint32_t paid = leg_at(run, truth[debit])->transfer;
    uint32_t received = leg_at(run, truth[credit])->transfer;
    if (paid == received) return RIGHT;
    return are_twins(leg_at(run, run->debit[paid]), leg_at(run, run->debit[received])) ||
                   are_twins(leg_at(run, run->credit[paid]), leg_at(run, run->credit[received]))
               ? TWIN
               : WRONG;
}

static verdict judge(const trial *run, uint32_t payment)
{
    const trail_ledger *ledger = &run->at.ledger;
    return judge_records(run, trail_ledger_debit(ledger, payment).record,
                         trail_ledger_credit(ledger, payment).record);
}

/* Payments of each leg; legs that the merging of duplicates left as two, or made one with another,
 * are counted. */
static void follow_legs(trial *run)
{
    const uint32_t *truth = run->at.truth.items;
    must(trail_record_payments(&run->at.ledger, &run->payments, NULL));
    must(trail_alloc_zeroed(&run->payment_of_leg, run->at.legs.count, sizeof(uint32_t), NULL));
    memset(run->payment_of_leg, 0xff, run->at.legs.count * sizeof(uint32_t));
    for (uint32_t i = 0; i < run->at.truth.count; i++) {
        if (run->payments[i] != TRAIL_NO_PAYMENT) run->payment_of_leg[truth[i]] = run->payments[i];
    }
}

static missed_how how_missed(const trial *run, uint32_t debit, uint32_t credit)
{
    const trail_match *match = run->matching.matches.items;
    const trail_possible_double *doubles = run->matching.doubles.items;
    const uint16_t *flags = run->at.ledger.flags;
    if (((flags[debit] | flags[credit]) & TRAIL_TWO_RECORDS) != 0) return MISSED_ELSEWHERE;
    const trail_match *found = trail_matching_find(&run->matching, debit);
    for (; found != NULL && found < match + run->matching.matches.count && found->payment == debit;
         found++) {
        if (found->other == credit)
            return found->score < trail_weights.needed ? MISSED_FEW_BITS : MISSED_LEAD;
    }
    for (size_t low = 0, high = run->matching.doubles.count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (doubles[middle].debit_payment == debit && doubles[middle].credit_payment == credit)
            return MISSED_POSSIBLE;
        if (doubles[middle].debit_payment < debit ||
            (doubles[middle].debit_payment == debit && doubles[middle].credit_payment < credit))
            low = middle + 1;
        else
            high = middle;
    }
    return ((flags[debit] | flags[credit]) & (TRAIL_AMBIGUOUS | TRAIL_MAY_BE_DOUBLE)) != 0
               ? MISSED_RIVAL_LISTED
               : MISSED_SILENTLY;
}

/* How many true pairs there are; those missed, by what became of them. */
static size_t look_at_true_pairs(trial *run)
{
    size_t all = 0;
    for (uint32_t i = 0; i < run->at.transfer_limit; i++) {
        const reply_leg *paid = leg_at(run, run->debit[i]);
        const reply_leg *received = leg_at(run, run->credit[i]);
        if (paid == NULL || received == NULL) continue;
        uint32_t debit = run->payment_of_leg[run->debit[i]];
        uint32_t credit = run->payment_of_leg[run->credit[i]];
        unsigned named = (unsigned)paid->names_account + (unsigned)received->names_account;
        unsigned amounts = paid->currency != received->currency ? 3
                           : paid->amount == received->amount   ? 0
                           : received->stated_charge > 0        ? 1
                                                                : 2;
        size_t *kind = run->by_kind[named][amounts];
        all++;
        kind[MISSED_COUNT]++;
        if (debit == credit) continue;
        missed_how how = how_missed(run, debit, credit);
        run->missed[how]++;
        kind[how]++;
    }
    return all;
}

static void print_missed(const trial *run)
{
    static const char *const amounts[] = {"equal", "fee stated", "fee", "currency"};
    puts("|  accounts named | amounts | true pairs | few bits | lead | possible double only | "
         "joined elsewhere | a rival listed | silent |");
    for (unsigned named = 0; named < 3; named++) {
        for (unsigned kind = 0; kind < 4; kind++) {
            const size_t *at = run->by_kind[named][kind];
            printf("|  %u | %s | %zu | %zu | %zu | %zu | %zu | %zu | %zu |\n", named, amounts[kind],
                   at[MISSED_COUNT], at[0], at[1], at[2], at[3], at[4], at[5]);
        }
    }
}

/* Of the pairs that lead every other by the margin, joined or not: how many are true, by bits. */
static void print_bands(const trial *run)
{
    size_t all[BANDS] = {0}, right[BANDS] = {0};
    const trail_match *match = run->matching.matches.items;
    const trail_ledger *ledger = &run->at.ledger;
    for (size_t i = 0; i < run->matching.matches.count; i++) {
        if (!match[i].scored || match[i].score < 0 ||
            (match[i].rival != TRAIL_NO_RIVAL &&
             match[i].score - match[i].rival < trail_weights.margin))
            continue;
        size_t band = (size_t)match[i].score / 2000;
        if (band >= BANDS) band = BANDS - 1;
        uint32_t other = match[i].other;
        verdict told =
            other == TRAIL_NO_PAYMENT
                ? judge(run, match[i].payment)
                : judge_records(run, ledger->record[match[i].payment], ledger->record[other]);
        all[band]++;
        right[band] += told != WRONG;
    }
    printf("|  bits: true/all |");
    for (size_t i = 0; i < BANDS; i++)
        printf(" %zu–%s: %zu/%zu |", 2 * i, i + 1 < BANDS ? "" : "…", right[i], all[i]);
    puts("");
}

static void print_head(void)
{
    puts("| seed | legs | true pairs | joined | P strict | R strict | P twins | R twins | F1 twins "
         "| certain wrong/all | clear wrong/all | interchangeable wrong/all | missed: ambiguous, "
         "possible double, rival listed, silent | CPU s |");
    puts("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
}

static void print_trial(trial *run, uint64_t seed, double spent)
{
    size_t of[3] = {0}, classes[TRAIL_MATCH_CLASS_COUNT] = {0},
           wrong[TRAIL_MATCH_CLASS_COUNT] = {0};
    const trail_ledger *ledger = &run->at.ledger;
    for (uint32_t i = 0; i < ledger->count; i++) {
        if ((ledger->flags[i] & TRAIL_TWO_RECORDS) == 0) continue;
        unsigned class = trail_matching_find(&run->matching, i)->match_class;
        verdict told = judge(run, i);
        of[told]++;
        classes[class]++;
        wrong[class] += told == WRONG;
    }
    size_t truth = look_at_true_pairs(run);
    double joined = (double)run->matching.paired, all = (double)truth;
    double strict = (double)of[RIGHT], loose = (double)(of[RIGHT] + of[TWIN]);
    printf("| %u | %zu | %zu | %zu | %.4f | %.4f | %.4f | %.4f | %.4f | %zu/%zu | %zu/%zu | "
           "%zu/%zu | %zu, %zu, %zu, %zu | %.2f |\n",
           (unsigned)seed, run->at.legs.count, truth, run->matching.paired, strict / joined,
           strict / all, loose / joined, loose / all, 2 * loose / (joined + all), wrong[1],
           classes[1], wrong[2], classes[2], wrong[3], classes[3],
           run->missed[MISSED_FEW_BITS] + run->missed[MISSED_LEAD], run->missed[MISSED_POSSIBLE],
           run->missed[MISSED_RIVAL_LISTED], run->missed[MISSED_SILENTLY], spent);
}

static void run_seed(uint32_t transfers, uint64_t seed, bool verbose)
{
    trial run = {.debit = NULL};
    trail_duplicates duplicates;
    trail_rates *rates = replies_rates();
    uint32_t *renumber = NULL;
    replies_make(&run.at, transfers, seed, false);
    trail_duplicates_init(&duplicates);
    must(trail_duplicates_merge(&run.at.ledger, &duplicates, &renumber, NULL));
    size_t entries = run.at.ledger.count;
    double before = cpu_seconds();
    trail_matching_options options = {.rates = rates};
    must(trail_match_payments(&run.at.ledger, &options, &run.matching, NULL));
    double spent = cpu_seconds() - before;
    find_sides(&run);
    follow_legs(&run);
    print_trial(&run, seed, spent);
    if (verbose) {
        printf("|  rows received %u, after merging %zu of %zu legs; looks that met the cap %u |\n",
               (unsigned)run.at.truth.count, entries, run.at.legs.count,
               (unsigned)run.matching.capped);
        print_missed(&run);
        print_bands(&run);
    }
    trail_free(run.debit);
    trail_free(run.credit);
    trail_free(run.payments);
    trail_free(run.payment_of_leg);
    trail_free(renumber);
    trail_duplicates_clear(&duplicates);
    trail_matching_clear(&run.matching);
    trail_rates_free(rates);
    replies_clear(&run.at);
}

int main(int count, char **words)
{
    uint64_t transfers = 100000, seed = 1;
    bool verbose = count > 1 && strcmp(words[1], "-v") == 0;
    int at = verbose ? 2 : 1;
    if (at < count && !trail_slice_to_u64(trail_slice_of(words[at++]), &transfers)) return 2;
    print_head();
    do {
        if (at < count && !trail_slice_to_u64(trail_slice_of(words[at]), &seed)) return 2;
        run_seed((uint32_t)transfers, seed, verbose);
    } while (++at < count);
    return 0;
}
