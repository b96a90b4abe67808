#include "report/section.h"

#include "export/decision_words.h"
#include "export/entity_shown.h"

static void write_account(const trail_report_view *view, trail_json *json, const char *key,
                          const trail_entity *entity)
{
    trail_json_integer(json, key, trail_report_place(view, entity->account));
}

/* Holders that records name, with every spelling. */
static trail_status write_names(trail_report_view *view, trail_shown_entity *shown,
                                trail_json *json, trail_error *err)
{
    const trail_identity *identity = view->findings->identity;
    int64_t holders = 0, listed = 0;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "names");
    for (uint32_t i = 0; identity != NULL && status == TRAIL_OK && i < identity->entities.count;
         i++) {
        const trail_entity *entity = trail_identity_entity(identity, i);

        if (entity->kind != TRAIL_ENTITY_HOLDER) continue;
        if (++holders > TRAIL_REPORT_NAMES) continue;
        status = trail_entity_show(view->findings, i, shown, err);
        trail_json_object(json, NULL);
        trail_json_slice(json, "names", trail_text_slice(&shown->names));
        trail_json_integer(json, "spellings", shown->is_protected ? 0 : entity->name_count);
        write_account(view, json, "account", entity);
        trail_json_integer(json, "records", entity->records);
        trail_json_object_end(json);
        listed++;
    }
    trail_json_array_end(json);
    trail_json_integer(json, "names_left", holders - listed);
    return status;
}

static void write_side(const trail_report_view *view, trail_json *json, const char *const keys[3],
                       uint32_t place, const trail_shown_entity *shown, bool hidden)
{
    const trail_entity *entity = trail_identity_entity(view->findings->identity, place);

    if (hidden)
        trail_json_text(json, keys[0], TRAIL_NAME_NOT_SHOWN);
    else
        trail_json_slice(json, keys[0], trail_text_slice(&shown->label));
    if (hidden)
        trail_json_integer(json, keys[1], -1);
    else
        write_account(view, json, keys[1], entity);
    trail_json_boolean(json, keys[2], !hidden && entity->kind == TRAIL_ENTITY_PERSON);
}

/* Names that may be one: no figure of how much, only what to look at. */
static trail_status write_candidates(trail_report_view *view, trail_shown_entity *first,
                                     trail_shown_entity *second, trail_json *json, trail_error *err)
{
    static const char *const keys[2][3] = {{"first", "first_account", "first_declared"},
                                           {"second", "second_account", "second_declared"}};
    const trail_identity *identity = view->findings->identity;
    int64_t found = 0, listed = 0;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "candidates");
    for (size_t i = 0; identity != NULL && status == TRAIL_OK && i < identity->candidates.count;
         i++) {
        const trail_candidate *candidate = trail_vector_at(&identity->candidates, i);

        if (candidate->class != TRAIL_CANDIDATE_REVIEW && candidate->decision == UINT32_MAX)
            continue;
        if (++found > TRAIL_REPORT_CANDIDATES) continue;
        status = trail_entity_show(view->findings, candidate->first, first, err);
        if (status == TRAIL_OK)
            status = trail_entity_show(view->findings, candidate->second, second, err);
        trail_json_object(json, NULL);
        write_side(view, json, keys[0], candidate->first, first,
                   second->is_protected && !first->is_protected);
        write_side(view, json, keys[1], candidate->second, second,
                   first->is_protected && !second->is_protected);
        trail_json_integer(json, "shared_counterparties", candidate->shared_counterparties);
        trail_json_text(json, "decision", trail_candidate_decision(view->findings, candidate));
        trail_json_object_end(json);
        listed++;
    }
    trail_json_array_end(json);
    trail_json_integer(json, "candidates_left", found - listed);
    return status;
}

static trail_status write_decision(trail_report_view *view, const trail_decision *decision,
                                   trail_json *json, trail_error *err)
{
    const char *const texts[][2] = {{"value", decision->value},
                                    {"request", decision->request},
                                    {"who", decision->who},
                                    {"when", decision->when},
                                    {"why", decision->why}};
    trail_text number = {0};
    trail_status status = TRAIL_OK;

    trail_json_object(json, NULL);
    trail_json_text(json, "decide", trail_decision_type_name(decision->type));
    trail_json_text(json, "answer", trail_decision_answer(decision));
    trail_json_text(json, "outcome", trail_decision_outcome_name(decision->outcome));
    trail_json_boolean(json, "applied", decision->outcome == TRAIL_DECISION_APPLIED);
    trail_json_text(json, "first", decision->targets[0]);
    trail_json_text(json, "second", decision->targets[1]);
    for (size_t i = 0; status == TRAIL_OK && i < TRAIL_LENGTH_OF(texts); i++)
        status = trail_report_words(view, json, texts[i][0], texts[i][1], err);
    if (status == TRAIL_OK && decision->account != NULL)
        status = trail_protect_number(view->findings->protection, trail_slice_of(decision->account),
                                      &number, err);
    trail_json_slice(json, "account", trail_text_slice(&number));
    trail_report_day(json, "from", decision->from);
    trail_report_day(json, "to", decision->to);
    trail_json_integer(json, "line", decision->line);
    trail_json_object_end(json);
    trail_text_clear(&number);
    return status;
}

static trail_status write_decisions(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_decisions *decisions = view->findings->decisions;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "decisions");
    for (size_t i = 0; decisions != NULL && status == TRAIL_OK && i < decisions->decisions.count;
         i++)
        status = write_decision(view, trail_vector_at(&decisions->decisions, i), json, err);
    trail_json_array_end(json);
    return status;
}

trail_status trail_report_identity(trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_shown_entity first = {0}, second = {0};
    trail_status status = write_names(view, &first, json, err);

    if (status == TRAIL_OK) status = write_candidates(view, &first, &second, json, err);
    if (status == TRAIL_OK) status = write_decisions(view, json, err);
    trail_shown_entity_clear(&first);
    trail_shown_entity_clear(&second);
    return status;
}
