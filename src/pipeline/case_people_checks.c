/* People, the facts on accounts, proceeds and destinations. */
#include <string.h>

#include "model/money.h"
#include "pipeline/case_references.h"
#include "pipeline/name_index.h"

static trail_status index_people(const trail_case_reading *reading, const trail_node *root,
                                 const trail_case *read_case, bool tell, trail_name_index *index)
{
    const trail_node *node = trail_node_find(root, "people");
    const trail_person *people = read_case->people.people.items;
    trail_status status = trail_name_index_init(index, reading->err);
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->people.people.count && status == TRAIL_OK;
         i++, node = node->next) {
        trail_case_spot spot = {.list = "people", .number = i + 1, .item = node};
        size_t earlier = TRAIL_NO_NAME;
        char quotable[TRAIL_QUOTABLE];
        if (people[i].key == NULL) continue;
        status =
            trail_name_index_put(index, trail_slice_of(people[i].key), i, &earlier, reading->err);
        if (status == TRAIL_OK && tell && earlier != TRAIL_NO_NAME) {
            status = trail_case_note_at(reading, spot, "key", "'%s' is given twice",
                                        trail_quotable(people[i].key, quotable));
        }
    }
    return status;
}

static trail_status note_no_person(const trail_case_reading *reading, trail_case_spot spot,
                                   const char *key, const char *name,
                                   const trail_name_index *people)
{
    const char *nearest = trail_name_index_nearest(people, name);
    return trail_case_note_absent(reading, spot, key, "no person has the key", name, nearest);
}

/* *seen: the item that lists the account already. False: the number holds no letter or digit. */
static trail_status put_account(const trail_case_reading *reading, trail_name_index *index,
                                const char *bank, const char *number, size_t item, bool *usable,
                                size_t *seen)
{
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length = 0;
    *seen = TRAIL_NO_NAME;
    *usable = trail_account_key(trail_slice_of(bank), trail_slice_of(number), key, &length);
    if (!*usable) return TRAIL_OK;
    return trail_name_index_put(index, (trail_slice){key, length}, item, seen, reading->err);
}

static trail_status check_person(const trail_case_reading *reading, trail_case_spot spot,
                                 const trail_person *person)
{
    const trail_listed_account *accounts = person->accounts.items;
    trail_name_index own = {0};
    char quotable[TRAIL_QUOTABLE];
    trail_status status = TRAIL_OK;
    if (person->accounts.count == 0) return TRAIL_OK;
    status = trail_name_index_init(&own, reading->err);
    for (size_t i = 0; i < person->accounts.count && status == TRAIL_OK; i++) {
        bool usable = false;
        size_t seen = TRAIL_NO_NAME;
        status =
            put_account(reading, &own, accounts[i].bank, accounts[i].number, i, &usable, &seen);
        if (status != TRAIL_OK) break;
        if (!usable) {
            status = trail_case_note_at(reading, spot, "accounts", "'%s' is no account number",
                                        trail_quotable(accounts[i].number, quotable));
        } else if (seen != TRAIL_NO_NAME) {
            status = trail_case_note_at(reading, spot, "accounts", "'%s' is given twice",
                                        trail_quotable(accounts[i].number, quotable));
        }
    }
    trail_name_index_clear(&own);
    return status;
}

static trail_status check_opening(const trail_case_reading *reading, trail_case_spot spot,
                                  trail_case_account *account)
{
    const trail_money_style plain = {.decimal = '.'};
    bool origin = !trail_node_is_empty(trail_node_find(spot.item, "origin"));
    bool currency = !trail_node_is_empty(trail_node_find(spot.item, "currency"));
    char quotable[TRAIL_QUOTABLE];
    trail_money_fault fault = TRAIL_MONEY_OK;
    if (account->opening_text == NULL) {
        if (!origin && !currency) return TRAIL_OK;
        return trail_case_note_at(reading, spot, origin ? "origin" : "currency",
                                  "says something of opening, which is not given");
    }
    if (!origin) {
        return trail_case_note_at(reading, spot, "opening",
                                  "needs origin: clean or unknown, for where the money came from");
    }
    if (!currency) return trail_case_note_at(reading, spot, "opening", "needs currency");
    if (account->currency == TRAIL_NO_CURRENCY) return TRAIL_OK; /* noted already */
    fault = trail_money_parse(trail_slice_of(account->opening_text), plain,
                              trail_currency_exponent(account->currency), &account->opening_minor);
    if (fault != TRAIL_MONEY_OK) {
        return trail_case_note_at(reading, spot, "opening", "'%s' is not an amount in %s: %s",
                                  trail_quotable(account->opening_text, quotable),
                                  trail_currency_code(account->currency),
                                  trail_money_fault_text(fault));
    }
    account->has_opening = true;
    return TRAIL_OK;
}

static trail_status check_account(const trail_case_reading *reading, trail_case_spot spot,
                                  trail_case_account *account, const trail_name_index *people,
                                  trail_name_index *accounts)
{
    size_t seen = TRAIL_NO_NAME;
    bool usable = false;
    char quotable[TRAIL_QUOTABLE];
    trail_status status = check_opening(reading, spot, account);
    if (status != TRAIL_OK || account->number == NULL) return status;
    if (account->holder != NULL &&
        trail_name_index_find(people, account->holder) == TRAIL_NO_NAME) {
        status = note_no_person(reading, spot, "holder", account->holder, people);
        if (status != TRAIL_OK) return status;
    }
    status =
        put_account(reading, accounts, account->bank, account->number, spot.number, &usable, &seen);
    if (status != TRAIL_OK) return status;
    if (!usable) {
        return trail_case_note_at(reading, spot, "number", "'%s' is no account number",
                                  trail_quotable(account->number, quotable));
    }
    if (seen != TRAIL_NO_NAME) {
        return trail_case_note_at(reading, spot, "number",
                                  "'%s' is given twice: accounts[%zu] has it already",
                                  trail_quotable(account->number, quotable), seen);
    }
    return TRAIL_OK;
}

static trail_status check_destination(const trail_case_reading *reading, trail_case_spot spot,
                                      const trail_case *read_case,
                                      const trail_case_destination *destination,
                                      const trail_name_index *people)
{
    const trail_person *person = NULL;
    size_t index = TRAIL_NO_NAME;
    if (destination->account != NULL && destination->person != NULL) {
        return trail_case_note_at(reading, spot, "person", "account is given too: one of them");
    }
    if (destination->account != NULL) return TRAIL_OK;
    if (destination->person == NULL) {
        if (spot.item->shape != TRAIL_SHAPE_MAP) return TRAIL_OK; /* noted already */
        return trail_case_note_at(reading, spot, NULL, "needs account or person");
    }
    index = trail_name_index_find(people, destination->person);
    if (index == TRAIL_NO_NAME) {
        return note_no_person(reading, spot, "person", destination->person, people);
    }
    person = trail_vector_at(&read_case->people.people, index);
    if (person->accounts.count == 0) {
        return trail_case_note_at(reading, spot, "person", "no account of %s is listed",
                                  person->key);
    }
    if (destination->bank == NULL) return TRAIL_OK;
    return trail_case_note_at(reading, spot, "bank", "goes with account, not with person");
}

trail_status trail_case_check_people(const trail_case_reading *reading, const trail_node *root,
                                     trail_case *read_case)
{
    trail_name_index people = {0}, accounts = {0};
    const trail_node *node = trail_node_find(root, "people");
    trail_status status = index_people(reading, root, read_case, true, &people);
    if (status == TRAIL_OK) status = trail_name_index_init(&accounts, reading->err);
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->people.people.count && status == TRAIL_OK;
         i++, node = node->next) {
        status = check_person(reading, (trail_case_spot){"people", i + 1, NULL, node},
                              trail_vector_at(&read_case->people.people, i));
    }
    node = trail_node_find(root, "accounts");
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->accounts.count && status == TRAIL_OK;
         i++, node = node->next) {
        status = check_account(reading, (trail_case_spot){"accounts", i + 1, NULL, node},
                               trail_vector_at(&read_case->accounts, i), &people, &accounts);
    }
    node = trail_node_find(root, "destinations");
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->destinations.count && status == TRAIL_OK;
         i++, node = node->next) {
        status =
            check_destination(reading, (trail_case_spot){"destinations", i + 1, NULL, node},
                              read_case, trail_vector_at(&read_case->destinations, i), &people);
    }
    trail_name_index_clear(&people);
    trail_name_index_clear(&accounts);
    return status;
}

/* ---- proceeds ---- */

/* A party is a person's key, or a number, which holds a digit. */
static trail_status check_party(const trail_case_reading *reading, trail_case_spot spot,
                                const trail_case *read_case, const trail_name_index *people,
                                const char *key, const char *party)
{
    const trail_person *person = NULL;
    size_t index = TRAIL_NO_NAME;
    if (party == NULL) return TRAIL_OK;
    index = trail_name_index_find(people, party);
    if (index != TRAIL_NO_NAME) {
        person = trail_vector_at(&read_case->people.people, index);
        if (person->accounts.count > 0) return TRAIL_OK;
        return trail_case_note_at(reading, spot, key, "no account of %s is listed", party);
    }
    if (strpbrk(party, "0123456789") != NULL) return TRAIL_OK;
    return note_no_person(reading, spot, key, party, people);
}

static trail_status check_evidence_line(const trail_case_reading *reading, trail_case_spot spot,
                                        const trail_case *read_case,
                                        const trail_proceeds_rule *rule)
{
    const trail_source *sources = read_case->sources.items;
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    if (rule->file == NULL) {
        if (rule->file_line == 0) return TRAIL_OK;
        return trail_case_note_at(reading, spot, "line", "needs file");
    }
    if (rule->file_line == 0) {
        return trail_case_note_at(reading, spot, "file", "needs line: the row's line, from 1");
    }
    for (size_t i = 0; i < read_case->sources.count; i++) {
        if (sources[i].file == NULL) continue;
        if (strcmp(sources[i].file, rule->file) == 0) return TRAIL_OK;
        if (trail_is_nearer(rule->file, sources[i].file, &best)) nearest = sources[i].file;
    }
    return trail_case_note_absent(reading, spot, "file", "no source is the file", rule->file,
                                  nearest);
}

static trail_status check_currencies(const trail_case_reading *reading, trail_case_spot spot)
{
    const trail_node *amount = trail_node_find(spot.item, "amount");
    const trail_node *outer = trail_node_find(spot.item, "currency");
    const trail_node *inner = trail_node_find(trail_node_find(spot.item, "select"), "currency");
    if (!trail_node_is_empty(outer) && trail_node_is_empty(amount)) {
        return trail_case_note_at(reading, spot, "currency",
                                  "goes with amount; to choose payments use select.currency");
    }
    if (!trail_node_is_empty(outer) && !trail_node_is_empty(inner) &&
        outer->shape == TRAIL_SHAPE_SCALAR && inner->shape == TRAIL_SHAPE_SCALAR &&
        strcmp(outer->text, inner->text) != 0) {
        return trail_case_note_at(reading, spot, "currency", "differs from select.currency");
    }
    return TRAIL_OK;
}

/* Do the amounts fit the currency, where it is known? */
static trail_status check_amounts(const trail_case_reading *reading, trail_case_spot spot,
                                  const trail_proceeds_rule *rule)
{
    const trail_money_style plain = {.decimal = '.'};
    const struct {
        const char *key, *text;
    } amounts[] = {{"amount", rule->amount_text},
                   {"select.min", rule->min_text},
                   {"select.max", rule->max_text}};
    trail_currency currency = TRAIL_NO_CURRENCY;
    trail_status status = TRAIL_OK;
    if (rule->currency == NULL) return TRAIL_OK;
    if (!trail_currency_find(trail_slice_of(rule->currency), &currency)) return TRAIL_OK;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(amounts) && status == TRAIL_OK; i++) {
        char quotable[TRAIL_QUOTABLE];
        trail_money_fault fault = TRAIL_MONEY_OK;
        int64_t minor = 0;
        if (amounts[i].text == NULL) continue;
        fault = trail_money_parse(trail_slice_of(amounts[i].text), plain,
                                  trail_currency_exponent(currency), &minor);
        if (fault == TRAIL_MONEY_OK) continue;
        status =
            trail_case_note_at(reading, spot, amounts[i].key, "'%s' is not an amount in %s: %s",
                               trail_quotable(amounts[i].text, quotable), rule->currency,
                               trail_money_fault_text(fault));
    }
    return status;
}

static trail_status check_rule(const trail_case_reading *reading, trail_case_spot spot,
                               const trail_case *read_case, trail_proceeds_rule *rule,
                               const trail_name_index *people)
{
    trail_status status = TRAIL_OK;
    rule->has_amount = rule->amount_text != NULL;
    if (spot.item->shape != TRAIL_SHAPE_MAP) return TRAIL_OK; /* noted already */
    if (rule->from == NULL && rule->to == NULL && rule->file == NULL &&
        trail_node_is_empty(trail_node_find(spot.item, "file"))) {
        status = trail_case_note_at(reading, spot, "select",
                                    "needs at least from or to, or give file and line");
    }
    if (status == TRAIL_OK) {
        status = check_party(reading, spot, read_case, people, "select.from", rule->from);
    }
    if (status == TRAIL_OK) {
        status = check_party(reading, spot, read_case, people, "select.to", rule->to);
    }
    if (status == TRAIL_OK) status = check_evidence_line(reading, spot, read_case, rule);
    if (status == TRAIL_OK) status = check_currencies(reading, spot);
    if (status == TRAIL_OK) status = check_amounts(reading, spot, rule);
    if (status == TRAIL_OK && rule->between_first != TRAIL_NO_DAY &&
        rule->between_last != TRAIL_NO_DAY && rule->between_first > rule->between_last) {
        status =
            trail_case_note_at(reading, spot, "select.between", "the first day is after the last");
    }
    return status;
}

trail_status trail_case_check_proceeds(const trail_case_reading *reading, const trail_node *root,
                                       const trail_case *read_case)
{
    trail_name_index people = {0}, ids = {0};
    const trail_node *node = trail_node_find(root, "proceeds");
    trail_status status = index_people(reading, root, read_case, false, &people);
    if (status == TRAIL_OK) status = trail_name_index_init(&ids, reading->err);
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->proceeds.count && status == TRAIL_OK;
         i++, node = node->next) {
        trail_case_spot spot = {"proceeds", i + 1, NULL, node};
        trail_proceeds_rule *rule = trail_vector_at(&read_case->proceeds, i);
        size_t earlier = TRAIL_NO_NAME;
        char quotable[TRAIL_QUOTABLE];
        status = check_rule(reading, spot, read_case, rule, &people);
        if (status != TRAIL_OK || rule->id == NULL) continue;
        status = trail_name_index_put(&ids, trail_slice_of(rule->id), i, &earlier, reading->err);
        if (status == TRAIL_OK && earlier != TRAIL_NO_NAME) {
            status = trail_case_note_at(reading, spot, "id", "'%s' is given twice",
                                        trail_quotable(rule->id, quotable));
        }
    }
    trail_name_index_clear(&people);
    trail_name_index_clear(&ids);
    return status;
}
