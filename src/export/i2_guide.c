#include "base/output.h"
#include "export/graph_exports.h"

/* How to import i2.csv: a page beside the file, because an import specification is made inside the
 * analyst's own program. */

trail_status trail_write_i2_guide(const trail_findings *findings, const char *path,
                                  trail_error *err)
{
    trail_output *out = NULL;
    trail_status status = trail_output_open(&out, path, err);
    if (status != TRAIL_OK) return status;
    trail_output_text(
        out,
        "Importing i2.csv into a link chart\n"
        "==================================\n\n"
        "i2.csv is UTF-8 with a byte-order mark, comma-separated, one payment a line, first line\n"
        "headings, no line breaks inside cells.\n\n"
        "1. Start the import of a text file and choose: delimiter comma, text qualifier \",\n"
        "   first row contains column names, encoding UTF-8.\n"
        "2. Design: two entities joined by one link.\n"
        "3. Assign the columns:\n\n"
        "   Entity 1   identity from_id    type from_type   label from_label   attribute "
        "from_name\n"
        "   Entity 2   identity to_id      type to_type     label to_label     attribute to_name\n"
        "   Link       identity link_id    type link_type   direction \"From to\"\n"
        "              date date           time time        description description\n"
        "              attributes amount (as text), currency, source_reference\n\n"
        "4. Multiplicity of links: multiple, so that each payment stays its own link.\n"
        "5. Date format YYYY-MM-DD; decimal mark in amount is a point. time is empty where the\n"
        "   records have only a date: do not let the import fill it in.\n\n"
        "An entity of type End is money that left an account without a named account at the other\n"
        "side: cash, card, fee, or a counterparty that is not named.\n"
        "source_reference cites file:line (record, bytes) of the evidence.\n\n");
    trail_output_text(out, trail_protection_heading(findings->protection));
    trail_output_text(out, "\n");
    return trail_output_finish(out, NULL, err);
}
