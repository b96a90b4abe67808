#include "report/section.h"

#include "export/reply_words.h"

/* Months by state and deficiencies of one request. */
static void write_sums(const trail_report_view *view, trail_json *json, uint32_t request)
{
    const trail_reply_check *check = view->findings->reply_check;
    int64_t states[TRAIL_REPLY_STATE_COUNT] = {0}, lacking = 0;

    for (size_t i = 0; check != NULL && i < check->months.count; i++) {
        const trail_reply_month *month = trail_vector_at(&check->months, i);

        if (month->request == request) states[month->state]++;
    }
    for (size_t i = 0; check != NULL && i < check->deficiencies.count; i++) {
        const trail_deficiency *lack = trail_vector_at(&check->deficiencies, i);

        if (lack->request == request) lacking++;
    }
    trail_json_array(json, "months");
    for (size_t i = 0; i < TRAIL_REPLY_STATE_COUNT; i++)
        trail_json_integer(json, NULL, states[i]);
    trail_json_array_end(json);
    trail_json_integer(json, "lacking", lacking);
}

static trail_status write_lacking(trail_report_view *view, trail_json *json, uint32_t request,
                                  trail_error *err)
{
    const trail_reply_check *check = view->findings->reply_check;
    trail_text text = {0};
    trail_status status = TRAIL_OK;
    size_t listed = 0;

    trail_json_array(json, "sentences");
    for (size_t i = 0; check != NULL && status == TRAIL_OK && i < check->deficiencies.count &&
                       listed < TRAIL_REPORT_LACKING;
         i++) {
        const trail_deficiency *lack = trail_vector_at(&check->deficiencies, i);

        if (lack->request != request) continue;
        trail_text_reset(&text);
        status = trail_reply_sentence(view->findings, lack, &text, err);
        trail_json_slice(json, NULL, trail_text_slice(&text));
        listed++;
    }
    trail_json_array_end(json);
    trail_text_clear(&text);
    return status;
}

/* `given` NULL: files that answer no request. */
static trail_status write_request(trail_report_view *view, trail_json *json,
                                  const trail_request *given, uint32_t request, trail_error *err)
{
    trail_status status;

    trail_json_object(json, NULL);
    status = trail_report_words(view, json, "id", given != NULL ? given->id : NULL, err);
    if (status == TRAIL_OK)
        status = trail_report_words(view, json, "state", given != NULL ? given->state : NULL, err);
    if (status == TRAIL_OK)
        status = trail_report_words(view, json, "authority",
                                    given != NULL ? given->authority : NULL, err);
    if (given != NULL) {
        trail_report_day(json, "sent", given->sent);
        trail_report_day(json, "due", given->due);
        trail_report_day(json, "received", given->received);
        trail_report_day(json, "refused", given->refused);
    }
    write_sums(view, json, request);
    if (status == TRAIL_OK) status = write_lacking(view, json, request, err);
    trail_json_object_end(json);
    return status;
}

trail_status trail_report_asked(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_vector *requests = &view->findings->mandate->requests;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "reply_states");
    for (int state = 0; state < TRAIL_REPLY_STATE_COUNT; state++)
        trail_json_text(json, NULL, trail_reply_state_name((trail_reply_state)state));
    trail_json_array_end(json);
    trail_json_array(json, "asked");
    for (size_t i = 0; status == TRAIL_OK && i < requests->count; i++)
        status = write_request(view, json, trail_vector_at(requests, i), (uint32_t)i, err);
    if (status == TRAIL_OK) status = write_request(view, json, NULL, UINT32_MAX, err);
    trail_json_array_end(json);
    return status;
}
