/* Proceeds: the payments through which the crime's money enters (model section 7). */
#ifndef TRAIL_TRACE_PROCEEDS_H
#define TRAIL_TRACE_PROCEEDS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "evidence/people.h"
#include "model/ledger.h"

/* As the case file says it; all conditions together. NULL / TRAIL_NO_DAY / has_… false = not
 * given. */
typedef struct trail_proceeds_rule {
    const char *id, *why;
    bool has_amount;
    const char *amount_text; /* decimal as written */
    const char *from, *to;   /* listed account, person's key, or number as written */
    const char *from_bank, *to_bank;
    int32_t between_first, between_last;
    const char *min_text, *max_text;
    const char *currency; /* select: currency */
    const char *text;     /* folded text contains */
    const char *file;     /* with line: the record at that physical line */
    uint64_t file_line;
    int line; /* in the case file */
} trail_proceeds_rule;

/* One source of proceeds per rule id and currency, in declared order. */
typedef struct trail_proceeds {
    const trail_proceeds_rule *rule;
    trail_currency currency;
    int64_t amount_minor; /* to be marked in all */
    trail_vector marks;   /* of trail_mark, in the main order */
} trail_proceeds;

typedef struct trail_mark {
    uint32_t payment;
    int64_t amount_minor; /* marked on this payment, <= its amount */
    bool at_debit;        /* in the payer's currency: the paying pocket is observed (B8.3) */
} trail_mark;

/* A logged decision: the payment is (not) among the proceeds of that id. */
typedef struct trail_decided_proceeds {
    const char *id;
    uint32_t payment;
    bool refused;
    bool *applied; /* set true when it changed the selection */
} trail_decided_proceeds;

/* Selects payments for each rule; then what was decided of single payments is applied (decided: of
 * trail_decided_proceeds, NULL: nothing). TRAIL_USAGE naming the condition that emptied a
 * selection. A debit and a credit that may be one payment, both selected: only the credit is
 * marked, and `notes` (vector of char *, trail_free each) says so. proceeds: vector of
 * trail_proceeds. */
trail_status trail_proceeds_select(const trail_ledger *ledger, const trail_people *people,
                                   const trail_proceeds_rule *rules, size_t rule_count,
                                   const trail_vector *doubles, const trail_vector *decided,
                                   trail_vector *proceeds, trail_vector *notes,
                                   trail_error *err) TRAIL_MUST_CHECK;
void trail_proceeds_clear(trail_vector *proceeds);

#endif
