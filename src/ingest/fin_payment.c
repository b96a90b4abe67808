/* MT103, MT202 and MT202COV as a payment message. The cover repeats the customers of the MT103 it
 * covers: the same money, under the same UETR, its :21: the other's :20:. */
#include "ingest/fin_message.h"

#include <string.h>

#include "ingest/fin_party.h"
#include "ingest/fin_values.h"

typedef struct payment_parties {
    trail_fin_party payer, payee, payer_agent, payee_agent;
    bool has_payer, has_payee, has_payer_agent, has_payee_agent;
} payment_parties;

static trail_status read_party(trail_fin_message *message, const char *tag, trail_text *name,
                               trail_fin_party *party, bool *has, trail_error *err)
{
    trail_slice value;
    char option = '\0';
    *party = (trail_fin_party){{"", 0}, {"", 0}, {"", 0}};
    *has = trail_fin_message_find(message, tag, true, &value, &option);
    return *has ? trail_fin_party_read(value, option, name, party, err) : TRAIL_OK;
}

/* The bank that keeps the account: the agent if one is named (by its BIC or not), else `other`. */
static trail_slice keeping_bank(const trail_fin_party *agent, bool has_agent, const char *other)
{
    return has_agent ? agent->bic : trail_slice_of(other);
}

/* A customer: its account at its bank; an institution by its BIC alone is its own account. */
static trail_party_said as_customer(const trail_fin_party *party, trail_slice bank)
{
    trail_party_said said = {.name = party->name, .number = party->account, .bank = bank};
    if (said.number.length == 0 && party->bic.length > 0) {
        said.number = said.bank = party->bic;
    } else if (said.name.length == 0) {
        said.name = party->bic;
    }
    return said;
}

static trail_party_said as_bank(trail_slice bic)
{
    return (trail_party_said){.name = {"", 0}, .number = bic, .bank = bic};
}

/* "/ROC/reference": what the payer calls the payment. */
static trail_slice find_end_to_end(trail_slice text)
{
    size_t at = trail_slice_find(text, trail_slice_of("/ROC/")), length = 0;
    if (at == SIZE_MAX) return (trail_slice){"", 0};
    const char *start = text.start + at + 5;
    size_t most = text.length - at - 5;
    while (length < most && start[length] != '/' && start[length] != '\n')
        length++;
    return trail_slice_trim((trail_slice){start, length});
}

static trail_status join_lines(trail_text *out, trail_slice value, trail_error *err)
{
    trail_status status = TRAIL_OK;
    trail_text_reset(out);
    while (value.length > 0 && status == TRAIL_OK) {
        trail_slice line = trail_slice_trim(trail_fin_first_line(value, &value));
        /* "//" goes on where the line before ended. */
        bool on = line.length > 2 && line.start[0] == '/' && line.start[1] == '/';
        if (on) line = (trail_slice){line.start + 2, line.length - 2};
        if (out->length > 0 && !on) status = trail_text_add(out, (trail_slice){" ", 1}, err);
        if (status == TRAIL_OK) status = trail_text_add(out, line, err);
    }
    return status;
}

/* Sum of all fields with the tag, as far as they are in one currency. */
static trail_status sum_charges(trail_fin_message *message, const char *tag,
                                trail_currency *currency, int64_t *sum, trail_error *err)
{
    for (size_t i = 0; i < message->fields.count; i++) {
        trail_fin_field field = trail_fin_message_field(message, i);
        trail_fin_amount_fault fault = TRAIL_FIN_AMOUNT_OK;
        trail_currency found = TRAIL_NO_CURRENCY;
        int64_t minor = 0;
        if (!trail_fin_tag_is(&field, tag)) continue;
        bool good = trail_fin_money(field.value, &found, &minor, &fault);
        if (good && *currency == TRAIL_NO_CURRENCY) *currency = found;
        if (good && found == *currency && *sum <= INT64_MAX - minor) {
            *sum += minor;
            continue;
        }
        trail_status status =
            trail_fin_file_remark(message->file, field.line, "charge_unreadable",
                                  good ? "a charge in another currency than the first: not counted"
                                       : "a charge that cannot be read: not counted",
                                  trail_slice_of(tag), err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status read_facts(trail_fin_message *message, trail_wire *facts, trail_error *err)
{
    trail_slice value;
    trail_fin_amount_fault fault = TRAIL_FIN_AMOUNT_OK;
    trail_status status = TRAIL_OK;
    if (trail_fin_message_find(message, "33B", true, &value, NULL) &&
        !trail_fin_money(value, &facts->instructed_currency, &facts->instructed_minor, &fault)) {
        facts->instructed_currency = TRAIL_NO_CURRENCY;
        facts->instructed_minor = 0;
        status = trail_fin_file_remark(
            message->file, message->header->line, "instructed_unreadable",
            "the instructed amount :33B: cannot be read: not used", value, err);
    }
    if (trail_fin_message_find(message, "36", true, &value, NULL) && status == TRAIL_OK &&
        !trail_fin_rate(value, &facts->rate_mantissa, &facts->rate_scale)) {
        facts->rate_mantissa = 0;
        facts->rate_scale = 0;
        status =
            trail_fin_file_remark(message->file, message->header->line, "rate_unreadable",
                                  "the exchange rate :36: cannot be read: not used", value, err);
    }
    (void)trail_fin_message_find(message, "71A", true, &value, NULL);
    facts->bearer = (uint8_t)(trail_slice_is(value, "OUR")   ? TRAIL_BEARER_PAYER
                              : trail_slice_is(value, "SHA") ? TRAIL_BEARER_SHARED
                              : trail_slice_is(value, "BEN") ? TRAIL_BEARER_PAYEE
                                                             : TRAIL_BEARER_UNKNOWN);
    if (status == TRAIL_OK) {
        status = sum_charges(message, "71F", &facts->charges_currency, &facts->charges_minor, err);
    }
    if (status != TRAIL_OK) return status;
    return sum_charges(message, "71G", &facts->charges_currency, &facts->receiver_charges_minor,
                       err);
}

static trail_status read_parties(trail_fin_message *message, bool customers, payment_parties *all,
                                 trail_error *err)
{
    trail_text unused = {0};
    trail_status status = read_party(message, customers ? "50" : "52", &message->payer_name,
                                     &all->payer, &all->has_payer, err);
    if (status == TRAIL_OK)
        status = read_party(message, customers ? "59" : "58", &message->payee_name, &all->payee,
                            &all->has_payee, err);
    if (status == TRAIL_OK)
        status = read_party(message, "52", &unused, &all->payer_agent, &all->has_payer_agent, err);
    if (status == TRAIL_OK)
        status = read_party(message, "57", &unused, &all->payee_agent, &all->has_payee_agent, err);
    trail_text_clear(&unused); /* agents have no option F */
    return status;
}

static void take_parties(trail_fin_message *message, bool customers, const payment_parties *all,
                         trail_message_said *said)
{
    const trail_fin_header *header = message->header;
    trail_slice payee_bank =
        keeping_bank(&all->payee_agent, all->has_payee_agent, header->receiver);
    said->payee = as_customer(&all->payee, payee_bank);
    if (customers) {
        said->payer = as_customer(
            &all->payer, keeping_bank(&all->payer_agent, all->has_payer_agent, header->sender));
    } else if (!all->has_payer) {
        said->payer = as_bank(trail_slice_of(header->sender));
    } else if (all->payer.bic.length > 0) {
        said->payer = as_bank(all->payer.bic); /* its account there is for settling only */
    } else {
        said->payer = as_customer(&all->payer, trail_slice_of(header->sender));
    }
    said->wire.texts[TRAIL_WIRE_PAYER_AGENT] = all->payer_agent.bic;
    said->wire.texts[TRAIL_WIRE_PAYEE_AGENT] = all->payee_agent.bic;
    if (!customers) said->wire.texts[TRAIL_WIRE_PAYER_AGENT] = (trail_slice){"", 0};
}

static trail_status remark_missing(trail_fin_message *message, const payment_parties *all,
                                   bool customers, trail_error *err)
{
    trail_fin_file *file = message->file;
    uint64_t line = message->header->line;
    trail_slice nothing = {"", 0};
    trail_status status = TRAIL_OK;
    if (customers && !all->has_payer) {
        status = trail_fin_file_remark(file, line, "party_missing",
                                       "the message has no :50a:, so no ordering customer", nothing,
                                       err);
    }
    if (status != TRAIL_OK || all->has_payee) return status;
    return trail_fin_file_remark(file, line, "party_missing",
                                 customers ? "the message has no :59a:, so no beneficiary"
                                           : "the message has no :58a:, so no beneficiary "
                                             "institution",
                                 nothing, err);
}

trail_status trail_fin_payment_put(trail_fin_message *message, const char *type,
                                   trail_record_place place, trail_error *err)
{
    const trail_fin_header *header = message->header;
    payment_parties parties = {0};
    trail_fin_settled settled;
    trail_slice value, text;
    bool good = false;
    bool bank = strcmp(type, "103") != 0;
    bool cover =
        bank && (header->is_cover || trail_fin_message_find(message, "50", false, &value, NULL) ||
                 trail_fin_message_find(message, "59", false, &value, NULL));
    trail_status status = trail_fin_message_settled(message, place, &settled, &good, err);
    if (status != TRAIL_OK || !good) return status;
    trail_message_said said = {.place = place,
                               .type = !bank   ? TRAIL_MESSAGE_MT103
                                       : cover ? TRAIL_MESSAGE_MT202COV
                                               : TRAIL_MESSAGE_MT202,
                               .amount_minor = settled.minor,
                               .currency = settled.currency,
                               .value_day = settled.day,
                               .sender = trail_slice_of(header->sender),
                               .receiver = trail_slice_of(header->receiver)};
    status = read_parties(message, !bank || cover, &parties, err);
    if (status == TRAIL_OK) status = read_facts(message, &said.wire.facts, err);
    if (status != TRAIL_OK) return status;
    take_parties(message, !bank || cover, &parties, &said);
    if (!trail_fin_message_find(message, "70", true, &text, NULL))
        (void)trail_fin_message_find(message, "72", true, &text, NULL);
    status = join_lines(&message->remittance, text, err);
    if (status != TRAIL_OK) return status;
    said.text = trail_text_slice(&message->remittance);
    (void)trail_fin_message_find(message, "20", false, &said.reference, NULL);
    said.wire.texts[TRAIL_WIRE_INSTRUCTION] = said.reference;
    (void)trail_fin_message_find(message, "21", false, &said.wire.texts[TRAIL_WIRE_RELATED], NULL);
    said.wire.texts[TRAIL_WIRE_UETR] = trail_slice_of(header->uetr);
    said.wire.texts[TRAIL_WIRE_END_TO_END] = find_end_to_end(text);
    status = trail_entry_writer_message(&message->file->writer, &said, err);
    return status == TRAIL_OK ? remark_missing(message, &parties, !bank || cover, err) : status;
}
