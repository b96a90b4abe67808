#include "report/section.h"

#include "export/words.h"
#include "trace/tracing_rule.h"

static trail_status write_request(trail_report_view *view, const trail_request *request,
                                  trail_json *json, trail_error *err)
{
    const struct {
        const char *key, *text;
    } words[] = {{"id", request->id},
                 {"state", request->state},
                 {"authority", request->authority},
                 {"instrument", request->instrument},
                 {"onward_transfer", request->onward_transfer}};
    trail_status status = TRAIL_OK;

    trail_json_object(json, NULL);
    for (size_t i = 0; status == TRAIL_OK && i < TRAIL_LENGTH_OF(words); i++) {
        status = trail_report_words(view, json, words[i].key, words[i].text, err);
    }
    trail_json_array(json, "purposes");
    for (size_t i = 0; status == TRAIL_OK && i < request->purposes.count; i++) {
        const char *purpose = *(const char *const *)trail_vector_at(&request->purposes, i);

        status = trail_report_words(view, json, NULL, purpose, err);
    }
    trail_json_array_end(json);
    trail_json_boolean(json, "evidential", request->evidential);
    trail_json_object_end(json);
    return status;
}

trail_status trail_report_rules(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_vector *requests = &view->findings->mandate->requests;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "rules");
    for (size_t i = 0; i < trail_report_rule_count(view->findings); i++) {
        trail_json_object(json, NULL);
        trail_json_text(json, "name", trail_tracing_rules[i]->name);
        trail_json_text(json, "title", trail_tracing_rules[i]->title);
        trail_json_text(json, "summary", trail_tracing_rules[i]->summary);
        trail_json_text(json, "authority", trail_tracing_rules[i]->authority);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    trail_json_array(json, "words");
    for (size_t i = 0; i < trail_word_count; i++) {
        trail_json_object(json, NULL);
        trail_json_text(json, "term", trail_words[i].term);
        trail_json_text(json, "shown", trail_words[i].shown);
        trail_json_text(json, "explanation", trail_words[i].explanation);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    trail_json_array(json, "requests");
    for (size_t i = 0; status == TRAIL_OK && i < requests->count; i++) {
        status = write_request(view, trail_vector_at(requests, i), json, err);
    }
    trail_json_array_end(json);
    return status;
}
