/* A tracing rule: how a debit consumes the layers of a pocket. One row of the table each, one file
 * each; help, legend, outputs and tests iterate the table. */
#ifndef TRAIL_TRACE_TRACING_RULE_H
#define TRAIL_TRACE_TRACING_RULE_H

#include <stddef.h>

#include <moneytrail/error.h>

struct trail_pocket;
struct trail_parts;

typedef struct trail_tracing_rule {
    const char *name;      /* "fifo" */
    const char *title;     /* "First in, first out" */
    const char *summary;   /* one plain sentence */
    const char *authority; /* as domain B1 cites it */
    /* Takes `amount` (<= sum of layers) out of the pocket into parts, in the order they leave. */
    trail_status (*consume)(struct trail_pocket *pocket, long long amount,
                            struct trail_parts *parts, trail_error *err);
} trail_tracing_rule;

extern const trail_tracing_rule *const trail_tracing_rules[]; /* fifo lifo prorata libr tfo, NULL */
size_t trail_tracing_rule_count(void);

#endif
