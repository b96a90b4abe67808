/* Invented replies of several banks, of which it is known which two records are one transfer. The
 * shares of everything (fees, other currencies, days between, round amounts, parties left out,
 * repeats, batches, references, overlaps) are drawn anew for each seed, in wide ranges, and know
 * nothing of the weights. */
#ifndef BENCH_REPLIES_H
#define BENCH_REPLIES_H

#include "reconcile/rates.h"

#include "model/ledger.h"

typedef struct reply_leg {
    uint32_t transfer; /* what is true */
    uint32_t own, other;
    int64_t amount;
    int32_t day, lag;
    trail_currency currency;
    bool credit, names_account, names_party;
    uint32_t reference; /* 0: none */
    int64_t stated_charge;
} reply_leg;

/* Shares in thousandths, drawn for each seed. */
typedef struct reply_setting {
    uint32_t round, fee, fee_stated, other_currency, no_account, names, shared_reference,
        empty_reference, repeat, batch, unseen, lag[6];
    int32_t overlap_from, overlap_to; /* days that both files of a bank show */
} reply_setting;

typedef struct replies {
    uint64_t random;
    reply_setting rates;
    uint32_t accounts, transfer_limit;
    trail_vector legs; /* of reply_leg: each leg once, however many files show it */
    trail_ledger ledger;
    trail_vector truth; /* of uint32_t, by record: its leg */
} replies;

/* About so many transfers. `turn` gives the files in another order and each file's rows in another
 * order: the same evidence. */
void replies_make(replies *made, uint32_t transfers, uint64_t seed, bool turn);
void replies_clear(replies *made);
/* Reference rates of the days of the replies; trail_rates_free. */
trail_rates *replies_rates(void);

#endif
