/* Decisions that the investigators took and logged in decisions.yaml: who, when, why. Each names
 * its target by content (published ids, accounts, days), so that it survives new replies; one whose
 * target is gone or changed is reported, never dropped. Strings are borrowed, NULL when absent. */
#ifndef TRAIL_EVIDENCE_DECISION_H
#define TRAIL_EVIDENCE_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"

typedef enum trail_decision_type {
    TRAIL_DECISION_PAIR = 0, /* two legs are (not) one payment: targets t…, t… */
    TRAIL_DECISION_SAME,     /* two names or entities are (not) one: targets e…, e… */
    TRAIL_DECISION_KIND,     /* a payment is of that kind: target t…, value */
    TRAIL_DECISION_PROCEEDS, /* a payment is (not) proceeds: target t…, value: the proceeds' id */
    TRAIL_DECISION_RELEASE   /* rows of an account outside the request's scope may be used */
} trail_decision_type;
#define TRAIL_DECISION_TYPE_COUNT 5

typedef enum trail_decision_outcome {
    TRAIL_DECISION_WITHOUT_EFFECT = 0, /* not looked at yet, or it changed nothing */
    TRAIL_DECISION_APPLIED,
    TRAIL_DECISION_TARGET_GONE,   /* a target is not in the data any more */
    TRAIL_DECISION_TARGET_CHANGED /* it is there, but what was decided does not fit it any more */
} trail_decision_outcome;

typedef struct trail_decision {
    trail_decision_type type;
    bool refused;           /* decided against */
    const char *targets[2]; /* NULL: fewer */
    bool more_targets;      /* more than two were given */
    const char *value;
    const char *request, *account;  /* release */
    int32_t from, to;               /* release: TRAIL_NO_DAY = open */
    const char *who, *when, *why;   /* all three are needed; when is a day as written */
    int line;                       /* in decisions.yaml */
    trail_decision_outcome outcome; /* set by the stage that applies it */
} trail_decision;

typedef struct trail_decisions {
    trail_vector decisions; /* of trail_decision, in file order */
} trail_decisions;

#endif
