#include "export/decision_words.h"

const char *trail_decision_type_name(trail_decision_type type)
{
    static const char *const types[TRAIL_DECISION_TYPE_COUNT] = {"pair", "same", "kind", "proceeds",
                                                                 "release"};
    return types[type];
}

const char *trail_decision_answer(const trail_decision *decision)
{
    return decision->refused ? "refused" : "accepted";
}

const char *trail_decision_outcome_name(trail_decision_outcome outcome)
{
    static const char *const outcomes[] = {"without effect", "applied",
                                           "not in the records any more", "changed: not applied"};
    return outcomes[outcome];
}
