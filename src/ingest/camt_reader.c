/* The reader of account statements, reports and notifications of ISO 20022 (camt.053, 052, 054). */
#include "ingest/camt_entry.h"
#include "ingest/camt_paths.h"
#include "ingest/iso_reading.h"
#include "ingest/reader.h"

/* A bank that books a million payments as one total is not known; bytes hold more honestly. */
enum { MOST_DETAIL_BYTES = 256 << 20 };

typedef struct camt_reading {
    trail_iso_reading iso;
    trail_camt_statement statement;
    trail_camt_entry entry;
    trail_xml_fields balance, message;
    bool in_statement, in_balance, in_entry, in_detail;
} camt_reading;

static bool recognise(trail_slice first_bytes)
{
    static const char *const words[] = {"camt.052", "camt.053", "camt.054", "BkToCstmr"};
    return trail_iso_recognise(first_bytes, words, TRAIL_LENGTH_OF(words));
}

/* Where a field goes that stands here. */
static trail_xml_fields *fields_here(camt_reading *camt)
{
    if (camt->in_detail) return &camt->entry.details;
    if (camt->in_entry) return &camt->entry.fields;
    if (camt->in_balance) return &camt->balance;
    return camt->in_statement ? &camt->statement.fields : &camt->message;
}

static bool full(const camt_reading *camt)
{
    return camt->in_detail && camt->entry.details_left_out;
}

static trail_status begin_detail(camt_reading *camt, trail_error *err)
{
    trail_camt_entry *entry = &camt->entry;
    trail_camt_detail detail = {.first = entry->details.said.count};
    camt->in_detail = true;
    entry->details_left_out =
        entry->details_left_out || entry->details.bytes.length > MOST_DETAIL_BYTES;
    if (entry->details_left_out) return TRAIL_OK;
    trail_iso_reading_begin_record(&camt->iso, &detail.place);
    return trail_vector_push(&entry->detail_list, &detail, err);
}

static void end_detail(camt_reading *camt)
{
    trail_camt_entry *entry = &camt->entry;
    camt->in_detail = false;
    if (entry->details_left_out || entry->detail_list.count == 0) return;
    trail_camt_detail *detail = trail_vector_at(&entry->detail_list, entry->detail_list.count - 1);
    trail_iso_reading_end_record(&camt->iso, &detail->place);
    detail->end = entry->details.said.count;
}

static trail_status begin_message(camt_reading *camt, const trail_xml_element *element,
                                  trail_error *err)
{
    static const char statements[] = "BkToCstmrStmt";
    trail_slice name = trail_slice_of(element->name);
    name.length = name.length < sizeof statements - 1 ? name.length : sizeof statements - 1;
    camt->statement.is_report = !trail_slice_is(name, statements);
    trail_xml_fields_reset(&camt->message);
    camt->statement.message = (trail_slice){"", 0};
    (void)err;
    return TRAIL_OK;
}

static trail_status begin_statement(camt_reading *camt, const trail_xml_element *element,
                                    trail_error *err)
{
    bool first = !camt->iso.writing;
    trail_xml_block message = trail_xml_fields_all(&camt->message);
    trail_status status = trail_iso_reading_write(&camt->iso, err);
    if (status == TRAIL_OK && first) status = trail_iso_reading_version(&camt->iso, element, err);
    camt->statement.message = trail_xml_block_get(&message, TRAIL_CAMT_MESSAGE_ID);
    trail_camt_statement_reset(&camt->statement);
    camt->statement.line = trail_xml_source_line(camt->iso.xml);
    camt->in_statement = true;
    return status;
}

static trail_status on_open(void *context, const trail_xml_element *element, trail_error *err)
{
    camt_reading *camt = context;
    uint16_t meaning = trail_xml_walk_open(&camt->iso.walk, element);
    const char *currency = NULL;
    switch (meaning) {
    case TRAIL_CAMT_NOTHING:
        return TRAIL_OK;
    case TRAIL_CAMT_MESSAGE:
        return begin_message(camt, element, err);
    case TRAIL_CAMT_STATEMENT:
        return begin_statement(camt, element, err);
    case TRAIL_CAMT_BALANCE:
        camt->in_balance = true;
        trail_xml_fields_reset(&camt->balance);
        return TRAIL_OK;
    case TRAIL_CAMT_ENTRY:
        camt->in_entry = true;
        trail_camt_entry_reset(&camt->entry);
        trail_iso_reading_begin_record(&camt->iso, &camt->entry.place);
        trail_xml_source_keep(camt->iso.xml);
        return TRAIL_OK;
    case TRAIL_CAMT_DETAILS:
        return begin_detail(camt, err);
    case TRAIL_CAMT_RETURN:
        if (full(camt)) return TRAIL_OK;
        return trail_xml_fields_add(fields_here(camt), meaning, trail_slice_of("1"), err);
    default:
        currency = trail_iso_attribute(element, "Ccy");
        if (currency == NULL || full(camt)) return TRAIL_OK;
        return trail_xml_fields_add(fields_here(camt), (uint16_t)(meaning + 1),
                                    trail_slice_of(currency), err);
    }
}

static trail_status end_entry(camt_reading *camt, trail_error *err)
{
    trail_iso_fault fault = {0};
    const char *column = "";
    trail_iso_reading_end_record(&camt->iso, &camt->entry.place);
    camt->in_entry = false;
    trail_status status = trail_camt_entry_put(&camt->entry, &camt->statement, &camt->iso.writer,
                                               &fault, &column, err);
    if (status != TRAIL_OK || fault.code == NULL) return status;
    return trail_iso_reading_reject(&camt->iso, camt->entry.place, &fault, column, err);
}

static trail_status on_close(void *context, const trail_xml_element *element, trail_slice text,
                             trail_error *err)
{
    camt_reading *camt = context;
    trail_xml_block all;
    uint16_t meaning = trail_xml_walk_close(&camt->iso.walk, element);
    switch (meaning) {
    case TRAIL_CAMT_NOTHING:
    case TRAIL_CAMT_MESSAGE:
    case TRAIL_CAMT_RETURN:
        return TRAIL_OK;
    case TRAIL_CAMT_STATEMENT:
        camt->in_statement = false;
        return trail_camt_statement_end(&camt->statement, &camt->iso.writer, err);
    case TRAIL_CAMT_BALANCE:
        camt->in_balance = false;
        all = trail_xml_fields_all(&camt->balance);
        return trail_camt_statement_balance(&camt->statement, &camt->iso.writer, &all,
                                            trail_xml_source_line(camt->iso.xml), err);
    case TRAIL_CAMT_ENTRY:
        return end_entry(camt, err);
    case TRAIL_CAMT_DETAILS:
        end_detail(camt);
        return TRAIL_OK;
    default:
        if (full(camt)) return TRAIL_OK;
        return trail_xml_fields_add(fields_here(camt), meaning, text, err);
    }
}

/* The document broke off: the entry that was open is lost, what the statement said stays. */
static trail_status end_broken(camt_reading *camt, trail_error *err)
{
    const trail_iso_fault fault = {
        "row_cut_off",
        "the document cannot be read beyond this entry, which is not whole",
        {"", 0}};
    trail_status status = TRAIL_OK;
    if (camt->in_entry) {
        trail_iso_reading_end_record(&camt->iso, &camt->entry.place);
        status = trail_iso_reading_reject(&camt->iso, camt->entry.place, &fault, "Ntry", err);
    }
    if (status != TRAIL_OK || !camt->in_statement) return status;
    return trail_camt_statement_end(&camt->statement, &camt->iso.writer, err);
}

static trail_status read_camt(trail_reading *reading, trail_error *err)
{
    camt_reading camt = {.iso = {.reading = reading}};
    trail_xml_handler handler = {.context = &camt, .open = on_open, .close = on_close};
    trail_camt_statement_init(&camt.statement);
    trail_camt_entry_init(&camt.entry);
    trail_xml_fields_init(&camt.balance);
    trail_xml_fields_init(&camt.message);
    trail_status status = trail_camt_paths_init(&camt.iso.paths, err);
    if (status == TRAIL_OK) status = trail_iso_reading_run(&camt.iso, &handler, err);
    if (status == TRAIL_OK) status = end_broken(&camt, err);
    if (status == TRAIL_OK) {
        status = trail_iso_reading_finish(
            &camt.iso, "the document holds no account statement, report or notification", err);
    }
    trail_iso_reading_clear(&camt.iso);
    trail_camt_statement_clear(&camt.statement);
    trail_camt_entry_clear(&camt.entry);
    trail_xml_fields_clear(&camt.balance);
    trail_xml_fields_clear(&camt.message);
    return status;
}

const trail_reader trail_camt_reader = {
    .name = "camt",
    .summary = "account statements, reports and notifications of ISO 20022: camt.052, 053, 054",
    .recognise = recognise,
    .read = read_camt,
};
