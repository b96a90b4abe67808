#include "ingest/camt_movement.h"

#include "base/wide.h"
#include "ingest/camt_kind.h"
#include "ingest/camt_paths.h"
#include "ingest/iso_value.h"

trail_slice trail_camt_said_get(const trail_camt_said *said, uint16_t meaning)
{
    trail_slice text = trail_xml_block_get(&said->detail, meaning);
    return text.length > 0 ? text : trail_xml_block_get(&said->entry, meaning);
}

/* Its currency has the meaning after the amount's. */
static bool amount_of(const trail_xml_block *block, uint16_t meaning, trail_currency *currency,
                      int64_t *amount_minor)
{
    return trail_iso_amount(trail_xml_block_get(block, meaning),
                            trail_xml_block_get(block, (uint16_t)(meaning + 1)), currency,
                            amount_minor)
               .code == NULL;
}

bool trail_camt_detail_amount(const trail_xml_block *detail, trail_currency currency,
                              int64_t *amount_minor)
{
    static const uint16_t meanings[] = {TRAIL_CAMT_DETAIL_AMOUNT, TRAIL_CAMT_TRANSACTION_AMOUNT,
                                        TRAIL_CAMT_COUNTER_AMOUNT, TRAIL_CAMT_INSTRUCTED_AMOUNT};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(meanings); i++) {
        trail_currency found = TRAIL_NO_CURRENCY;
        if (amount_of(detail, meanings[i], &found, amount_minor) && found == currency) return true;
    }
    return false;
}

/* Fields of one charge follow each other, its amount first (its currency, an attribute, just
 * before). */
static bool next_charge(const trail_xml_block *block, size_t *at, trail_xml_block *charge)
{
    const trail_xml_fields *fields = block->fields;
    size_t first = *at;
    while (first < block->end &&
           trail_xml_fields_meaning(fields, first) != TRAIL_CAMT_CHARGE_CURRENCY)
        first++;
    size_t end = first + 1;
    while (end < block->end && trail_xml_fields_meaning(fields, end) != TRAIL_CAMT_CHARGE_CURRENCY)
        end++;
    *at = end;
    *charge = (trail_xml_block){fields, first, end < block->end ? end : block->end};
    return first < block->end;
}

bool trail_camt_charges(const trail_xml_block *block, trail_currency currency,
                        int64_t *charges_minor)
{
    trail_xml_block charge;
    size_t at = block->first, count = 0;
    *charges_minor = 0;
    while (next_charge(block, &at, &charge)) {
        trail_currency found = TRAIL_NO_CURRENCY;
        int64_t amount = 0;
        if (!amount_of(&charge, TRAIL_CAMT_CHARGE_AMOUNT, &found, &amount) || found != currency)
            return false;
        if (trail_slice_is(trail_xml_block_get(&charge, TRAIL_CAMT_CHARGE_SIGN), "CRDT"))
            amount = -amount;
        if (!trail_add_checked(*charges_minor, amount, charges_minor)) return false;
        count++;
    }
    if (count > 0) return true;
    trail_currency found = TRAIL_NO_CURRENCY;
    return amount_of(block, TRAIL_CAMT_CHARGES_TOTAL, &found, charges_minor) && found == currency;
}

static trail_currency charges_currency(const trail_xml_block *block)
{
    trail_currency currency = TRAIL_NO_CURRENCY;
    trail_slice code =
        trail_xml_block_either(block, TRAIL_CAMT_CHARGE_CURRENCY, TRAIL_CAMT_CHARGES_CURRENCY);
    (void)trail_currency_find(code, &currency);
    return currency;
}

static void fill_charges(trail_wire *facts, const trail_camt_said *said)
{
    const trail_xml_block *blocks[] = {&said->detail, &said->entry};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(blocks); i++) {
        trail_currency currency = charges_currency(blocks[i]);
        int64_t charges = 0;
        if (currency == TRAIL_NO_CURRENCY || !trail_camt_charges(blocks[i], currency, &charges) ||
            charges <= 0)
            continue;
        facts->charges_currency = currency;
        facts->charges_minor = charges;
        break;
    }
    facts->bearer = (uint8_t)trail_iso_bearer(trail_camt_said_get(said, TRAIL_CAMT_CHARGE_BEARER));
}

/* What was instructed, where it is not what was booked: in another currency, or other in amount. */
static void fill_instructed(trail_wire *facts, const trail_movement *movement,
                            const trail_camt_said *said)
{
    static const uint16_t meanings[] = {TRAIL_CAMT_INSTRUCTED_AMOUNT, TRAIL_CAMT_DETAIL_AMOUNT,
                                        TRAIL_CAMT_TRANSACTION_AMOUNT, TRAIL_CAMT_COUNTER_AMOUNT};
    const trail_xml_block *blocks[] = {&said->detail, &said->entry};
    for (size_t i = 0; i < 2 * TRAIL_LENGTH_OF(meanings); i++) {
        size_t which = i % TRAIL_LENGTH_OF(meanings);
        trail_currency currency = TRAIL_NO_CURRENCY;
        int64_t amount = 0;
        if (!amount_of(blocks[i / TRAIL_LENGTH_OF(meanings)], meanings[which], &currency,
                       &amount) ||
            amount == 0)
            continue;
        bool differs = which == 0 && amount != movement->amount_minor;
        if (currency == movement->currency && !differs) continue;
        facts->instructed_currency = currency;
        facts->instructed_minor = amount;
        break;
    }
    (void)trail_iso_rate(trail_camt_said_get(said, TRAIL_CAMT_RATE), &facts->rate_mantissa,
                         &facts->rate_scale);
}

static bool is_provided(trail_slice reference)
{
    return reference.length > 0 && !trail_slice_is(reference, "NOTPROVIDED");
}

static void fill_references(trail_wire_said *wire, const trail_camt_said *said)
{
    static const struct {
        trail_wire_text text;
        uint16_t meaning, else_meaning;
    } rows[] = {
        {TRAIL_WIRE_UETR, TRAIL_CAMT_UETR, TRAIL_CAMT_UETR},
        {TRAIL_WIRE_END_TO_END, TRAIL_CAMT_END_TO_END, TRAIL_CAMT_END_TO_END},
        {TRAIL_WIRE_INSTRUCTION, TRAIL_CAMT_INSTRUCTION, TRAIL_CAMT_INSTRUCTION},
        {TRAIL_WIRE_TRANSACTION, TRAIL_CAMT_TRANSACTION, TRAIL_CAMT_CLEARING_REFERENCE},
        {TRAIL_WIRE_MANDATE, TRAIL_CAMT_MANDATE, TRAIL_CAMT_MANDATE},
        {TRAIL_WIRE_REASON, TRAIL_CAMT_RETURN_REASON, TRAIL_CAMT_RETURN_TEXT},
        {TRAIL_WIRE_PAYER_AGENT, TRAIL_CAMT_PAYER_BIC, TRAIL_CAMT_PAYER_BIC},
        {TRAIL_WIRE_PAYEE_AGENT, TRAIL_CAMT_PAYEE_BIC, TRAIL_CAMT_PAYEE_BIC},
        {TRAIL_WIRE_BATCH, TRAIL_CAMT_BATCH_PAYMENT, TRAIL_CAMT_PAYMENT_BATCH},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        trail_slice text = trail_camt_said_get(said, rows[i].meaning);
        if (text.length == 0) text = trail_camt_said_get(said, rows[i].else_meaning);
        if (wire->texts[rows[i].text].length == 0) wire->texts[rows[i].text] = text;
    }
    if (!wire->facts.returned) return;
    trail_slice original = wire->texts[TRAIL_WIRE_END_TO_END];
    if (!is_provided(original)) original = wire->texts[TRAIL_WIRE_INSTRUCTION];
    if (!is_provided(original)) original = wire->texts[TRAIL_WIRE_TRANSACTION];
    wire->texts[TRAIL_WIRE_RELATED] = original;
}

static trail_status add_part(trail_text *text, const char *mark, trail_slice part, trail_error *err)
{
    if (part.length == 0) return TRAIL_OK;
    trail_status status = TRAIL_OK;
    if (text->length > 0) status = trail_text_add(text, (trail_slice){" ", 1}, err);
    if (status == TRAIL_OK) status = trail_text_add(text, trail_slice_of(mark), err);
    return status == TRAIL_OK ? trail_text_add(text, part, err) : status;
}

/* Remittance, then what the bank adds; the entry's own words only where there are no others.
 * Ultimate parties have no place of their own: they stand in the text, under their element's name.
 */
static trail_status fill_text(trail_text *text, const trail_camt_said *said, trail_error *err)
{
    const trail_xml_block *detail = &said->detail;
    trail_status status = TRAIL_OK;
    trail_text_reset(text);
    for (size_t i = detail->first; i < detail->end && status == TRAIL_OK; i++) {
        if (trail_xml_fields_meaning(detail->fields, i) == TRAIL_CAMT_TEXT)
            status = add_part(text, "", trail_xml_fields_text(detail->fields, i), err);
    }
    const struct {
        const char *mark;
        uint16_t meaning;
    } more[] = {{"", TRAIL_CAMT_DETAIL_TEXT},
                {"UltmtDbtr: ", TRAIL_CAMT_PAYER_ULTIMATE},
                {"UltmtCdtr: ", TRAIL_CAMT_PAYEE_ULTIMATE}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(more) && status == TRAIL_OK; i++)
        status = add_part(text, more[i].mark, trail_xml_block_get(detail, more[i].meaning), err);
    if (status != TRAIL_OK || text->length > 0) return status;
    return add_part(text, "", trail_xml_block_get(&said->entry, TRAIL_CAMT_ENTRY_TEXT), err);
}

/* "PMNT-RCDT-ESCT", or the bank's own code where that says nothing in particular. */
static trail_status fill_code(trail_text *code, trail_movement *movement,
                              const trail_camt_said *said, trail_error *err)
{
    bool in_detail = trail_xml_block_get(&said->detail, TRAIL_CAMT_DOMAIN).length > 0;
    const trail_xml_block *block = in_detail ? &said->detail : &said->entry;
    trail_slice domain = trail_xml_block_get(block, TRAIL_CAMT_DOMAIN);
    trail_slice family = trail_xml_block_get(block, TRAIL_CAMT_FAMILY);
    trail_slice subfamily = trail_xml_block_get(block, TRAIL_CAMT_SUBFAMILY);
    trail_slice own = trail_camt_said_get(said, TRAIL_CAMT_OWN_CODE);
    bool vague = domain.length == 0 || trail_slice_is(subfamily, "OTHR") ||
                 trail_slice_is(subfamily, "NTAV");
    trail_text_reset(code);
    movement->kind_known = trail_camt_kind(domain, family, subfamily, &movement->kind);
    if (vague && own.length > 0) return trail_text_add(code, own, err);
    if (domain.length == 0) return TRAIL_OK;
    return trail_text_add_format(code, err, "%.*s-%.*s-%.*s", (int)domain.length, domain.start,
                                 (int)family.length, family.start, (int)subfamily.length,
                                 subfamily.start);
}

static trail_party_said party(const trail_xml_block *detail, bool payer)
{
    trail_party_said party = {
        .name =
            trail_xml_block_either(detail, payer ? TRAIL_CAMT_PAYER_NAME : TRAIL_CAMT_PAYEE_NAME,
                                   payer ? TRAIL_CAMT_PAYER_ULTIMATE : TRAIL_CAMT_PAYEE_ULTIMATE),
        .number =
            trail_xml_block_either(detail, payer ? TRAIL_CAMT_PAYER_IBAN : TRAIL_CAMT_PAYEE_IBAN,
                                   payer ? TRAIL_CAMT_PAYER_NUMBER : TRAIL_CAMT_PAYEE_NUMBER),
        .bank =
            trail_xml_block_either(detail, payer ? TRAIL_CAMT_PAYER_BIC : TRAIL_CAMT_PAYEE_BIC,
                                   payer ? TRAIL_CAMT_PAYER_CLEARING : TRAIL_CAMT_PAYEE_CLEARING)};
    return party;
}

/* Debtor and creditor are those of the original payment, also where it comes back: in a return or a
 * reversal the own account stands on the other side. */
static void fill_parties(trail_movement *movement, const trail_xml_block *detail,
                         trail_slice *other_own)
{
    trail_party_said payer = party(detail, true), payee = party(detail, false);
    bool turned = movement->wire.facts.returned || movement->wire.facts.reversal;
    bool other_is_payer = movement->credit != turned;
    trail_slice own = movement->own.number;
    /* Some banks turn the parties as well: then the own account says so. */
    if (turned && own.length > 0 &&
        trail_slice_equal(other_is_payer ? payer.number : payee.number, own))
        other_is_payer = !other_is_payer;
    movement->other = other_is_payer ? payer : payee;
    const trail_party_said *mine = other_is_payer ? &payee : &payer;
    if (movement->own.name.length == 0) movement->own.name = mine->name;
    *other_own = (trail_slice){"", 0};
    if (mine->number.length > 0 && !trail_slice_equal(mine->number, own)) *other_own = mine->number;
}

trail_status trail_camt_movement_fill(trail_movement *movement, const trail_camt_said *said,
                                      trail_text *text, trail_text *code, trail_slice *other_own,
                                      trail_error *err)
{
    trail_wire *facts = &movement->wire.facts;
    trail_status status = fill_text(text, said, err);
    if (status == TRAIL_OK) status = fill_code(code, movement, said, err);
    if (status != TRAIL_OK) return status;
    facts->reversal = trail_iso_true(trail_xml_block_get(&said->entry, TRAIL_CAMT_REVERSAL));
    facts->returned = trail_xml_block_get(&said->detail, TRAIL_CAMT_RETURN).length > 0 ||
                      (movement->kind_known && movement->kind == TRAIL_KIND_RETURN);
    if (facts->returned && !movement->kind_known) {
        movement->kind_known = true;
        movement->kind = TRAIL_KIND_RETURN;
    } else if (!movement->kind_known &&
               trail_slice_is(trail_xml_block_get(&said->detail, TRAIL_CAMT_PURPOSE), "SALA")) {
        movement->kind_known = true;
        movement->kind = TRAIL_KIND_WAGES;
    }
    movement->text = trail_text_slice(text);
    movement->code = trail_text_slice(code);
    movement->reference = trail_xml_block_get(&said->detail, TRAIL_CAMT_DETAIL_SERVICER_REFERENCE);
    if (movement->reference.length == 0)
        movement->reference = trail_xml_block_either(&said->entry, TRAIL_CAMT_SERVICER_REFERENCE,
                                                     TRAIL_CAMT_ENTRY_REFERENCE);
    fill_instructed(facts, movement, said);
    fill_charges(facts, said);
    fill_parties(movement, &said->detail, other_own);
    fill_references(&movement->wire, said);
    return TRAIL_OK;
}
