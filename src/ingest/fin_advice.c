/* MT900 and MT910: one movement on the account in :25:, told at once. A statement may repeat it. */
#include "ingest/fin_message.h"

#include "ingest/fin_party.h"
#include "ingest/fin_values.h"

static trail_status read_other(trail_fin_message *message, bool credit, trail_movement *movement,
                               trail_error *err)
{
    trail_slice value;
    char option = '\0';
    trail_fin_party party, agent;
    trail_status status = TRAIL_OK;
    if (trail_fin_message_find(message, "52", false, &value, &option)) {
        status = trail_fin_party_read(value, option, &message->payee_name, &agent, err);
        if (status != TRAIL_OK) return status;
        movement->wire.texts[TRAIL_WIRE_PAYER_AGENT] = agent.bic;
        movement->other.bank = agent.bic;
    }
    if (!credit) { /* who ordered the debit is not who received it */
        movement->other = (trail_party_said){{"", 0}, {"", 0}, {"", 0}};
        return TRAIL_OK;
    }
    if (trail_fin_message_find(message, "50", false, &value, &option)) {
        status = trail_fin_party_read(value, option, &message->payer_name, &party, err);
        movement->other.name = party.name;
        movement->other.number = party.account;
        if (party.account.length > 0 || party.bic.length == 0) return status;
        movement->other.bank = party.bic;
    }
    movement->other.number = movement->other.bank;
    return status;
}

trail_status trail_fin_advice_put(trail_fin_message *message, bool credit, trail_record_place place,
                                  trail_error *err)
{
    trail_slice account, reference;
    trail_fin_settled settled;
    bool good = false;
    trail_status status = TRAIL_OK;
    if (!trail_fin_message_find(message, "25", false, &account, NULL) &&
        message->file->reading->source->own_account == NULL) {
        return trail_fin_message_reject(message, place, "field_missing",
                                        ":25:", "the advice does not say which account it is on",
                                        account, err);
    }
    status = trail_fin_message_settled(message, place, &settled, &good, err);
    if (status != TRAIL_OK || !good) return status;
    trail_movement movement = {.place = place,
                               .credit = credit,
                               .amount_minor = settled.minor,
                               .currency = settled.currency,
                               .booking_day = settled.day,
                               .booking_second = TRAIL_NO_TIME,
                               .value_day = settled.day,
                               .own = trail_fin_account(account, settled.currency)};
    if (movement.own.bank.length == 0 && message->file->reading->source->bank == NULL)
        movement.own.bank = trail_slice_of(message->header->sender);
    status = read_other(message, credit, &movement, err);
    if (status != TRAIL_OK) return status;
    (void)trail_fin_message_find(message, "20", false, &reference, NULL);
    (void)trail_fin_message_find(message, "72", false, &movement.text, NULL);
    movement.reference = reference;
    movement.code = trail_slice_of(message->header->type);
    movement.wire.texts[TRAIL_WIRE_MESSAGE] = reference;
    movement.wire.texts[TRAIL_WIRE_UETR] = trail_slice_of(message->header->uetr);
    (void)trail_fin_message_find(message, "21", false, &movement.wire.texts[TRAIL_WIRE_RELATED],
                                 NULL);
    trail_statement statement = {.line = place.line,
                                 .currency = settled.currency,
                                 .is_report = true,
                                 .sequence = UINT32_MAX,
                                 .from_day = TRAIL_NO_DAY,
                                 .to_day = TRAIL_NO_DAY};
    statement.opening.day = statement.closing.day = TRAIL_NO_DAY;
    trail_entry_writer_begin_statement(&message->file->writer);
    status = trail_entry_writer_movement(&message->file->writer, &movement, err);
    if (status != TRAIL_OK) return status;
    return trail_entry_writer_end_statement(&message->file->writer, &movement.own, &statement,
                                            reference, (trail_slice){"", 0}, err);
}
