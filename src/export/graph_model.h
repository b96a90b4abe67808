/* The payment graph as every graph format shows it: nodes are accounts and, for an end without
 * account, one node per (own account, kind); edges are payments, each with its traced amounts. */
#ifndef TRAIL_EXPORT_GRAPH_MODEL_H
#define TRAIL_EXPORT_GRAPH_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/map64.h"
#include "base/vector.h"
#include "export/findings.h"

/* A node: an account, or an end of `account`'s money of one kind. */
typedef struct trail_graph_node {
    uint32_t account;
    uint8_t kind; /* of an end */
    bool is_end;
    char id[TRAIL_ID_TEXT]; /* a… or x… */
} trail_graph_node;

/* What one rule traces of one payment, all proceeds together. */
typedef struct trail_traced_sum {
    uint32_t payment;
    uint16_t rule;
    int64_t left_minor;
} trail_traced_sum;

typedef struct trail_graph_model {
    const trail_findings *findings;
    trail_vector nodes;    /* of trail_graph_node: accounts in their order, then ends */
    uint32_t *node_of;     /* account -> node, UINT32_MAX when no payment touches it */
    trail_map64 end_nodes; /* account << 8 | kind -> node */
    uint32_t *names;       /* account -> string id of the name seen */
    trail_vector traced;   /* of trail_traced_sum, by (payment, rule) */
} trail_graph_model;

trail_status trail_graph_model_make(trail_graph_model *model, const trail_findings *findings,
                                    trail_error *err) TRAIL_MUST_CHECK;
void trail_graph_model_clear(trail_graph_model *model);

/* Nodes at the two ends of a payment. */
const trail_graph_node *trail_graph_payer(const trail_graph_model *model, uint32_t payment);
const trail_graph_node *trail_graph_payee(const trail_graph_model *model, uint32_t payment);
const trail_graph_node *trail_graph_account(const trail_graph_model *model, uint32_t account);
/* Traced amount of a payment under a rule, 0 if none. O(log n). */
int64_t trail_graph_traced(const trail_graph_model *model, uint32_t payment, size_t rule);

/* Appends what people read of a node: its number (or V-…/n), "cash of …" for an end. */
trail_status trail_graph_label(const trail_graph_model *model, const trail_graph_node *node,
                               trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
/* Appends the name seen at the node, protected; nothing for an end. */
trail_status trail_graph_name(const trail_graph_model *model, const trail_graph_node *node,
                              trail_text *out, trail_error *err) TRAIL_MUST_CHECK;
/* Remittance information of a payment as string id, 0 if none. */
uint32_t trail_graph_text(const trail_graph_model *model, uint32_t payment);

#endif
