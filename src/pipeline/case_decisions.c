#include "pipeline/case_decisions.h"

#include <stddef.h>
#include <string.h>

#include "base/path.h"
#include "base/text.h"
#include "model/calendar.h"
#include "model/kind.h"
#include "pipeline/case_references.h"
#include "pipeline/case_values.h"

enum { ID_LENGTH = 33 };

static trail_status add_list(const trail_case_reading *reading, trail_slice bytes, trail_node *root)
{
    trail_node *list = NULL;
    const trail_node *given = trail_node_find(root, "decisions");
    trail_way way = {.name = "decisions"};
    trail_status status = trail_yaml_read(bytes, TRAIL_DECISIONS_NAME, reading->arena,
                                          reading->mistakes, &list, reading->err);
    if (status != TRAIL_OK || list == NULL || trail_node_is_empty(list)) return status;
    if (given != NULL) {
        return trail_mistakes_add(reading->mistakes, given->key_place, &way, reading->err,
                                  "stands in " TRAIL_DECISIONS_NAME " too: keep one of the two");
    }
    list->key = "decisions";
    list->key_place = list->place;
    trail_node_append(root, list);
    return TRAIL_OK;
}

trail_status trail_case_add_decisions(const trail_case_reading *reading, const char *case_folder,
                                      trail_node *root, trail_vector *files)
{
    static const char *const name = TRAIL_DECISIONS_NAME;
    trail_text path = {0}, bytes = {0};
    trail_status status = trail_path_join(&path, case_folder, name, reading->err);
    if (status != TRAIL_OK || !trail_path_exists(path.bytes)) goto cleanup;
    if ((status = trail_vector_push(files, &name, reading->err)) != TRAIL_OK) goto cleanup;
    status = trail_path_read(path.bytes, TRAIL_DECISIONS_LIMIT, &bytes, reading->err);
    if (status == TRAIL_OK) {
        status = add_list(reading, trail_text_slice(&bytes), root);
    } else if (status == TRAIL_BAD_DATA) {
        trail_place place = {.file = name};
        status = trail_mistakes_add(reading->mistakes, place, NULL, reading->err,
                                    "is larger than %zu bytes", TRAIL_DECISIONS_LIMIT);
    }
cleanup:
    trail_text_clear(&path);
    trail_text_clear(&bytes);
    return status;
}

#define AT(type, member) offsetof(type, member)

static const char *const decision_types[] = {"pair", "same", "kind", "proceeds", "release", NULL};
static const char *const answers[] = {"accepted", "refused", NULL};

static void start_decision(void *item, int line)
{
    trail_decision *decision = item;
    decision->from = decision->to = TRAIL_NO_DAY;
    decision->line = line;
}

static trail_status read_decide(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, void *item)
{
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, decision_types, &word);
    for (int i = 0; word != NULL && i < TRAIL_DECISION_TYPE_COUNT; i++) {
        if (strcmp(word, decision_types[i]) == 0)
            ((trail_decision *)item)->type = (trail_decision_type)i;
    }
    return status;
}

static trail_status read_answer(const trail_case_reading *reading, const trail_node *node,
                                const trail_way *way, void *item)
{
    const char *word = NULL;
    trail_status status = trail_case_choice(reading, node, way, answers, &word);
    ((trail_decision *)item)->refused = word != NULL && strcmp(word, "refused") == 0;
    return status;
}

static trail_status read_targets(const trail_case_reading *reading, const trail_node *node,
                                 const trail_way *way, void *item)
{
    trail_decision *decision = item;
    trail_vector texts = {0};
    trail_status status = trail_case_texts(reading, node, way, &texts);
    const char *const *targets = texts.items;
    decision->more_targets = texts.count > TRAIL_LENGTH_OF(decision->targets);
    for (size_t i = 0; i < texts.count && i < TRAIL_LENGTH_OF(decision->targets); i++)
        decision->targets[i] = targets[i];
    return status;
}

/* A day, kept as written. */
static trail_status read_when(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, void *item)
{
    int32_t day = TRAIL_NO_DAY;
    trail_status status = trail_case_day(reading, node, way, &day);
    if (status != TRAIL_OK || day == TRAIL_NO_DAY) return status;
    return trail_case_text(reading, node, way, &((trail_decision *)item)->when);
}

static const trail_case_key decision_keys[] = {
    {.name = "decide",
     .form = TRAIL_FORM_OWN,
     .needed = "what is decided: pair, same, kind, proceeds or release",
     .read = read_decide},
    {.name = "answer", .form = TRAIL_FORM_OWN, .read = read_answer},
    {.name = "targets", .form = TRAIL_FORM_OWN, .read = read_targets},
    {.name = "value", .form = TRAIL_FORM_TEXT, .offset = AT(trail_decision, value)},
    {.name = "request", .form = TRAIL_FORM_TEXT, .offset = AT(trail_decision, request)},
    {.name = "account", .form = TRAIL_FORM_TEXT, .offset = AT(trail_decision, account)},
    {.name = "from", .form = TRAIL_FORM_DAY, .offset = AT(trail_decision, from)},
    {.name = "to", .form = TRAIL_FORM_DAY, .offset = AT(trail_decision, to)},
    {.name = "who",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_decision, who),
     .needed = "who decided it"},
    {.name = "when",
     .form = TRAIL_FORM_OWN,
     .needed = "the day it was decided, such as 2026-01-31",
     .read = read_when},
    {.name = "why",
     .form = TRAIL_FORM_TEXT,
     .offset = AT(trail_decision, why),
     .needed = "why, in one sentence"},
};
const trail_case_table trail_case_decision_table = {decision_keys, TRAIL_LENGTH_OF(decision_keys),
                                                    sizeof(trail_decision), start_decision};

/* What each type of decision needs. letter: of its targets' ids. */
typedef struct decision_shape {
    const char *name;
    size_t targets;
    char letter;
    bool value, release;
} decision_shape;

static const decision_shape shapes[TRAIL_DECISION_TYPE_COUNT] = {
    [TRAIL_DECISION_PAIR] = {"pair", 2, 't', false, false},
    [TRAIL_DECISION_SAME] = {"same", 2, 'e', false, false},
    [TRAIL_DECISION_KIND] = {"kind", 1, 't', true, false},
    [TRAIL_DECISION_PROCEEDS] = {"proceeds", 1, 't', true, false},
    [TRAIL_DECISION_RELEASE] = {"release", 0, 0, false, true},
};

static bool is_id(const char *text, char letter)
{
    if (strlen(text) != ID_LENGTH || text[0] != letter) return false;
    return strspn(text + 1, "0123456789abcdef") == ID_LENGTH - 1;
}

static trail_status check_targets(const trail_case_reading *reading, trail_case_spot spot,
                                  const trail_decision *decision, const decision_shape *shape)
{
    char quotable[TRAIL_QUOTABLE];
    size_t given = 0;
    while (given < TRAIL_LENGTH_OF(decision->targets) && decision->targets[given] != NULL)
        given++;
    if (given != shape->targets || decision->more_targets) {
        return trail_case_note_at(reading, spot, "targets", "'%s' is about %zu id%s", shape->name,
                                  shape->targets, shape->targets == 1 ? "" : "s");
    }
    for (size_t i = 0; i < given; i++) {
        if (is_id(decision->targets[i], shape->letter)) continue;
        return trail_case_note_at(reading, spot, "targets",
                                  "'%s' is no id of the form %c and 32 hexadecimal digits",
                                  trail_quotable(decision->targets[i], quotable), shape->letter);
    }
    if (given == 2 && strcmp(decision->targets[0], decision->targets[1]) == 0) {
        return trail_case_note_at(reading, spot, "targets", "the two ids are one");
    }
    return TRAIL_OK;
}

static bool is_proceeds_id(const trail_case *read_case, const char *id)
{
    const trail_proceeds_rule *rules = read_case->proceeds.items;
    for (size_t i = 0; i < read_case->proceeds.count; i++) {
        if (rules[i].id != NULL && strcmp(rules[i].id, id) == 0) return true;
    }
    return false;
}

static trail_status check_value(const trail_case_reading *reading, trail_case_spot spot,
                                const trail_case *read_case, const trail_decision *decision,
                                const decision_shape *shape)
{
    trail_kind kind = TRAIL_KIND_OTHER;
    char quotable[TRAIL_QUOTABLE];
    if (!shape->value) {
        if (decision->value == NULL) return TRAIL_OK;
        return trail_case_note_at(reading, spot, "value", "does not belong to '%s'", shape->name);
    }
    if (decision->value == NULL) {
        return trail_case_note_at(reading, spot, "value", "is missing: %s",
                                  decision->type == TRAIL_DECISION_KIND
                                      ? "the kind, such as cash"
                                      : "the id of the proceeds, such as P1");
    }
    bool known = decision->type == TRAIL_DECISION_KIND
                     ? trail_kind_find(trail_slice_of(decision->value), &kind)
                     : is_proceeds_id(read_case, decision->value);
    if (known) return TRAIL_OK;
    return trail_case_note_at(reading, spot, "value",
                              decision->type == TRAIL_DECISION_KIND ? "there is no kind '%s'"
                                                                    : "there are no proceeds '%s'",
                              trail_quotable(decision->value, quotable));
}

static trail_status check_release(const trail_case_reading *reading, trail_case_spot spot,
                                  const trail_case *read_case, const trail_decision *decision,
                                  const decision_shape *shape)
{
    const trail_request *requests = read_case->mandate.requests.items;
    char quotable[TRAIL_QUOTABLE];
    if (!shape->release) {
        if (decision->request == NULL && decision->account == NULL) return TRAIL_OK;
        return trail_case_note_at(reading, spot, decision->request != NULL ? "request" : "account",
                                  "does not belong to '%s'", shape->name);
    }
    if (decision->refused) {
        return trail_case_note_at(reading, spot, "answer",
                                  "a release is accepted: what is not released stays out anyway");
    }
    if (decision->account == NULL || decision->request == NULL) {
        return trail_case_note_at(reading, spot, decision->account == NULL ? "account" : "request",
                                  "is missing: a release names the request and the account");
    }
    for (size_t i = 0; i < read_case->mandate.requests.count; i++) {
        if (requests[i].id != NULL && strcmp(requests[i].id, decision->request) == 0)
            return TRAIL_OK;
    }
    return trail_case_note_at(reading, spot, "request", "there is no request '%s'",
                              trail_quotable(decision->request, quotable));
}

static trail_status give_release(const trail_case_reading *reading, trail_case *read_case,
                                 const trail_decision *decision)
{
    trail_source *sources = read_case->sources.items;
    const trail_release release = {decision->account, decision->from, decision->to};
    for (size_t i = 0; i < read_case->sources.count; i++) {
        trail_vector *releases = &sources[i].releases;
        trail_vector longer;
        if (sources[i].request == NULL || strcmp(sources[i].request, decision->request) != 0)
            continue;
        trail_status status =
            trail_case_vector(reading, releases->count + 1, sizeof(trail_release), &longer);
        if (status != TRAIL_OK) return status;
        trail_release *items = longer.items;
        if (releases->count > 0) memcpy(items, releases->items, releases->count * sizeof *items);
        items[releases->count] = release;
        *releases = longer;
    }
    return TRAIL_OK;
}

trail_status trail_case_check_decisions(const trail_case_reading *reading, const trail_node *root,
                                        trail_case *read_case)
{
    const trail_node *node = trail_node_find(root, "decisions");
    const trail_decision *decisions = read_case->decisions.decisions.items;
    trail_status status = TRAIL_OK;
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->decisions.decisions.count && status == TRAIL_OK;
         i++, node = node->next) {
        trail_case_spot spot = {"decisions", i + 1, NULL, node};
        const decision_shape *shape = &shapes[decisions[i].type];
        if (node->shape != TRAIL_SHAPE_MAP || trail_node_is_empty(trail_node_find(node, "decide")))
            continue; /* noted already */
        size_t before = reading->mistakes->count;
        status = check_targets(reading, spot, &decisions[i], shape);
        if (status == TRAIL_OK)
            status = check_value(reading, spot, read_case, &decisions[i], shape);
        if (status == TRAIL_OK)
            status = check_release(reading, spot, read_case, &decisions[i], shape);
        if (status == TRAIL_OK && shape->release && reading->mistakes->count == before)
            status = give_release(reading, read_case, &decisions[i]);
    }
    return status;
}
