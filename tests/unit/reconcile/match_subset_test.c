#include "reconcile/match_subset.h"

#include "support/failing_alloc.h"
#include "support/reading.h"

static const trail_subset *only(const trail_subsets *found)
{
    assert_int_equal(found->found.count, 1);
    return trail_vector_at(&found->found, 0);
}

static uint32_t part(const trail_subsets *found, size_t place)
{
    return *(const uint32_t *)trail_vector_at(&found->parts, place);
}

static void debit_and_credits(trail_ledger *ledger, int64_t total, const int64_t *parts,
                              size_t count, bool mirrored)
{
    reading_open(ledger, 4);
    reading_row row = {.legs = mirrored ? "c" : "d", .payer = 1, .payee = 2, .amount = total};
    row.day = mirrored ? 11 : 10;
    reading_rows(ledger, "a.csv", 1, &row, 1);
    reading_file(ledger, "b.csv", 2);
    for (size_t i = 0; i < count; i++) {
        row =
            (reading_row){.legs = mirrored ? "d" : "c", .payer = 1, .payee = 2, .amount = parts[i]};
        row.day = mirrored ? 10 : 11;
        (void)reading_row_add(ledger, &row);
    }
}

static size_t found_for(int64_t total, const int64_t *parts, size_t count, bool mirrored)
{
    trail_ledger ledger;
    trail_subsets found;
    debit_and_credits(&ledger, total, parts, count, mirrored);
    assert_int_equal(trail_subsets_find(&found, &ledger, NULL), TRAIL_OK);
    size_t number = found.found.count;
    trail_subsets_clear(&found);
    trail_ledger_clear(&ledger);
    return number;
}

static void a_total_that_one_choice_of_rows_makes_is_found_on_either_side(void **state)
{
    static const int64_t parts[] = {700, 5, 300, 11};
    (void)state;
    for (int mirrored = 0; mirrored <= 1; mirrored++) {
        trail_ledger ledger;
        trail_subsets found;
        debit_and_credits(&ledger, 1000, parts, 4, mirrored == 1);
        assert_int_equal(trail_subsets_find(&found, &ledger, NULL), TRAIL_OK);
        const trail_subset *subset = only(&found);
        assert_int_equal(subset->total, 0);
        assert_int_equal(subset->count, 2);
        assert_int_equal(part(&found, subset->first), 1);
        assert_int_equal(part(&found, subset->first + 1), 3);
        assert_int_equal(ledger.flags[0] & TRAIL_MAY_BE_DOUBLE, 0);
        trail_subsets_clear(&found);
        trail_ledger_clear(&ledger);
    }
}

static void two_choices_or_none_say_nothing(void **state)
{
    static const int64_t twice[] = {700, 300, 600, 400}, none[] = {700, 301}, equal[] = {500, 500},
                         like[] = {500, 500, 500};
    (void)state;
    assert_int_equal(found_for(1000, twice, 4, false), 0);
    assert_int_equal(found_for(1000, none, 2, false), 0);
    assert_int_equal(found_for(1000, equal, 2, false), 1);
    assert_int_equal(found_for(1000, like, 3, false), 0);
}

static void more_rows_than_the_bound_say_nothing(void **state)
{
    int64_t parts[TRAIL_SUBSET_ROWS + 1];
    (void)state;
    for (size_t i = 0; i <= TRAIL_SUBSET_ROWS; i++)
        parts[i] = (int64_t)1 << i;
    assert_int_equal(found_for(4095, parts, TRAIL_SUBSET_ROWS, false), 1);
    assert_int_equal(found_for(4099, parts, TRAIL_SUBSET_ROWS + 1, false), 0);
}

static void rows_of_other_days_accounts_or_currencies_are_no_parts(void **state)
{
    (void)state;
    const struct {
        reading_row row;
        size_t count;
    } cases[] = {{{.payer = 1, .payee = 2, .day = 13}, 1},
                 {{.payer = 1, .payee = 2, .day = 14}, 0},
                 {{.payer = 1, .payee = 2, .day = 9}, 0},
                 {{.payer = 3, .payee = 2, .day = 10}, 0},
                 {{.payer = 0, .payee = 2, .day = 10}, 0},
                 {{.payer = 1, .payee = 3, .day = 10}, 0},
                 {{.payer = 1, .payee = 2, .day = 10, .currency = "USD"}, 0}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(cases); i++) {
        trail_ledger ledger;
        trail_subsets found;
        static const int64_t part_of_it[] = {600};
        debit_and_credits(&ledger, 1000, part_of_it, 1, false);
        reading_row row = cases[i].row;
        row.legs = "c";
        row.amount = 400;
        (void)reading_row_add(&ledger, &row);
        assert_int_equal(trail_subsets_find(&found, &ledger, NULL), TRAIL_OK);
        if (found.found.count != cases[i].count) fail_msg("case %zu", i);
        trail_subsets_clear(&found);
        trail_ledger_clear(&ledger);
    }
}

/* Every choice, tried one by one. */
static void what_is_found_is_what_trying_every_choice_finds(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint64_t round = 0; round < 3000; round++) {
        uint64_t seed = round;
        int64_t parts[TRAIL_SUBSET_ROWS];
        size_t count = 2 + tiny_random(&seed, 7), fits = 0;
        int64_t total = 20 + tiny_random(&seed, 40);
        for (size_t i = 0; i < count; i++)
            parts[i] = 1 + tiny_random(&seed, 30);
        for (uint32_t choice = 1; choice < 1u << count; choice++) {
            int64_t sum = 0;
            unsigned taken = 0;
            for (size_t i = 0; i < count; i++) {
                if ((choice & 1u << i) == 0) continue;
                sum += parts[i];
                taken++;
            }
            fits += sum == total && taken >= 2;
        }
        /* A part may itself be the sum of nothing: totals stand on the other side alone. */
        if (found_for(total, parts, count, false) != (fits == 1))
            fail_msg("round %d: %zu choices", (int)round, fits);
        found += fits == 1;
    }
    assert_true(found > 200);
}

static void every_allocation_may_fail(void **state)
{
    static const int64_t parts[] = {700, 5, 300, 11};
    trail_ledger ledger;
    (void)state;
    debit_and_credits(&ledger, 1000, parts, 4, false);
    for (size_t n = 1;; n++) {
        trail_subsets found;
        failing_alloc_at(n);
        trail_status status = trail_subsets_find(&found, &ledger, NULL);
        failing_alloc_at(0);
        trail_subsets_clear(&found);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
    }
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_that_one_choice_of_rows_makes_is_found_on_either_side),
        cmocka_unit_test(two_choices_or_none_say_nothing),
        cmocka_unit_test(more_rows_than_the_bound_say_nothing),
        cmocka_unit_test(rows_of_other_days_accounts_or_currencies_are_no_parts),
        cmocka_unit_test(what_is_found_is_what_trying_every_choice_finds),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
