#include "reconcile/main_order.h"

#include <stdlib.h>

#include "reconcile/order_block.h"
#include "reconcile/matching.h"
#include "reconcile/plain_order.h"
#include "support/failing_alloc.h"
#include "support/order_case.h"
#include "support/order_oracle.h"

static uint32_t event_at(const trail_ledger *ledger, size_t place)
{
    return ledger->events != NULL ? ledger->events[place] : (uint32_t)(2 * place);
}

static size_t event_count(const trail_ledger *ledger)
{
    return ledger->events != NULL ? ledger->event_count : ledger->count;
}

/* Payments move, so an event is told by the record of its leg: mark of the file and ordinal. */
static uint64_t leg_name(const trail_ledger *ledger, uint32_t event)
{
    uint32_t payment = event / 2;
    uint32_t record = event % 2 == 1 ? trail_ledger_credit_side(ledger, payment)->record
                                     : ledger->record[payment];
    uint64_t file = trail_records_file(&ledger->records, record)->hash[0];
    return file << 48 | (uint64_t)trail_records_ordinal(&ledger->records, record) << 16 |
           ledger->flags[payment];
}

static void pair_and_order(trail_ledger *ledger, uint32_t **moved)
{
    trail_matching matching;
    assert_int_equal(trail_match_payments(ledger, NULL, &matching, NULL), TRAIL_OK);
    trail_matching_clear(&matching);
    assert_int_equal(trail_main_order(ledger, moved, NULL), TRAIL_OK);
}

static void random_cases_stand_as_the_obvious_sort_puts_them(void **state)
{
    (void)state;
    size_t sensitive = 0, adjusted = 0, two = 0, balanced = 0;
    for (uint64_t round = 0; round < 4000; round++) {
        uint64_t seed = round;
        order_case c;
        trail_ledger ledger;
        trail_matching matching;
        uint32_t *moved = NULL;
        case_make(&c, &seed);
        case_read(&ledger, &c, NULL);
        assert_int_equal(trail_match_payments(&ledger, NULL, &matching, NULL), TRAIL_OK);
        trail_matching_clear(&matching);
        order_oracle *oracle = oracle_order(&ledger);
        assert_int_equal(trail_main_order(&ledger, &moved, NULL), TRAIL_OK);
        assert_true(ledger.finished);
        assert_int_equal(event_count(&ledger), oracle->event_count);
        for (size_t i = 0; i < oracle->event_count; i++) {
            uint32_t expected = 2 * moved[oracle->events[i] / 2] + oracle->events[i] % 2;
            if (event_at(&ledger, i) != expected) fail_msg("round %d, leg %zu", (int)round, i);
        }
        for (uint32_t i = 0; i < ledger.count; i++) {
            bool is = (ledger.flags[moved[i]] & TRAIL_ORDER_SENSITIVE) != 0;
            if (is != oracle->sensitive[i]) fail_msg("round %d, payment %u", (int)round, i);
            sensitive += is;
            adjusted += (ledger.flags[i] & TRAIL_ORDER_ADJUSTED) != 0;
            two += (ledger.flags[i] & TRAIL_TWO_RECORDS) != 0;
        }
        for (size_t f = 0; f < c.file_count; f++)
            balanced += c.files[f].count > 0 && c.files[f].rows[0].has_balance;
        trail_free(moved);
        free(oracle);
        trail_ledger_clear(&ledger);
    }
    /* The cases have what they are to test. */
    assert_true(sensitive > 30 && adjusted > 50 && two > 1000 && balanced > 1000);
}

static void a_debit_always_stands_before_its_own_credit(void **state)
{
    (void)state;
    for (uint64_t round = 5000; round < 6000; round++) {
        uint64_t seed = round;
        order_case c;
        trail_ledger ledger;
        case_make(&c, &seed);
        case_read(&ledger, &c, NULL);
        pair_and_order(&ledger, NULL);
        bool seen[2 * CASE_FILES * CASE_ROWS] = {false};
        for (size_t i = 0; i < event_count(&ledger); i++) {
            uint32_t event = event_at(&ledger, i);
            assert_false(seen[event]);
            seen[event] = true;
            if (event % 2 == 1) assert_true(seen[event - 1]);
            bool adjusted = event % 2 == 0 && (ledger.flags[event / 2] & TRAIL_ORDER_ADJUSTED) != 0;
            if (adjusted) assert_int_equal(event_at(&ledger, i + 1), event + 1);
        }
        trail_ledger_clear(&ledger);
    }
}

static void reading_the_files_in_another_order_changes_nothing(void **state)
{
    (void)state;
    for (uint64_t round = 10000; round < 13000; round++) {
        uint64_t seed = round;
        order_case c;
        trail_ledger ledgers[2];
        size_t order[CASE_FILES] = {0, 1, 2, 3};
        case_make(&c, &seed);
        for (size_t i = c.file_count; i > 1; i--) {
            size_t k = tiny_random(&seed, (uint32_t)i), swap = order[k];
            order[k] = order[i - 1];
            order[i - 1] = swap;
        }
        case_read(&ledgers[0], &c, NULL);
        case_read(&ledgers[1], &c, order);
        for (size_t i = 0; i < 2; i++)
            pair_and_order(&ledgers[i], NULL);
        assert_int_equal(event_count(&ledgers[0]), event_count(&ledgers[1]));
        for (size_t i = 0; i < event_count(&ledgers[0]); i++) {
            if (leg_name(&ledgers[0], event_at(&ledgers[0], i)) !=
                leg_name(&ledgers[1], event_at(&ledgers[1], i)))
                fail_msg("round %d, leg %zu", (int)round, i);
        }
        for (size_t i = 0; i < 2; i++)
            trail_ledger_clear(&ledgers[i]);
    }
}

/* Cuts the file before a row that begins a day, or an instant where all rows have times in order.
 * False when there is none. */
static bool cut(const order_case *c, order_case *out, size_t file, uint64_t *seed)
{
    const case_rows *rows = &c->files[file];
    bool timed = true;
    for (size_t i = 0; i < rows->count; i++) {
        bool rises = i == 0 || rows->rows[i - 1].day < rows->rows[i].day ||
                     rows->rows[i - 1].time <= rows->rows[i].time;
        timed = timed && rows->rows[i].time > 0 && rises;
    }
    size_t places[CASE_ROWS], count = 0;
    for (size_t i = 1; i < rows->count; i++) {
        bool new_day = rows->rows[i - 1].day < rows->rows[i].day;
        if (new_day || (timed && rows->rows[i - 1].time < rows->rows[i].time)) places[count++] = i;
    }
    if (count == 0 || c->file_count == CASE_FILES) return false;
    size_t at = places[tiny_random(seed, (uint32_t)count)];
    *out = *c;
    out->files[file].count = at;
    out->files[out->file_count].count = rows->count - at;
    memcpy(out->files[out->file_count].rows, rows->rows + at,
           (rows->count - at) * sizeof(reading_row));
    out->file_count++;
    return true;
}

/* Of legs of equal content in two files, the files' hashes decide, and a cut changes those. */
static void tell_twins_apart(order_case *c)
{
    static const char texts[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
                                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    for (size_t f = 0; f < c->file_count; f++)
        for (size_t i = 0; i < c->files[f].count; i++)
            c->files[f].rows[i].text = texts + CASE_ROWS * f + i;
}

/* As leg_name, with the rows of a cut file counted on from those before the cut. */
static uint64_t uncut_name(const trail_ledger *ledger, uint32_t event, const order_case *whole,
                           const order_case *parts, size_t file)
{
    /* Which rows may be double is told by files, not by the order. */
    uint64_t name = leg_name(ledger, event) & ~(uint64_t)TRAIL_MAY_BE_DOUBLE;
    if (parts == NULL || name >> 48 != whole->file_count + 1) return name;
    name = (name & 0xFFFFFFFFFFFFu) + ((uint64_t)parts->files[file].count << 16);
    return name | (uint64_t)(file + 1) << 48;
}

static void cutting_a_file_between_two_instants_changes_nothing(void **state)
{
    (void)state;
    size_t cuts = 0;
    for (uint64_t round = 20000; round < 25000; round++) {
        uint64_t seed = round;
        order_case whole, parts;
        trail_ledger ledgers[2];
        case_make(&whole, &seed);
        size_t file = tiny_random(&seed, (uint32_t)whole.file_count);
        tell_twins_apart(&whole);
        if (!cut(&whole, &parts, file, &seed)) continue;
        cuts++;
        case_read(&ledgers[0], &whole, NULL);
        case_read(&ledgers[1], &parts, NULL);
        for (size_t i = 0; i < 2; i++) {
            for (size_t k = 0; k < ledgers[i].count; k++)
                ledgers[i].flags[k] &= BOTH;
            pair_and_order(&ledgers[i], NULL);
        }
        assert_int_equal(event_count(&ledgers[0]), event_count(&ledgers[1]));
        for (size_t i = 0; i < event_count(&ledgers[0]); i++) {
            if (uncut_name(&ledgers[0], event_at(&ledgers[0], i), &whole, NULL, file) !=
                uncut_name(&ledgers[1], event_at(&ledgers[1], i), &whole, &parts, file))
                fail_msg("round %d, leg %zu", (int)round, i);
        }
        for (size_t i = 0; i < 2; i++)
            trail_ledger_clear(&ledgers[i]);
    }
    assert_true(cuts > 500);
}

static void the_short_way_orders_rows_of_one_file_as_the_long_way(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < 2000; round++) {
        uint64_t seed = round;
        trail_ledger ledger;
        uint32_t events[40], *ranks = NULL;
        size_t count = 2 + tiny_random(&seed, 38);
        reading_open(&ledger, 6);
        reading_file(&ledger, "a.csv", 1);
        for (uint32_t i = 0; i < count; i++) {
            static const char *const legs[] = {"d", "c", "r", "r"};
            reading_row row = {.legs = legs[tiny_random(&seed, 4)],
                               .payer = tiny_random(&seed, 7),
                               .payee = tiny_random(&seed, 7),
                               .amount = tiny_random(&seed, 3)};
            events[i] = 2 * reading_row_add(&ledger, &row);
        }
        assert_int_equal(trail_accounts_number_ranks(ledger.accounts, &ranks, NULL), TRAIL_OK);
        trail_order_block block;
        trail_plain_order plain;
        assert_int_equal(trail_order_block_init(&block, &ledger, ranks, NULL), TRAIL_OK);
        assert_int_equal(trail_plain_order_init(&plain, &ledger, ranks, NULL), TRAIL_OK);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(trail_order_block_add(&block, events[i], NULL), TRAIL_OK);
        assert_int_equal(trail_order_block_place(&block, NULL), TRAIL_OK);
        assert_int_equal(trail_plain_order_place(&plain, events, count, NULL), TRAIL_OK);
        assert_memory_equal(events, block.sorted.items, count * sizeof *events);
        assert_int_equal(block.forced.count, 0);
        trail_order_block_clear(&block);
        trail_plain_order_clear(&plain);
        trail_free(ranks);
        trail_ledger_clear(&ledger);
    }
}

static void a_day_of_a_file_that_lists_the_newest_row_first_is_read_from_its_end(void **state)
{
    trail_ledger ledger;
    (void)state;
    for (int turned = 0; turned < 2; turned++) {
        reading_open(&ledger, 3);
        READ_ROWS(&ledger, "a.csv", 1,
                  {.legs = "c", .payer = 2, .payee = 1, .amount = 30, .day = 9},
                  {.legs = "d", .payer = 1, .payee = 3, .amount = 20, .day = 8},
                  {.legs = "c", .payer = 2, .payee = 1, .amount = 10, .day = 8});
        trail_statement statement = {.account = 0, .end_record = 3, .turned = turned == 1};
        assert_int_equal(trail_vector_push(&ledger.statements, &statement, NULL), TRAIL_OK);
        assert_int_equal(trail_main_order(&ledger, NULL, NULL), TRAIL_OK);
        assert_int_equal(ledger.amount_minor[0], turned == 1 ? 10 : 20);
        assert_int_equal(ledger.amount_minor[1], turned == 1 ? 20 : 10);
        assert_int_equal(ledger.amount_minor[2], 30);
        trail_ledger_clear(&ledger);
    }
}

static void rows_that_could_stand_either_way_follow_the_balance_of_the_day_before(void **state)
{
    trail_ledger ledger;
    (void)state;
    reading_open(&ledger, 3);
    READ_ROWS(&ledger, "a.csv", 1,
              {.legs = "c",
               .payer = 2,
               .payee = 1,
               .amount = 7,
               .day = 1,
               .balance = 600,
               .has_balance = true},
              {.legs = "c",
               .payer = 2,
               .payee = 1,
               .amount = 100,
               .day = 2,
               .balance = 600,
               .has_balance = true},
              {.legs = "d",
               .payer = 1,
               .payee = 3,
               .amount = 100,
               .day = 2,
               .balance = 500,
               .has_balance = true});
    assert_int_equal(trail_main_order(&ledger, NULL, NULL), TRAIL_OK);
    assert_int_equal(ledger.flags[1] & TRAIL_HAS_DEBIT, TRAIL_HAS_DEBIT);
    assert_int_equal(ledger.flags[2] & TRAIL_HAS_CREDIT, TRAIL_HAS_CREDIT);
    trail_ledger_clear(&ledger);
}

static void statements_that_contradict_each_other_are_flagged(void **state)
{
    trail_ledger ledger;
    (void)state;
    reading_open(&ledger, 2);
    /* Each account received before it paid: one of them must have paid first. */
    READ_ROWS(&ledger, "a.csv", 1, {.legs = "c", .payer = 2, .payee = 1, .amount = 5},
              {.legs = "d", .payer = 1, .payee = 2, .amount = 7});
    READ_ROWS(&ledger, "b.csv", 2, {.legs = "c", .payer = 1, .payee = 2, .amount = 7},
              {.legs = "d", .payer = 2, .payee = 1, .amount = 5});
    pair_and_order(&ledger, NULL);
    assert_int_equal(ledger.count, 2);
    size_t flagged = 0;
    for (size_t i = 0; i < 2; i++)
        flagged += (ledger.flags[i] & TRAIL_ORDER_SENSITIVE) != 0;
    assert_int_equal(flagged, 1);
    assert_true(ledger.flags[0] & TRAIL_ORDER_SENSITIVE);
    trail_ledger_clear(&ledger);
}

static void a_debit_booked_after_its_credit_stands_just_before_it_and_is_flagged(void **state)
{
    trail_ledger ledger;
    (void)state;
    reading_open(&ledger, 4);
    READ_ROWS(&ledger, "a.csv", 1,
              {.legs = "d", .payer = 1, .payee = 2, .amount = 5, .day = 3, .time = 900});
    READ_ROWS(&ledger, "b.csv", 2,
              {.legs = "c", .payer = 1, .payee = 2, .amount = 5, .day = 3, .time = 500});
    READ_ROWS(&ledger, "c.csv", 3,
              {.legs = "r", .payer = 3, .payee = 4, .amount = 1, .day = 3, .time = 400},
              {.legs = "r", .payer = 3, .payee = 4, .amount = 2, .day = 3, .time = 500},
              {.legs = "r", .payer = 3, .payee = 4, .amount = 3, .day = 3, .time = 600});
    pair_and_order(&ledger, NULL);
    assert_int_equal(ledger.event_count, 5);
    size_t at = 0;
    while ((ledger.flags[ledger.events[at] / 2] & TRAIL_ORDER_ADJUSTED) == 0)
        at++;
    assert_int_equal(ledger.events[at + 1], ledger.events[at] + 1);
    assert_int_equal(ledger.amount_minor[ledger.events[0] / 2], 1);
    assert_int_equal(ledger.amount_minor[ledger.events[4] / 2], 3);
    trail_ledger_clear(&ledger);
}

static void a_ledger_without_payments_is_in_order(void **state)
{
    trail_ledger ledger;
    (void)state;
    reading_open(&ledger, 2);
    pair_and_order(&ledger, NULL);
    assert_true(ledger.finished);
    assert_int_equal(event_count(&ledger), 0);
    trail_ledger_clear(&ledger);
}

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
    for (size_t nth = 1; nth < 2000; nth++) {
        uint64_t seed = 6;
        order_case c;
        trail_ledger ledger;
        trail_matching matching;
        trail_error err = {TRAIL_OK, ""};
        uint32_t *moved = NULL;
        case_make(&c, &seed);
        case_read(&ledger, &c, NULL);
        assert_int_equal(trail_match_payments(&ledger, NULL, &matching, NULL), TRAIL_OK);
        failing_alloc_at(nth);
        trail_status status = trail_main_order(&ledger, &moved, &err);
        bool reached = failing_alloc_count() >= nth;
        failing_alloc_at(0);
        trail_matching_clear(&matching);
        trail_free(moved);
        trail_ledger_clear(&ledger);
        if (!reached) {
            assert_int_equal(status, TRAIL_OK);
            assert_true(nth > 15);
            return;
        }
        if (status != TRAIL_NO_MEMORY) print_message("allocation %zu was passed over\n", nth);
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_int_equal(err.status, TRAIL_NO_MEMORY);
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_cases_stand_as_the_obvious_sort_puts_them),
        cmocka_unit_test(a_debit_always_stands_before_its_own_credit),
        cmocka_unit_test(reading_the_files_in_another_order_changes_nothing),
        cmocka_unit_test(cutting_a_file_between_two_instants_changes_nothing),
        cmocka_unit_test(the_short_way_orders_rows_of_one_file_as_the_long_way),
        cmocka_unit_test(a_day_of_a_file_that_lists_the_newest_row_first_is_read_from_its_end),
        cmocka_unit_test(rows_that_could_stand_either_way_follow_the_balance_of_the_day_before),
        cmocka_unit_test(statements_that_contradict_each_other_are_flagged),
        cmocka_unit_test(a_debit_booked_after_its_credit_stands_just_before_it_and_is_flagged),
        cmocka_unit_test(a_ledger_without_payments_is_in_order),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
