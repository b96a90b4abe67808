/* A tracing rule: how a debit consumes the layers of a pocket. One row of the table each, one file
 * each; help, legend, outputs and tests iterate the table. */
#ifndef TRAIL_TRACE_TRACING_RULE_H
#define TRAIL_TRACE_TRACING_RULE_H

#include <stddef.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "trace/mix.h"
#include "trace/pocket.h"

typedef struct trail_tracing_rule {
    const char *name;      /* "fifo" */
    const char *title;     /* "First in, first out" */
    const char *summary;   /* one plain sentence */
    const char *authority; /* as domain B1 cites it */
    trail_keeping keeping; /* how its pockets keep layers */
    /* Takes `amount` (0 < amount <= what the pocket holds) out of the layers and adds it to parts,
     * in the order it leaves. The pocket's balance is the caller's to change. */
    trail_status (*consume)(trail_pocket *pocket, int64_t amount_minor, trail_parts *parts,
                            trail_mix *mix, trail_error *err);
} trail_tracing_rule;

extern const trail_tracing_rule *const trail_tracing_rules[]; /* fifo lifo prorata libr tfo, NULL */
size_t trail_tracing_rule_count(void);

extern const trail_tracing_rule trail_rule_fifo;
extern const trail_tracing_rule trail_rule_lifo;
extern const trail_tracing_rule trail_rule_prorata;
extern const trail_tracing_rule trail_rule_libr;
extern const trail_tracing_rule trail_rule_tfo;

#endif
