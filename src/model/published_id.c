#include "model/published_id.h"

#include <string.h>

#include "base/map64.h"
#include "base/memory.h"
#include "base/unicode.h"
#include "model/money.h"

/* A leg's id is HMAC(case key, "leg", content key || occurrence number). Twins (identical content)
 * are numbered in the main order, which does not depend on file names or order. Counting uses
 * 64-bit hashes of content keys: a collision would only raise an occurrence number. */

static trail_status add_part(trail_text *key, trail_slice part, trail_error *err)
{
    const unsigned char length[4] = {(unsigned char)(part.length >> 24),
                                     (unsigned char)(part.length >> 16),
                                     (unsigned char)(part.length >> 8), (unsigned char)part.length};
    trail_status status = trail_text_add(key, (trail_slice){(const char *)length, 4}, err);
    return status == TRAIL_OK ? trail_text_add(key, part, err) : status;
}

static trail_status add_folded(trail_text *key, trail_slice text, trail_error *err)
{
    trail_text folded = {0};
    trail_status status = trail_unicode_fold(text, &folded, err);
    if (status == TRAIL_OK) status = add_part(key, trail_text_slice(&folded), err);
    trail_text_clear(&folded);
    return status;
}

/* Only the number, not the bank: a later reply may tell the bank, and ids must survive it. */
static trail_slice number_of(const trail_ledger *ledger, uint32_t account)
{
    return account == TRAIL_NO_ACCOUNT ? (trail_slice){"", 0}
                                       : trail_accounts_number(ledger->accounts, account);
}

/* The other party as the leg's own record has it, whatever another record of the payment added. */
static trail_slice other_number(const trail_ledger *ledger, uint32_t payment, bool credit,
                                const trail_detail *detail, char room[TRAIL_ACCOUNT_KEY_LIMIT])
{
    uint16_t flags = ledger->flags[payment];
    uint32_t other = credit ? ledger->payer[payment] : ledger->payee[payment];
    if ((flags & (credit ? TRAIL_PAYER_SUPPLIED : TRAIL_PAYEE_SUPPLIED)) != 0)
        return (trail_slice){"", 0};
    if ((flags & TRAIL_PARTY_REPLACED) == 0) return number_of(ledger, other);
    trail_slice number = {"", 0};
    size_t length;
    uint32_t written = credit ? detail->payer_number : detail->payee_number;
    if (written == 0 ||
        !trail_account_key((trail_slice){"", 0}, trail_strings_get(ledger->strings, written), room,
                           &length))
        return number_of(ledger, other);
    number = (trail_slice){room, length};
    if (length > 0 && room[0] == '\x1f') number = (trail_slice){room + 1, length - 1};
    return number;
}

/* What one record says of a leg. */
typedef struct leg_words {
    trail_slice own, other; /* numbers; other empty: the name stands for it */
    int32_t booking_day;
    int64_t signed_minor;
    trail_currency currency;
    const trail_detail *detail;
    bool credit;
} leg_words;

static trail_status add_words(const trail_ledger *ledger, const leg_words *words, trail_text *key,
                              trail_error *err)
{
    const trail_detail *detail = words->detail;
    char day[TRAIL_DAY_TEXT], amount[TRAIL_MONEY_TEXT];
    trail_day_format(words->booking_day, day);
    trail_money_format(words->signed_minor, words->currency, amount);
    uint32_t name = words->credit ? detail->payer_name : detail->payee_name;
    trail_status status = add_part(key, words->own, err);
    if (status == TRAIL_OK) status = add_part(key, trail_slice_of(day), err);
    if (status == TRAIL_OK) status = add_part(key, trail_slice_of(amount), err);
    if (status == TRAIL_OK)
        status = add_part(key, trail_slice_of(trail_currency_code(words->currency)), err);
    if (status == TRAIL_OK)
        status = add_part(key, trail_strings_get(ledger->strings, detail->reference), err);
    if (status == TRAIL_OK && words->other.length > 0)
        status = add_part(key, words->other, err);
    else if (status == TRAIL_OK)
        status = add_folded(key, trail_strings_get(ledger->strings, name), err);
    if (status == TRAIL_OK)
        status = add_folded(key, trail_strings_get(ledger->strings, detail->text), err);
    return status;
}

static const trail_detail *detail_of(const trail_ledger *ledger, uint32_t record)
{
    static const trail_detail no_detail = {.value_day = TRAIL_NO_DAY};
    const trail_detail *detail =
        record == TRAIL_NO_RECORD ? NULL : trail_records_detail(&ledger->records, record);
    return detail == NULL ? &no_detail : detail;
}

trail_status trail_content_key(const trail_ledger *ledger, uint32_t payment, bool credit,
                               trail_text *key, trail_error *err)
{
    trail_leg leg =
        credit ? trail_ledger_credit(ledger, payment) : trail_ledger_debit(ledger, payment);
    char room[TRAIL_ACCOUNT_KEY_LIMIT];
    leg_words words = {.own = number_of(ledger, leg.account),
                       .booking_day = leg.booking_day,
                       .signed_minor = credit ? leg.amount_minor : -leg.amount_minor,
                       .currency = leg.currency,
                       .detail = detail_of(ledger, leg.record),
                       .credit = credit};
    words.other = other_number(ledger, payment, credit, words.detail, room);
    return add_words(ledger, &words, key, err);
}

trail_status trail_id_of(trail_hmac *hmac, const trail_slice *parts, size_t part_count,
                         trail_id *id, trail_error *err)
{
    trail_text message = {0};
    uint8_t code[TRAIL_DIGEST_SIZE];
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < part_count && status == TRAIL_OK; i++)
        status = add_part(&message, parts[i], err);
    if (status == TRAIL_OK) status = trail_hmac_of(hmac, trail_text_slice(&message), code, err);
    if (status == TRAIL_OK) memcpy(id->bytes, code, TRAIL_ID_SIZE);
    trail_text_clear(&message);
    return status;
}

/* One numbering for debits and credits: amounts of zero have no sign to tell them apart. */
typedef struct leg_numbering {
    trail_map64 seen; /* hash of content key -> times so far */
    trail_text key;
    trail_vector *aliases; /* of trail_id_alias; NULL: not kept */
} leg_numbering;

enum { RECORDS_WEIGHED = 64 }; /* of one payment, the first of them */

/* Numbers the key and makes its id. */
static trail_status numbered_id(trail_hmac *hmac, leg_numbering *numbering, trail_id *id,
                                trail_error *err)
{
    uint64_t hash = trail_strings_hash(trail_text_slice(&numbering->key));
    uint32_t *times = trail_map64_at(&numbering->seen, hash, 0, err);
    if (times == NULL) return TRAIL_NO_MEMORY;
    (*times)++;
    trail_status status = trail_text_add_format(&numbering->key, err, "#%u", *times);
    if (status != TRAIL_OK) return status;
    trail_slice parts[] = {{"leg", 3}, trail_text_slice(&numbering->key)};
    return trail_id_of(hmac, parts, 2, id, err);
}

/* The id that a copy's own words give; the smaller of it and *id becomes the leg's, the other an
 * alias. */
static trail_status weigh_copy(const trail_ledger *ledger, trail_hmac *hmac,
                               leg_numbering *numbering, uint32_t payment,
                               const trail_leg_copy *copy, trail_id *id, trail_error *err)
{
    uint32_t own = copy->credit ? ledger->payee[payment] : ledger->payer[payment];
    trail_id_alias alias = {.payment = payment};
    leg_words words = {.own = number_of(ledger, own),
                       .other = number_of(ledger, copy->other),
                       .booking_day = copy->booking_day,
                       .signed_minor = copy->credit ? copy->amount_minor : -copy->amount_minor,
                       .currency = copy->currency,
                       .detail = detail_of(ledger, copy->record),
                       .credit = copy->credit};
    trail_text_reset(&numbering->key);
    trail_status status = add_words(ledger, &words, &numbering->key, err);
    if (status == TRAIL_OK) status = numbered_id(hmac, numbering, &alias.id, err);
    if (status != TRAIL_OK) return status;
    if (memcmp(&alias.id, id, sizeof *id) < 0) {
        trail_id smaller = alias.id;
        alias.id = *id;
        *id = smaller;
    }
    return numbering->aliases == NULL ? TRAIL_OK
                                      : trail_vector_push(numbering->aliases, &alias, err);
}

static trail_status leg_id(const trail_ledger *ledger, trail_hmac *hmac, leg_numbering *numbering,
                           uint32_t payment, bool credit, trail_id *id, trail_error *err)
{
    uint32_t records[RECORDS_WEIGHED];
    trail_leg leg =
        credit ? trail_ledger_credit(ledger, payment) : trail_ledger_debit(ledger, payment);
    trail_text_reset(&numbering->key);
    trail_status status = trail_content_key(ledger, payment, credit, &numbering->key, err);
    if (status == TRAIL_OK) status = numbered_id(hmac, numbering, id, err);
    if (status != TRAIL_OK || ledger->leg_copies.count == 0) return status;
    size_t count = trail_ledger_records(ledger, payment, records, RECORDS_WEIGHED);
    if (count > RECORDS_WEIGHED) count = RECORDS_WEIGHED;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        const trail_leg_copy *copy = trail_ledger_leg_copy(ledger, records[i]);
        if (copy == NULL || copy->credit != credit || copy->record == leg.record) continue;
        status = weigh_copy(ledger, hmac, numbering, payment, copy, id, err);
    }
    return status;
}

/* Ids of one kind of leg of every payment; skipped where that leg is not recorded. */
static trail_status make_leg_ids(trail_published_ids *ids, const trail_ledger *ledger,
                                 trail_hmac *hmac, leg_numbering *numbering, bool credit,
                                 trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        bool has_debit = (ledger->flags[i] & TRAIL_HAS_DEBIT) != 0;
        bool has_credit = (ledger->flags[i] & TRAIL_HAS_CREDIT) != 0;
        if (credit ? !has_credit : !has_debit) continue;
        trail_id *id = credit && has_debit ? &ids->credit_alias[i] : &ids->payments[i];
        status = leg_id(ledger, hmac, numbering, i, credit, id, err);
    }
    return status;
}

trail_status trail_leg_ids_make(trail_id *ids, const trail_ledger *ledger, const uint32_t *entries,
                                size_t count, const uint8_t key[TRAIL_CASE_KEY_SIZE],
                                trail_error *err)
{
    trail_hmac *hmac = NULL;
    leg_numbering numbering = {.seen = {0}};
    trail_status status = trail_hmac_new(&hmac, key, TRAIL_CASE_KEY_SIZE, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        bool credit = (ledger->flags[entries[i]] & TRAIL_HAS_DEBIT) == 0;
        status = leg_id(ledger, hmac, &numbering, entries[i], credit, &ids[i], err);
    }
    trail_map64_clear(&numbering.seen);
    trail_text_clear(&numbering.key);
    trail_hmac_free(hmac);
    return status;
}

static trail_status make_account_ids(trail_published_ids *ids, const trail_ledger *ledger,
                                     trail_hmac *hmac, trail_error *err)
{
    uint32_t count = trail_accounts_count(ledger->accounts);
    for (uint32_t i = 0; i < count; i++) {
        trail_slice parts[] = {{"account", 7}, trail_accounts_key(ledger->accounts, i)};
        trail_status status = trail_id_of(hmac, parts, 2, &ids->accounts[i], err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_published_ids_make(trail_published_ids *ids, const trail_ledger *ledger,
                                      const uint8_t key[TRAIL_CASE_KEY_SIZE], trail_error *err)
{
    *ids = (trail_published_ids){.aliases = trail_vector_of(sizeof(trail_id_alias))};
    trail_hmac *hmac = NULL;
    leg_numbering numbering = {.aliases = &ids->aliases};
    trail_status status = trail_hmac_new(&hmac, key, TRAIL_CASE_KEY_SIZE, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&ids->accounts, trail_accounts_count(ledger->accounts),
                                    sizeof *ids->accounts, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&ids->payments, ledger->count, sizeof *ids->payments, err);
    if (status == TRAIL_OK)
        status =
            trail_alloc_zeroed(&ids->credit_alias, ledger->count, sizeof *ids->credit_alias, err);
    if (status == TRAIL_OK) status = make_account_ids(ids, ledger, hmac, err);
    if (status == TRAIL_OK) status = make_leg_ids(ids, ledger, hmac, &numbering, false, err);
    if (status == TRAIL_OK) status = make_leg_ids(ids, ledger, hmac, &numbering, true, err);
    trail_map64_clear(&numbering.seen);
    trail_text_clear(&numbering.key);
    trail_hmac_free(hmac);
    if (status != TRAIL_OK) trail_published_ids_clear(ids);
    return status;
}

void trail_published_ids_clear(trail_published_ids *ids)
{
    trail_free(ids->accounts);
    trail_free(ids->payments);
    trail_free(ids->credit_alias);
    trail_vector_clear(&ids->aliases);
    *ids = (trail_published_ids){.accounts = NULL};
}

void trail_id_text(char letter, const trail_id *id, char text[TRAIL_ID_TEXT])
{
    text[0] = letter;
    trail_hex(id->bytes, TRAIL_ID_SIZE, text + 1);
}
