/* The plan of a trace: which pockets each payment moves money between, where it goes otherwise,
 * openings, marks and returns. Made once, read by every rule's pass. */
#ifndef TRAIL_TRACE_PLAN_H
#define TRAIL_TRACE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "model/ledger.h"
#include "reconcile/reversals.h"
#include "trace/trace.h"

#define TRAIL_NO_POCKET UINT32_MAX

/* Per payment: the exit in the low bits, and what else is to be looked up. */
enum {
    TRAIL_EXIT_NONE = 0,
    TRAIL_EXIT_CASH,
    TRAIL_EXIT_CARD,
    TRAIL_EXIT_FEE,
    TRAIL_EXIT_NOT_RECEIVED,
    TRAIL_EXIT_OUTSIDE_PERIOD,
    TRAIL_EXIT_NOT_NAMED,
    TRAIL_EXIT_NO_CREDIT,
    TRAIL_EXIT_BITS = 7,
    TRAIL_PLAN_MARKED = 1u << 3,
    TRAIL_PLAN_RETURNED = 1u << 4,  /* a later payment gives (part of) it back */
    TRAIL_PLAN_RETURNING = 1u << 5, /* gives an earlier one back */
    TRAIL_PLAN_TWO_RECORDS = 1u << 6,
    TRAIL_PLAN_NEVER_WAS = 1u << 7 /* a credit booked in error, or what took it back */
};

typedef struct trail_pocket_plan {
    uint32_t account;
    uint32_t next; /* another pocket of the account, or TRAIL_NO_POCKET */
    trail_currency currency;
    bool opening_known;      /* stated or declared; else the lowest that allows all debits */
    uint32_t opening_origin; /* TRAIL_UNITS_… */
    int64_t opening_minor;
} trail_pocket_plan;

typedef struct trail_planned_mark {
    uint32_t payment;
    uint32_t proceeds;
    int64_t amount_minor;
} trail_planned_mark;

/* A credit that gives an earlier debit back (domain B8.10). */
typedef struct trail_return {
    uint32_t payment;
    uint32_t original;
    bool exact; /* all of it: the parts go back to their places */
} trail_return;

typedef struct trail_original {
    uint32_t payment;
    bool exact;
} trail_original;

typedef struct trail_plan {
    const trail_ledger *ledger;
    const trail_vector *proceeds; /* of trail_proceeds */
    uint32_t *payer_pocket;       /* by payment: TRAIL_NO_POCKET when no debit is recorded there */
    uint32_t *payee_pocket;
    uint8_t *turns;         /* by payment: exit and TRAIL_PLAN_… */
    trail_vector pockets;   /* of trail_pocket_plan */
    trail_vector marks;     /* of trail_planned_mark, by (payment, proceeds) */
    trail_vector returns;   /* of trail_return, by payment */
    trail_vector originals; /* of trail_original, by payment */
    uint32_t last_partial;  /* last payment marked at its debit for less than its amount:
                               until then the order of parts matters under every rule */
} trail_plan;

/* O(events + observations · log). */
trail_status trail_plan_make(trail_plan *plan, const trail_ledger *ledger,
                             const trail_reversals *reversals, const trail_vector *proceeds,
                             trail_error *err) TRAIL_MUST_CHECK;
void trail_plan_clear(trail_plan *plan);

/* Is that leg recorded, on an account that the case observes? A statement observes its own
 * account; a transfer row shows both, of which the table may observe one (domain B8.8). The debit
 * decides whether a mark stands on it or on the credit. O(log observations). */
bool trail_plan_debit_counts(const trail_ledger *ledger, uint32_t payment);

size_t trail_plan_event_count(const trail_plan *plan);
uint32_t trail_plan_event(const trail_plan *plan, size_t index);
/* What an event does: its payment's debit, its credit, or both. */
bool trail_plan_departs(const trail_plan *plan, uint32_t event);
bool trail_plan_arrives(const trail_plan *plan, uint32_t event);

/* Index of the first mark of a payment in marks; of its return; of it as an original. */
size_t trail_plan_first_mark(const trail_plan *plan, uint32_t payment);
const trail_return *trail_plan_return(const trail_plan *plan, uint32_t payment);
size_t trail_plan_original(const trail_plan *plan, uint32_t payment);

trail_resting trail_exit_resting(unsigned exit);
trail_frontier_reason trail_exit_reason(unsigned exit);

/* Links returns to what they return: fills returns, originals and their turns. trace/returns.c */
trail_status trail_plan_link_returns(trail_plan *plan, const trail_reversals *reversals,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* Before payments are planned: sets TRAIL_PLAN_NEVER_WAS. trace/returns.c */
trail_status trail_plan_leave_out(trail_plan *plan, const trail_reversals *reversals,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
