#include "reconcile/said_row.h"

static const trail_detail no_detail = {.value_day = TRAIL_NO_DAY};

trail_said_row trail_said_row_of(const trail_ledger *ledger, uint32_t entry)
{
    uint16_t legs = ledger->flags[entry] & (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT);
    bool credit = legs == TRAIL_HAS_CREDIT;
    const trail_detail *detail = trail_records_detail(&ledger->records, ledger->record[entry]);
    if (detail == NULL) detail = &no_detail;
    int64_t amount_minor = ledger->amount_minor[entry];
    trail_said_row row = {.detail = detail,
                          .signed_minor = credit ? amount_minor : -amount_minor,
                          .own = credit ? ledger->payee[entry] : ledger->payer[entry],
                          .other = credit ? ledger->payer[entry] : ledger->payee[entry],
                          .name = credit ? detail->payer_name : detail->payee_name,
                          .record = ledger->record[entry],
                          .day = ledger->booking_day[entry],
                          .second = ledger->booking_second[entry],
                          .currency = ledger->currency[entry],
                          .transfer = legs == (TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT)};
    if (!row.transfer) return row;
    trail_leg received = trail_ledger_credit(ledger, entry);
    row.received_minor = received.amount_minor;
    row.received_currency = received.currency;
    return row;
}

bool trail_reference_names(trail_slice reference)
{
    static const char *const empty[] = {"",  "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOREF",
                                        "-", "0",      "N/A",         "NONE"};
    reference = trail_slice_trim(reference);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(empty); i++) {
        if (trail_slice_is_ascii_nocase(reference, empty[i])) return false;
    }
    return true;
}

static bool names(const trail_ledger *ledger, uint32_t reference)
{
    return reference != 0 && trail_reference_names(trail_strings_get(ledger->strings, reference));
}

static void add(const trail_ledger *ledger, trail_said_references *references, uint32_t id)
{
    for (uint32_t i = 0; i < references->count; i++)
        if (references->ids[i] == id) return;
    if (names(ledger, id) && references->count < TRAIL_REFERENCES_MAX)
        references->ids[references->count++] = id;
}

trail_said_references trail_said_references_of(const trail_ledger *ledger, uint32_t record)
{
    static const trail_wire_text texts[] = {TRAIL_WIRE_UETR, TRAIL_WIRE_END_TO_END,
                                            TRAIL_WIRE_INSTRUCTION, TRAIL_WIRE_TRANSACTION,
                                            TRAIL_WIRE_RELATED};
    trail_said_references references = {.count = 0};
    const trail_detail *detail = trail_records_detail(&ledger->records, record);
    const trail_wire *wire = trail_ledger_wire(ledger, record);
    if (detail != NULL) add(ledger, &references, detail->reference);
    if (wire == NULL) return references;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(texts); i++)
        add(ledger, &references, wire->texts[texts[i]]);
    uint32_t uetr = wire->texts[TRAIL_WIRE_UETR];
    uint32_t end_to_end = wire->texts[TRAIL_WIRE_END_TO_END];
    references.uetr = names(ledger, uetr) ? uetr : 0;
    references.end_to_end = names(ledger, end_to_end) ? end_to_end : 0;
    return references;
}

bool trail_said_references_share(const trail_said_references *a, const trail_said_references *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t k = 0; k < b->count; k++)
            if (a->ids[i] == b->ids[k]) return true;
    return false;
}
