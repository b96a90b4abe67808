#include "reconcile/match_messages.h"

#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "reconcile/charges.h"
#include "reconcile/duplicates.h"
#include "reconcile/match_directory.h"
#include "reconcile/match_score.h"
#include "reconcile/order_block.h"

/* Messages are joined where they share a UETR (a return bears its original's, and stays apart), a
 * cover where its related reference is a message's own, copies in two files where reference,
 * sender, amount and date agree. Then every leg that could show a transfer is a claim; claims are
 * taken strongest first, then nearest in days, then by content. */

#define DAYS_APART 5
#define AMBIGUOUS  UINT32_MAX

typedef struct claim {
    uint32_t transfer, leg;
    uint32_t days;
    uint8_t tie;
} claim;

typedef struct texted_leg {
    uint32_t text, leg;
} texted_leg;

typedef struct telling {
    const trail_ledger *ledger;
    trail_match_legs *legs;
    trail_told *told;
    const trail_vector *copies; /* of trail_copy, or NULL */
    uint32_t *group;            /* by message: union-find */
    trail_vector texted;        /* of texted_leg, by text */
    trail_vector claims;
    trail_match_directory debits, credits;
} telling;

static const trail_message *message_at(const telling *at, uint32_t index)
{
    return trail_vector_at(&at->ledger->messages, index);
}

static uint32_t text_of(const telling *at, uint32_t message, trail_wire_text text)
{
    const trail_wire *wire = trail_ledger_wire(at->ledger, message_at(at, message)->record);
    uint32_t id = wire == NULL ? 0 : wire->texts[text];
    return id == 0 || trail_reference_says_nothing(trail_strings_get(at->ledger->strings, id)) ? 0
                                                                                               : id;
}

static uint32_t root_of(const uint32_t *group, uint32_t message)
{
    while (group[message] != message)
        message = group[message];
    return message;
}

static void unite(uint32_t *group, uint32_t a, uint32_t b)
{
    a = root_of(group, a);
    b = root_of(group, b);
    if (a < b)
        group[b] = a;
    else
        group[a] = b;
}

/* Customers' transfers with their covers, banks' own, and returns never mix. */
static unsigned family_of(const trail_message *message)
{
    switch ((trail_message_type)message->type) {
    case TRAIL_MESSAGE_PACS004:
        return 2;
    case TRAIL_MESSAGE_MT202:
    case TRAIL_MESSAGE_PACS009:
        return 1;
    case TRAIL_MESSAGE_MT103:
    case TRAIL_MESSAGE_MT202COV:
    case TRAIL_MESSAGE_PACS008:
    case TRAIL_MESSAGE_PACS009COV:
        break;
    }
    return 0;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
    return trail_wide_fold(a ^ 0x9e3779b97f4a7c15u, b ^ 0xff51afd7ed558ccdu);
}

static uint64_t money_key(const trail_message *message, uint64_t more)
{
    return fold(fold((uint64_t)message->amount_minor, message->currency), more);
}

/* Unites messages of one key; where `copies`, only those of different files. */
static trail_status unite_by(telling *at, trail_map64 *map, uint64_t key, uint32_t message,
                             bool copies, trail_error *err)
{
    uint32_t *first = trail_map64_at(map, key, message, err);
    if (first == NULL) return TRAIL_NO_MEMORY;
    const trail_records *records = &at->ledger->records;
    if (*first == message ||
        (copies && trail_records_file(records, message_at(at, *first)->record) ==
                       trail_records_file(records, message_at(at, message)->record)))
        return TRAIL_OK;
    unite(at->group, *first, message);
    return TRAIL_OK;
}

static trail_status unite_equal(telling *at, trail_error *err)
{
    trail_map64 uetrs = {0}, copies = {0};
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < at->ledger->messages.count && status == TRAIL_OK; i++) {
        const trail_message *message = message_at(at, i);
        uint32_t uetr = text_of(at, i, TRAIL_WIRE_UETR);
        uint32_t own = text_of(at, i, TRAIL_WIRE_INSTRUCTION);
        uint64_t family = family_of(message);
        if (uetr != 0) status = unite_by(at, &uetrs, fold(uetr, family), i, false, err);
        if (status != TRAIL_OK || own == 0 || message->sender == 0) continue;
        uint64_t key = money_key(message, fold(own, message->sender));
        key = fold(key, (uint64_t)(uint32_t)message->value_day << 8 | message->type);
        status = unite_by(at, &copies, key, i, true, err);
    }
    trail_map64_clear(&uetrs);
    trail_map64_clear(&copies);
    return status;
}

/* The message of a record, UINT32_MAX if none. */
static uint32_t message_of(const telling *at, uint32_t record)
{
    size_t low = 0, high = at->ledger->messages.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (message_at(at, (uint32_t)middle)->record < record)
            low = middle + 1;
        else
            high = middle;
    }
    bool found =
        low < at->ledger->messages.count && message_at(at, (uint32_t)low)->record == record;
    return found ? (uint32_t)low : UINT32_MAX;
}

/* A file received twice: each of its messages was sent once, whatever it says or leaves out. */
static void unite_copies(telling *at)
{
    for (size_t i = 0; at->copies != NULL && i < at->copies->count; i++) {
        const trail_copy *copy = trail_vector_at(at->copies, i);
        uint32_t kept = message_of(at, copy->kept_record), other = message_of(at, copy->record);
        if (kept != UINT32_MAX && other != UINT32_MAX) unite(at->group, kept, other);
    }
}

/* A cover's related reference is the own reference of one transfer only. */
static trail_status unite_covers(telling *at, trail_error *err)
{
    trail_map64 own = {0};
    trail_status status = TRAIL_OK;
    size_t count = at->ledger->messages.count;
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        const trail_message *message = message_at(at, i);
        uint32_t reference = text_of(at, i, TRAIL_WIRE_INSTRUCTION);
        if (trail_message_is_cover(message) || family_of(message) != 0 || reference == 0) continue;
        uint32_t *first = trail_map64_at(&own, money_key(message, reference), i, err);
        if (first == NULL)
            status = TRAIL_NO_MEMORY;
        else if (*first != AMBIGUOUS && root_of(at->group, *first) != root_of(at->group, i))
            *first = AMBIGUOUS;
    }
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        const trail_message *message = message_at(at, i);
        uint32_t related = text_of(at, i, TRAIL_WIRE_RELATED), found;
        if (trail_message_is_cover(message) && related != 0 &&
            trail_map64_find(&own, money_key(message, related), &found) && found != AMBIGUOUS)
            unite(at->group, found, i);
    }
    trail_map64_clear(&own);
    return status;
}

/* Messages by what they say: a customer's before its cover. */
static int compare_messages(const void *context, uint32_t a, uint32_t b)
{
    const telling *at = context;
    const trail_message *first = message_at(at, a), *second = message_at(at, b);
    bool cover = trail_message_is_cover(first);
    if (cover != trail_message_is_cover(second)) return cover ? 1 : -1;
    if (first->value_day != second->value_day) return first->value_day < second->value_day ? -1 : 1;
    if (first->amount_minor != second->amount_minor)
        return first->amount_minor < second->amount_minor ? -1 : 1;
    if (first->currency != second->currency) return first->currency < second->currency ? -1 : 1;
    if (first->payer != second->payer) return first->payer < second->payer ? -1 : 1;
    if (first->payee != second->payee) return first->payee < second->payee ? -1 : 1;
    if (first->type != second->type) return first->type < second->type ? -1 : 1;
    return trail_evidence_compare(at->ledger, first->record, second->record);
}

/* Members of a transfer stand together, the lead first; transfers in the order of their leads. */
static trail_status list_transfers(telling *at, trail_error *err)
{
    uint32_t count = (uint32_t)at->ledger->messages.count, *order = NULL, *next = NULL;
    trail_told *told = at->told;
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&next, count, sizeof *next, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&told->members, count, sizeof *told->members, err);
    if (status != TRAIL_OK) goto cleanup;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    if ((status = trail_sort_numbers(order, count, compare_messages, at, err)) != TRAIL_OK)
        goto cleanup;
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        uint32_t root = root_of(at->group, order[i]);
        if (next[root] == 0) { /* one above the transfer's place */
            trail_told_transfer transfer = {order[i], 0, 0, TRAIL_NO_LEG, TRAIL_NO_LEG};
            status = trail_vector_push(&told->transfers, &transfer, err);
            next[root] = (uint32_t)told->transfers.count;
        }
        if (status == TRAIL_OK)
            ((trail_told_transfer *)trail_vector_at(&told->transfers, next[root] - 1))->count++;
    }
    trail_told_transfer *transfers = told->transfers.items;
    for (size_t i = 1; i < told->transfers.count; i++)
        transfers[i].first = transfers[i - 1].first + transfers[i - 1].count;
    for (size_t i = 0; i < told->transfers.count; i++)
        transfers[i].count = 0;
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        trail_told_transfer *transfer = &transfers[next[root_of(at->group, order[i])] - 1];
        told->members[transfer->first + transfer->count++] = order[i];
    }
cleanup:
    trail_free(order);
    trail_free(next);
    return status;
}

static int by_text(const void *context, const void *a, const void *b)
{
    const texted_leg *first = a, *second = b;
    (void)context;
    if (first->text != second->text) return first->text < second->text ? -1 : 1;
    return (first->leg > second->leg) - (first->leg < second->leg);
}

static trail_status list_texts(telling *at, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < at->legs->count && status == TRAIL_OK; i++) {
        const trail_match_leg *leg = &at->legs->legs[i];
        texted_leg texted = {leg->uetr, i};
        if (leg->uetr != 0) status = trail_vector_push(&at->texted, &texted, err);
        for (size_t k = 0; k < TRAIL_LEG_REFERENCES && status == TRAIL_OK; k++) {
            texted.text = leg->references[k];
            if (texted.text != 0 && !trail_match_legs_common(at->legs, texted.text))
                status = trail_vector_push(&at->texted, &texted, err);
        }
    }
    if (status != TRAIL_OK) return status;
    return trail_sort_items(at->texted.items, at->texted.count, sizeof(texted_leg), by_text, NULL,
                            err);
}

/* The leg's amount is the settled one, the instructed one, or differs by stated charges. */
static bool amounts_agree(const telling *at, const trail_told_transfer *transfer,
                          const trail_match_leg *leg)
{
    const trail_message *lead = message_at(at, transfer->lead);
    const trail_wire *wires[1 + TRAIL_TOLD_WIRES] = {
        trail_ledger_wire(at->ledger, at->ledger->record[leg->entry])};
    trail_told_wires(at->told, at->ledger,
                     (uint32_t)(transfer - (trail_told_transfer *)at->told->transfers.items),
                     wires + 1);
    for (size_t i = 1; i < TRAIL_LENGTH_OF(wires); i++) {
        if (wires[i] != NULL && wires[i]->instructed_currency == leg->currency &&
            wires[i]->instructed_minor == leg->amount_minor)
            return true;
    }
    trail_amount_side settled = {lead->amount_minor, lead->currency, lead->value_day};
    trail_amount_side shown = {leg->amount_minor, leg->currency, leg->day};
    trail_amount_story story =
        leg->credit ? trail_charges_explain(settled, shown, wires, TRAIL_LENGTH_OF(wires), NULL)
                    : trail_charges_explain(shown, settled, wires, TRAIL_LENGTH_OF(wires), NULL);
    return story.link == TRAIL_AMOUNTS_EQUAL || story.link == TRAIL_AMOUNTS_CHARGE_STATED ||
           (story.link == TRAIL_AMOUNTS_RATE_STATED && story.rate_mantissa > 0);
}

static uint32_t days_apart(const trail_message *message, const trail_match_leg *leg)
{
    int64_t days = (int64_t)leg->day - message->value_day;
    if (leg->value_day == message->value_day) days = 0;
    return (uint32_t)(days < 0 ? -days : days);
}

/* A leg on another account than the message's party is a leg of the banks between. */
static trail_status make_claim(telling *at, uint32_t place, uint32_t leg_place,
                               trail_message_tie tie, trail_error *err)
{
    const trail_told_transfer *transfer = trail_vector_at(&at->told->transfers, place);
    const trail_message *lead = message_at(at, transfer->lead);
    const trail_match_leg *leg = &at->legs->legs[leg_place];
    uint32_t own = leg->credit ? lead->payee : lead->payer;
    uint32_t other = leg->credit ? lead->payer : lead->payee;
    claim made = {place, leg_place, days_apart(lead, leg), (uint8_t)tie};
    if (own != TRAIL_NO_ACCOUNT && own != leg->own) return TRAIL_OK;
    if (tie != TRAIL_MESSAGE_BY_UETR &&
        (made.days > DAYS_APART || !amounts_agree(at, transfer, leg)))
        return TRAIL_OK;
    if (tie == TRAIL_MESSAGE_BY_ACCOUNTS && leg->other != TRAIL_NO_ACCOUNT && leg->other != other)
        return TRAIL_OK;
    return trail_vector_push(&at->claims, &made, err);
}

static trail_status claim_by_text(telling *at, uint32_t place, uint32_t text, trail_message_tie tie,
                                  trail_error *err)
{
    const texted_leg *texted = at->texted.items;
    size_t low = 0, high = at->texted.count;
    if (text == 0) return TRAIL_OK;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (texted[middle].text < text)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < at->texted.count && texted[low].text == text; low++) {
        trail_status status = make_claim(at, place, texted[low].leg, tie, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status claim_by_accounts(telling *at, uint32_t place,
                                      const trail_match_directory *directory, uint32_t own,
                                      trail_error *err)
{
    const trail_told_transfer *transfer = trail_vector_at(&at->told->transfers, place);
    const trail_message *lead = message_at(at, transfer->lead);
    for (int32_t day = lead->value_day - 1; day <= lead->value_day + 1; day++) {
        uint32_t from = trail_match_directory_from(directory, own, lead->currency, day, 0);
        for (unsigned looked = 0; from < directory->count && looked < 200; from++, looked++) {
            const trail_match_leg *leg = &at->legs->legs[directory->places[from]];
            if (leg->own != own || leg->currency != lead->currency || leg->day != day) break;
            trail_status status =
                make_claim(at, place, directory->places[from], TRAIL_MESSAGE_BY_ACCOUNTS, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

static trail_status claim_for(telling *at, uint32_t place, trail_error *err)
{
    static const trail_wire_text references[] = {TRAIL_WIRE_END_TO_END, TRAIL_WIRE_INSTRUCTION,
                                                 TRAIL_WIRE_TRANSACTION, TRAIL_WIRE_RELATED};
    const trail_told_transfer *transfer = trail_vector_at(&at->told->transfers, place);
    const trail_message *lead = message_at(at, transfer->lead);
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < transfer->count && status == TRAIL_OK; i++) {
        uint32_t message = at->told->members[transfer->first + i];
        status = claim_by_text(at, place, text_of(at, message, TRAIL_WIRE_UETR),
                               TRAIL_MESSAGE_BY_UETR, err);
        for (size_t k = 0; k < TRAIL_LENGTH_OF(references) && status == TRAIL_OK; k++)
            status = claim_by_text(at, place, text_of(at, message, references[k]),
                                   TRAIL_MESSAGE_BY_REFERENCE, err);
    }
    if (status != TRAIL_OK || lead->payer == TRAIL_NO_ACCOUNT || lead->payee == TRAIL_NO_ACCOUNT)
        return status;
    status = claim_by_accounts(at, place, &at->debits, lead->payer, err);
    if (status == TRAIL_OK) status = claim_by_accounts(at, place, &at->credits, lead->payee, err);
    return status;
}

static int compare_claims(const void *context, const void *a, const void *b)
{
    const claim *first = a, *second = b;
    (void)context;
    if (first->tie != second->tie) return first->tie > second->tie ? -1 : 1;
    if (first->days != second->days) return first->days < second->days ? -1 : 1;
    if (first->leg != second->leg) return first->leg < second->leg ? -1 : 1;
    return (first->transfer > second->transfer) - (first->transfer < second->transfer);
}

/* What the message says and the leg does not. */
static void lend(const telling *at, const trail_told_transfer *transfer, trail_match_leg *leg)
{
    const trail_message *lead = message_at(at, transfer->lead);
    const trail_detail *detail = trail_records_detail(&at->ledger->records, lead->record);
    uint32_t other = leg->credit ? lead->payer : lead->payee;
    if (leg->other == TRAIL_NO_ACCOUNT && other != leg->own) leg->other = other;
    if (detail == NULL) return;
    uint32_t own_name = leg->credit ? detail->payee_name : detail->payer_name;
    uint32_t other_name = leg->credit ? detail->payer_name : detail->payee_name;
    if (leg->other_name == 0) leg->other_name = other_name;
    if (leg->own_name == 0) leg->own_name = own_name;
}

static trail_status settle_claims(telling *at, trail_error *err)
{
    trail_status status = trail_sort_items(at->claims.items, at->claims.count, sizeof(claim),
                                           compare_claims, NULL, err);
    const claim *claims = at->claims.items;
    for (size_t i = 0; i < at->claims.count && status == TRAIL_OK; i++) {
        trail_told_transfer *transfer = trail_vector_at(&at->told->transfers, claims[i].transfer);
        trail_match_leg *leg = &at->legs->legs[claims[i].leg];
        uint32_t *side = leg->credit ? &transfer->credit : &transfer->debit;
        if (*side != TRAIL_NO_LEG || leg->message != TRAIL_NO_LEG) continue;
        *side = claims[i].leg;
        leg->message = claims[i].transfer;
        leg->message_tie = claims[i].tie;
        lend(at, transfer, leg);
    }
    return status;
}

static trail_status tell(telling *at, trail_error *err)
{
    size_t count = at->ledger->messages.count;
    trail_status status = trail_alloc_zeroed(&at->group, count, sizeof *at->group, err);
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++)
        at->group[i] = i;
    if (status == TRAIL_OK) unite_copies(at);
    if (status == TRAIL_OK) status = unite_equal(at, err);
    if (status == TRAIL_OK) status = unite_covers(at, err);
    if (status == TRAIL_OK) status = list_transfers(at, err);
    if (status == TRAIL_OK) status = list_texts(at, err);
    if (status == TRAIL_OK) status = trail_match_directory_make(&at->debits, at->legs, false, err);
    if (status == TRAIL_OK) status = trail_match_directory_make(&at->credits, at->legs, true, err);
    for (uint32_t i = 0; status == TRAIL_OK && i < at->told->transfers.count; i++)
        status = claim_for(at, i, err);
    return status == TRAIL_OK ? settle_claims(at, err) : status;
}

trail_status trail_told_make(trail_told *told, const trail_ledger *ledger, trail_match_legs *legs,
                             const trail_vector *copies, trail_error *err)
{
    *told = (trail_told){.transfers = trail_vector_of(sizeof(trail_told_transfer))};
    if (ledger->messages.count == 0) return TRAIL_OK;
    telling at = {.ledger = ledger, .legs = legs, .told = told, .copies = copies};
    at.texted = trail_vector_of(sizeof(texted_leg));
    at.claims = trail_vector_of(sizeof(claim));
    trail_status status = tell(&at, err);
    trail_free(at.group);
    trail_vector_clear(&at.texted);
    trail_vector_clear(&at.claims);
    trail_match_directory_clear(&at.debits);
    trail_match_directory_clear(&at.credits);
    if (status != TRAIL_OK) trail_told_clear(told);
    return status;
}

void trail_told_clear(trail_told *told)
{
    trail_vector_clear(&told->transfers);
    trail_free(told->members);
    told->members = NULL;
}

void trail_told_wires(const trail_told *told, const trail_ledger *ledger, uint32_t transfer,
                      const trail_wire **wires)
{
    const trail_told_transfer *of = trail_vector_at(&told->transfers, transfer);
    for (uint32_t i = 0; i < of->count && i < TRAIL_TOLD_WIRES; i++) {
        const trail_message *message =
            trail_vector_at(&ledger->messages, told->members[of->first + i]);
        wires[i] = trail_ledger_wire(ledger, message->record);
    }
}
