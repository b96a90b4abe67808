/* The weights by which two legs are compared: log2 likelihood ratios in thousandths of a bit
 * (integers, so that sums are the same on every machine). One frozen table; a change of any number
 * is a new version, and outputs name the version they were made with. */
#ifndef TRAIL_RECONCILE_MATCH_WEIGHTS_H
#define TRAIL_RECONCILE_MATCH_WEIGHTS_H

#include <stdint.h>

#define TRAIL_MATCH_VERSION "2"

/* Lags, in days from debit to credit, that are looked at. */
#define TRAIL_LAG_FIRST (-1)
#define TRAIL_LAG_LAST  5
#define TRAIL_LAG_COUNT (TRAIL_LAG_LAST - TRAIL_LAG_FIRST + 1)

/* What adds to a score, each printed under its name. */
typedef enum trail_match_addend {
    TRAIL_MATCH_ADDEND_UETR = 0,
    TRAIL_MATCH_ADDEND_REFERENCE,
    TRAIL_MATCH_ADDEND_MESSAGE, /* a wire message speaks of both legs */
    TRAIL_MATCH_ADDEND_PAYEE_ACCOUNT,
    TRAIL_MATCH_ADDEND_PAYER_ACCOUNT,
    TRAIL_MATCH_ADDEND_PAYEE_NAME,
    TRAIL_MATCH_ADDEND_PAYER_NAME,
    TRAIL_MATCH_ADDEND_AMOUNT,
    TRAIL_MATCH_ADDEND_CHARGE, /* less a charge that no record states */
    TRAIL_MATCH_ADDEND_RATE,   /* another currency */
    TRAIL_MATCH_ADDEND_LAG,
    TRAIL_MATCH_ADDEND_PRIOR,
    TRAIL_MATCH_ADDEND_COUNT
} trail_match_addend;

typedef struct trail_match_weights {
    const char *version;
    int32_t uetr_equal;
    int32_t reference_most;    /* cap of log2((legs + references) / times) */
    int32_t reference_differs; /* end-to-end references of both records */
    int32_t reference_other;   /* other references of both records */
    int32_t reference_strong;  /* at least so much outweighs another account */
    int32_t message_uetr, message_reference, message_accounts;
    int32_t around_least; /* floor of log2(legs of a side within the days looked at) */
    int32_t account_contradicts;
    int32_t name_equal, name_near, name_differs;
    int32_t amount_most;
    int32_t charge_undeclared, amount_unexplained;
    int32_t rate_near, rate_unknown;
    int32_t lag[TRAIL_LAG_COUNT]; /* -1, 0, … 5 days */
    int32_t prior;       /* that a leg's partner is recorded and chance is even; less `around` */
    uint32_t small_case; /* a case of n legs loses log2(1 + this / n) */
    int32_t needed;      /* to be joined */
    int32_t needed_by_names;      /* where only names and the amount tie the legs */
    int32_t margin;               /* lead over the best rival */
    uint32_t reference_times;     /* a reference that occurs more often names no single payment */
    int32_t reference_population; /* references there could have been, log2 */
    unsigned name_equal_permille, name_near_permille, name_differs_permille;
    int64_t charge_units, charge_permille; /* ceiling of an undeclared charge: the greater */
    int64_t rate_permille;                 /* how far from the reference rate */
    uint32_t candidates_a_leg;
} trail_match_weights;

extern const trail_match_weights trail_weights;

/* "payee_account" */
const char *trail_match_addend_name(trail_match_addend addend);

/* log2(value) in thousandths, rounded down; 0 for 0. O(1). */
int32_t trail_log2_millibits(uint64_t value);
/* How many amounts a payer may as well have chosen that are as round as this one, log2 thousandths:
 * an equal amount says less where amounts are round, even in a small case. */
int64_t trail_amount_population(int64_t amount_minor, unsigned exponent);

#endif
