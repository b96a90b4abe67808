#include "export/citation.h"

#include "base/memory.h"

#define RECORDS_AT_HAND 16 /* more are asked for apart */

#include "base/attributes.h"

/* Appends what the evidence calls something, behind our own word; nothing if it says nothing. */
static trail_status cite_word(const trail_findings *findings, const char *word, uint32_t string,
                              trail_text *out, trail_error *err)
{
    if (string == 0) return TRAIL_OK;
    trail_status status = trail_text_add(out, trail_slice_of(word), err);
    if (status != TRAIL_OK) return status;
    return trail_protect_text(findings->protection,
                              trail_strings_get(findings->ledger->strings, string), out, err);
}

/* "page 3, " or "page 3 line 12 of Kontoauszug.pdf, transcribed by KHK Beispiel, " */
static trail_status cite_page(const trail_findings *findings, const trail_page_place *place,
                              trail_text *out, trail_error *err)
{
    trail_status status = trail_text_add_format(out, err, "page %u", place->page);
    if (status == TRAIL_OK && place->line > 0)
        status = trail_text_add_format(out, err, " line %u", place->line);
    if (status == TRAIL_OK) status = cite_word(findings, " of ", place->document, out, err);
    if (status == TRAIL_OK)
        status = cite_word(findings, ", transcribed by ", place->transcribed_by, out, err);
    return status == TRAIL_OK ? trail_text_add(out, trail_slice_of(", "), err) : status;
}

trail_status trail_cite_record(const trail_findings *findings, uint32_t record, trail_text *out,
                               trail_error *err)
{
    const trail_records *records = &findings->ledger->records;
    const trail_file *file = trail_records_file(records, record);
    trail_status status =
        trail_protect_file(findings->protection, file->name, file->hash, out, err);
    if (status != TRAIL_OK) return status;
    const trail_page_place *page = trail_records_page(records, record);
    status = trail_text_add(out, trail_slice_of(":"), err);
    if (status == TRAIL_OK)
        status = trail_text_add_number(out, (int64_t)trail_records_line(records, record), err);
    if (status == TRAIL_OK) status = trail_text_add(out, trail_slice_of(" ("), err);
    if (status == TRAIL_OK && page != NULL) status = cite_page(findings, page, out, err);
    if (status != TRAIL_OK) return status;
    const struct {
        const char *before;
        uint64_t number;
    } parts[] = {{"record ", trail_records_ordinal(records, record)},
                 {", bytes ", trail_records_offset(records, record)},
                 {"+", trail_records_length(records, record)}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(parts) && status == TRAIL_OK; i++) {
        status = trail_text_add(out, trail_slice_of(parts[i].before), err);
        if (status == TRAIL_OK) status = trail_text_add_number(out, (int64_t)parts[i].number, err);
    }
    return status == TRAIL_OK ? trail_text_add(out, trail_slice_of(")"), err) : status;
}

trail_status trail_cite_payment(const trail_findings *findings, uint32_t payment, trail_text *out,
                                trail_error *err)
{
    uint32_t few[RECORDS_AT_HAND], *records = few, *many = NULL;
    trail_status status = TRAIL_OK;
    size_t count = trail_ledger_records(findings->ledger, payment, few, RECORDS_AT_HAND);
    if (count > RECORDS_AT_HAND) {
        if ((status = trail_alloc_zeroed(&many, count, sizeof *many, err)) != TRAIL_OK)
            return status;
        count = trail_ledger_records(findings->ledger, payment, many, count);
        records = many;
    }
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        if (i > 0) status = trail_text_add(out, trail_slice_of(" | "), err);
        if (status == TRAIL_OK) status = trail_cite_record(findings, records[i], out, err);
    }
    trail_free(many);
    return status;
}
