#include "ingest/pacs_message.h"

#include "base/wide.h"
#include "ingest/pacs_paths.h"
#include "model/calendar.h"

/* Offsets in a side's run of meanings (TRAIL_PACS_PARTY). */
enum { NAME, IBAN, NUMBER, OWN_BIC, AGENT_BIC, AGENT_CLEARING, ULTIMATE };

static trail_slice of(const trail_xml_block *block, int side, int what)
{
    return trail_xml_block_get(block, (uint16_t)(side + what));
}

static bool is_named(const trail_xml_block *block, int side)
{
    return of(block, side, NAME).length > 0 || of(block, side, IBAN).length > 0 ||
           of(block, side, NUMBER).length > 0 || of(block, side, OWN_BIC).length > 0;
}

static trail_slice first_of(trail_slice a, trail_slice b)
{
    return a.length > 0 ? a : b;
}

/* An institution that is a party itself is known by its BIC. */
static trail_party_said party(const trail_xml_block *block, int side)
{
    trail_slice bic = of(block, side, OWN_BIC);
    return (trail_party_said){
        .name = first_of(first_of(of(block, side, NAME), of(block, side, ULTIMATE)), bic),
        .number = first_of(of(block, side, IBAN), of(block, side, NUMBER)),
        .bank =
            first_of(first_of(of(block, side, AGENT_BIC), of(block, side, AGENT_CLEARING)), bic)};
}

/* Under a cover stand the customers; in a return without a chain of its own the original's parties,
 * who change sides as the money comes back. */
static void read_parties(trail_message_said *said, const trail_xml_block *payment)
{
    int payer = TRAIL_PACS_PAYER_NAME, payee = TRAIL_PACS_PAYEE_NAME;
    bool under = is_named(payment, TRAIL_PACS_UNDER_PAYER_NAME) ||
                 is_named(payment, TRAIL_PACS_UNDER_PAYEE_NAME);
    if (said->type == TRAIL_MESSAGE_PACS009COV && under) {
        payer = TRAIL_PACS_UNDER_PAYER_NAME;
        payee = TRAIL_PACS_UNDER_PAYEE_NAME;
    } else if (said->type == TRAIL_MESSAGE_PACS004 && under && !is_named(payment, payer) &&
               !is_named(payment, payee)) {
        payer = TRAIL_PACS_UNDER_PAYEE_NAME;
        payee = TRAIL_PACS_UNDER_PAYER_NAME;
    }
    said->payer = party(payment, payer);
    said->payee = party(payment, payee);
    said->wire.texts[TRAIL_WIRE_PAYER_AGENT] = of(payment, payer, AGENT_BIC);
    said->wire.texts[TRAIL_WIRE_PAYEE_AGENT] = of(payment, payee, AGENT_BIC);
}

static void read_references(trail_message_said *said, const trail_xml_block *group,
                            const trail_xml_block *payment)
{
    trail_slice *texts = said->wire.texts;
    trail_slice transaction = trail_xml_block_get(payment, TRAIL_PACS_TRANSACTION);
    trail_slice instruction = trail_xml_block_get(payment, TRAIL_PACS_INSTRUCTION);
    texts[TRAIL_WIRE_UETR] = trail_xml_block_get(payment, TRAIL_PACS_UETR);
    texts[TRAIL_WIRE_END_TO_END] = trail_xml_block_get(payment, TRAIL_PACS_END_TO_END);
    texts[TRAIL_WIRE_INSTRUCTION] = instruction;
    texts[TRAIL_WIRE_TRANSACTION] =
        first_of(transaction, trail_xml_block_get(payment, TRAIL_PACS_CLEARING_REFERENCE));
    texts[TRAIL_WIRE_MESSAGE] = trail_xml_block_get(group, TRAIL_PACS_MESSAGE_ID);
    said->reference = first_of(first_of(transaction, instruction), texts[TRAIL_WIRE_MESSAGE]);
    if (said->type != TRAIL_MESSAGE_PACS004) return;
    /* References of a return are the original's but for its own id. */
    said->reference =
        first_of(trail_xml_block_get(payment, TRAIL_PACS_RETURN_ID), texts[TRAIL_WIRE_MESSAGE]);
    trail_slice message = first_of(trail_xml_block_get(payment, TRAIL_PACS_ORIGINAL_MESSAGE),
                                   trail_xml_block_get(group, TRAIL_PACS_GROUP_ORIGINAL_MESSAGE));
    texts[TRAIL_WIRE_RELATED] = first_of(first_of(instruction, transaction),
                                         first_of(texts[TRAIL_WIRE_END_TO_END], message));
    texts[TRAIL_WIRE_REASON] =
        trail_xml_block_either(payment, TRAIL_PACS_REASON, TRAIL_PACS_REASON_TEXT);
    said->wire.facts.returned = true;
}

/* Each agent on the way states its own: those of the first one's currency are summed. */
static void read_charges(trail_wire *facts, const trail_xml_block *payment)
{
    trail_slice currency = {"", 0};
    for (size_t i = payment->first; i < payment->end; i++) {
        uint16_t meaning = trail_xml_fields_meaning(payment->fields, i);
        trail_slice text = trail_xml_fields_text(payment->fields, i);
        trail_currency found = TRAIL_NO_CURRENCY;
        int64_t amount = 0, sum = 0;
        if (meaning == TRAIL_PACS_CHARGE_CURRENCY) currency = text;
        if (meaning != TRAIL_PACS_CHARGE_AMOUNT ||
            trail_iso_amount(text, currency, &found, &amount).code != NULL || amount == 0)
            continue;
        if (facts->charges_currency == TRAIL_NO_CURRENCY) facts->charges_currency = found;
        if (found == facts->charges_currency &&
            trail_add_checked(facts->charges_minor, amount, &sum))
            facts->charges_minor = sum;
    }
    facts->bearer = (uint8_t)trail_iso_bearer(trail_xml_block_get(payment, TRAIL_PACS_BEARER));
}

static void read_instructed(trail_message_said *said, const trail_xml_block *payment)
{
    trail_wire *facts = &said->wire.facts;
    trail_currency currency = TRAIL_NO_CURRENCY;
    int64_t amount = 0;
    if (trail_iso_amount(trail_xml_block_get(payment, TRAIL_PACS_INSTRUCTED_AMOUNT),
                         trail_xml_block_get(payment, TRAIL_PACS_INSTRUCTED_CURRENCY), &currency,
                         &amount)
            .code == NULL) {
        facts->instructed_currency = currency;
        facts->instructed_minor = amount;
    }
    (void)trail_iso_rate(trail_xml_block_get(payment, TRAIL_PACS_RATE), &facts->rate_mantissa,
                         &facts->rate_scale);
}

trail_iso_fault trail_pacs_message_read(trail_message_said *said, const trail_xml_block *group,
                                        const trail_xml_block *payment, const char **column)
{
    int32_t unused = 0;
    *column = "IntrBkSttlmAmt";
    trail_iso_fault fault = trail_iso_amount(trail_xml_block_get(payment, TRAIL_PACS_AMOUNT),
                                             trail_xml_block_get(payment, TRAIL_PACS_CURRENCY),
                                             &said->currency, &said->amount_minor);
    if (fault.code != NULL) return fault;
    *column = "IntrBkSttlmDt";
    fault = trail_iso_day(first_of(trail_xml_block_get(payment, TRAIL_PACS_DAY),
                                   trail_xml_block_get(group, TRAIL_PACS_GROUP_DAY)),
                          &said->value_day, &unused);
    if (fault.code != NULL) return fault;
    bool covers = trail_xml_block_get(payment, TRAIL_PACS_UNDERLYING).length > 0;
    if (said->type == TRAIL_MESSAGE_PACS009 && covers) said->type = TRAIL_MESSAGE_PACS009COV;
    said->sender = first_of(trail_xml_block_get(group, TRAIL_PACS_HEADER_SENDER),
                            first_of(trail_xml_block_get(payment, TRAIL_PACS_SENDER),
                                     trail_xml_block_get(group, TRAIL_PACS_GROUP_SENDER)));
    said->receiver = first_of(trail_xml_block_get(group, TRAIL_PACS_HEADER_RECEIVER),
                              first_of(trail_xml_block_get(payment, TRAIL_PACS_RECEIVER),
                                       trail_xml_block_get(group, TRAIL_PACS_GROUP_RECEIVER)));
    read_parties(said, payment);
    read_references(said, group, payment);
    read_charges(&said->wire.facts, payment);
    read_instructed(said, payment);
    return fault;
}

static trail_status add_part(trail_text *text, const char *mark, trail_slice part, trail_error *err)
{
    if (part.length == 0) return TRAIL_OK;
    return trail_text_add_format(text, err, "%s%s%.*s", text->length > 0 ? " " : "", mark,
                                 (int)part.length, part.start);
}

trail_status trail_pacs_message_text(trail_message_said *said, const trail_xml_block *payment,
                                     trail_text *text, trail_error *err)
{
    static const struct {
        const char *mark;
        uint16_t meaning;
    } ultimate[] = {{"UltmtDbtr: ", TRAIL_PACS_PAYER_ULTIMATE},
                    {"UltmtCdtr: ", TRAIL_PACS_PAYEE_ULTIMATE},
                    {"UltmtDbtr: ", TRAIL_PACS_UNDER_PAYER_ULTIMATE},
                    {"UltmtCdtr: ", TRAIL_PACS_UNDER_PAYEE_ULTIMATE}};
    trail_status status = TRAIL_OK;
    trail_text_reset(text);
    for (size_t i = payment->first; i < payment->end && status == TRAIL_OK; i++) {
        uint16_t meaning = trail_xml_fields_meaning(payment->fields, i);
        if (meaning == TRAIL_PACS_TEXT || meaning == TRAIL_PACS_REASON_TEXT)
            status = add_part(text, "", trail_xml_fields_text(payment->fields, i), err);
    }
    for (size_t i = 0; i < TRAIL_LENGTH_OF(ultimate) && status == TRAIL_OK; i++)
        status = add_part(text, ultimate[i].mark, trail_xml_block_get(payment, ultimate[i].meaning),
                          err);
    said->text = trail_text_slice(text);
    return status;
}
