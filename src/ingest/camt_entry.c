/* Details replace their entry only when their amounts sum to it, or when the charges that are
 * stated explain the difference, which is then a movement of its own; the number of transactions
 * that the bank states need not agree. Else the entry stays whole: the balance knows only it. */
#include "ingest/camt_entry.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/wide.h"
#include "ingest/camt_movement.h"
#include "ingest/camt_paths.h"
#include "model/calendar.h"
#include "model/money.h"

void trail_camt_entry_init(trail_camt_entry *entry)
{
    *entry = (trail_camt_entry){.detail_list = trail_vector_of(sizeof(trail_camt_detail))};
    trail_xml_fields_init(&entry->fields);
    trail_xml_fields_init(&entry->details);
}

void trail_camt_entry_clear(trail_camt_entry *entry)
{
    trail_xml_fields_clear(&entry->fields);
    trail_xml_fields_clear(&entry->details);
    trail_vector_clear(&entry->detail_list);
    trail_text_clear(&entry->text);
    trail_text_clear(&entry->code);
}

void trail_camt_entry_reset(trail_camt_entry *entry)
{
    trail_xml_fields_reset(&entry->fields);
    trail_xml_fields_reset(&entry->details);
    entry->detail_list.count = 0;
    entry->details_left_out = false;
}

/* What is being put. */
typedef struct putting {
    trail_camt_entry *entry;
    trail_camt_statement *statement;
    trail_entry_writer *writer;
    trail_movement base; /* of the whole entry */
    bool charges_split;  /* they are a movement of their own: the details do not say them again */
} putting;

static trail_slice said(const putting *put, uint16_t meaning)
{
    trail_xml_block all = trail_xml_fields_all(&put->entry->fields);
    return trail_xml_block_get(&all, meaning);
}

static trail_xml_block block_of(const trail_camt_entry *entry, size_t detail)
{
    const trail_camt_detail *list = entry->detail_list.items;
    return (trail_xml_block){&entry->details, list[detail].first, list[detail].end};
}

static bool read_sign(trail_slice sign, bool *credit)
{
    *credit = trail_slice_is(sign, "CRDT");
    return *credit || trail_slice_is(sign, "DBIT");
}

static trail_iso_fault refuse(const char *code, const char *sentence, trail_slice value)
{
    return (trail_iso_fault){code, sentence, value};
}

/* Amount, sign and days of the entry. *column: the element that a fault is of. */
static trail_iso_fault read_entry(putting *put, const char **column, bool *by_value_day)
{
    trail_movement *base = &put->base;
    int32_t unused = TRAIL_NO_TIME;
    *column = "Ntry/Amt";
    trail_iso_fault fault =
        trail_iso_amount(said(put, TRAIL_CAMT_AMOUNT), said(put, TRAIL_CAMT_CURRENCY),
                         &base->currency, &base->amount_minor);
    if (fault.code != NULL) return fault;
    *column = "Ntry/CdtDbtInd";
    if (!read_sign(said(put, TRAIL_CAMT_SIGN), &base->credit))
        return refuse("sign_unknown", "the entry is neither credit nor debit",
                      said(put, TRAIL_CAMT_SIGN));
    *column = "Ntry/ValDt";
    trail_slice value_day = said(put, TRAIL_CAMT_VALUE_DAY);
    fault = trail_iso_day(value_day, &base->value_day, &unused);
    if (fault.code != NULL && value_day.length > 0) return fault;
    *column = "Ntry/BookgDt";
    trail_slice day = said(put, TRAIL_CAMT_BOOKING_DAY);
    *by_value_day = day.length == 0 && base->value_day != TRAIL_NO_DAY;
    if (*by_value_day) {
        base->booking_day = base->value_day;
        base->booking_second = TRAIL_NO_TIME;
        return (trail_iso_fault){0};
    }
    return trail_iso_day(day, &base->booking_day, &base->booking_second);
}

static trail_status remark(const putting *put, const char *code, const char *sentence,
                           trail_slice value, trail_error *err)
{
    return trail_entry_writer_remark(put->writer, false, put->entry->place.line, code, sentence,
                                     value, err);
}

/* A movement of the entry: of one detail, or (detail NULL) of all of it. */
static trail_status put_movement(putting *put, trail_movement *movement,
                                 const trail_xml_block *detail, trail_error *err)
{
    trail_camt_entry *entry = put->entry;
    const trail_xml_block none = {&entry->details, 0, 0};
    trail_camt_said both = {.detail = detail != NULL ? *detail : none,
                            .entry = trail_xml_fields_all(&entry->fields)};
    trail_slice other_own;
    trail_status status =
        trail_camt_movement_fill(movement, &both, &entry->text, &entry->code, &other_own, err);
    movement->wire.texts[TRAIL_WIRE_MESSAGE] = put->statement->message;
    if (put->charges_split) {
        movement->wire.facts.charges_currency = TRAIL_NO_CURRENCY;
        movement->wire.facts.charges_minor = 0;
    }
    if (status == TRAIL_OK) status = trail_entry_writer_movement(put->writer, movement, err);
    if (status != TRAIL_OK || other_own.length == 0 || put->statement->own_side_noted)
        return status;
    put->statement->own_side_noted = true;
    return remark(put, "own_side_differs",
                  "the own side of an entry names another account than the statement; the first is",
                  other_own, err);
}

/* What details of one booked total share: the payer's batch, else the bank's reference, else the
 * entry's number in its statement. */
static trail_slice batch_name(const putting *put, char room[64])
{
    trail_slice name = said(put, TRAIL_CAMT_BATCH_PAYMENT);
    if (name.length == 0) name = said(put, TRAIL_CAMT_SERVICER_REFERENCE);
    if (name.length == 0) name = said(put, TRAIL_CAMT_BATCH_MESSAGE);
    if (name.length > 0) return name;
    (void)snprintf(room, 64, "line %" PRIu64, put->entry->place.line);
    return trail_slice_of(room);
}

static trail_status put_fee(putting *put, int64_t fee_minor, trail_slice batch, trail_error *err)
{
    trail_movement fee = put->base;
    fee.credit = fee_minor < 0;
    fee.amount_minor = fee_minor < 0 ? -fee_minor : fee_minor;
    fee.kind_known = true;
    fee.kind = TRAIL_KIND_FEE;
    fee.text = said(put, TRAIL_CAMT_ENTRY_TEXT);
    fee.reference = said(put, TRAIL_CAMT_SERVICER_REFERENCE).length > 0
                        ? said(put, TRAIL_CAMT_SERVICER_REFERENCE)
                        : said(put, TRAIL_CAMT_ENTRY_REFERENCE);
    fee.wire.texts[TRAIL_WIRE_MESSAGE] = put->statement->message;
    fee.wire.texts[TRAIL_WIRE_BATCH] = batch;
    trail_status status = trail_entry_writer_movement(put->writer, &fee, err);
    if (status != TRAIL_OK) return status;
    return remark(put, "charges_split",
                  "the entry is its details and the charges that it states: the charges are a "
                  "movement of their own",
                  (trail_slice){"", 0}, err);
}

static bool detail_signed(const putting *put, const trail_xml_block *detail, int64_t *amount)
{
    bool credit = put->base.credit;
    trail_slice sign = trail_xml_block_get(detail, TRAIL_CAMT_DETAIL_SIGN);
    if (sign.length > 0 && !read_sign(sign, &credit)) return false;
    if (!trail_camt_detail_amount(detail, put->base.currency, amount)) return false;
    if (!credit) *amount = -*amount;
    return true;
}

static trail_status put_details(putting *put, int64_t fee_minor, trail_error *err)
{
    const trail_camt_detail *list = put->entry->detail_list.items;
    char room[64];
    trail_slice batch = batch_name(put, room);
    put->charges_split = fee_minor != 0;
    trail_status status = fee_minor != 0 ? put_fee(put, fee_minor, batch, err) : TRAIL_OK;
    for (size_t i = 0; i < put->entry->detail_list.count && status == TRAIL_OK; i++) {
        trail_movement movement = put->base;
        trail_xml_block detail = block_of(put->entry, i);
        int64_t amount = 0;
        (void)detail_signed(put, &detail, &amount);
        movement.place = list[i].place;
        movement.credit = amount > 0 || (amount == 0 && put->base.credit);
        movement.amount_minor = amount < 0 ? -amount : amount;
        movement.wire.texts[TRAIL_WIRE_BATCH] = batch;
        status = put_movement(put, &movement, &detail, err);
    }
    return status;
}

/* Sum of the details; false: one of them does not say its amount in the entry's currency. */
static bool sum_details(const putting *put, int64_t *sum, int64_t *charges)
{
    *sum = 0;
    *charges = 0;
    for (size_t i = 0; i < put->entry->detail_list.count; i++) {
        trail_xml_block detail = block_of(put->entry, i);
        int64_t amount = 0, charge = 0;
        if (!detail_signed(put, &detail, &amount) || !trail_add_checked(*sum, amount, sum))
            return false;
        if (trail_camt_charges(&detail, put->base.currency, &charge) &&
            !trail_add_checked(*charges, charge, charges))
            return false;
    }
    return true;
}

/* Details − entry, where the charges of the entry, of its details or of both come to just that. */
static bool charges_explain(const putting *put, int64_t sum, int64_t entry, int64_t of_details,
                            int64_t *fee)
{
    trail_xml_block all = trail_xml_fields_all(&put->entry->fields);
    int64_t of_entry = 0, of_both = 0;
    if (!trail_sub_checked(sum, entry, fee) || *fee == 0) return false;
    (void)trail_camt_charges(&all, put->base.currency, &of_entry);
    if (!trail_add_checked(of_entry, of_details, &of_both)) return false;
    return *fee == of_entry || *fee == of_details || *fee == of_both;
}

static trail_status remark_sum(const putting *put, bool known, int64_t sum, trail_error *err)
{
    char figure[TRAIL_MONEY_TEXT] = "not all of them say it";
    if (known) (void)trail_money_format(sum, put->base.currency, figure);
    return remark(put, "details_differ",
                  "the details do not come to the entry, which stays whole; they come to",
                  trail_slice_of(figure), err);
}

static trail_status put_booked(putting *put, trail_error *err)
{
    const trail_camt_entry *entry = put->entry;
    size_t count = entry->detail_list.count;
    int64_t whole = put->base.credit ? put->base.amount_minor : -put->base.amount_minor;
    int64_t sum = 0, charges = 0, fee = 0;
    trail_movement movement = put->base;
    if (count == 0) return put_movement(put, &movement, NULL, err);
    trail_xml_block first = block_of(entry, 0);
    bool known = !entry->details_left_out && sum_details(put, &sum, &charges);
    if (known && sum == whole && count > 1) return put_details(put, 0, err);
    if (known && sum != whole && charges_explain(put, sum, whole, charges, &fee))
        return put_details(put, fee, err);
    trail_status status = put_movement(put, &movement, count == 1 ? &first : NULL, err);
    /* A single detail need not repeat the amount, or says it in another currency. */
    if (status != TRAIL_OK || (known && sum == whole) || (!known && count == 1)) return status;
    return remark_sum(put, known, sum, err);
}

/* Not booked, as the bank says; any other status than these and BOOK may be a booking. */
static bool is_unbooked(trail_slice state)
{
    return trail_slice_is(state, "PDNG") || trail_slice_is(state, "FUTR") ||
           trail_slice_is(state, "INFO");
}

static trail_status put_unbooked(const putting *put, trail_slice state, trail_error *err)
{
    bool informs = trail_slice_is(state, "INFO");
    return trail_entry_writer_no_payment(
        put->writer, put->entry->place, informs ? "entry_for_information" : "entry_pending",
        informs ? "the entry is for information, not booked" : "the entry is pending, not booked",
        err);
}

trail_status trail_camt_entry_put(trail_camt_entry *entry, trail_camt_statement *statement,
                                  trail_entry_writer *writer, trail_iso_fault *fault,
                                  const char **column, trail_error *err)
{
    putting put = {.entry = entry, .statement = statement, .writer = writer};
    bool by_value_day = false;
    put.base.place = entry->place;
    put.base.own = trail_camt_statement_own(statement);
    trail_slice state = said(&put, TRAIL_CAMT_STATUS);
    bool booked = state.length == 0 || trail_slice_is(state, "BOOK");
    *fault = read_entry(&put, column, &by_value_day);
    statement->entries++;
    if (fault->code == NULL) {
        trail_camt_statement_count(statement, put.base.currency, put.base.credit,
                                   put.base.amount_minor, booked, put.base.booking_day);
    }
    if (is_unbooked(state)) {
        *fault = (trail_iso_fault){0};
        return put_unbooked(&put, state, err);
    }
    if (!booked) {
        *column = "Ntry/Sts";
        *fault = refuse("entry_status_unknown",
                        "the entry's status says neither booked nor pending", state);
    }
    if (fault->code != NULL) return TRAIL_OK;
    trail_status status = put_booked(&put, err);
    if (status == TRAIL_OK && state.length == 0)
        status = remark(&put, "status_missing", "the entry has no status: taken as booked",
                        (trail_slice){"", 0}, err);
    if (status == TRAIL_OK && by_value_day)
        status = remark(&put, "booking_day_missing",
                        "the entry has no booking date: its value date is taken",
                        (trail_slice){"", 0}, err);
    return status;
}
