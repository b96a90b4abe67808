#include "export/graph_fields.h"

#include "base/attributes.h"
#include "export/citation.h"
#include "model/money.h"
#include "trace/tracing_rule.h"

static trail_status put(trail_text *out, const char *text, trail_error *err)
{
    return trail_text_add(out, trail_slice_of(text), err);
}

static trail_status put_amount(trail_text *out, int64_t minor, trail_currency currency,
                               trail_error *err)
{
    char text[TRAIL_MONEY_TEXT];
    trail_money_format(minor, currency, text);
    return put(out, text, err);
}

static trail_status put_day(trail_text *out, int32_t day, trail_error *err)
{
    char text[TRAIL_DAY_TEXT];
    trail_day_format(day, text);
    return put(out, text, err);
}

static const trail_graph_node *node_at(const trail_graph_model *model, size_t index)
{
    return trail_vector_at(&model->nodes, index);
}

static const trail_link *link_at(const trail_graph_model *model, size_t index)
{
    return trail_vector_at(model->findings->links, index);
}

static trail_status node_label(const trail_graph_model *model, size_t index, trail_text *out,
                               trail_error *err)
{
    return trail_graph_label(model, node_at(model, index), out, err);
}

static trail_status node_name(const trail_graph_model *model, size_t index, trail_text *out,
                              trail_error *err)
{
    return trail_graph_name(model, node_at(model, index), out, err);
}

static trail_status node_type(const trail_graph_model *model, size_t index, trail_text *out,
                              trail_error *err)
{
    return put(out, node_at(model, index)->is_end ? "end" : "account", err);
}

static trail_status node_kind(const trail_graph_model *model, size_t index, trail_text *out,
                              trail_error *err)
{
    const trail_graph_node *node = node_at(model, index);
    return node->is_end ? put(out, trail_kind_name((trail_kind)node->kind), err) : TRAIL_OK;
}

static trail_status node_bank(const trail_graph_model *model, size_t index, trail_text *out,
                              trail_error *err)
{
    const trail_graph_node *node = node_at(model, index);
    if (node->is_end) return TRAIL_OK;
    return trail_protect_text(model->findings->protection,
                              trail_accounts_bank(model->findings->ledger->accounts, node->account),
                              out, err);
}

static trail_status node_country(const trail_graph_model *model, size_t index, trail_text *out,
                                 trail_error *err)
{
    const trail_graph_node *node = node_at(model, index);
    if (node->is_end) return TRAIL_OK;
    return trail_text_add(
        out, trail_accounts_country(model->findings->ledger->accounts, node->account), err);
}

static trail_status node_observed(const trail_graph_model *model, size_t index, trail_text *out,
                                  trail_error *err)
{
    const trail_graph_node *node = node_at(model, index);
    bool observed =
        !node->is_end && trail_ledger_ever_observed(model->findings->ledger, node->account);
    return put(out, observed ? "true" : "false", err);
}

static trail_status node_group(const trail_graph_model *model, size_t index, trail_text *out,
                               trail_error *err)
{
    const trail_graph_node *node = node_at(model, index);
    const uint32_t *group_of = model->findings->communities->group_of;
    if (node->is_end || group_of == NULL || group_of[node->account] == TRAIL_NO_GROUP)
        return TRAIL_OK;
    return trail_text_add_number(out, (int64_t)group_of[node->account] + 1, err);
}

size_t trail_node_fields(trail_graph_field fields[TRAIL_FIELDS_MOST])
{
    static const trail_graph_field table[] = {
        {"label", TRAIL_FIELD_STRING, node_label, 0},
        {"type", TRAIL_FIELD_STRING, node_type, 0},
        {"end_kind", TRAIL_FIELD_STRING, node_kind, 0},
        {"name_seen", TRAIL_FIELD_STRING, node_name, 0},
        {"bank", TRAIL_FIELD_STRING, node_bank, 0},
        {"country", TRAIL_FIELD_STRING, node_country, 0},
        {"observed", TRAIL_FIELD_BOOLEAN, node_observed, 0},
        {"group", TRAIL_FIELD_LONG, node_group, 0},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(table); i++)
        fields[i] = table[i];
    return TRAIL_LENGTH_OF(table);
}

static trail_status transfer_date(const trail_graph_model *model, size_t index, trail_text *out,
                                  trail_error *err)
{
    return put_day(out, model->findings->ledger->booking_day[index], err);
}

static trail_status transfer_time(const trail_graph_model *model, size_t index, trail_text *out,
                                  trail_error *err)
{
    char text[TRAIL_TIME_TEXT];
    trail_time_format(model->findings->ledger->booking_second[index], text);
    return put(out, text, err);
}

static trail_status transfer_amount(const trail_graph_model *model, size_t index, trail_text *out,
                                    trail_error *err)
{
    const trail_ledger *ledger = model->findings->ledger;
    return put_amount(out, ledger->amount_minor[index], ledger->currency[index], err);
}

static trail_status transfer_currency(const trail_graph_model *model, size_t index, trail_text *out,
                                      trail_error *err)
{
    return put(out, trail_currency_code(model->findings->ledger->currency[index]), err);
}

static trail_status transfer_minor(const trail_graph_model *model, size_t index, trail_text *out,
                                   trail_error *err)
{
    return trail_text_add_number(out, model->findings->ledger->amount_minor[index], err);
}

static trail_status transfer_received(const trail_graph_model *model, size_t index, trail_text *out,
                                      trail_error *err)
{
    trail_leg credit = trail_ledger_credit(model->findings->ledger, (uint32_t)index);
    return put_amount(out, credit.amount_minor, credit.currency, err);
}

static trail_status transfer_received_currency(const trail_graph_model *model, size_t index,
                                               trail_text *out, trail_error *err)
{
    return put(
        out,
        trail_currency_code(trail_ledger_credit(model->findings->ledger, (uint32_t)index).currency),
        err);
}

static trail_status transfer_kind(const trail_graph_model *model, size_t index, trail_text *out,
                                  trail_error *err)
{
    return put(out, trail_kind_name((trail_kind)model->findings->ledger->kind[index]), err);
}

static trail_status transfer_double(const trail_graph_model *model, size_t index, trail_text *out,
                                    trail_error *err)
{
    bool may_be = (model->findings->ledger->flags[index] & TRAIL_MAY_BE_DOUBLE) != 0;
    return put(out, may_be ? "true" : "false", err);
}

static trail_status transfer_text(const trail_graph_model *model, size_t index, trail_text *out,
                                  trail_error *err)
{
    uint32_t text = trail_graph_text(model, (uint32_t)index);
    if (text == 0) return TRAIL_OK;
    return trail_protect_text(model->findings->protection,
                              trail_strings_get(model->findings->ledger->strings, text), out, err);
}

static trail_status transfer_records(const trail_graph_model *model, size_t index, trail_text *out,
                                     trail_error *err)
{
    return trail_cite_payment(model->findings, (uint32_t)index, out, err);
}

/* The rules' own names as field names: "traced_fifo". */
static const char *const traced_names[] = {"traced_fifo",  "traced_lifo", "traced_prorata",
                                           "traced_libr",  "traced_tfo",  "traced_rule_6",
                                           "traced_rule_7"};

static size_t add_traced(trail_graph_field *fields, size_t count)
{
    for (size_t rule = 0; rule < trail_tracing_rule_count() && rule < TRAIL_LENGTH_OF(traced_names);
         rule++)
        fields[count++] = (trail_graph_field){traced_names[rule], TRAIL_FIELD_STRING, NULL, rule};
    return count;
}

size_t trail_transfer_fields(trail_graph_field fields[TRAIL_FIELDS_MOST])
{
    static const trail_graph_field table[] = {
        {"booking_date", TRAIL_FIELD_STRING, transfer_date, 0},
        {"booking_time", TRAIL_FIELD_STRING, transfer_time, 0},
        {"amount", TRAIL_FIELD_STRING, transfer_amount, 0},
        {"currency", TRAIL_FIELD_STRING, transfer_currency, 0},
        {"amount_minor", TRAIL_FIELD_LONG, transfer_minor, 0},
        {"received_amount", TRAIL_FIELD_STRING, transfer_received, 0},
        {"received_currency", TRAIL_FIELD_STRING, transfer_received_currency, 0},
        {"payment_kind", TRAIL_FIELD_STRING, transfer_kind, 0},
        {"may_be_double", TRAIL_FIELD_BOOLEAN, transfer_double, 0},
        {"text", TRAIL_FIELD_STRING, transfer_text, 0},
        {"records", TRAIL_FIELD_STRING, transfer_records, 0},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(table); i++)
        fields[i] = table[i];
    return add_traced(fields, TRAIL_LENGTH_OF(table));
}

static trail_status link_currency(const trail_graph_model *model, size_t index, trail_text *out,
                                  trail_error *err)
{
    return put(out, trail_currency_code(link_at(model, index)->currency), err);
}

static trail_status link_amount(const trail_graph_model *model, size_t index, trail_text *out,
                                trail_error *err)
{
    const trail_link *link = link_at(model, index);
    return put_amount(out, link->amount_minor, link->currency, err);
}

static trail_status link_minor(const trail_graph_model *model, size_t index, trail_text *out,
                               trail_error *err)
{
    return trail_text_add_number(out, link_at(model, index)->amount_minor, err);
}

static trail_status link_count(const trail_graph_model *model, size_t index, trail_text *out,
                               trail_error *err)
{
    return trail_text_add_number(out, link_at(model, index)->count, err);
}

static trail_status link_doubles(const trail_graph_model *model, size_t index, trail_text *out,
                                 trail_error *err)
{
    return trail_text_add_number(out, link_at(model, index)->may_be_double, err);
}

static trail_status link_first(const trail_graph_model *model, size_t index, trail_text *out,
                               trail_error *err)
{
    return put_day(out, link_at(model, index)->first_day, err);
}

static trail_status link_last(const trail_graph_model *model, size_t index, trail_text *out,
                              trail_error *err)
{
    return put_day(out, link_at(model, index)->last_day, err);
}

size_t trail_link_fields(trail_graph_field fields[TRAIL_FIELDS_MOST])
{
    static const trail_graph_field table[] = {
        {"amount", TRAIL_FIELD_STRING, link_amount, 0},
        {"currency", TRAIL_FIELD_STRING, link_currency, 0},
        {"amount_minor", TRAIL_FIELD_LONG, link_minor, 0},
        {"payments", TRAIL_FIELD_LONG, link_count, 0},
        {"payments_may_be_double", TRAIL_FIELD_LONG, link_doubles, 0},
        {"first_date", TRAIL_FIELD_STRING, link_first, 0},
        {"last_date", TRAIL_FIELD_STRING, link_last, 0},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(table); i++)
        fields[i] = table[i];
    return TRAIL_LENGTH_OF(table);
}

trail_status trail_graph_value(const trail_graph_model *model, const trail_graph_field *field,
                               size_t index, trail_text *out, trail_error *err)
{
    if (field->value != NULL) return field->value(model, index, out, err);
    int64_t traced = trail_graph_traced(model, (uint32_t)index, field->rule);
    if (traced == 0) return TRAIL_OK;
    return put_amount(out, traced, model->findings->ledger->currency[index], err);
}
