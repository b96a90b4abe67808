#include "report/section.h"

#include "model/money.h"

const trail_report_section trail_report_sections[] = {
    {"case", "what the case is, its counts and notes", trail_report_case},
    {"rules", "tracing rules, display words, requests", trail_report_rules},
    {"accounts", "accounts, where they are drawn, their sums", trail_report_accounts},
    {"groups", "groups of accounts, and links", trail_report_groups},
    {"payments", "payments and the records that show them", trail_report_payments},
    {"traces", "what is traced, and where it is", trail_report_traces},
    {"routes", "routes and their steps", trail_report_routes},
    {"files", "received files, rejects, coverage", trail_report_files},
    {"statements", "statements, breaks, coverage, gaps", trail_report_statements},
    {"asked", "what was asked and what came", trail_report_asked},
    {"relations", "reversals and conflicts", trail_report_relations},
    {"identity", "names seen, names that may be one, decisions", trail_report_identity},
    {"days", "activity by day", trail_report_days},
    {"texts", "texts of accounts and payments", trail_report_texts},
};
const size_t trail_report_section_count = TRAIL_LENGTH_OF(trail_report_sections);

void trail_report_money(trail_json *json, const char *key, int64_t minor, trail_currency currency)
{
    char text[TRAIL_MONEY_TEXT];

    (void)trail_money_format(minor, currency, text);
    trail_json_text(json, key, text);
}

void trail_report_day(trail_json *json, const char *key, int32_t day)
{
    if (day == TRAIL_NO_DAY) {
        trail_json_null(json, key);
    } else {
        trail_json_integer(json, key, day);
    }
}

trail_status trail_report_words(trail_report_view *view, trail_json *json, const char *key,
                                const char *text, trail_error *err)
{
    trail_text shown = {0};
    trail_status status;

    if (text == NULL) {
        trail_json_null(json, key);
        return TRAIL_OK;
    }
    status = trail_protect_text(view->findings->protection, trail_slice_of(text), &shown, err);
    if (status == TRAIL_OK) trail_json_slice(json, key, trail_text_slice(&shown));
    trail_text_clear(&shown);
    return status;
}

trail_status trail_report_texts(trail_report_view *view, trail_json *json, trail_error *err)
{
    (void)err;
    trail_json_array(json, "texts");
    for (uint32_t i = 0; i < trail_strings_count(view->texts); i++) {
        trail_json_slice(json, NULL, trail_strings_get(view->texts, i));
    }
    trail_json_array_end(json);
    return TRAIL_OK;
}
