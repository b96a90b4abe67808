/* Mentions of names become entities. A mention is a name as written at an account, however many
 * records show it. Mentions at one account whose folded names are alike, with no veto against any
 * that are already together, are spellings of one holder: account and name agree. Other names at
 * the same account stay other holders, so joint and nominee accounts survive. */
#include <string.h>

#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/unicode.h"
#include "identity/entity_parts.h"

#define NAMES_COMPARED 64 /* spellings of one account that are compared with each other */

typedef struct mention {
    uint32_t account, name, fold, records;
    uint32_t cluster; /* first mention of its holder */
} mention;

typedef struct mention_list {
    trail_vector mentions; /* of mention */
    trail_map64 places;
    trail_text folded;
    trail_hmac *hmac;
    trail_identity *identity;
    const trail_ledger *ledger;
    trail_name_book *book;
} mention_list;

int trail_strings_order(const trail_strings *strings, uint32_t a, uint32_t b)
{
    return trail_slice_compare(trail_strings_get(strings, a), trail_strings_get(strings, b));
}

/* Interns a name and its folded text. */
static trail_status put_name(mention_list *list, trail_slice text, uint32_t *name, uint32_t *fold,
                             trail_error *err)
{
    trail_text_reset(&list->folded);
    trail_status status = trail_strings_put(list->identity->names, text, name, err);
    if (status == TRAIL_OK) status = trail_unicode_fold(text, &list->folded, err);
    if (status == TRAIL_OK)
        status =
            trail_strings_put(list->identity->folds, trail_text_slice(&list->folded), fold, err);
    return status;
}

static trail_status mention_name(mention_list *list, uint32_t account, uint32_t string,
                                 trail_error *err)
{
    if (string == 0) return TRAIL_OK;
    uint64_t key = (uint64_t)account << 32 | string;
    uint32_t *place = trail_map64_at(&list->places, key, (uint32_t)list->mentions.count, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place == list->mentions.count) {
        mention fresh = {.account = account};
        trail_status status = put_name(list, trail_strings_get(list->ledger->strings, string),
                                       &fresh.name, &fresh.fold, err);
        if (status == TRAIL_OK) status = trail_vector_push(&list->mentions, &fresh, err);
        if (status != TRAIL_OK) return status;
    }
    ((mention *)trail_vector_at(&list->mentions, *place))->records++;
    return TRAIL_OK;
}

static bool has_details(const trail_ledger *ledger)
{
    const trail_file *files = ledger->records.files.items;
    for (size_t i = 0; i < ledger->records.files.count; i++)
        if (files[i].details != NULL) return true;
    return false;
}

static trail_status mention_payment(mention_list *list, uint32_t payment, trail_vector *room,
                                    trail_error *err)
{
    const trail_ledger *ledger = list->ledger;
    size_t count = trail_ledger_records(ledger, payment, room->items, room->capacity);
    trail_status status = TRAIL_OK;
    if (count > room->capacity) {
        status = trail_grow(&room->items, &room->capacity, count, sizeof(uint32_t), err);
        if (status != TRAIL_OK) return status;
        count = trail_ledger_records(ledger, payment, room->items, room->capacity);
    }
    const uint32_t *records = room->items;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        const trail_detail *detail = trail_records_detail(&ledger->records, records[i]);
        if (detail == NULL) continue;
        status = mention_name(list, ledger->payer[payment], detail->payer_name, err);
        if (status == TRAIL_OK)
            status = mention_name(list, ledger->payee[payment], detail->payee_name, err);
    }
    return status;
}

static int order_mentions(const void *context, const void *a, const void *b)
{
    const trail_identity *identity = context;
    const mention *one = a;
    const mention *other = b;
    if (one->account != other->account) return one->account < other->account ? -1 : 1;
    if (one->fold != other->fold)
        return trail_strings_order(identity->folds, one->fold, other->fold);
    return trail_strings_order(identity->names, one->name, other->name);
}

/* May the mention join the holder that begins at `first`? It must be alike to every member. */
static trail_status joins(mention_list *list, const mention *items, size_t first, size_t at,
                          bool *together, trail_error *err)
{
    *together = true;
    for (size_t i = first; i < at && *together; i++) {
        trail_name_match match;
        if (items[i].cluster != first) continue;
        if (items[i].fold == items[at].fold) continue;
        trail_status status =
            trail_name_book_match(list->book, items[i].fold, items[at].fold, &match, err);
        if (status != TRAIL_OK) return status;
        *together = match.permille >= TRAIL_NAME_ALIKE && match.vetoes == 0;
    }
    return TRAIL_OK;
}

/* Mentions [from, to) are those of one account, or all those without one. */
static trail_status cluster_account(mention_list *list, size_t from, size_t to, trail_error *err)
{
    mention *items = list->mentions.items;
    trail_status status = TRAIL_OK;
    for (size_t at = from; at < to && status == TRAIL_OK; at++) {
        items[at].cluster = (uint32_t)at;
        if (at > from && items[at - 1].fold == items[at].fold) {
            items[at].cluster = items[at - 1].cluster;
            continue;
        }
        if (items[at].account == TRAIL_NO_ACCOUNT || at - from >= NAMES_COMPARED) continue;
        for (size_t first = from; first < at && status == TRAIL_OK; first++) {
            bool together = false;
            if (items[first].cluster != first) continue;
            status = joins(list, items, first, at, &together, err);
            if (!together) continue;
            items[at].cluster = (uint32_t)first;
            break;
        }
    }
    return status;
}

static trail_status name_id(mention_list *list, uint32_t account, trail_slice name, trail_id *id,
                            trail_error *err)
{
    const trail_slice parts[] = {trail_slice_of("holder"),
                                 account == TRAIL_NO_ACCOUNT
                                     ? (trail_slice){0}
                                     : trail_accounts_key(list->ledger->accounts, account),
                                 name};
    return trail_id_of(list->hmac, parts, TRAIL_LENGTH_OF(parts), id, err);
}

/* Adds an entity of mentions [from, to): those of `cluster`, or all (UINT32_MAX: the account). */
static trail_status add_entity(mention_list *list, trail_entity_kind kind, size_t from, size_t to,
                               uint32_t cluster, trail_error *err)
{
    trail_identity *identity = list->identity;
    const mention *items = list->mentions.items;
    trail_entity entity = {.kind = (uint8_t)kind,
                           .account = items[from].account,
                           .person = TRAIL_NO_PERSON,
                           .first_name = (uint32_t)identity->seen.count,
                           .group = (uint32_t)identity->entities.count};
    trail_status status = TRAIL_OK;
    for (size_t i = from; i < to && status == TRAIL_OK; i++) {
        if (cluster != UINT32_MAX && items[i].cluster != cluster) continue;
        trail_seen_name seen = {
            .name = items[i].name, .fold = items[i].fold, .records = items[i].records};
        status = name_id(list, items[i].account, trail_strings_get(identity->folds, seen.fold),
                         &seen.id, err);
        if (entity.name_count == 0 || memcmp(&seen.id, &entity.id, sizeof seen.id) < 0)
            entity.id = seen.id;
        entity.name_count++;
        entity.records += seen.records;
        if (status == TRAIL_OK) status = trail_vector_push(&identity->seen, &seen, err);
    }
    if (kind == TRAIL_ENTITY_ACCOUNT && status == TRAIL_OK) {
        const trail_slice parts[] = {trail_slice_of("account"),
                                     trail_accounts_key(list->ledger->accounts, entity.account)};
        status = trail_id_of(list->hmac, parts, TRAIL_LENGTH_OF(parts), &entity.id, err);
    }
    return status == TRAIL_OK ? trail_vector_push(&identity->entities, &entity, err) : status;
}

/* `kind` decides what is made of each account's mentions. */
static trail_status add_all(mention_list *list, trail_entity_kind kind, trail_error *err)
{
    trail_status status = TRAIL_OK;
    size_t count = list->mentions.count;
    for (size_t from = 0, to = 0; from < count && status == TRAIL_OK; from = to) {
        const mention *items = list->mentions.items;
        while (to < count && items[to].account == items[from].account)
            to++;
        if (kind == TRAIL_ENTITY_ACCOUNT && items[from].account != TRAIL_NO_ACCOUNT)
            status = add_entity(list, kind, from, to, UINT32_MAX, err);
        for (size_t i = from; i < to && status == TRAIL_OK && kind == TRAIL_ENTITY_HOLDER; i++) {
            /* Beyond those compared, only spellings of one fold are together, side by side. */
            size_t compared = to - from < NAMES_COMPARED ? to : from + NAMES_COMPARED;
            size_t end = i + 1;
            if (items[i].cluster != i) continue;
            if (items[i].account != TRAIL_NO_ACCOUNT && compared > end) end = compared;
            while (end < to && items[end].cluster == i)
                end++;
            status = add_entity(list, kind, i, end, (uint32_t)i, err);
        }
    }
    return status;
}

static trail_status cluster_all(mention_list *list, trail_error *err)
{
    trail_status status = TRAIL_OK;
    const mention *items = list->mentions.items;
    size_t count = list->mentions.count;
    for (size_t from = 0, to = 0; from < count && status == TRAIL_OK; from = to) {
        while (to < count && items[to].account == items[from].account)
            to++;
        status = cluster_account(list, from, to, err);
    }
    return status;
}

static trail_status add_person_name(mention_list *list, trail_entity *entity, const char *text,
                                    trail_error *err)
{
    trail_seen_name seen = {.id = entity->id};
    trail_status status = put_name(list, trail_slice_of(text), &seen.name, &seen.fold, err);
    if (status == TRAIL_OK) status = trail_vector_push(&list->identity->seen, &seen, err);
    entity->name_count++;
    return status;
}

static trail_status add_people(mention_list *list, const trail_people *people, trail_error *err)
{
    trail_identity *identity = list->identity;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < people->people.count && status == TRAIL_OK; i++) {
        const trail_person *person = trail_vector_at(&people->people, i);
        const trail_slice parts[] = {trail_slice_of("person"), trail_slice_of(person->key)};
        trail_entity entity = {.kind = TRAIL_ENTITY_PERSON,
                               .account = TRAIL_NO_ACCOUNT,
                               .person = (uint32_t)i,
                               .first_name = (uint32_t)identity->seen.count,
                               .group = (uint32_t)identity->entities.count};
        status = trail_id_of(list->hmac, parts, TRAIL_LENGTH_OF(parts), &entity.id, err);
        if (status == TRAIL_OK && person->name != NULL)
            status = add_person_name(list, &entity, person->name, err);
        for (size_t k = 0; k < person->other_names.count && status == TRAIL_OK; k++)
            status = add_person_name(list, &entity,
                                     *(const char **)trail_vector_at(&person->other_names, k), err);
        if (status == TRAIL_OK) status = trail_vector_push(&identity->entities, &entity, err);
    }
    return status;
}

trail_status trail_entities_find(trail_identity *identity, const trail_identity_input *input,
                                 trail_name_book *book, trail_error *err)
{
    mention_list list = {.mentions = trail_vector_of(sizeof(mention)),
                         .identity = identity,
                         .ledger = input->ledger,
                         .book = book};
    trail_vector room = trail_vector_of(sizeof(uint32_t));
    trail_status status = trail_hmac_new(&list.hmac, input->key, TRAIL_CASE_KEY_SIZE, err);
    bool details = has_details(input->ledger);
    for (size_t i = 0; i < input->ledger->count && details && status == TRAIL_OK; i++)
        status = mention_payment(&list, (uint32_t)i, &room, err);
    if (status == TRAIL_OK)
        status = trail_sort_items(list.mentions.items, list.mentions.count, sizeof(mention),
                                  order_mentions, identity, err);
    if (status == TRAIL_OK) status = cluster_all(&list, err);
    if (status == TRAIL_OK) status = add_all(&list, TRAIL_ENTITY_ACCOUNT, err);
    if (status == TRAIL_OK) status = add_all(&list, TRAIL_ENTITY_HOLDER, err);
    if (status == TRAIL_OK) status = add_people(&list, input->people, err);
    trail_hmac_free(list.hmac);
    trail_vector_clear(&list.mentions);
    trail_vector_clear(&room);
    trail_map64_clear(&list.places);
    trail_text_clear(&list.folded);
    return status;
}
