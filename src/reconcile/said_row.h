/* What one entry says, as duplicates, reversals and their conflicts compare it: one record's leg on
 * its own account, or both legs of a transfer row. */
#ifndef TRAIL_RECONCILE_SAID_ROW_H
#define TRAIL_RECONCILE_SAID_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model/ledger.h"

typedef struct trail_said_row {
    const trail_detail *detail; /* never NULL */
    int64_t signed_minor;       /* credits positive; a transfer row: paid, negative */
    int64_t received_minor;     /* of a transfer row */
    uint32_t own, other;        /* accounts; a transfer row: payer and payee */
    uint32_t name;              /* string id: the counterparty's */
    uint32_t record;
    int32_t day, second;
    trail_currency currency, received_currency;
    bool transfer; /* both legs stand in one record */
} trail_said_row;

trail_said_row trail_said_row_of(const trail_ledger *ledger, uint32_t entry);

/* References of a record that name one payment (string ids; NOTPROVIDED and its like left out). */
#define TRAIL_REFERENCES_MAX 6
typedef struct trail_said_references {
    uint32_t ids[TRAIL_REFERENCES_MAX];
    uint32_t count;
    uint32_t uetr, end_to_end; /* 0 if not said */
} trail_said_references;
trail_said_references trail_said_references_of(const trail_ledger *ledger, uint32_t record);
/* One of a's is one of b's. */
bool trail_said_references_share(const trail_said_references *a, const trail_said_references *b);

/* False for blanks, NONREF, NOTPROVIDED and the like: a reference that names no payment. */
bool trail_reference_names(trail_slice reference);

#endif
