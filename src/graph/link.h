/* Links: all payments of one ordered pair of accounts in one currency, summed. */
#ifndef TRAIL_GRAPH_LINK_H
#define TRAIL_GRAPH_LINK_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "model/ledger.h"

/* The currency and amounts are the debit side's. Void payments and ends without account are left
 * out; a conversion on one account is a link from the account to itself. A link's payments that may
 * be double are counted in count and amount, and told apart in may_be_double. */
typedef struct trail_link {
    uint32_t payer, payee;
    trail_currency currency;
    uint32_t count;
    uint32_t may_be_double;
    int64_t amount_minor;
    int32_t first_day, last_day;
} trail_link;

/* links: becomes a vector of trail_link sorted by (payer, payee, currency). Counting sort by each
 * key: O(payments + accounts). TRAIL_OVERFLOW when a sum leaves int64. */
trail_status trail_links_of(const trail_ledger *ledger, trail_vector *links,
                            trail_error *err) TRAIL_MUST_CHECK;

#endif
