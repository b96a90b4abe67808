/* Building the protection: pseudonyms, the phrases to look for, and which accounts of the ledger
 * belong to whom. A pseudonym is the role's letter and the first eight base32 digits (RFC 4648) of
 * HMAC-SHA-256(case key, person's key): the same in every output of a case, unlinkable between
 * cases. O(names + accounts of the ledger). */
#include "evidence/protection.h"

#include "base/digest.h"
#include "base/memory.h"
#include "evidence/name_forms.h"
#include "evidence/protection_parts.h"

#define PSEUDONYM_DIGITS 8
#define PSEUDONYM_TEXT   (2 + PSEUDONYM_DIGITS + 1)

static char role_letter(trail_role role)
{
    if (role == TRAIL_ROLE_VICTIM) return 'V';
    return role == TRAIL_ROLE_POSSIBLE_VICTIM ? 'P' : 'W';
}

static trail_status make_pseudonym(trail_hmac *hmac, const trail_person *person,
                                   char pseudonym[PSEUDONYM_TEXT], trail_error *err)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint8_t code[TRAIL_DIGEST_SIZE];
    trail_status status = trail_hmac_of(hmac, trail_slice_of(person->key), code, err);
    if (status != TRAIL_OK) return status;
    uint64_t bits = 0;
    for (size_t i = 0; i < 5; i++)
        bits = bits << 8 | code[i];
    pseudonym[0] = role_letter(person->role);
    pseudonym[1] = '-';
    for (size_t i = 0; i < PSEUDONYM_DIGITS; i++)
        pseudonym[2 + i] = digits[bits >> (5 * (PSEUDONYM_DIGITS - 1 - i)) & 31];
    pseudonym[PSEUDONYM_TEXT - 1] = '\0';
    return TRAIL_OK;
}

static trail_status add_number(trail_phrase_index *index, trail_slice number, uint32_t person,
                               uint32_t account, trail_error *err)
{
    trail_vector letters = trail_vector_of(sizeof(uint32_t));
    trail_status status = trail_phrase_letters(index, number, &letters, err);
    if (status == TRAIL_OK)
        status = trail_phrase_index_add(index, TRAIL_PHRASE_NUMBER, letters.items, letters.count,
                                        person, account, err);
    trail_vector_clear(&letters);
    return status;
}

static trail_status add_phrases(trail_phrase_index *index, const trail_person *person,
                                uint32_t number, trail_error *err)
{
    trail_status status = trail_name_forms_add(index, trail_slice_of(person->name), number, err);
    for (size_t i = 0; status == TRAIL_OK && i < person->other_names.count; i++) {
        const char *const *other = trail_vector_at(&person->other_names, i);
        status = trail_name_forms_add(index, trail_slice_of(*other), number, err);
    }
    for (uint32_t i = 0; status == TRAIL_OK && i < person->accounts.count; i++) {
        const trail_listed_account *listed = trail_vector_at(&person->accounts, i);
        status = add_number(index, trail_slice_of(listed->number), number, i + 1, err);
    }
    return status;
}

static trail_status add_person(trail_protection *protection, trail_hmac *hmac,
                               const trail_person *person, uint32_t number, trail_error *err)
{
    char pseudonym[PSEUDONYM_TEXT];
    const char *label = NULL;
    trail_status status;
    if (trail_role_is_protected(person->role)) {
        protection->count++;
        if ((status = make_pseudonym(hmac, person, pseudonym, err)) != TRAIL_OK) return status;
        label = trail_arena_copy(&protection->arena, trail_slice_of(pseudonym), err);
        if (label == NULL) return TRAIL_NO_MEMORY;
    }
    if ((status = trail_vector_push(&protection->person_labels, &label, err)) != TRAIL_OK)
        return status;
    return label == NULL ? TRAIL_OK : add_phrases(&protection->index, person, number, err);
}

static const char *person_label(const trail_protection *protection, uint32_t person)
{
    return *(const char *const *)trail_vector_at(&protection->person_labels, person);
}

static trail_status owner_label(const trail_protection *protection, const trail_phrase_owner *owner,
                                trail_text *text, trail_error *err)
{
    const char *pseudonym = person_label(protection, owner->person);
    if (owner->account == 0) return trail_text_add(text, trail_slice_of(pseudonym), err);
    return trail_text_add_format(text, err, "%s/%u", pseudonym, (unsigned)owner->account);
}

/* A phrase of several people stands for any of them: "V-... or W-...". */
static trail_status label_phrases(trail_protection *protection, trail_error *err)
{
    const trail_phrase_index *index = &protection->index;
    trail_text text = {0};
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < index->phrases.count; i++) {
        trail_text_reset(&text);
        for (uint32_t k = trail_phrase_at(index, i)->first_owner; k != UINT32_MAX;) {
            const trail_phrase_owner *owner = trail_vector_at(&index->owners, k);
            if (text.length > 0 &&
                (status = trail_text_add(&text, trail_slice_of(" or "), err)) != TRAIL_OK)
                goto cleanup;
            if ((status = owner_label(protection, owner, &text, err)) != TRAIL_OK) goto cleanup;
            k = owner->next;
        }
        const char *label = trail_arena_copy(&protection->arena, trail_text_slice(&text), err);
        status = label == NULL ? TRAIL_NO_MEMORY
                               : trail_vector_push(&protection->phrase_labels, &label, err);
        if (status != TRAIL_OK) goto cleanup;
    }
cleanup:
    trail_text_clear(&text);
    return status;
}

static trail_status tie_account(trail_protection *protection, uint32_t account,
                                const trail_phrase_owner *owner, trail_error *err)
{
    uint32_t fresh = (uint32_t)protection->account_labels.count;
    uint32_t *place = trail_map64_at(&protection->accounts, account, fresh, err);
    if (place == NULL) return TRAIL_NO_MEMORY;
    if (*place != fresh) return TRAIL_OK; /* listed before, by the person who comes first */
    trail_text text = {0};
    trail_status status = owner_label(protection, owner, &text, err);
    if (status == TRAIL_OK) {
        const char *label = trail_arena_copy(&protection->arena, trail_text_slice(&text), err);
        status = label == NULL ? TRAIL_NO_MEMORY
                               : trail_vector_push(&protection->account_labels, &label, err);
    }
    trail_text_clear(&text);
    return status;
}

/* Could this account of the ledger be the listed one? Without a bank on either side the number
 * decides: hiding one account too many is mended by naming the bank, showing one is not. */
static bool banks_agree(trail_slice bank, const trail_listed_account *listed)
{
    return listed->bank == NULL || listed->bank[0] == '\0' || bank.length == 0 ||
           trail_slice_is_ascii_nocase(trail_slice_trim(bank), listed->bank);
}

static trail_status tie_listed(trail_protection *protection, const trail_people *people,
                               const trail_accounts *accounts, trail_error *err)
{
    for (uint32_t i = 0; i < people->people.count; i++) {
        const trail_person *person = trail_vector_at(&people->people, i);
        if (!trail_role_is_protected(person->role)) continue;
        for (uint32_t k = 0; k < person->accounts.count; k++) {
            const trail_listed_account *listed = trail_vector_at(&person->accounts, k);
            uint32_t account = trail_accounts_find(accounts, trail_slice_of(listed->bank),
                                                   trail_slice_of(listed->number));
            if (account == TRAIL_NO_ACCOUNT) continue;
            trail_phrase_owner owner = {i, k + 1, UINT32_MAX};
            trail_status status = tie_account(protection, account, &owner, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

static trail_status tie_same_numbers(trail_protection *protection, const trail_people *people,
                                     const trail_accounts *accounts, trail_error *err)
{
    const trail_phrase_index *index = &protection->index;
    uint32_t count = trail_accounts_count(accounts);
    for (uint32_t account = 0; account < count; account++) {
        uint32_t phrase =
            trail_phrase_index_number(index, trail_accounts_number(accounts, account));
        if (phrase == TRAIL_NO_PHRASE) continue;
        for (uint32_t k = trail_phrase_at(index, phrase)->first_owner; k != UINT32_MAX;) {
            const trail_phrase_owner *owner = trail_vector_at(&index->owners, k);
            const trail_person *person = trail_vector_at(&people->people, owner->person);
            const trail_listed_account *listed =
                trail_vector_at(&person->accounts, owner->account - 1);
            k = owner->next;
            if (!banks_agree(trail_accounts_bank(accounts, account), listed)) continue;
            trail_status status = tie_account(protection, account, owner, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

/* The national numbers that records write for a listed account, known by its IBAN, are its too. */
static trail_status add_joined_numbers(trail_protection *protection, const trail_person *person,
                                       uint32_t number, const trail_accounts *accounts,
                                       trail_error *err)
{
    trail_status status = TRAIL_OK;
    uint32_t joined_count = trail_accounts_joined_count(accounts);
    if (joined_count == 0 || !trail_role_is_protected(person->role)) return TRAIL_OK;
    for (uint32_t i = 0; i < person->accounts.count; i++) {
        const trail_listed_account *listed = trail_vector_at(&person->accounts, i);
        uint32_t account = trail_accounts_find(accounts, trail_slice_of(listed->bank),
                                               trail_slice_of(listed->number));
        for (uint32_t k = 0; k < joined_count && account != TRAIL_NO_ACCOUNT; k++) {
            trail_joined_number joined = trail_accounts_joined(accounts, k);
            if (joined.account != account) continue;
            status = add_number(&protection->index, joined.number, number, i + 1, err);
            trail_slice iban = trail_accounts_number(accounts, account);
            if (status == TRAIL_OK)
                status = add_number(&protection->index, iban, number, i + 1, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

static trail_status word_notice(trail_protection *protection, trail_error *err)
{
    trail_text text = {0};
    trail_status status =
        protection->internal
            ? trail_text_add_format(&text, err,
                                    "Internal copy: %zu declared people are named who are "
                                    "protected elsewhere. Working copy, not for disclosure.",
                                    protection->count)
            : trail_text_add_format(&text, err,
                                    "Protected: %zu declared people. Anyone not declared is named "
                                    "in full. Working copy, not for disclosure.",
                                    protection->count);
    if (status != TRAIL_OK) goto cleanup;
    protection->notice = trail_arena_copy(&protection->arena, trail_text_slice(&text), err);
    if (protection->notice == NULL) status = TRAIL_NO_MEMORY;
cleanup:
    trail_text_clear(&text);
    return status;
}

static trail_status build(trail_protection *protection, const trail_people *people,
                          const trail_ledger *ledger, const uint8_t key[TRAIL_CASE_KEY_SIZE],
                          trail_error *err)
{
    trail_hmac *hmac = NULL;
    trail_status status = trail_hmac_new(&hmac, key, TRAIL_CASE_KEY_SIZE, err);
    if (status != TRAIL_OK) goto cleanup;
    for (uint32_t i = 0; i < people->people.count; i++) {
        const trail_person *person = trail_vector_at(&people->people, i);
        if ((status = add_person(protection, hmac, person, i, err)) != TRAIL_OK) goto cleanup;
        if (ledger != NULL)
            status = add_joined_numbers(protection, person, i, ledger->accounts, err);
        if (status != TRAIL_OK) goto cleanup;
    }
    if ((status = label_phrases(protection, err)) != TRAIL_OK) goto cleanup;
    if (ledger == NULL) goto cleanup;
    if ((status = tie_listed(protection, people, ledger->accounts, err)) != TRAIL_OK) goto cleanup;
    status = tie_same_numbers(protection, people, ledger->accounts, err);
cleanup:
    trail_hmac_free(hmac);
    return status;
}

trail_status trail_protection_new(trail_protection **out, const trail_people *people,
                                  const trail_ledger *ledger,
                                  const uint8_t key[TRAIL_CASE_KEY_SIZE], bool internal,
                                  trail_error *err)
{
    trail_protection *protection = NULL;
    trail_status status = trail_alloc_zeroed(&protection, 1, sizeof *protection, err);
    if (status != TRAIL_OK) return status;
    protection->internal = internal;
    protection->phrase_labels = trail_vector_of(sizeof(const char *));
    protection->person_labels = trail_vector_of(sizeof(const char *));
    protection->account_labels = trail_vector_of(sizeof(const char *));
    if ((status = trail_phrase_index_init(&protection->index, err)) != TRAIL_OK) goto cleanup;
    if ((status = build(protection, people, ledger, key, err)) != TRAIL_OK) goto cleanup;
    if ((status = word_notice(protection, err)) != TRAIL_OK) goto cleanup;
    *out = protection;
    protection = NULL;
cleanup:
    trail_protection_free(protection);
    return status;
}

void trail_protection_free(trail_protection *protection)
{
    if (protection == NULL) return;
    trail_phrase_index_clear(&protection->index);
    trail_vector_clear(&protection->phrase_labels);
    trail_vector_clear(&protection->person_labels);
    trail_vector_clear(&protection->account_labels);
    trail_map64_clear(&protection->accounts);
    trail_arena_clear(&protection->arena);
    trail_free(protection);
}

const char *trail_protect_account(const trail_protection *protection, uint32_t account)
{
    uint32_t place = 0;
    if (protection->internal || !trail_map64_find(&protection->accounts, account, &place))
        return NULL;
    return *(const char *const *)trail_vector_at(&protection->account_labels, place);
}

const char *trail_protect_person(const trail_protection *protection, uint32_t person)
{
    if (protection->internal || person >= protection->person_labels.count) return NULL;
    return person_label(protection, person);
}

size_t trail_protection_count(const trail_protection *protection)
{
    return protection->count;
}

const char *trail_protection_notice(const trail_protection *protection)
{
    return protection->notice;
}

trail_status trail_protection_add_heading(trail_protection *protection, trail_slice sentence,
                                          trail_error *err)
{
    trail_text text = {0};
    trail_status status =
        trail_text_add_format(&text, err, "%s ", trail_protection_heading(protection));
    if (status == TRAIL_OK) status = trail_protect_text(protection, sentence, &text, err);
    if (status == TRAIL_OK) {
        const char *heading = trail_arena_copy(&protection->arena, trail_text_slice(&text), err);
        if (heading == NULL) status = TRAIL_NO_MEMORY;
        if (heading != NULL) protection->heading = heading;
    }
    trail_text_clear(&text);
    return status;
}

const char *trail_protection_heading(const trail_protection *protection)
{
    return protection->heading != NULL ? protection->heading : protection->notice;
}
