#include "pipeline/case_holders.h"

#include <string.h>

#include "model/account.h"
#include "pipeline/name_index.h"

/* The same number, and no two different banks. */
static bool is_same(const trail_listed_account *listed, const trail_case_account *account)
{
    char a[TRAIL_ACCOUNT_KEY_LIMIT];
    char b[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t a_length = 0;
    size_t b_length = 0;
    bool both = listed->bank != NULL && account->bank != NULL;
    trail_slice none = {0};
    if (!trail_account_key(both ? trail_slice_of(listed->bank) : none,
                           trail_slice_of(listed->number), a, &a_length) ||
        !trail_account_key(both ? trail_slice_of(account->bank) : none,
                           trail_slice_of(account->number), b, &b_length))
        return false;
    return a_length == b_length && memcmp(a, b, a_length) == 0;
}

static bool is_listed(const trail_person *person, const trail_case_account *account)
{
    for (size_t i = 0; i < person->accounts.count; i++) {
        const trail_listed_account *listed = trail_vector_at(&person->accounts, i);
        if (listed->number != NULL && is_same(listed, account)) return true;
    }
    return false;
}

/* The arena's vectors do not grow: the list is copied with one place more. */
static trail_status add_account(const trail_case_reading *reading, trail_person *person,
                                const trail_case_account *account)
{
    trail_vector longer;
    size_t count = person->accounts.count;
    trail_status status =
        trail_case_vector(reading, count + 1, sizeof(trail_listed_account), &longer);
    if (status != TRAIL_OK) return status;
    if (count > 0)
        memcpy(longer.items, person->accounts.items, count * sizeof(trail_listed_account));
    trail_listed_account *added = trail_vector_at(&longer, count);
    *added = (trail_listed_account){account->number, account->bank, TRAIL_NO_ACCOUNT};
    person->accounts = longer;
    return TRAIL_OK;
}

static trail_status index_people(const trail_case *read_case, trail_name_index *index,
                                 trail_error *err)
{
    trail_status status = trail_name_index_init(index, err);
    for (size_t i = 0; status == TRAIL_OK && i < read_case->people.people.count; i++) {
        const trail_person *person = trail_vector_at(&read_case->people.people, i);
        size_t earlier;
        if (person->key == NULL) continue;
        status = trail_name_index_put(index, trail_slice_of(person->key), i, &earlier, err);
    }
    return status;
}

trail_status trail_case_tie_holders(const trail_case_reading *reading, trail_case *read_case)
{
    trail_name_index people = {0};
    trail_status status = index_people(read_case, &people, reading->err);
    for (size_t i = 0; status == TRAIL_OK && i < read_case->accounts.count; i++) {
        const trail_case_account *account = trail_vector_at(&read_case->accounts, i);
        if (account->holder == NULL || account->number == NULL) continue;
        size_t holder = trail_name_index_find(&people, account->holder);
        if (holder == TRAIL_NO_NAME) continue;
        trail_person *person = trail_vector_at(&read_case->people.people, holder);
        if (!is_listed(person, account)) status = add_account(reading, person, account);
    }
    trail_name_index_clear(&people);
    return status;
}
