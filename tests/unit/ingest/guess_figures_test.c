#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ingest/guess.h"

static void guess_of(trail_guess *guess, const char *text)
{
    trail_error err = {0};
    if (trail_guess_bytes(guess, trail_slice_of(text), NULL, &err) != TRAIL_OK)
        fail_msg("%s", err.message);
}

static const char *header_of(const trail_guess *guess, int meaning)
{
    const trail_guess_column *column = trail_guess_find(guess, meaning);
    return column == NULL ? "(none)" : column->header != NULL ? column->header : "(no heading)";
}

static const trail_doubt *doubt_on(const trail_guess *guess, trail_guess_subject subject)
{
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (doubt->subject == subject) return doubt;
    }
    return NULL;
}

static void a_wallet_log_gives_statuses_and_fees_that_its_figures_prove(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Date,Account,Phone,Gross,Fee,Net,Currency,Status\n"
                     "2024-01-02,W1,+37120000001,100.00,-3.20,96.80,EUR,Completed\n"
                     "2024-01-13,W1,+37120000002,-50.00,0.00,-50.00,EUR,Completed\n"
                     "2024-01-14,W1,+37120000003,-70.00,1.00,-69.00,EUR,Failed\n");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_FEE), "Fee");
    assert_string_equal(header_of(&guess, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT), "Phone");
    assert_true(guess.profile.fees_signed);
    assert_int_equal(guess.profile.statuses.count, 2);
    const trail_value_rule *failed = trail_vector_at(&guess.profile.statuses, 1);
    assert_int_equal(failed->result, TRAIL_STATUS_NO_PAYMENT);
    trail_guess_clear(&guess);
    guess_of(&guess, "Date,Own account,Gross,Fee,Net,Currency,Status\n"
                     "2024-01-02,W1,100.00,-3.20,96.00,EUR,Refunded\n"
                     "2024-01-13,W1,-50.00,0.00,-50.00,EUR,Completed\n");
    assert_null(trail_guess_find(&guess, TRAIL_COLUMN_FEE));
    assert_false(trail_guess_decided(&guess));
    const trail_doubt *doubt = doubt_on(&guess, TRAIL_GUESS_COLUMN);
    assert_non_null(doubt);
    assert_string_equal(doubt->paste, "statuses: {\"Refunded\": …, \"Completed\": payment}");
    trail_guess_clear(&guess);
}

static void totals_are_proved_by_their_sum_and_footers_by_their_emptiness(void **state)
{
    (void)state;
    trail_guess guess = {0};
    guess_of(&guess, "Datum;Betrag;Text\n13.01.2024;-5,00;Miete\n14.01.2024;7,50;Lohn\n"
                     "15.01.2024;-1,00;Strom\n16.01.2024;-1,00;Strom\n17.01.2024;-1,00;Strom\n"
                     "Summe;-0,50;\nErstellt am 18. Januar;;\nSeite 1;;\n");
    assert_int_equal(guess.profile.totals.count, 1);
    assert_string_equal(*(const char *const *)trail_vector_at(&guess.profile.totals, 0), "Summe");
    assert_string_equal(guess.profile.footer, "Erstellt am 18. Januar");
    trail_guess_clear(&guess);
    guess_of(&guess, "Datum;Betrag;Text\n13.01.2024;-5,00;Miete\n14.01.2024;7,50;Lohn\n"
                     "15.01.2024;-1,00;Strom\nSumme;-0,50;\nErstellt;3,00;\n");
    assert_int_equal(guess.profile.totals.count, 0);
    assert_null(guess.profile.footer);
    trail_guess_clear(&guess);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wallet_log_gives_statuses_and_fees_that_its_figures_prove),
        cmocka_unit_test(totals_are_proved_by_their_sum_and_footers_by_their_emptiness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
