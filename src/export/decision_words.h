/* The words of a logged decision: the same in every output. */
#ifndef TRAIL_EXPORT_DECISION_WORDS_H
#define TRAIL_EXPORT_DECISION_WORDS_H

#include "evidence/decision.h"

const char *trail_decision_type_name(trail_decision_type type); /* "pair" … */
const char *trail_decision_answer(const trail_decision *decision);
const char *trail_decision_outcome_name(trail_decision_outcome outcome); /* "applied" … */

#endif
