#include "reconcile/duplicates.h"

#include "support/copies_case.h"
#include "support/failing_alloc.h"

static void the_same_file_twice_changes_no_payment(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    for (int i = 0; i < 2; i++)
        READ_ROWS(&at.ledger, i == 0 ? "a.csv" : "b.csv", 1, FARE(1), FARE(1), FARE(2),
                  {.legs = "r", .payer = 1, .payee = 3, .amount = 100, .day = 2},
                  {.legs = "r", .payer = 1, .payee = 3, .amount = 100, .day = 2});
    assert_int_equal(merge(&at), 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(records_of(&at, i), 2);
        assert_int_equal(reason_at(&at, i), TRAIL_COPY_SAME_FILE);
    }
    stop(&at);
}

/* The balance that a statement opens with does not come back by itself. */
static void a_statement_that_stands_twice_in_its_file_counts_once(void **unused)
{
    (void)unused;
    for (int other = 0; other < 4; other++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.sta", 1, FARE(1), FARE(1), FARE(other == 3 ? 2 : 1), FARE(1));
        is_format(&at, "fin");
        for (uint32_t i = 0; i < 2; i++) {
            trail_statement *said = state(&at, 1, false);
            said->first_record = 2 * i;
            said->end_record = 2 * i + 2;
            said->opening = (trail_stated_balance){TRAIL_BALANCE_BOOKED, 1, 1000};
            said->closing = (trail_stated_balance){TRAIL_BALANCE_BOOKED, 1, 560};
            if (other == 1) said->number = i + 1;
            if (other == 2) said->closing.amount_minor = 1000;
        }
        assert_int_equal(merge(&at), other == 0 ? 2 : 4);
        if (other == 0) assert_int_equal(reason_at(&at, 1), TRAIL_COPY_SAME_STATEMENT);
        if (other == 0) assert_int_equal(records_of(&at, 1), 2);
        stop(&at);
    }
}

static void equal_rows_of_one_file_stay_as_many_as_they_are(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, FARE(1), FARE(1), FARE(1));
    READ_ROWS(&at.ledger, "b.csv", 2, FARE(9), FARE(16), FARE(23));
    assert_int_equal(merge(&at), 6);
    stop(&at);
}

static void overlapping_files_keep_as_many_as_the_file_that_has_most(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, FARE(1), FARE(4), FARE(4), FARE(4), FARE(5));
    READ_ROWS(&at.ledger, "b.csv", 2, FARE(4), FARE(4), FARE(5), FARE(9));
    assert_int_equal(merge(&at), 6);
    assert_int_equal(reason_at(&at, 0), TRAIL_COPY_OVERLAP);
    stop(&at);
}

static void a_third_file_adds_its_records_to_the_same_payments(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, FARE(4), FARE(4));
    READ_ROWS(&at.ledger, "b.csv", 2, FARE(4), FARE(4), FARE(4));
    READ_ROWS(&at.ledger, "c.csv", 3, FARE(4), FARE(7));
    assert_int_equal(merge(&at), 4);
    size_t most = 0;
    for (uint32_t i = 0; i < 4; i++)
        most = records_of(&at, i) > most ? records_of(&at, i) : most;
    assert_int_equal(most, 3);
    stop(&at);
}

static void another_amount_day_currency_account_or_direction_is_another_row(void **unused)
{
    (void)unused;
    const reading_row others[] = {
        {.legs = "d", .payer = 1, .amount = 221, .day = 1, .text = "bus"},
        {.legs = "d", .payer = 1, .amount = 220, .day = 2, .text = "tram"},
        {.legs = "d", .payer = 1, .amount = 220, .day = 1, .text = "tram", .currency = "USD"},
        {.legs = "d", .payer = 2, .amount = 220, .day = 1, .text = "tram"},
        {.legs = "c", .payee = 1, .amount = 220, .day = 1, .text = "tram"},
        {.legs = "d", .payer = 1, .amount = 220, .day = 1, .text = "bus"},
        {.legs = "d", .payer = 1, .payee = 2, .amount = 220, .day = 1, .text = "tram"},
        {.legs = "d", .payer = 1, .amount = 220, .day = 1, .text = "tram", .reference = "R"},
        {.legs = "d", .payer = 1, .amount = 220, .day = 1, .text = "tram", .time = 60}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(others); i++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.csv", 1, FARE(1));
        is_format(&at, "camt");
        reading_rows(&at.ledger, "b.csv", 2, &others[i], 1);
        is_format(&at, "camt");
        assert_int_equal(merge(&at), 2);
        stop(&at);
    }
}

static void text_is_compared_folded(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, TO_2(1, .amount = 5, .text = "Rent  MAY"));
    READ_ROWS(&at.ledger, "b.csv", 2, TO_2(1, .amount = 5, .text = "rent may"));
    assert_int_equal(merge(&at), 1);
    stop(&at);
}

static void a_page_that_goes_on_at_the_balance_repeats_nothing(void **unused)
{
    (void)unused;
    for (int chained = 0; chained < 2; chained++) {
        fixture at;
        start(&at);
        READ_ROWS(&at.ledger, "a.csv", 1, FARE(1), FARE(2));
        state(&at, 1, false)->closing =
            (trail_stated_balance){TRAIL_BALANCE_PAGE, 2, chained ? 9560 : 9000};
        READ_ROWS(&at.ledger, "b.csv", 2, FARE(2), FARE(3));
        state(&at, 1, false)->opening = (trail_stated_balance){TRAIL_BALANCE_PAGE, 2, 9560};
        assert_int_equal(merge(&at), chained ? 4 : 3);
        stop(&at);
    }
}

#define ROW_1_3(reference_)                                                                        \
    {                                                                                              \
        .legs = "r", .payer = 1, .payee = 3, .amount = 100, .day = 2, .reference = (reference_)    \
    }

static void transfer_rows_are_one_only_by_their_reference(void **unused)
{
    (void)unused;
    fixture at;
    start(&at);
    READ_ROWS(&at.ledger, "a.csv", 1, ROW_1_3("T1"), ROW_1_3("NOTPROVIDED"), ROW_1_3(NULL),
              ROW_1_3("T2"));
    READ_ROWS(&at.ledger, "b.csv", 2, ROW_1_3("T1"), ROW_1_3("NOTPROVIDED"), ROW_1_3(NULL),
              ROW_1_3("T3"), FARE(4));
    assert_int_equal(merge(&at), 8);
    assert_int_equal(reason_at(&at, 0), TRAIL_COPY_TRANSFER);
    stop(&at);
}

static uint64_t tiny_step(uint64_t *seed, uint64_t below)
{
    return tiny_random(seed, (uint32_t)below);
}

static int64_t content_sum(const trail_ledger *ledger)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < ledger->count; i++) {
        const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[i]);
        int64_t value = ledger->amount_minor[i] * 1000 + ledger->booking_day[i] * 10 +
                        (ledger->flags[i] & 3) + (detail != NULL ? detail->text : 0) * 7;
        sum += value * value % 1000003;
    }
    return sum;
}

/* A file, and the same file cut into two that overlap by whole days. */
static void a_file_cut_into_overlapping_pieces_gives_the_same_payments(void **unused)
{
    (void)unused;
    uint64_t seed = 5;
    for (int round = 0; round < 300; round++) {
        reading_row rows[40];
        size_t count = 1 + tiny_step(&seed, 40);
        int day = 0;
        for (size_t i = 0; i < count; i++) {
            day += tiny_step(&seed, 3) == 0;
            rows[i] = (reading_row){.legs = tiny_step(&seed, 2) ? "d" : "c",
                                    .payer = 1,
                                    .payee = 2,
                                    .amount = 1 + (int64_t)tiny_step(&seed, 3),
                                    .day = day,
                                    .text = tiny_step(&seed, 2) ? "tram" : "bus"};
        }
        int from = (int)tiny_step(&seed, (uint64_t)day + 1);
        int to = from + (int)tiny_step(&seed, (uint64_t)(day - from) + 1);
        fixture whole, cut;
        start(&whole);
        reading_rows(&whole.ledger, "a.csv", 1, rows, count);
        start(&cut);
        (void)reading_string(&cut.ledger, rows[0].text);
        for (int piece = 0; piece < 2; piece++) {
            reading_file(&cut.ledger, piece == 0 ? "a.csv" : "b.csv", (uint8_t)(piece + 2));
            for (size_t i = 0; i < count; i++)
                if (piece == 0 ? rows[i].day <= to : rows[i].day >= from)
                    (void)reading_row_add(&cut.ledger, &rows[i]);
        }
        assert_int_equal(merge(&cut), count);
        assert_int_equal(content_sum(&cut.ledger), content_sum(&whole.ledger));
        assert_int_equal(
            cut.found.conflicts.count + cut.found.alone.count + cut.found.possible.count, 0);
        stop(&whole);
        stop(&cut);
    }
}

static void the_order_of_files_changes_nothing(void **unused)
{
    (void)unused;
    uint64_t seed = 9;
    static const char *const formats[] = {"mt940", "csv", "camt"};
    for (int round = 0; round < 300; round++) {
        reading_row rows[3][5];
        int64_t sums[2];
        size_t counts[2], copies[2], possible[2];
        for (size_t i = 0; i < 15; i++) {
            static const char *const references[] = {NULL, "REF0001", "REF0002"};
            static const char *const texts[] = {NULL, "tram", "bus"};
            rows[i / 5][i % 5] = (reading_row){.legs = "d",
                                               .payer = 1,
                                               .amount = 1 + (int64_t)tiny_step(&seed, 2),
                                               .day = (int)tiny_step(&seed, 4),
                                               .reference = references[tiny_step(&seed, 3)],
                                               .text = texts[tiny_step(&seed, 3)]};
        }
        for (size_t turn = 0; turn < 2; turn++) {
            fixture at;
            start(&at);
            (void)reading_string(&at.ledger, "tram");
            (void)reading_string(&at.ledger, "bus");
            for (size_t k = 0; k < 3; k++) {
                size_t file = turn == 0 ? k : 2 - k;
                reading_rows(&at.ledger, "x", (uint8_t)(file + 1), rows[file], 5);
                is_format(&at, formats[file]);
            }
            counts[turn] = merge(&at);
            copies[turn] = at.found.copies.count;
            possible[turn] = at.found.possible.count;
            sums[turn] = content_sum(&at.ledger);
            stop(&at);
        }
        assert_int_equal(counts[0], counts[1]);
        assert_int_equal(copies[0], copies[1]);
        assert_int_equal(possible[0], possible[1]);
        assert_int_equal(sums[0], sums[1]);
    }
}

static trail_status run_once(void *context, trail_error *err)
{
    (void)context;
    fixture at;
    failing_alloc_at(0);
    start(&at);
    READ_ROWS(&at.ledger, "a.sta", 1, FARE(1), TO_2(4, .amount = 5, .reference = "ABC1234"),
              FARE(4), FARE(5), FARE(9));
    is_format(&at, "mt940");
    READ_ROWS(&at.ledger, "b.csv", 2, FARE(1), TO_2(4, .amount = 5, .text = "ABC1234"), FARE(9),
              TO_2(5, .amount = 5, .text = "other"));
    is_format(&at, "csv");
    READ_ROWS(&at.ledger, "c.csv", 2, FARE(1), TO_2(4, .amount = 5, .text = "ABC1234"), FARE(9),
              TO_2(5, .amount = 5, .text = "other"));
    is_format(&at, "csv");
    (void)context;
    trail_status status = TRAIL_OK;
    size_t nth = *(size_t *)context;
    failing_alloc_at(nth);
    status = trail_duplicates_merge(&at.ledger, &at.found, NULL, err);
    failing_alloc_at(0);
    stop(&at);
    return status;
}

static void every_failure_cleans_up(void **unused)
{
    (void)unused;
    trail_status status = TRAIL_NO_MEMORY;
    size_t nth = 1;
    for (; status == TRAIL_NO_MEMORY && nth < 1000; nth++) {
        trail_error err = {TRAIL_OK, ""};
        status = run_once(&nth, &err);
        if (status == TRAIL_NO_MEMORY) assert_true(err.message[0] != '\0');
    }
    assert_int_equal(status, TRAIL_OK);
    assert_true(nth > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_file_twice_changes_no_payment),
        cmocka_unit_test(a_statement_that_stands_twice_in_its_file_counts_once),
        cmocka_unit_test(equal_rows_of_one_file_stay_as_many_as_they_are),
        cmocka_unit_test(overlapping_files_keep_as_many_as_the_file_that_has_most),
        cmocka_unit_test(a_third_file_adds_its_records_to_the_same_payments),
        cmocka_unit_test(another_amount_day_currency_account_or_direction_is_another_row),
        cmocka_unit_test(text_is_compared_folded),
        cmocka_unit_test(a_page_that_goes_on_at_the_balance_repeats_nothing),
        cmocka_unit_test(transfer_rows_are_one_only_by_their_reference),
        cmocka_unit_test(a_file_cut_into_overlapping_pieces_gives_the_same_payments),
        cmocka_unit_test(the_order_of_files_changes_nothing),
        cmocka_unit_test(every_failure_cleans_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
