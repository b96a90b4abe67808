/* Ledgers made by hand for the tests of graphs, routes and groups: accounts 0..n-1, payments added
 * in the main order. Payments have both legs recorded unless said otherwise. */
#ifndef TESTS_SUPPORT_TINY_LEDGER_H
#define TESTS_SUPPORT_TINY_LEDGER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "model/ledger.h"

#define BOTH (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT)

static inline trail_currency currency_of(const char *code)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    assert_true(trail_currency_find(trail_slice_of(code), &currency));
    return currency;
}

static inline void tiny_open(trail_ledger *ledger, uint32_t account_count)
{
    assert_int_equal(trail_ledger_init(ledger, NULL), TRAIL_OK);
    for (uint32_t i = 0; i < account_count; i++) {
        char number[16];
        (void)snprintf(number, sizeof number, "%08u", i);
        char key[TRAIL_ACCOUNT_KEY_LIMIT];
        size_t length = 0;
        assert_true(
            trail_account_key(trail_slice_of("BANK"), trail_slice_of(number), key, &length));
        trail_slice slice = {key, length};
        uint32_t account = TRAIL_NO_ACCOUNT;
        assert_int_equal(
            trail_accounts_put(ledger->accounts, slice, trail_strings_hash(slice), &account, NULL),
            TRAIL_OK);
        assert_int_equal(account, i);
    }
    ledger->finished = true;
}

/* A payment of both legs in EUR, day without time. Returns its number. */
static inline trail_entry tiny_entry(uint32_t payer, uint32_t payee, int64_t minor, int32_t day)
{
    return (trail_entry){.payer = payer,
                         .payee = payee,
                         .amount_minor = minor,
                         .booking_day = day,
                         .booking_second = TRAIL_NO_TIME,
                         .currency = currency_of("EUR"),
                         .kind = TRAIL_KIND_TRANSFER,
                         .flags = BOTH};
}

static inline uint32_t tiny_add(trail_ledger *ledger, trail_entry entry)
{
    assert_int_equal(trail_ledger_add(ledger, &entry, NULL), TRAIL_OK);
    return (uint32_t)(ledger->count - 1);
}

static inline uint32_t tiny_pay(trail_ledger *ledger, uint32_t payer, uint32_t payee, int64_t minor,
                                int32_t day)
{
    return tiny_add(ledger, tiny_entry(payer, payee, minor, day));
}

/* Call in account order. */
static inline void tiny_observe(trail_ledger *ledger, uint32_t account, int32_t from, int32_t to)
{
    trail_observation observation = {.account = account, .from_day = from, .to_day = to};
    assert_int_equal(trail_vector_push(&ledger->observations, &observation, NULL), TRAIL_OK);
}

/* The same numbers on every machine. */
static inline uint32_t tiny_random(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

#endif
