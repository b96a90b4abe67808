/* The reader of payment messages of ISO 20022: customer transfers (pacs.008), transfers between
 * banks and covers (pacs.009), returns (pacs.004). One message holds many payments. */
#include <string.h>

#include "ingest/iso_reading.h"
#include "ingest/pacs_message.h"
#include "ingest/pacs_paths.h"
#include "ingest/reader.h"

typedef struct pacs_reading {
    trail_iso_reading iso;
    trail_xml_fields group, payment;
    trail_message_type type;
    trail_record_place place;
    trail_text text;
    bool in_payment;
} pacs_reading;

static bool recognise(trail_slice first_bytes)
{
    static const char *const words[] = {"pacs.008", "pacs.009", "pacs.004", "FIToFICstmrCdtTrf",
                                        "FICdtTrf", "<PmtRtr",  ":PmtRtr",  "FinInstnCdtTrf"};
    return trail_iso_recognise(first_bytes, words, TRAIL_LENGTH_OF(words));
}

static trail_message_type type_of(const char *name)
{
    if (strstr(name, "CstmrCdtTrf") != NULL || strstr(name, "pacs.008") != NULL)
        return TRAIL_MESSAGE_PACS008;
    if (strstr(name, "PmtRtr") != NULL || strstr(name, "pacs.004") != NULL)
        return TRAIL_MESSAGE_PACS004;
    return TRAIL_MESSAGE_PACS009;
}

static trail_status begin_payment(pacs_reading *pacs, const trail_xml_element *element,
                                  trail_error *err)
{
    bool first = !pacs->iso.writing;
    trail_status status = trail_iso_reading_write(&pacs->iso, err);
    if (status == TRAIL_OK && first) status = trail_iso_reading_version(&pacs->iso, element, err);
    trail_xml_fields_reset(&pacs->payment);
    trail_iso_reading_begin_record(&pacs->iso, &pacs->place);
    trail_xml_source_keep(pacs->iso.xml);
    pacs->in_payment = true;
    return status;
}

static trail_status on_open(void *context, const trail_xml_element *element, trail_error *err)
{
    pacs_reading *pacs = context;
    uint16_t meaning = trail_xml_walk_open(&pacs->iso.walk, element);
    if (meaning == TRAIL_PACS_NOTHING) return TRAIL_OK;
    if (meaning == TRAIL_PACS_MESSAGE) {
        pacs->type = type_of(element->name);
        return TRAIL_OK;
    }
    if (meaning == TRAIL_PACS_PAYMENT) return begin_payment(pacs, element, err);
    trail_xml_fields *fields = pacs->in_payment ? &pacs->payment : &pacs->group;
    if (meaning == TRAIL_PACS_UNDERLYING)
        return trail_xml_fields_add(fields, meaning, trail_slice_of("1"), err);
    const char *currency = trail_iso_attribute(element, "Ccy");
    if (currency == NULL) return TRAIL_OK;
    return trail_xml_fields_add(fields, (uint16_t)(meaning + 1), trail_slice_of(currency), err);
}

static trail_status end_payment(pacs_reading *pacs, trail_error *err)
{
    trail_xml_block group = trail_xml_fields_all(&pacs->group);
    trail_xml_block payment = trail_xml_fields_all(&pacs->payment);
    trail_message_said said = {.type = pacs->type};
    const char *column = "";
    pacs->in_payment = false;
    trail_iso_reading_end_record(&pacs->iso, &pacs->place);
    said.place = pacs->place;
    trail_iso_fault fault = trail_pacs_message_read(&said, &group, &payment, &column);
    if (fault.code != NULL)
        return trail_iso_reading_reject(&pacs->iso, pacs->place, &fault, column, err);
    trail_status status = trail_pacs_message_text(&said, &payment, &pacs->text, err);
    return status == TRAIL_OK ? trail_entry_writer_message(&pacs->iso.writer, &said, err) : status;
}

static trail_status on_close(void *context, const trail_xml_element *element, trail_slice text,
                             trail_error *err)
{
    pacs_reading *pacs = context;
    uint16_t meaning = trail_xml_walk_close(&pacs->iso.walk, element);
    if (meaning == TRAIL_PACS_NOTHING || meaning == TRAIL_PACS_UNDERLYING) return TRAIL_OK;
    if (meaning == TRAIL_PACS_PAYMENT) return end_payment(pacs, err);
    if (meaning == TRAIL_PACS_MESSAGE) {
        trail_xml_fields_reset(&pacs->group); /* the next one has its own header */
        return TRAIL_OK;
    }
    return trail_xml_fields_add(pacs->in_payment ? &pacs->payment : &pacs->group, meaning, text,
                                err);
}

static trail_status end_broken(pacs_reading *pacs, trail_error *err)
{
    const trail_iso_fault fault = {
        "row_cut_off",
        "the document cannot be read beyond this payment, which is not whole",
        {"", 0}};
    if (!pacs->in_payment) return TRAIL_OK;
    trail_iso_reading_end_record(&pacs->iso, &pacs->place);
    return trail_iso_reading_reject(&pacs->iso, pacs->place, &fault, "TxInf", err);
}

static trail_status read_pacs(trail_reading *reading, trail_error *err)
{
    pacs_reading pacs = {.iso = {.reading = reading}};
    trail_xml_handler handler = {.context = &pacs, .open = on_open, .close = on_close};
    trail_xml_fields_init(&pacs.group);
    trail_xml_fields_init(&pacs.payment);
    trail_status status = trail_pacs_paths_init(&pacs.iso.paths, err);
    if (status == TRAIL_OK) status = trail_iso_reading_run(&pacs.iso, &handler, err);
    if (status == TRAIL_OK) status = end_broken(&pacs, err);
    if (status == TRAIL_OK)
        status = trail_iso_reading_finish(&pacs.iso, "the document holds no payment", err);
    trail_iso_reading_clear(&pacs.iso);
    trail_xml_fields_clear(&pacs.group);
    trail_xml_fields_clear(&pacs.payment);
    trail_text_clear(&pacs.text);
    return status;
}

const trail_reader trail_pacs_reader = {
    .name = "pacs",
    .summary = "payment messages of ISO 20022: pacs.008, pacs.009 and covers, pacs.004",
    .recognise = recognise,
    .read = read_pacs,
};
