#include "base/attributes.h"
#include "export/graph_exports.h"
#include "export/graph_fields.h"
#include "export/xml_writer.h"

/* GEXF 1.3, dynamic: each transfer is an edge of its own `kind`, so that Gephi does not merge
 * parallel ones. Days where no payment has a time, so that no clock time is invented. */

typedef struct gexf {
    const trail_graph_model *model;
    trail_output *out;
    trail_text text;
    bool timed;
    trail_status status;
    trail_error *err;
} gexf;

static const char *type_name(trail_field_type type)
{
    static const char *const names[] = {"string", "long", "boolean"};
    return names[type];
}

static void write_attributes(gexf *file, const char *class, const trail_graph_field *fields,
                             size_t count)
{
    trail_output_format(file->out, "    <attributes class=\"%s\" mode=\"static\">\n", class);
    for (size_t i = 0; i < count; i++)
        trail_output_format(file->out, "      <attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n",
                            fields[i].name, fields[i].name, type_name(fields[i].type));
    trail_output_text(file->out, "    </attributes>\n");
}

static void write_values(gexf *file, const trail_graph_field *fields, size_t count, size_t index)
{
    trail_output_text(file->out, "<attvalues>");
    for (size_t i = 0; i < count && file->status == TRAIL_OK; i++) {
        trail_text_reset(&file->text);
        file->status = trail_graph_value(file->model, &fields[i], index, &file->text, file->err);
        if (file->text.length == 0) continue;
        trail_output_text(file->out, "<attvalue for=\"");
        trail_output_text(file->out, fields[i].name);
        trail_output_byte(file->out, '"');
        trail_xml_attribute(file->out, "value", trail_text_slice(&file->text));
        trail_output_text(file->out, "/>");
    }
    trail_output_text(file->out, "</attvalues>");
}

static void write_nodes(gexf *file, const trail_graph_field *fields, size_t count)
{
    trail_output_format(file->out, "    <nodes count=\"%zu\">\n", file->model->nodes.count);
    for (size_t i = 0; i < file->model->nodes.count && file->status == TRAIL_OK; i++) {
        const trail_graph_node *node = trail_vector_at(&file->model->nodes, i);
        trail_text_reset(&file->text);
        file->status = trail_graph_label(file->model, node, &file->text, file->err);
        trail_output_format(file->out, "      <node id=\"%s\"", node->id);
        trail_xml_attribute(file->out, "label", trail_text_slice(&file->text));
        trail_output_byte(file->out, '>');
        write_values(file, fields, count, i);
        trail_output_text(file->out, "</node>\n");
    }
    trail_output_text(file->out, "    </nodes>\n");
}

static void write_when(gexf *file, uint32_t payment)
{
    const trail_ledger *ledger = file->model->findings->ledger;
    char day[TRAIL_DAY_TEXT], time[TRAIL_TIME_TEXT];
    trail_day_format(ledger->booking_day[payment], day);
    trail_time_format(ledger->booking_second[payment], time);
    const char *mark = file->timed ? "T" : "", *clock = file->timed ? time : "";
    const char *const parts[] = {" start=\"", day,  mark,  clock, "\" end=\"",
                                 day,         mark, clock, "\""};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(parts); i++)
        trail_output_text(file->out, parts[i]);
}

static void write_edges(gexf *file, const trail_graph_field *fields, size_t count)
{
    const trail_findings *findings = file->model->findings;
    trail_output_format(file->out, "    <edges count=\"%zu\">\n", findings->ledger->count);
    for (uint32_t i = 0; i < findings->ledger->count && file->status == TRAIL_OK; i++) {
        char id[TRAIL_ID_TEXT];
        trail_id_text('t', &findings->ids->payments[i], id);
        const char *const parts[] = {"      <edge id=\"",
                                     id,
                                     "\" source=\"",
                                     trail_graph_payer(file->model, i)->id,
                                     "\" target=\"",
                                     trail_graph_payee(file->model, i)->id,
                                     "\" kind=\"",
                                     id,
                                     "\""};
        for (size_t k = 0; k < TRAIL_LENGTH_OF(parts); k++)
            trail_output_text(file->out, parts[k]);
        write_when(file, i);
        trail_output_byte(file->out, '>');
        write_values(file, fields, count, i);
        trail_output_text(file->out, "</edge>\n");
    }
    trail_output_text(file->out, "    </edges>\n");
}

/* Every payment has a time: only then may the timeline show one. */
static bool all_timed(const trail_ledger *ledger)
{
    for (size_t i = 0; i < ledger->count; i++) {
        if (ledger->booking_second[i] == TRAIL_NO_TIME) return false;
    }
    return ledger->count > 0;
}

static void write_file(gexf *file)
{
    trail_graph_field nodes[TRAIL_FIELDS_MOST], edges[TRAIL_FIELDS_MOST];
    size_t node_count = trail_node_fields(nodes), edge_count = trail_transfer_fields(edges);
    file->timed = all_timed(file->model->findings->ledger);
    trail_output_text(file->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                 "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
                                 "  <meta><creator>moneytrail</creator><description>");
    trail_xml_text(file->out,
                   trail_slice_of(trail_protection_heading(file->model->findings->protection)));
    trail_output_format(file->out,
                        "</description></meta>\n  <graph mode=\"dynamic\" "
                        "defaultedgetype=\"directed\" timeformat=\"%s\" "
                        "timerepresentation=\"interval\">\n",
                        file->timed ? "dateTime" : "date");
    write_attributes(file, "node", nodes + 1, node_count - 1); /* the label has its own place */
    write_attributes(file, "edge", edges, edge_count);
    write_nodes(file, nodes + 1, node_count - 1);
    write_edges(file, edges, edge_count);
    trail_output_text(file->out, "  </graph>\n</gexf>\n");
}

trail_status trail_write_transfers_gexf(const trail_findings *findings, const char *path,
                                        trail_error *err)
{
    trail_graph_model model;
    gexf file = {.model = &model, .err = err};
    file.status = trail_graph_model_make(&model, findings, err);
    if (file.status != TRAIL_OK) return file.status;
    file.status = trail_output_open(&file.out, path, err);
    if (file.status == TRAIL_OK) {
        write_file(&file);
        if (file.status == TRAIL_OK)
            file.status = trail_output_finish(file.out, NULL, err);
        else
            trail_output_abandon(file.out);
    }
    trail_text_clear(&file.text);
    trail_graph_model_clear(&model);
    return file.status;
}
