#include <string.h>

#include "base/attributes.h"
#include "base/csv_writer.h"
#include "export/graph_exports.h"
#include "export/graph_fields.h"

/* nodes.csv and edges.csv in the columns that Gephi's spreadsheet import knows; i2.csv one transfer
 * a line without line breaks inside cells, UTF-8 with BOM and CRLF, for an import specification. */

typedef struct graph_csv {
    const trail_graph_model *model;
    trail_output *out;
    trail_csv_writer csv;
    trail_text text;
    trail_status status;
    trail_error *err;
} graph_csv;

static void put_value(graph_csv *file, const trail_graph_field *field, size_t index)
{
    trail_text_reset(&file->text);
    if (file->status == TRAIL_OK)
        file->status = trail_graph_value(file->model, field, index, &file->text, file->err);
    trail_csv_field(&file->csv, trail_text_slice(&file->text));
}

static void end_heading(graph_csv *file)
{
    trail_csv_text(&file->csv, trail_protection_heading(file->model->findings->protection));
    trail_csv_row_end(&file->csv);
}

static void end_row(graph_csv *file)
{
    trail_csv_text(&file->csv, NULL);
    trail_csv_row_end(&file->csv);
}

static void write_nodes(graph_csv *file)
{
    trail_graph_field fields[TRAIL_FIELDS_MOST];
    size_t count = trail_node_fields(fields);
    trail_csv_text(&file->csv, "Id");
    trail_csv_text(&file->csv, "Label");
    for (size_t i = 1; i < count; i++)
        trail_csv_text(&file->csv, fields[i].name);
    end_heading(file);
    for (size_t i = 0; i < file->model->nodes.count && file->status == TRAIL_OK; i++) {
        const trail_graph_node *node = trail_vector_at(&file->model->nodes, i);
        trail_csv_text(&file->csv, node->id);
        for (size_t k = 0; k < count; k++)
            put_value(file, &fields[k], i);
        end_row(file);
    }
}

static void write_edges(graph_csv *file)
{
    static const char *const headings[] = {"Id", "Source", "Target", "Type", "Weight", "Kind"};
    trail_graph_field fields[TRAIL_FIELDS_MOST];
    size_t count = trail_transfer_fields(fields);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(headings); i++)
        trail_csv_text(&file->csv, headings[i]);
    for (size_t i = 0; i < count; i++)
        trail_csv_text(&file->csv, fields[i].name);
    end_heading(file);
    const trail_findings *findings = file->model->findings;
    for (uint32_t i = 0; i < findings->ledger->count && file->status == TRAIL_OK; i++) {
        char id[TRAIL_ID_TEXT];
        trail_id_text('t', &findings->ids->payments[i], id);
        trail_csv_text(&file->csv, id);
        trail_csv_text(&file->csv, trail_graph_payer(file->model, i)->id);
        trail_csv_text(&file->csv, trail_graph_payee(file->model, i)->id);
        trail_csv_text(&file->csv, "Directed");
        trail_csv_number(&file->csv, 1);
        trail_csv_text(&file->csv, id);
        for (size_t k = 0; k < count; k++)
            put_value(file, &fields[k], i);
        end_row(file);
    }
}

static void put_party(graph_csv *file, const trail_graph_node *node)
{
    trail_csv_text(&file->csv, node->id);
    trail_csv_text(&file->csv, node->is_end ? "End" : "Account");
    trail_text_reset(&file->text);
    if (file->status == TRAIL_OK)
        file->status = trail_graph_label(file->model, node, &file->text, file->err);
    trail_csv_field(&file->csv, trail_text_slice(&file->text));
    trail_text_reset(&file->text);
    if (file->status == TRAIL_OK)
        file->status = trail_graph_name(file->model, node, &file->text, file->err);
    trail_csv_field(&file->csv, trail_text_slice(&file->text));
}

static const trail_graph_field *field_named(const trail_graph_field *fields, size_t count,
                                            const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0) return &fields[i];
    }
    return &fields[0];
}

static void write_i2(graph_csv *file)
{
    static const char *const headings[] = {
        "from_id",  "from_type",   "from_label",       "from_name", "to_id", "to_type", "to_label",
        "to_name",  "link_id",     "link_type",        "direction", "date",  "time",    "amount",
        "currency", "description", "source_reference",
    };
    static const char *const values[] = {"booking_date", "booking_time", "amount",
                                         "currency",     "text",         "records"};
    trail_graph_field fields[TRAIL_FIELDS_MOST];
    size_t count = trail_transfer_fields(fields);
    const trail_findings *findings = file->model->findings;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(headings); i++)
        trail_csv_text(&file->csv, headings[i]);
    end_heading(file);
    for (uint32_t i = 0; i < findings->ledger->count && file->status == TRAIL_OK; i++) {
        char id[TRAIL_ID_TEXT];
        trail_id_text('t', &findings->ids->payments[i], id);
        put_party(file, trail_graph_payer(file->model, i));
        put_party(file, trail_graph_payee(file->model, i));
        trail_csv_text(&file->csv, id);
        trail_csv_text(&file->csv, "Payment");
        trail_csv_text(&file->csv, "From to");
        for (size_t k = 0; k < TRAIL_LENGTH_OF(values); k++)
            put_value(file, field_named(fields, count, values[k]), i);
        end_row(file);
    }
}

static trail_status write_file(const trail_findings *findings, const char *path,
                               void (*write_rows)(graph_csv *file), bool for_i2, trail_error *err)
{
    trail_graph_model model;
    graph_csv file = {.model = &model, .err = err};
    file.status = trail_graph_model_make(&model, findings, err);
    if (file.status != TRAIL_OK) return file.status;
    file.status = trail_output_open(&file.out, path, err);
    if (file.status == TRAIL_OK) {
        file.csv = trail_csv_writer_on(file.out);
        if (for_i2) {
            file.csv.line_end = "\r\n";
            file.csv.one_line = true;
            trail_output_text(file.out, "\xef\xbb\xbf");
        }
        write_rows(&file);
        if (file.status == TRAIL_OK)
            file.status = trail_output_finish(file.out, NULL, err);
        else
            trail_output_abandon(file.out);
    }
    trail_text_clear(&file.text);
    trail_graph_model_clear(&model);
    return file.status;
}

trail_status trail_write_nodes_csv(const trail_findings *findings, const char *path,
                                   trail_error *err)
{
    return write_file(findings, path, write_nodes, false, err);
}

trail_status trail_write_edges_csv(const trail_findings *findings, const char *path,
                                   trail_error *err)
{
    return write_file(findings, path, write_edges, false, err);
}

trail_status trail_write_i2_csv(const trail_findings *findings, const char *path, trail_error *err)
{
    return write_file(findings, path, write_i2, true, err);
}
