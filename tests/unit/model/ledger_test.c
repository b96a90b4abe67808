#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/ledger.h"

#include "support/failing_alloc.h"
#include "support/tiny_ledger.h"

static void every_column_keeps_every_payment_as_it_grows(void **state)
{
    (void)state;
    enum { PAYMENTS = 5000 };
    trail_ledger ledger;
    tiny_open(&ledger, 2);
    for (uint32_t i = 0; i < PAYMENTS; i++) {
        trail_entry entry = tiny_entry(i % 2, 1 - i % 2, INT64_C(1) << 40 | i, (int32_t)i);
        entry.record = i;
        tiny_add(&ledger, entry);
    }
    for (uint32_t i = 0; i < PAYMENTS; i++) {
        assert_int_equal(ledger.payer[i], i % 2);
        assert_int_equal(ledger.amount_minor[i], INT64_C(1) << 40 | i);
        assert_int_equal(ledger.booking_day[i], i);
        assert_int_equal(ledger.flags[i], BOTH);
        assert_int_equal(ledger.record[i], i);
    }
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_keeps_every_payment_as_it_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
