#include "reconcile/match_score.h"

/* Sums of log likelihood ratios after Fellegi and Sunter, A theory for record linkage (1969), with
 * frequencies of references and amounts from the case. A missing value adds nothing. */

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void score_uetr(const trail_match_leg *debit, const trail_match_leg *credit,
                       trail_match_score *score)
{
    if (debit->uetr == 0 || credit->uetr == 0) return;
    score->uetr_tied = debit->uetr == credit->uetr;
    score->vetoed = !score->uetr_tied;
    score->addends[TRAIL_MATCH_ADDEND_UETR] = trail_weights.uetr_equal;
}

/* A reference on n legs is on n/2 of each side: one payment's own stands on two. */
static void score_reference(const trail_match_scorer *scorer, const trail_match_leg *debit,
                            const trail_match_leg *credit, trail_match_score *score)
{
    uint32_t shared = trail_match_legs_shared(scorer->legs, debit, credit);
    int32_t *addend = &score->addends[TRAIL_MATCH_ADDEND_REFERENCE];
    if (shared != 0) {
        uint64_t times = (scorer->legs->reference_times[shared] + 1) / 2;
        uint64_t population =
            scorer->legs->count + (UINT64_C(1) << trail_weights.reference_population);
        *addend = least(trail_weights.reference_most,
                        trail_log2_millibits(population) - trail_log2_millibits(times));
        score->reference_tied = true;
    } else if (debit->references[0] != 0 && credit->references[0] != 0 &&
               !trail_match_legs_common(scorer->legs, debit->references[0]) &&
               !trail_match_legs_common(scorer->legs, credit->references[0])) {
        *addend = debit->end_to_end && credit->end_to_end ? trail_weights.reference_differs
                                                          : trail_weights.reference_other;
    }
}

static void score_message(const trail_match_leg *debit, const trail_match_leg *credit,
                          trail_match_score *score)
{
    if (debit->message == TRAIL_NO_LEG || credit->message == TRAIL_NO_LEG) return;
    unsigned tie =
        debit->message_tie < credit->message_tie ? debit->message_tie : credit->message_tie;
    if (debit->message != credit->message) {
        if (tie > TRAIL_MESSAGE_BY_ACCOUNTS && !score->uetr_tied) score->vetoed = true;
        return;
    }
    score->addends[TRAIL_MATCH_ADDEND_MESSAGE] =
        tie == TRAIL_MESSAGE_BY_UETR        ? trail_weights.message_uetr
        : tie == TRAIL_MESSAGE_BY_REFERENCE ? trail_weights.message_reference
                                            : trail_weights.message_accounts;
    if (tie == TRAIL_MESSAGE_BY_UETR) score->uetr_tied = true;
    if (tie == TRAIL_MESSAGE_BY_REFERENCE) score->reference_tied = true;
}

/* One side names the other's account, another one, or none. Of all legs within the days those of
 * this account remain: what it has there on average, and one more for caution. */
static void score_account(const trail_match_scorer *scorer, uint32_t named,
                          const trail_match_leg *leg, trail_match_addend addend,
                          trail_match_score *score)
{
    uint32_t own = leg->own;
    if (named == TRAIL_NO_ACCOUNT) return;
    if (named == own) {
        uint64_t days = scorer->legs->days > TRAIL_LAG_COUNT ? scorer->legs->days : TRAIL_LAG_COUNT;
        uint64_t of_its_own = 1024 + (uint64_t)leg->own_times * TRAIL_LAG_COUNT * 1024 / days;
        score->addends[addend] =
            scorer->around + 10000 - trail_log2_millibits(of_its_own); /* 1024 is 10 bits */
        score->account_tied = true;
        return;
    }
    if (scorer->number_rank[named] == scorer->number_rank[own]) return;
    int32_t tie =
        score->addends[TRAIL_MATCH_ADDEND_REFERENCE] + score->addends[TRAIL_MATCH_ADDEND_MESSAGE];
    if (!score->uetr_tied && tie < trail_weights.reference_strong) score->vetoed = true;
    score->addends[addend] = trail_weights.account_contradicts;
}

static trail_status score_name(const trail_match_scorer *scorer, uint32_t named, uint32_t own,
                               trail_match_addend addend, trail_match_score *score,
                               trail_error *err)
{
    unsigned permille = 0;
    if (named == 0 || own == 0) return TRAIL_OK;
    trail_status status = trail_match_names_score(scorer->names, named, own, &permille, err);
    if (permille >= trail_weights.name_equal_permille)
        score->addends[addend] = trail_weights.name_equal;
    else if (permille >= trail_weights.name_near_permille)
        score->addends[addend] = trail_weights.name_near;
    else if (permille < trail_weights.name_differs_permille)
        score->addends[addend] = trail_weights.name_differs;
    return status;
}

static int32_t amount_bits(const trail_match_scorer *scorer, const trail_match_leg *debit,
                           const trail_match_leg *credit)
{
    uint32_t times =
        debit->amount_times > credit->amount_times ? debit->amount_times : credit->amount_times;
    int64_t population =
        trail_amount_population(debit->amount_minor, trail_currency_exponent(debit->currency));
    uint64_t all = scorer->legs->count / 2 + (uint64_t)population;
    int32_t bits = trail_log2_millibits(all) - trail_log2_millibits(times);
    return least(trail_weights.amount_most, bits);
}

static void score_amount(const trail_match_scorer *scorer, const trail_match_leg *debit,
                         const trail_match_leg *credit, trail_match_score *score)
{
    const trail_ledger *ledger = scorer->ledger;
    const trail_wire *wires[2 + TRAIL_TOLD_WIRES] = {
        trail_ledger_wire(ledger, ledger->record[debit->entry]),
        trail_ledger_wire(ledger, ledger->record[credit->entry])};
    if (debit->message != TRAIL_NO_LEG && debit->message == credit->message)
        trail_told_wires(scorer->told, ledger, debit->message, wires + 2);
    trail_amount_side paid = {debit->amount_minor, debit->currency, debit->day};
    trail_amount_side received = {credit->amount_minor, credit->currency, credit->day};
    score->story =
        trail_charges_explain(paid, received, wires, TRAIL_LENGTH_OF(wires), scorer->rates);
    bool anchored = score->account_tied || score->reference_tied || score->uetr_tied;
    switch (score->story.link) {
    case TRAIL_AMOUNTS_EQUAL:
    case TRAIL_AMOUNTS_CHARGE_STATED:
    case TRAIL_AMOUNTS_RATE_STATED:
        score->addends[TRAIL_MATCH_ADDEND_AMOUNT] = amount_bits(scorer, debit, credit);
        return;
    case TRAIL_AMOUNTS_CHARGE:
        score->addends[TRAIL_MATCH_ADDEND_CHARGE] = trail_weights.charge_undeclared;
        break;
    case TRAIL_AMOUNTS_RATE_NEAR:
        score->addends[TRAIL_MATCH_ADDEND_RATE] = trail_weights.rate_near;
        break;
    case TRAIL_AMOUNTS_RATE_UNKNOWN:
        score->addends[TRAIL_MATCH_ADDEND_RATE] = trail_weights.rate_unknown;
        break;
    case TRAIL_AMOUNTS_UNEXPLAINED:
        score->addends[TRAIL_MATCH_ADDEND_AMOUNT] = trail_weights.amount_unexplained;
        anchored = anchored && score->uetr_tied;
        break;
    }
    if (!anchored) score->vetoed = true;
}

/* Days from debit to credit as booked; value dates speak where they are kinder, since one bank may
 * book later what it values on the same day. */
static void score_lag(const trail_match_leg *debit, const trail_match_leg *credit,
                      trail_match_score *score)
{
    int64_t lag = (int64_t)credit->day - debit->day;
    int32_t *addend = &score->addends[TRAIL_MATCH_ADDEND_LAG];
    if (lag < TRAIL_LAG_FIRST || lag > TRAIL_LAG_LAST) {
        *addend = trail_weights.lag[0];
        if (!score->uetr_tied) score->vetoed = true;
        return;
    }
    *addend = trail_weights.lag[lag - TRAIL_LAG_FIRST];
    if (debit->value_day == TRAIL_NO_DAY || credit->value_day == TRAIL_NO_DAY) return;
    lag = (int64_t)credit->value_day - debit->value_day;
    if (lag < TRAIL_LAG_FIRST || lag > TRAIL_LAG_LAST) return;
    int32_t valued = trail_weights.lag[lag - TRAIL_LAG_FIRST];
    if (valued > *addend) *addend = valued;
}

trail_status trail_match_score_of(const trail_match_scorer *scorer, uint32_t debit, uint32_t credit,
                                  trail_match_score *score, trail_error *err)
{
    const trail_match_leg *paid = &scorer->legs->legs[debit];
    const trail_match_leg *received = &scorer->legs->legs[credit];
    *score = (trail_match_score){.sum = 0};
    if (paid->own == received->own && paid->currency == received->currency) score->vetoed = true;
    score_uetr(paid, received, score);
    score_reference(scorer, paid, received, score);
    score_message(paid, received, score);
    score_account(scorer, paid->other, received, TRAIL_MATCH_ADDEND_PAYEE_ACCOUNT, score);
    score_account(scorer, received->other, paid, TRAIL_MATCH_ADDEND_PAYER_ACCOUNT, score);
    if (score->vetoed) return TRAIL_OK;
    trail_status status = score_name(scorer, paid->other_name, received->own_name,
                                     TRAIL_MATCH_ADDEND_PAYEE_NAME, score, err);
    if (status == TRAIL_OK)
        status = score_name(scorer, received->other_name, paid->own_name,
                            TRAIL_MATCH_ADDEND_PAYER_NAME, score, err);
    if (status != TRAIL_OK) return status;
    score_amount(scorer, paid, received, score);
    score_lag(paid, received, score);
    score->addends[TRAIL_MATCH_ADDEND_PRIOR] =
        trail_weights.prior - scorer->around - scorer->caution;
    for (size_t i = 0; i < TRAIL_MATCH_ADDEND_COUNT; i++)
        score->sum += score->addends[i];
    return TRAIL_OK;
}
