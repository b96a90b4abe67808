#include "trace/tracing_rule.h"

const trail_tracing_rule *const trail_tracing_rules[] = {
    &trail_rule_fifo, &trail_rule_lifo, &trail_rule_prorata,
    &trail_rule_libr, &trail_rule_tfo,  NULL,
};

size_t trail_tracing_rule_count(void)
{
    return TRAIL_LENGTH_OF(trail_tracing_rules) - 1;
}
