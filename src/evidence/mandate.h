/* What the case is and what was asked of whom: identity, requests and their conditions. Filled from
 * the case file; strings are borrowed from its arena, NULL when absent. */
#ifndef TRAIL_EVIDENCE_MANDATE_H
#define TRAIL_EVIDENCE_MANDATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"
#include "model/currency.h"

typedef struct trail_request {
    const char *id;
    const char *state; /* requested state, two letters */
    const char *authority;
    const char *instrument;
    int32_t sent, due, received, refused; /* days, TRAIL_NO_DAY when absent */
    trail_vector accounts;                /* of const char *: scope; empty = all */
    int32_t from, to;                     /* scope period, TRAIL_NO_DAY = open */
    trail_vector purposes;                /* of const char * */
    const char *onward_transfer;          /* no, consent, yes */
    bool evidential;
    int32_t retain_until;
} trail_request;

typedef struct trail_mandate {
    const char *id;
    const char *title;
    trail_currency currency;  /* report currency */
    const char *display_rule; /* NULL: lowest–highest over the rules run */
    trail_vector requests;    /* of trail_request */
} trail_mandate;

#endif
