/* Two payments that may be one: shown in possible_double.csv, because a total could count them
 * twice. One of them may be a transfer row, which has both legs; of two rows the earlier stands as
 * debit_payment. */
#ifndef TRAIL_RECONCILE_POSSIBLE_DOUBLE_H
#define TRAIL_RECONCILE_POSSIBLE_DOUBLE_H

#include <stdint.h>

typedef struct trail_possible_double {
    uint32_t debit_payment, credit_payment;
    const char *reason; /* "the credit names no payer", ... */
} trail_possible_double;

#endif
