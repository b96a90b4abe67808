/* Accounts that may be one and were left apart, and numbers that were joined: questions put to the
 * reader, never merges. */
#ifndef TRAIL_MODEL_ACCOUNT_SAME_H
#define TRAIL_MODEL_ACCOUNT_SAME_H

#include "model/account.h"

#define TRAIL_SAME_CANDIDATES 5 /* more of a kind are counted, not listed */

typedef enum trail_same_reason {
    TRAIL_SAME_NUMBER = 0,    /* equal number, two banks or one without */
    TRAIL_SAME_JOINED,        /* `joined` was joined to first: nothing was left apart */
    TRAIL_SAME_NATIONAL,      /* second's number is the account's part of first, an IBAN */
    TRAIL_SAME_SHOWN_IN_PART, /* second is shown in part, and what is shown fits first */
    TRAIL_SAME_MISREAD        /* second becomes first, an IBAN, if O is 0, I is 1, B is 8 */
} trail_same_reason;

typedef struct trail_same_number {
    uint32_t first;  /* TRAIL_NO_ACCOUNT: `others` accounts, too many to list */
    uint32_t second; /* of a joined number, the same account */
    uint32_t joined; /* TRAIL_SAME_JOINED: index for trail_accounts_joined */
    uint32_t others;
    trail_same_reason reason;
} trail_same_number;

/* Vector of trail_same_number: by reason, then in key order. Settled accounts only. O(n log n). */
trail_status trail_accounts_same_numbers(const trail_accounts *accounts, trail_vector *pairs,
                                         trail_error *err) TRAIL_MUST_CHECK;

#endif
