/* Reversals, returns and chargebacks with what they take back, inside one account. Two things that
 * banks write alike: an entry booked in error and taken back (both are void: the money never
 * moved), and money that was paid and came back (a return: a new credit, linked to its original).
 */
#ifndef TRAIL_RECONCILE_REVERSALS_H
#define TRAIL_RECONCILE_REVERSALS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"

#define TRAIL_REVERSAL_DAYS 90 /* domain B7 */

/* By what a row was recognised as taking another one back, strongest last. */
typedef enum trail_reversal_sign {
    TRAIL_REVERSAL_NONE = 0,
    TRAIL_REVERSAL_WORD, /* STORNO and its like as bank code or first word of the text */
    TRAIL_REVERSAL_KIND, /* kind return */
    TRAIL_REVERSAL_MARK, /* R mark, RvslInd */
    TRAIL_REVERSAL_CODE  /* a return by its code or reason: RtrInf, AC04 */
} trail_reversal_sign;
const char *trail_reversal_sign_text(trail_reversal_sign sign);

typedef struct trail_reversal {
    uint32_t original_record, record; /* the legs' own records, which no later stage renumbers */
    int64_t amount_minor;
    int32_t days;
    trail_currency currency;
    uint8_t sign;      /* trail_reversal_sign */
    bool by_reference; /* else by amount and counterparty */
    bool exact;        /* the whole amount */
    bool is_void;      /* both TRAIL_REVERSED: taken out of matching, links and groups */
} trail_reversal;

/* A reversal that could take back several originals: nothing is decided. */
typedef struct trail_reversal_choice {
    uint32_t record, original_record;
} trail_reversal_choice;

typedef struct trail_reversals {
    trail_vector pairs;   /* of trail_reversal, by record */
    trail_vector choices; /* of trail_reversal_choice, by (record, original_record) */
    size_t unpaired;      /* reversals whose original is not in the records */
} trail_reversals;

void trail_reversals_init(trail_reversals *reversals);
void trail_reversals_clear(trail_reversals *reversals);

/* Pairs the one-sided entries and transfer rows of a ledger (before or after matching) and flags
 * void pairs TRAIL_REVERSED: an exact reversal by mark or word whose counterparty is not an
 * account that the data observe (else the other bank shows both, and they are two payments).
 * A reversal takes back the only earlier entry of its account, at most TRAIL_REVERSAL_DAYS before,
 * of the opposite direction, with a shared reference and enough of it left, else of the same
 * amount and not another counterparty; one known by kind or word alone needs the reference or the
 * same named counterparty. O(n log n). */
trail_status trail_reversals_find(trail_ledger *ledger, trail_reversals *reversals,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
