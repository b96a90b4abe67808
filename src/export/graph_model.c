#include "export/graph_model.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "export/names_seen.h"

#define NO_NODE UINT32_MAX

static uint64_t end_key(uint32_t account, uint8_t kind)
{
    return (uint64_t)account << 8 | kind;
}

/* The own account of a payment one of whose ends is not named, and that end's kind. A message may
 * name neither: then both ends are one node, of no account. */
static bool end_of(const trail_ledger *ledger, uint32_t payment, uint32_t *own, uint8_t *kind)
{
    bool no_payer = ledger->payer[payment] == TRAIL_NO_ACCOUNT;
    bool no_payee = ledger->payee[payment] == TRAIL_NO_ACCOUNT;
    *own = no_payer ? ledger->payee[payment] : ledger->payer[payment];
    *kind = ledger->kind[payment];
    return no_payer || no_payee;
}

static int compare_ends(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_graph_node *first = a, *second = b;
    if (first->account != second->account) return first->account < second->account ? -1 : 1;
    return first->kind < second->kind ? -1 : first->kind > second->kind;
}

static trail_status add_accounts(trail_graph_model *model, trail_error *err)
{
    const trail_ledger *ledger = model->findings->ledger;
    uint32_t count = trail_accounts_count(ledger->accounts);
    trail_status status = trail_alloc_zeroed(&model->node_of, count, sizeof *model->node_of, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < ledger->count; i++) {
        if (ledger->payer[i] != TRAIL_NO_ACCOUNT) model->node_of[ledger->payer[i]] = 1;
        if (ledger->payee[i] != TRAIL_NO_ACCOUNT) model->node_of[ledger->payee[i]] = 1;
    }
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        trail_graph_node node = {.account = i};
        if (model->node_of[i] == 0) {
            model->node_of[i] = NO_NODE;
            continue;
        }
        model->node_of[i] = (uint32_t)model->nodes.count;
        trail_id_text('a', &model->findings->ids->accounts[i], node.id);
        status = trail_vector_push(&model->nodes, &node, err);
    }
    return status;
}

/* x + HMAC(own account, kind): keyed through the account's own id, which is keyed itself. */
static trail_status name_end(const trail_graph_model *model, trail_graph_node *node,
                             trail_error *err)
{
    static const trail_id none;
    const trail_id *account =
        node->account == TRAIL_NO_ACCOUNT ? &none : &model->findings->ids->accounts[node->account];
    trail_hmac *hmac = NULL;
    trail_id id;
    trail_status status = trail_hmac_new(&hmac, account->bytes, TRAIL_ID_SIZE, err);
    trail_slice parts[] = {{"end", 3}, trail_slice_of(trail_kind_name((trail_kind)node->kind))};
    if (status == TRAIL_OK) status = trail_id_of(hmac, parts, 2, &id, err);
    if (status == TRAIL_OK) trail_id_text('x', &id, node->id);
    trail_hmac_free(hmac);
    return status;
}

static trail_status add_ends(trail_graph_model *model, trail_error *err)
{
    const trail_ledger *ledger = model->findings->ledger;
    size_t first = model->nodes.count;
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        trail_graph_node node = {.is_end = true};
        if (!end_of(ledger, i, &node.account, &node.kind)) continue;
        uint64_t key = end_key(node.account, node.kind);
        size_t before = model->end_nodes.count;
        if (trail_map64_at(&model->end_nodes, key, 0, err) == NULL) return TRAIL_NO_MEMORY;
        if (model->end_nodes.count == before) continue;
        status = name_end(model, &node, err);
        if (status == TRAIL_OK) status = trail_vector_push(&model->nodes, &node, err);
    }
    trail_graph_node *ends = (trail_graph_node *)model->nodes.items + first;
    size_t count = model->nodes.count - first;
    if (status == TRAIL_OK)
        status = trail_sort_items(ends, count, sizeof *ends, compare_ends, NULL, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        uint32_t *place =
            trail_map64_at(&model->end_nodes, end_key(ends[i].account, ends[i].kind), 0, err);
        if (place == NULL) return TRAIL_NO_MEMORY;
        *place = (uint32_t)(first + i);
    }
    return status;
}

static int compare_traced(const void *context, const void *a, const void *b)
{
    (void)context;
    const trail_traced_sum *first = a, *second = b;
    if (first->payment != second->payment) return first->payment < second->payment ? -1 : 1;
    return first->rule < second->rule ? -1 : first->rule > second->rule;
}

static trail_status sum_traced(trail_graph_model *model, trail_error *err)
{
    const trail_trace *trace = model->findings->trace;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < trace->payments.count && status == TRAIL_OK; i++) {
        const trail_traced_payment *traced = trail_vector_at(&trace->payments, i);
        trail_traced_sum sum = {traced->payment, traced->rule, traced->left_minor};
        status = trail_vector_push(&model->traced, &sum, err);
    }
    if (status == TRAIL_OK)
        status = trail_sort_items(model->traced.items, model->traced.count,
                                  sizeof(trail_traced_sum), compare_traced, NULL, err);
    trail_traced_sum *sums = model->traced.items;
    size_t kept = 0;
    for (size_t i = 0; i < model->traced.count && status == TRAIL_OK; i++) {
        trail_traced_sum *last = kept > 0 ? &sums[kept - 1] : NULL;
        if (last == NULL || compare_traced(NULL, last, &sums[i]) != 0)
            sums[kept++] = sums[i];
        else if (!trail_add_checked(last->left_minor, sums[i].left_minor, &last->left_minor))
            status = trail_fail(err, TRAIL_OVERFLOW, "the traced total of a payment");
    }
    model->traced.count = kept;
    return status;
}

trail_status trail_graph_model_make(trail_graph_model *model, const trail_findings *findings,
                                    trail_error *err)
{
    *model = (trail_graph_model){.findings = findings,
                                 .nodes = trail_vector_of(sizeof(trail_graph_node)),
                                 .traced = trail_vector_of(sizeof(trail_traced_sum))};
    trail_status status = add_accounts(model, err);
    if (status == TRAIL_OK) status = add_ends(model, err);
    if (status == TRAIL_OK) status = trail_names_seen(findings->ledger, &model->names, err);
    if (status == TRAIL_OK) status = sum_traced(model, err);
    if (status != TRAIL_OK) trail_graph_model_clear(model);
    return status;
}

void trail_graph_model_clear(trail_graph_model *model)
{
    trail_vector_clear(&model->nodes);
    trail_vector_clear(&model->traced);
    trail_map64_clear(&model->end_nodes);
    trail_free(model->node_of);
    trail_free(model->names);
    *model = (trail_graph_model){.findings = NULL};
}

const trail_graph_node *trail_graph_account(const trail_graph_model *model, uint32_t account)
{
    return trail_vector_at(&model->nodes, model->node_of[account]);
}

static const trail_graph_node *side_of(const trail_graph_model *model, uint32_t payment,
                                       uint32_t account)
{
    if (account != TRAIL_NO_ACCOUNT) return trail_graph_account(model, account);
    uint32_t own, node = 0;
    uint8_t kind;
    end_of(model->findings->ledger, payment, &own, &kind);
    trail_map64_find(&model->end_nodes, end_key(own, kind), &node);
    return trail_vector_at(&model->nodes, node);
}

const trail_graph_node *trail_graph_payer(const trail_graph_model *model, uint32_t payment)
{
    return side_of(model, payment, model->findings->ledger->payer[payment]);
}

const trail_graph_node *trail_graph_payee(const trail_graph_model *model, uint32_t payment)
{
    return side_of(model, payment, model->findings->ledger->payee[payment]);
}

int64_t trail_graph_traced(const trail_graph_model *model, uint32_t payment, size_t rule)
{
    const trail_traced_sum *sums = model->traced.items;
    trail_traced_sum wanted = {payment, (uint16_t)rule, 0};
    size_t low = 0, high = model->traced.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_traced(NULL, &sums[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < model->traced.count && compare_traced(NULL, &sums[low], &wanted) == 0
               ? sums[low].left_minor
               : 0;
}

static trail_status add_number(const trail_graph_model *model, uint32_t account, trail_text *out,
                               trail_error *err)
{
    const trail_findings *findings = model->findings;
    if (account == TRAIL_NO_ACCOUNT) return trail_text_add(out, trail_slice_of("not named"), err);
    const char *label = trail_protect_account(findings->protection, account);
    if (label != NULL) return trail_text_add(out, trail_slice_of(label), err);
    return trail_protect_number(
        findings->protection, trail_accounts_number(findings->ledger->accounts, account), out, err);
}

trail_status trail_graph_label(const trail_graph_model *model, const trail_graph_node *node,
                               trail_text *out, trail_error *err)
{
    if (node->is_end) {
        trail_status status = trail_text_add_format(out, err, "%s, account ",
                                                    trail_kind_name((trail_kind)node->kind));
        if (status != TRAIL_OK) return status;
    }
    return add_number(model, node->account, out, err);
}

trail_status trail_graph_name(const trail_graph_model *model, const trail_graph_node *node,
                              trail_text *out, trail_error *err)
{
    const trail_findings *findings = model->findings;
    uint32_t name = node->is_end ? 0 : model->names[node->account];
    if (name == 0) return TRAIL_OK;
    return trail_protect_text(findings->protection,
                              trail_strings_get(findings->ledger->strings, name), out, err);
}

uint32_t trail_graph_text(const trail_graph_model *model, uint32_t payment)
{
    const trail_ledger *ledger = model->findings->ledger;
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[payment]);
    if (detail != NULL && detail->text != 0) return detail->text;
    const trail_credit_side *side = trail_ledger_credit_side(ledger, payment);
    detail = side != NULL ? trail_records_detail(&ledger->records, side->record) : NULL;
    return detail != NULL ? detail->text : 0;
}
