#include "base/attributes.h"
#include "export/graph_exports.h"
#include "export/graph_fields.h"
#include "export/xml_writer.h"

/* GraphML 1.0 (graphml.graphdrawing.org). Attribute names are NMTOKENs, types only string, long and
 * boolean; no key is called `id`, `label` only on nodes: readers give these their own meaning. */

typedef struct graphml {
    const trail_graph_model *model;
    trail_output *out;
    trail_text text;
    trail_status status;
    trail_error *err;
} graphml;

static const char *type_name(trail_field_type type)
{
    static const char *const names[] = {"string", "long", "boolean"};
    return names[type];
}

static void write_keys(graphml *file, const char *domain, char letter,
                       const trail_graph_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        trail_output_format(file->out,
                            "  <key id=\"%c%zu\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                            letter, i, domain, fields[i].name, type_name(fields[i].type));
}

static void write_data(graphml *file, char letter, const trail_graph_field *fields, size_t count,
                       size_t index)
{
    for (size_t i = 0; i < count && file->status == TRAIL_OK; i++) {
        trail_text_reset(&file->text);
        file->status = trail_graph_value(file->model, &fields[i], index, &file->text, file->err);
        if (file->text.length == 0) continue;
        trail_output_text(file->out, "<data key=\"");
        trail_output_byte(file->out, letter);
        trail_output_number(file->out, (int64_t)i);
        trail_output_text(file->out, "\">");
        trail_xml_text(file->out, trail_text_slice(&file->text));
        trail_output_text(file->out, "</data>");
    }
}

static void begin_edge(graphml *file, const char *id, const trail_graph_node *source,
                       const trail_graph_node *target)
{
    const char *const parts[] = {"    <edge id=\"", id,         "\" source=\"", source->id,
                                 "\" target=\"",    target->id, "\">"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(parts); i++)
        trail_output_text(file->out, parts[i]);
}

static void write_head(graphml *file)
{
    trail_graph_field fields[TRAIL_FIELDS_MOST];
    size_t count = trail_node_fields(fields);
    trail_output_text(file->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
                                 "  <desc>");
    trail_xml_text(file->out,
                   trail_slice_of(trail_protection_heading(file->model->findings->protection)));
    trail_output_text(file->out, "</desc>\n");
    write_keys(file, "node", 'n', fields, count);
}

static void write_nodes(graphml *file, bool ends)
{
    trail_graph_field fields[TRAIL_FIELDS_MOST];
    size_t count = trail_node_fields(fields);
    for (size_t i = 0; i < file->model->nodes.count && file->status == TRAIL_OK; i++) {
        const trail_graph_node *node = trail_vector_at(&file->model->nodes, i);
        if (node->is_end && !ends) continue;
        trail_output_format(file->out, "    <node id=\"%s\">", node->id);
        write_data(file, 'n', fields, count, i);
        trail_output_text(file->out, "</node>\n");
    }
}

static void write_transfers(graphml *file)
{
    trail_graph_field fields[TRAIL_FIELDS_MOST];
    size_t count = trail_transfer_fields(fields);
    const trail_findings *findings = file->model->findings;
    write_keys(file, "edge", 'e', fields, count);
    trail_output_text(file->out, "  <graph id=\"transfers\" edgedefault=\"directed\">\n");
    write_nodes(file, true);
    for (uint32_t i = 0; i < findings->ledger->count && file->status == TRAIL_OK; i++) {
        char id[TRAIL_ID_TEXT];
        trail_id_text('t', &findings->ids->payments[i], id);
        begin_edge(file, id, trail_graph_payer(file->model, i), trail_graph_payee(file->model, i));
        write_data(file, 'e', fields, count, i);
        trail_output_text(file->out, "</edge>\n");
    }
}

static void write_links(graphml *file)
{
    trail_graph_field fields[TRAIL_FIELDS_MOST];
    size_t count = trail_link_fields(fields);
    const trail_vector *links = file->model->findings->links;
    write_keys(file, "edge", 'e', fields, count);
    trail_output_text(file->out, "  <graph id=\"links\" edgedefault=\"directed\">\n");
    write_nodes(file, false);
    for (size_t i = 0; i < links->count && file->status == TRAIL_OK; i++) {
        const trail_link *link = trail_vector_at(links, i);
        char id[TRAIL_NUMBER_TEXT + 1] = "l";
        trail_number_format((int64_t)i + 1, id + 1);
        begin_edge(file, id, trail_graph_account(file->model, link->payer),
                   trail_graph_account(file->model, link->payee));
        write_data(file, 'e', fields, count, i);
        trail_output_text(file->out, "</edge>\n");
    }
}

static trail_status write_graph(const trail_findings *findings, const char *path,
                                void (*write_body)(graphml *file), trail_error *err)
{
    trail_graph_model model;
    graphml file = {.model = &model, .err = err};
    file.status = trail_graph_model_make(&model, findings, err);
    if (file.status != TRAIL_OK) return file.status;
    file.status = trail_output_open(&file.out, path, err);
    if (file.status == TRAIL_OK) {
        write_head(&file);
        write_body(&file);
        trail_output_text(file.out, "  </graph>\n</graphml>\n");
        if (file.status == TRAIL_OK)
            file.status = trail_output_finish(file.out, NULL, err);
        else
            trail_output_abandon(file.out);
    }
    trail_text_clear(&file.text);
    trail_graph_model_clear(&model);
    return file.status;
}

trail_status trail_write_transfers_graphml(const trail_findings *findings, const char *path,
                                           trail_error *err)
{
    return write_graph(findings, path, write_transfers, err);
}

trail_status trail_write_links_graphml(const trail_findings *findings, const char *path,
                                       trail_error *err)
{
    return write_graph(findings, path, write_links, err);
}
