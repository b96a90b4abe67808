#include "base/csv_writer.h"

trail_csv_writer trail_csv_writer_on(trail_output *out)
{
    return (trail_csv_writer){.out = out, .line_end = "\n"};
}

static void separate(trail_csv_writer *writer)
{
    if (writer->row_started) trail_output_byte(writer->out, ',');
    writer->row_started = true;
}

/* A blank at either end is quoted too: many readers strip it otherwise. */
static bool needs_quotes(trail_slice field)
{
    if (field.length == 0) return false;
    for (size_t i = 0; i < field.length; i++) {
        char byte = field.start[i];
        if (byte == '"' || byte == ',' || byte == '\n' || byte == '\r') return true;
    }
    char first = field.start[0];
    char last = field.start[field.length - 1];
    return first == ' ' || first == '\t' || last == ' ' || last == '\t';
}

void trail_csv_field(trail_csv_writer *writer, trail_slice field)
{
    separate(writer);
    if (!needs_quotes(field)) {
        trail_output_add(writer->out, field);
        return;
    }
    trail_output_byte(writer->out, '"');
    size_t from = 0;
    for (size_t i = 0; i < field.length; i++) {
        char byte = field.start[i];
        bool newline = writer->one_line && (byte == '\n' || byte == '\r');
        if (byte != '"' && !newline) continue;
        trail_output_add(writer->out, (trail_slice){field.start + from, i - from});
        bool first_of_two = byte == '\r' && i + 1 < field.length && field.start[i + 1] == '\n';
        if (!first_of_two) trail_output_text(writer->out, newline ? " " : "\"\"");
        from = i + 1;
    }
    trail_output_add(writer->out, (trail_slice){field.start + from, field.length - from});
    trail_output_byte(writer->out, '"');
}

void trail_csv_text(trail_csv_writer *writer, const char *field)
{
    trail_csv_field(writer, trail_slice_of(field));
}

void trail_csv_number(trail_csv_writer *writer, int64_t value)
{
    separate(writer);
    trail_output_number(writer->out, value);
}

void trail_csv_row_end(trail_csv_writer *writer)
{
    trail_output_text(writer->out, writer->line_end);
    writer->row_started = false;
}

void trail_csv_heading(trail_csv_writer *writer, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        trail_csv_text(writer, names[i]);
    trail_csv_row_end(writer);
}
