/* The case file, key by key. A new key is one row here (and its line in the README's list). */
#include "pipeline/case_schema.h"

#include <string.h>

#include "pipeline/case_file.h"
#include "pipeline/case_values.h"
#include "trace/tracing_rule.h"

#define AT(type, member) offsetof(type, member)

static const char *const transfers[] = {"no", "consent", "yes", NULL};
static const char *const person_types[] = {"person", "company", NULL};
static const char *const origins[] = {"unknown", "clean", NULL};

/* ---- what is not zero when absent ---- */

static void start_request(void *item, int line)
{
    trail_request *request = item;
    (void)line;
    request->sent = request->due = request->received = request->refused = TRAIL_NO_DAY;
    request->from = request->to = request->retain_until = TRAIL_NO_DAY;
    request->onward_transfer = transfers[0]; /* unless said otherwise, the strictest */
}

static void start_source(void *item, int line)
{
    trail_source *source = item;
    source->from = source->to = source->scope_from = source->scope_to = TRAIL_NO_DAY;
    source->line = line;
}

static void start_account(void *item, int line)
{
    ((trail_case_account *)item)->line = line;
}

static void start_proceeds(void *item, int line)
{
    trail_proceeds_rule *rule = item;
    rule->between_first = rule->between_last = TRAIL_NO_DAY;
    rule->line = line;
}

static void start_destination(void *item, int line)
{
    ((trail_case_destination *)item)->line = line;
}

static void start_case(void *item, int line)
{
    (void)line;
    ((trail_case *)item)->route_limits = trail_route_limits_default();
}

/* ---- values of their own ---- */

static trail_status read_state(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, void *item)
{
    trail_request *request = item;
    const char *text = NULL;
    char quotable[TRAIL_QUOTABLE];
    trail_status status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    if (strlen(text) != 2 || text[0] < 'A' || text[0] > 'Z' || text[1] < 'A' || text[1] > 'Z') {
        return trail_case_note(reading, node, way, "'%s' is not a state's two capital letters",
                               trail_quotable(text, quotable));
    }
    request->state = text;
    return TRAIL_OK;
}

/* The rules of the tracing table, by name. */
static trail_status read_display_rule(const trail_case_reading *reading, const trail_node *node,
                                      const trail_way *way, void *item)
{
    trail_mandate *mandate = &((trail_case *)item)->mandate;
    const char *names[32] = {NULL};
    size_t count = trail_tracing_rule_count();
    for (size_t i = 0; i < count && i + 1 < TRAIL_LENGTH_OF(names); i++) {
        names[i] = trail_tracing_rules[i]->name;
    }
    return trail_case_choice(reading, node, way, names, &mandate->display_rule);
}

/* Of `auto` and of names that profiles: has: looked up when all profiles are read. */
static trail_status read_profile_name(const trail_case_reading *reading, const trail_node *node,
                                      const trail_way *way, void *item)
{
    const char *name = NULL;
    (void)item;
    return trail_case_text(reading, node, way, &name);
}

static trail_status read_observes(const trail_case_reading *reading, const trail_node *node,
                                  const trail_way *way, void *item)
{
    static const char *const words[] = {"all", NULL};
    trail_source *source = item;
    trail_way inner = {.parent = way, .name = "bank"};
    const char *word = NULL;
    trail_status status = TRAIL_OK;
    if (node->shape == TRAIL_SHAPE_LIST) {
        source->observes = TRAIL_OBSERVES_LIST;
        return trail_case_texts(reading, node, way, &source->observed);
    }
    if (node->shape == TRAIL_SHAPE_MAP) {
        if (node->count != 1 || strcmp(node->first->key, "bank") != 0) {
            return trail_case_note(reading, node, way,
                                   "must be all, a list of account numbers, or {bank: …}");
        }
        source->observes = TRAIL_OBSERVES_BANK;
        return trail_case_text(reading, node->first, &inner, &source->observed_bank);
    }
    status = trail_case_choice(reading, node, way, words, &word);
    if (word != NULL) source->observes = TRAIL_OBSERVES_ALL;
    return status;
}

static trail_status read_role(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, void *item)
{
    trail_person *person = item;
    const char *names[TRAIL_ROLE_COUNT + 1] = {NULL};
    const char *word = NULL;
    trail_status status = TRAIL_OK;
    for (int i = 0; i < TRAIL_ROLE_COUNT; i++) {
        names[i] = trail_role_name((trail_role)i);
    }
    status = trail_case_choice(reading, node, way, names, &word);
    if (word != NULL) (void)trail_role_find(trail_slice_of(word), &person->role);
    return status;
}

static trail_status read_origin(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, void *item)
{
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, origins, &word);
    if (word == origins[1]) ((trail_case_account *)item)->origin = TRAIL_ORIGIN_CLEAN;
    return status;
}

/* An account is a number, "number@bank", or {number: …, bank: …}. */
static trail_status read_account(const trail_case_reading *reading, const trail_node *node,
                                 const trail_way *way, const char **number, const char **bank)
{
    const char *at = NULL, *text = NULL;
    trail_status status = TRAIL_OK;
    if (node->shape == TRAIL_SHAPE_MAP) {
        static const trail_case_key keys[] = {
            {"number", TRAIL_FORM_TEXT, AT(trail_listed_account, number), "the account number",
             NULL, NULL, NULL, false},
            {"bank", TRAIL_FORM_TEXT, AT(trail_listed_account, bank), NULL, NULL, NULL, NULL,
             false},
        };
        static const trail_case_table table = {keys, TRAIL_LENGTH_OF(keys),
                                               sizeof(trail_listed_account), NULL};
        trail_listed_account account = {0};
        status = trail_case_read_map(reading, &table, node, way, &account);
        *number = account.number;
        *bank = account.bank;
        return status;
    }
    status = trail_case_text(reading, node, way, &text);
    if (status != TRAIL_OK || text == NULL) return status;
    at = strchr(text, '@');
    if (at == NULL) {
        *number = text;
        return TRAIL_OK;
    }
    if (at == text || at[1] == '\0') {
        return trail_case_note(reading, node, way, "an account with its bank is number@bank");
    }
    *bank = at + 1;
    *number =
        trail_arena_copy(reading->arena, (trail_slice){text, (size_t)(at - text)}, reading->err);
    return *number == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
}

static trail_status read_person_accounts(const trail_case_reading *reading, const trail_node *node,
                                         const trail_way *way, void *item)
{
    trail_vector *accounts = &((trail_person *)item)->accounts;
    bool list = node->shape == TRAIL_SHAPE_LIST;
    const trail_node *each = list ? node->first : node;
    size_t count = list ? node->count : 1;
    trail_status status = trail_case_vector(reading, count, sizeof(trail_listed_account), accounts);
    if (status != TRAIL_OK) return status;
    accounts->count = 0;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++, each = each->next) {
        trail_way inner = {.parent = way, .number = i + 1};
        trail_listed_account account = {.account = TRAIL_NO_ACCOUNT};
        status = read_account(reading, each, list ? &inner : way, &account.number, &account.bank);
        if (account.number == NULL) continue;
        ((trail_listed_account *)accounts->items)[accounts->count++] = account;
    }
    return status;
}

static trail_status read_from(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, void *item)
{
    trail_proceeds_rule *rule = item;
    return read_account(reading, node, way, &rule->from, &rule->from_bank);
}

static trail_status read_to(const trail_case_reading *reading, const trail_node *node,
                            const trail_way *way, void *item)
{
    trail_proceeds_rule *rule = item;
    return read_account(reading, node, way, &rule->to, &rule->to_bank);
}

static trail_status read_between(const trail_case_reading *reading, const trail_node *node,
                                 const trail_way *way, void *item)
{
    trail_proceeds_rule *rule = item;
    trail_way first = {.parent = way, .number = 1}, last = {.parent = way, .number = 2};
    trail_status status = TRAIL_OK;
    if (node->shape != TRAIL_SHAPE_LIST || node->count != 2) {
        return trail_case_note(reading, node, way, "must be two days: [first, last]");
    }
    status = trail_case_day(reading, node->first, &first, &rule->between_first);
    if (status != TRAIL_OK) return status;
    return trail_case_day(reading, node->last, &last, &rule->between_last);
}

static trail_status read_limit(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, uint64_t least, uint64_t most, uint64_t *limit)
{
    uint64_t count = *limit;
    trail_status status = trail_case_count(reading, node, way, &count);
    if (status != TRAIL_OK) return status;
    if (count < least || count > most) {
        return trail_case_note(reading, node, way, "must be from %llu to %llu",
                               (unsigned long long)least, (unsigned long long)most);
    }
    *limit = count;
    return TRAIL_OK;
}

static trail_status read_window_days(const trail_case_reading *reading, const trail_node *node,
                                     const trail_way *way, void *item)
{
    trail_route_limits *limits = &((trail_case *)item)->route_limits;
    uint64_t count = (uint64_t)limits->window_days;
    trail_status status = read_limit(reading, node, way, 0, 3660, &count);
    limits->window_days = (int32_t)count;
    return status;
}

static trail_status read_share_kept(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, void *item)
{
    trail_route_limits *limits = &((trail_case *)item)->route_limits;
    return trail_case_share(reading, node, way, &limits->share_kept_millionths);
}

static trail_status read_max_steps(const trail_case_reading *reading, const trail_node *node,
                                   const trail_way *way, void *item)
{
    trail_route_limits *limits = &((trail_case *)item)->route_limits;
    uint64_t count = limits->max_steps;
    trail_status status = read_limit(reading, node, way, 1, TRAIL_ROUTE_STEP_LIMIT, &count);
    limits->max_steps = (uint32_t)count;
    return status;
}

static trail_status read_max_routes(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way, void *item)
{
    trail_route_limits *limits = &((trail_case *)item)->route_limits;
    uint64_t count = limits->max_routes;
    trail_status status = read_limit(reading, node, way, 1, 1000000, &count);
    limits->max_routes = (size_t)count;
    return status;
}

static trail_status read_reject_limit(const trail_case_reading *reading, const trail_node *node,
                                      const trail_way *way, void *item)
{
    return read_limit(reading, node, way, 1, UINT32_MAX - 1u, &((trail_case *)item)->reject_limit);
}

static trail_status read_balance_tolerance(const trail_case_reading *reading,
                                           const trail_node *node, const trail_way *way, void *item)
{
    return trail_case_tolerance(reading, node, way,
                                &((trail_case *)item)->balance_tolerance_millionths);
}

/* ---- the tables ---- */

static const trail_case_key scope_keys[] = {
    {.name = "accounts", .form = TRAIL_FORM_TEXTS, .offset = AT(trail_request, accounts)},
    {.name = "from", .form = TRAIL_FORM_DAY, .offset = AT(trail_request, from)},
    {.name = "to", .form = TRAIL_FORM_DAY, .offset = AT(trail_request, to)},
};
static const trail_case_table scope_table = {scope_keys, TRAIL_LENGTH_OF(scope_keys),
                                             sizeof(trail_request), NULL};

static const trail_case_key request_keys[] = {
    {.name = "id",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_request, id),
     .needed = "the name by which sources refer to the request"},
    {.name = "state",
     .form = TRAIL_FORM_OWN,
     .needed = "the requested state, such as LV",
     .read = read_state},
    {.name = "authority", .form = TRAIL_FORM_TEXT, .offset = AT(trail_request, authority)},
    {.name = "instrument", .form = TRAIL_FORM_TEXT, .offset = AT(trail_request, instrument)},
    {.name = "sent", .form = TRAIL_FORM_DAY, .offset = AT(trail_request, sent)},
    {.name = "due", .form = TRAIL_FORM_DAY, .offset = AT(trail_request, due)},
    {.name = "received", .form = TRAIL_FORM_DAY, .offset = AT(trail_request, received)},
    {.name = "refused", .form = TRAIL_FORM_DAY, .offset = AT(trail_request, refused)},
    {.name = "scope", .form = TRAIL_FORM_MAP, .table = &scope_table},
    {.name = "purposes", .form = TRAIL_FORM_TEXTS, .offset = AT(trail_request, purposes)},
    {.name = "onward_transfer",
     .form = TRAIL_FORM_CHOICE,
     .offset = AT(trail_request, onward_transfer),
     .choices = transfers},
    {.name = "evidential", .form = TRAIL_FORM_YES_NO, .offset = AT(trail_request, evidential)},
    {.name = "retain_until", .form = TRAIL_FORM_DAY, .offset = AT(trail_request, retain_until)},
};
static const trail_case_table request_table = {request_keys, TRAIL_LENGTH_OF(request_keys),
                                               sizeof(trail_request), start_request};

static const trail_case_key period_keys[] = {
    {.name = "from", .form = TRAIL_FORM_DAY, .offset = AT(trail_source, from)},
    {.name = "to", .form = TRAIL_FORM_DAY, .offset = AT(trail_source, to)},
};
static const trail_case_table period_table = {period_keys, TRAIL_LENGTH_OF(period_keys),
                                              sizeof(trail_source), NULL};

static const trail_case_key source_keys[] = {
    {.name = "file",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_source, file),
     .needed = "the received file, relative to the case folder"},
    {.name = "member", .form = TRAIL_FORM_TEXT, .offset = AT(trail_source, member)},
    {.name = "sheet", .form = TRAIL_FORM_TEXT, .offset = AT(trail_source, sheet)},
    {.name = "format", .form = TRAIL_FORM_OWN, .read = trail_case_source_format},
    {.name = "request", .form = TRAIL_FORM_TEXT, .offset = AT(trail_source, request)},
    {.name = "profile", .form = TRAIL_FORM_OWN, .read = read_profile_name},
    {.name = "bank", .form = TRAIL_FORM_TEXT, .offset = AT(trail_source, bank)},
    {.name = "own_account", .form = TRAIL_FORM_TEXT, .offset = AT(trail_source, own_account)},
    {.name = "period", .form = TRAIL_FORM_MAP, .table = &period_table},
    {.name = "observes", .form = TRAIL_FORM_OWN, .read = read_observes},
    {.name = "timezone", .form = TRAIL_FORM_TEXT, .offset = AT(trail_source, timezone)},
    {.name = "currency", .form = TRAIL_FORM_CURRENCY_CODE, .offset = AT(trail_source, currency)},
    {.name = "encoding", .form = TRAIL_FORM_TEXT, .offset = AT(trail_source, encoding)},
};
static const trail_case_table source_table = {source_keys, TRAIL_LENGTH_OF(source_keys),
                                              sizeof(trail_source), start_source};

static const trail_case_key account_keys[] = {
    {.name = "number",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_case_account, number),
     .needed = "the account number"},
    {.name = "bank", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case_account, bank)},
    {.name = "holder", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case_account, holder)},
    {.name = "opening", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case_account, opening_text)},
    {.name = "currency", .form = TRAIL_FORM_CURRENCY, .offset = AT(trail_case_account, currency)},
    {.name = "origin", .form = TRAIL_FORM_OWN, .read = read_origin},
    {.name = "observed", .form = TRAIL_FORM_YES_NO, .offset = AT(trail_case_account, observed)},
};
static const trail_case_table account_table = {account_keys, TRAIL_LENGTH_OF(account_keys),
                                               sizeof(trail_case_account), start_account};

static const trail_case_key person_keys[] = {
    {.name = "key",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_person, key),
     .needed = "the name by which the case refers to this person"},
    {.name = "name", .form = TRAIL_FORM_TEXT, .offset = AT(trail_person, name)},
    {.name = "other_names", .form = TRAIL_FORM_TEXTS, .offset = AT(trail_person, other_names)},
    {.name = "role", .form = TRAIL_FORM_OWN, .read = read_role},
    {.name = "type",
     .form = TRAIL_FORM_CHOICE,
     .offset = AT(trail_person, type),
     .choices = person_types},
    {.name = "accounts", .form = TRAIL_FORM_OWN, .read = read_person_accounts, .listed = true},
};
static const trail_case_table person_table = {person_keys, TRAIL_LENGTH_OF(person_keys),
                                              sizeof(trail_person), NULL};

static const trail_case_key select_keys[] = {
    {.name = "from", .form = TRAIL_FORM_OWN, .read = read_from},
    {.name = "to", .form = TRAIL_FORM_OWN, .read = read_to},
    {.name = "between", .form = TRAIL_FORM_OWN, .read = read_between, .listed = true},
    {.name = "min", .form = TRAIL_FORM_AMOUNT, .offset = AT(trail_proceeds_rule, min_text)},
    {.name = "max", .form = TRAIL_FORM_AMOUNT, .offset = AT(trail_proceeds_rule, max_text)},
    {.name = "currency",
     .form = TRAIL_FORM_CURRENCY_CODE,
     .offset = AT(trail_proceeds_rule, currency)},
    {.name = "text", .form = TRAIL_FORM_TEXT, .offset = AT(trail_proceeds_rule, text)},
};
static const trail_case_table select_table = {select_keys, TRAIL_LENGTH_OF(select_keys),
                                              sizeof(trail_proceeds_rule), NULL};

static const trail_case_key proceeds_keys[] = {
    {.name = "id",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_proceeds_rule, id),
     .needed = "the name under which outputs show these proceeds"},
    {.name = "why",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_proceeds_rule, why),
     .needed = "why this money is proceeds, in one sentence"},
    {.name = "amount", .form = TRAIL_FORM_AMOUNT, .offset = AT(trail_proceeds_rule, amount_text)},
    {.name = "currency",
     .form = TRAIL_FORM_CURRENCY_CODE,
     .offset = AT(trail_proceeds_rule, currency)},
    {.name = "select", .form = TRAIL_FORM_MAP, .table = &select_table},
    {.name = "file", .form = TRAIL_FORM_TEXT, .offset = AT(trail_proceeds_rule, file)},
    {.name = "line", .form = TRAIL_FORM_COUNT, .offset = AT(trail_proceeds_rule, file_line)},
};
static const trail_case_table proceeds_table = {proceeds_keys, TRAIL_LENGTH_OF(proceeds_keys),
                                                sizeof(trail_proceeds_rule), start_proceeds};

static const trail_case_key destination_keys[] = {
    {.name = "account", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case_destination, account)},
    {.name = "bank", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case_destination, bank)},
    {.name = "person", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case_destination, person)},
};
static const trail_case_table destination_table = {
    destination_keys, TRAIL_LENGTH_OF(destination_keys), sizeof(trail_case_destination),
    start_destination};

static const trail_case_key parameters_keys[] = {
    {.name = "window_days", .form = TRAIL_FORM_OWN, .read = read_window_days},
    {.name = "share_kept", .form = TRAIL_FORM_OWN, .read = read_share_kept},
    {.name = "max_steps", .form = TRAIL_FORM_OWN, .read = read_max_steps},
    {.name = "max_routes", .form = TRAIL_FORM_OWN, .read = read_max_routes},
    {.name = "reject_limit", .form = TRAIL_FORM_OWN, .read = read_reject_limit},
    {.name = "balance_tolerance", .form = TRAIL_FORM_OWN, .read = read_balance_tolerance},
};
static const trail_case_table parameters_table = {parameters_keys, TRAIL_LENGTH_OF(parameters_keys),
                                                  sizeof(trail_case), NULL};

static const trail_case_key top_keys[] = {
    {.name = "case",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_case, mandate.id),
     .needed = "the number of the case"},
    {.name = "title", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case, mandate.title)},
    {.name = "currency",
     .form = TRAIL_FORM_CURRENCY,
     .offset = AT(trail_case, mandate.currency),
     .needed = "the currency of the report, such as EUR"},
    {.name = "rates", .form = TRAIL_FORM_TEXT, .offset = AT(trail_case, rates)},
    {.name = "display_rule", .form = TRAIL_FORM_OWN, .read = read_display_rule},
    {.name = "requests",
     .form = TRAIL_FORM_MAPS,
     .offset = AT(trail_case, mandate.requests),
     .table = &request_table},
    {.name = "sources",
     .form = TRAIL_FORM_MAPS,
     .offset = AT(trail_case, sources),
     .needed = "at least one received file",
     .table = &source_table},
    {.name = "profiles",
     .form = TRAIL_FORM_NAMED_MAPS,
     .offset = AT(trail_case, profiles),
     .table = &trail_case_profile_table},
    {.name = "accounts",
     .form = TRAIL_FORM_MAPS,
     .offset = AT(trail_case, accounts),
     .table = &account_table},
    {.name = "people",
     .form = TRAIL_FORM_MAPS,
     .offset = AT(trail_case, people.people),
     .table = &person_table},
    {.name = "proceeds",
     .form = TRAIL_FORM_MAPS,
     .offset = AT(trail_case, proceeds),
     .table = &proceeds_table},
    {.name = "destinations",
     .form = TRAIL_FORM_MAPS,
     .offset = AT(trail_case, destinations),
     .table = &destination_table},
    {.name = "decisions",
     .form = TRAIL_FORM_MAPS,
     .offset = AT(trail_case, decisions.decisions),
     .table = &trail_case_decision_table},
    {.name = "parameters", .form = TRAIL_FORM_MAP, .table = &parameters_table},
};
const trail_case_table trail_case_top_table = {top_keys, TRAIL_LENGTH_OF(top_keys),
                                               sizeof(trail_case), start_case};
