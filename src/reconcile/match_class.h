/* How sure a chosen pair is: by what ties it, and by its lead over the best other way to pair the
 * legs it touches. Twins (equal accounts, amount, currency, day) are no rivals: which of them it is
 * changes nothing. */
#ifndef TRAIL_RECONCILE_MATCH_CLASS_H
#define TRAIL_RECONCILE_MATCH_CLASS_H

#include <moneytrail/error.h>

#include "reconcile/match_assign.h"

typedef enum trail_match_class {
    TRAIL_MATCH_DECIDED = 0,     /* the investigators accepted the pair */
    TRAIL_MATCH_CERTAIN,         /* UETR, or reference and account and amount */
    TRAIL_MATCH_PROBABLE,        /* enough bits, and a clear lead: outputs say "clear" */
    TRAIL_MATCH_INTERCHANGEABLE, /* one of twins, paired in order */
    TRAIL_MATCH_AMBIGUOUS,       /* left alone: too few bits, or a rival too near */
    TRAIL_MATCH_MESSAGE,         /* a message joined to legs or to none */
    TRAIL_MATCH_UNMATCHED
} trail_match_class;
#define TRAIL_MATCH_CLASS_COUNT 7

const char *trail_match_class_name(trail_match_class match_class);

#define TRAIL_NO_RIVAL INT32_MIN

/* Of a chosen edge. */
typedef struct trail_match_lead {
    int32_t rival;  /* score of the best other pair of either leg, TRAIL_NO_RIVAL */
    int32_t margin; /* what the best other way to pair would lose, INT32_MAX if there is none */
    bool twins;     /* a twin could stand in for one of the legs */
} trail_match_lead;

/* Leads of all chosen edges (leads has room for count; others are not set). Other ways looked at:
 * one of the legs goes to another partner, whose own partner may come over. O(edges log edges). */
trail_status trail_match_leads(const trail_match_legs *legs, const trail_match_edge *edges,
                               size_t count, const uint8_t *chosen, trail_match_lead *leads,
                               trail_error *err) TRAIL_MUST_CHECK;

#endif
