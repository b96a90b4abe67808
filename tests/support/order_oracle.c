#include "support/order_oracle.h"

#include <stdlib.h>

#include "model/published_id.h"
#include "support/reading.h"

static void oracle_add(order_oracle *o, uint32_t payment, bool credit, bool whole, bool adjusted)
{
    trail_leg leg =
        credit ? trail_ledger_credit(o->ledger, payment) : trail_ledger_debit(o->ledger, payment);
    assert_true(o->count < ORACLE_LEGS);
    o->legs[o->count++] = (oracle_leg){
        .payment = payment,
        .credit = credit,
        .whole = whole,
        .adjusted = adjusted,
        .day = leg.booking_day,
        .second = leg.booking_second,
        .accounts = {leg.account, whole ? o->ledger->payee[payment] : TRAIL_NO_ACCOUNT},
        .record = leg.record,
        .file = trail_records_file(&o->ledger->records, leg.record)};
}

static void oracle_collect(order_oracle *o)
{
    for (uint32_t i = 0; i < o->ledger->count; i++) {
        trail_leg debit = trail_ledger_debit(o->ledger, i),
                  credit = trail_ledger_credit(o->ledger, i);
        if (!debit.recorded || !credit.recorded || debit.record == credit.record) {
            oracle_add(o, i, !debit.recorded, debit.recorded && credit.recorded, false);
            continue;
        }
        bool later =
            debit.booking_day > credit.booking_day ||
            (debit.booking_day == credit.booking_day && credit.booking_second != TRAIL_NO_TIME &&
             debit.booking_second > credit.booking_second);
        if (!later) oracle_add(o, i, false, false, false);
        oracle_add(o, i, true, false, later);
    }
}

static int oracle_evidence(const oracle_leg *a, const oracle_leg *b)
{
    int order = memcmp(a->file->hash, b->file->hash, TRAIL_DIGEST_SIZE);
    if (order == 0) order = strcmp(a->file->name, b->file->name);
    return order != 0 ? order : (a->record > b->record) - (a->record < b->record);
}

static int oracle_content(const order_oracle *o, const oracle_leg *a, const oracle_leg *b)
{
    static const trail_slice none = {"", 0};
    const trail_accounts *accounts = o->ledger->accounts;
    trail_slice first =
        a->accounts[0] == TRAIL_NO_ACCOUNT ? none : trail_accounts_number(accounts, a->accounts[0]);
    trail_slice second =
        b->accounts[0] == TRAIL_NO_ACCOUNT ? none : trail_accounts_number(accounts, b->accounts[0]);
    int order = trail_slice_compare(first, second);
    if (order != 0) return order;
    trail_text first_key = {0}, second_key = {0};
    assert_int_equal(trail_content_key(o->ledger, a->payment, a->credit, &first_key, NULL), 0);
    assert_int_equal(trail_content_key(o->ledger, b->payment, b->credit, &second_key, NULL), 0);
    order = trail_slice_compare(trail_text_slice(&first_key), trail_text_slice(&second_key));
    trail_text_clear(&first_key);
    trail_text_clear(&second_key);
    if (order != 0) return order;
    int first_legs = o->ledger->flags[a->payment] & BOTH;
    int second_legs = o->ledger->flags[b->payment] & BOTH;
    return first_legs != second_legs ? first_legs - second_legs : oracle_evidence(a, b);
}

static bool oracle_balances(const order_oracle *o, size_t leg, uint32_t account, int64_t *before,
                            int64_t *after)
{
    const oracle_leg *one = &o->legs[leg];
    const trail_detail *detail = trail_records_detail(&o->ledger->records, one->record);
    if (detail == NULL || !detail->has_balance) return false;
    bool credit = one->credit || o->ledger->payer[one->payment] != account;
    trail_leg values = credit ? trail_ledger_credit(o->ledger, one->payment)
                              : trail_ledger_debit(o->ledger, one->payment);
    *after = detail->balance_minor;
    *before = credit ? *after - values.amount_minor : *after + values.amount_minor;
    return true;
}

/* The first walk in the order of `members`, into walk[depth..]. */
static bool oracle_walk(const order_oracle *o, uint32_t account, const size_t *members,
                        size_t count, size_t *walk, size_t depth, const int64_t *start)
{
    if (depth == count) return true;
    for (size_t i = 0; i < count; i++) {
        bool used = false;
        for (size_t k = 0; k < depth; k++)
            used = used || walk[k] == members[i];
        int64_t before = 0, after = 0, last_before = 0, last_after = 0;
        assert_true(oracle_balances(o, members[i], account, &before, &after));
        if (used) continue;
        if (depth > 0) {
            assert_true(oracle_balances(o, walk[depth - 1], account, &last_before, &last_after));
            if (last_after != before) continue;
        } else if (start != NULL && before != *start) {
            continue;
        }
        walk[depth] = members[i];
        if (oracle_walk(o, account, members, count, walk, depth + 1, start)) return true;
    }
    return false;
}

static bool oracle_is_walk(const order_oracle *o, uint32_t account, const size_t *members,
                           size_t count, const int64_t *start)
{
    int64_t first_before = 0, first_after = 0;
    assert_true(oracle_balances(o, members[0], account, &first_before, &first_after));
    if (start != NULL && first_before != *start) return false;
    for (size_t i = 1; i < count; i++) {
        int64_t before = 0, after = 0, last_before = 0, last_after = 0;
        assert_true(oracle_balances(o, members[i - 1], account, &last_before, &last_after));
        assert_true(oracle_balances(o, members[i], account, &before, &after));
        if (last_after != before) return false;
    }
    return true;
}

static bool oracle_follows(const oracle_leg *a, const oracle_leg *b, bool timed)
{
    if (timed && a->second != b->second) return a->second > b->second;
    return a->file == b->file && a->record > b->record;
}

/* Of members[left..count): `one` and `other` may only go when nothing left comes before them; then
 * by content key. */
static bool oracle_goes_first(const order_oracle *o, const size_t *members, size_t left,
                              size_t count, size_t one, size_t other, bool timed)
{
    bool one_waits = false, other_waits = false;
    for (size_t i = left; i < count; i++) {
        const oracle_leg *leg = &o->legs[members[i]];
        one_waits = one_waits || oracle_follows(&o->legs[members[one]], leg, timed);
        other_waits = other_waits || oracle_follows(&o->legs[members[other]], leg, timed);
    }
    if (one_waits || other_waits) return other_waits && !one_waits;
    const oracle_leg *a = &o->legs[members[one]], *b = &o->legs[members[other]];
    return oracle_content(o, a, b) < 0;
}

/* Model section 4 (i) for one account's legs of the day. */
static void oracle_own_order(order_oracle *o, uint32_t account, size_t *members, size_t count)
{
    bool timed = true, one_file = true, balanced = true;
    int64_t before, after;
    for (size_t i = 0; i < count; i++) {
        timed = timed && o->legs[members[i]].second != TRAIL_NO_TIME;
        one_file = one_file && o->legs[members[i]].file == o->legs[members[0]].file;
        balanced = balanced && oracle_balances(o, members[i], account, &before, &after);
    }
    for (size_t i = 0; i < count; i++) { /* the order without balances */
        size_t best = i;
        for (size_t k = i + 1; k < count; k++)
            if (oracle_goes_first(o, members, i, count, k, best, timed)) best = k;
        size_t chosen = members[best];
        memmove(members + i + 1, members + i, (best - i) * sizeof *members);
        members[i] = chosen;
    }
    bool decided = balanced && count == 0;
    /* From where the account's last balance stands, if there is such a walk; else from anywhere. */
    for (int round = o->last[account].known ? 0 : 1; balanced && !decided && round < 2; round++) {
        const int64_t *start = round == 0 ? &o->last[account].balance : NULL;
        size_t walk[ORACLE_LEGS];
        decided = oracle_is_walk(o, account, members, count, start);
        if (decided) break;
        for (size_t i = 0; i < count; i++)
            walk[i] = members[count - 1 - i];
        decided = oracle_is_walk(o, account, walk, count, start) ||
                  oracle_walk(o, account, members, count, walk, 0, start);
        if (decided) memcpy(members, walk, count * sizeof *walk);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            bool known = decided || timed || one_file ||
                         o->legs[members[i]].file == o->legs[members[k]].file;
            if (known) o->before[members[i]][members[k]] = true;
        }
    }
}

static bool oracle_is_free(const order_oracle *o, size_t leg, const size_t *today, size_t count,
                           bool only_payments)
{
    for (size_t i = 0; i < count; i++) {
        if (o->legs[today[i]].placed || !o->before[today[i]][leg]) continue;
        if (!only_payments || o->legs[today[i]].payment == o->legs[leg].payment) return false;
    }
    return true;
}

/* The next event, and where its account stands after it. */
static void oracle_emit(order_oracle *o, uint32_t event)
{
    trail_leg debit = trail_ledger_debit(o->ledger, event / 2);
    trail_leg credit = trail_ledger_credit(o->ledger, event / 2);
    trail_leg leg = event % 2 == 1 || !debit.recorded ? credit : debit;
    o->events[o->event_count++] = event;
    if (debit.recorded && credit.recorded && debit.record == credit.record) return;
    const trail_detail *detail = trail_records_detail(&o->ledger->records, leg.record);
    if (leg.account == TRAIL_NO_ACCOUNT || detail == NULL || !detail->has_balance) return;
    o->last[leg.account].known = true;
    o->last[leg.account].balance = detail->balance_minor;
}

static void oracle_day(order_oracle *o, const size_t *today, size_t count)
{
    bool instants = true;
    for (size_t i = 0; i < count; i++) {
        const trail_detail *detail =
            trail_records_detail(&o->ledger->records, o->legs[today[i]].record);
        if (o->legs[today[i]].second == TRAIL_NO_TIME || (detail != NULL && detail->has_balance))
            instants = false;
        for (size_t k = 0; k < count; k++) /* (ii) */
            if (o->legs[today[i]].payment == o->legs[today[k]].payment &&
                !o->legs[today[i]].credit && o->legs[today[k]].credit)
                o->before[today[i]][today[k]] = true;
    }
    for (uint32_t account = 0; account < trail_accounts_count(o->ledger->accounts); account++) {
        size_t members[ORACLE_LEGS], member_count = 0;
        for (size_t i = 0; i < count; i++) {
            const oracle_leg *leg = &o->legs[today[i]];
            if (leg->accounts[0] == account || leg->accounts[1] == account)
                members[member_count++] = today[i];
        }
        oracle_own_order(o, account, members, member_count);
    }
    for (size_t placed = 0; placed < count; placed++) {
        size_t best = SIZE_MAX;
        int32_t earliest = INT32_MAX;
        for (size_t i = 0; i < count; i++) {
            const oracle_leg *leg = &o->legs[today[i]];
            if (!leg->placed && leg->second < earliest) earliest = leg->second;
        }
        for (size_t i = 0; i < count; i++) {
            const oracle_leg *leg = &o->legs[today[i]];
            if (instants && leg->second != earliest) continue; /* an instant is done first */
            if (leg->placed || !oracle_is_free(o, today[i], today, count, false)) continue;
            if (best == SIZE_MAX || leg->second < o->legs[best].second ||
                (leg->second == o->legs[best].second && oracle_content(o, leg, &o->legs[best]) < 0))
                best = today[i];
        }
        bool forced = best == SIZE_MAX;
        for (size_t i = 0; forced && i < count; i++) {
            const oracle_leg *leg = &o->legs[today[i]];
            if (leg->placed || !oracle_is_free(o, today[i], today, count, true) ||
                (instants && leg->second != earliest))
                continue;
            if (best == SIZE_MAX || oracle_content(o, leg, &o->legs[best]) < 0) best = today[i];
        }
        oracle_leg *leg = &o->legs[best];
        leg->placed = true;
        if (forced) o->sensitive[leg->payment] = true;
        if (leg->adjusted) oracle_emit(o, 2 * leg->payment);
        bool second =
            leg->credit && (leg->adjusted || trail_ledger_debit(o->ledger, leg->payment).recorded);
        oracle_emit(o, 2 * leg->payment + (second ? 1 : 0));
    }
}

order_oracle *oracle_order(const trail_ledger *ledger)
{
    order_oracle *o = calloc(1, sizeof *o);
    assert_non_null(o);
    o->ledger = ledger;
    oracle_collect(o);
    for (int32_t day = -1; day < 40; day++) {
        size_t today[ORACLE_LEGS], count = 0;
        for (size_t i = 0; i < o->count; i++)
            if (o->legs[i].day == day) today[count++] = i;
        oracle_day(o, today, count);
    }
    return o;
}
