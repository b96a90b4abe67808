#include "report/section.h"

#include <string.h>

#include "trace/tracing_rule.h"

static void write_counts(const trail_findings *findings, trail_json *json)
{
    static const char *const keys[] = {"record_payment", "record_reject", "record_no_payment",
                                       "record_out_of_scope"};
    const trail_records *records = &findings->ledger->records;
    int64_t states[TRAIL_LENGTH_OF(keys)] = {0};

    for (size_t i = 0; i < records->count; i++) {
        states[trail_records_state(records, (uint32_t)i)]++;
    }
    trail_json_object(json, "counts");
    trail_json_integer(json, "accounts", trail_accounts_count(findings->ledger->accounts));
    trail_json_integer(json, "payments", (int64_t)findings->ledger->count);
    trail_json_integer(json, "links", (int64_t)findings->links->count);
    trail_json_integer(json, "routes", (int64_t)findings->routes->routes.count);
    trail_json_integer(json, "routes_left_out", (int64_t)findings->routes->left_out);
    trail_json_integer(json, "starts_cut", (int64_t)findings->routes->starts_cut);
    trail_json_integer(json, "groups", (int64_t)findings->communities->groups.count);
    trail_json_integer(json, "files", (int64_t)findings->rejects->files.count);
    trail_json_integer(json, "rejects", (int64_t)findings->rejects->rejects.count);
    trail_json_integer(json, "doubles", (int64_t)findings->matching->doubles.count);
    trail_json_integer(
        json, "statements",
        findings->statement_checks == NULL ? 0 : (int64_t)findings->statement_checks->checks.count);
    trail_json_integer(
        json, "breaks",
        findings->statement_checks == NULL ? 0 : (int64_t)findings->statement_checks->breaks.count);
    trail_json_integer(json, "gaps",
                       findings->coverage == NULL ? 0 : (int64_t)findings->coverage->gaps.count);
    trail_json_integer(json, "months",
                       findings->coverage == NULL ? 0 : (int64_t)findings->coverage->months.count);
    trail_json_integer(json, "remarks", (int64_t)findings->rejects->remarks.count);
    trail_json_integer(json, "protected", (int64_t)trail_protection_count(findings->protection));
    trail_json_integer(json, "records", (int64_t)records->count);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(keys); i++)
        trail_json_integer(json, keys[i], states[i]);
    trail_json_object_end(json);
}

static void write_currencies(trail_json *json)
{
    trail_json_array(json, "currencies");
    for (unsigned i = 0; i < trail_currency_count(); i++) {
        trail_json_object(json, NULL);
        trail_json_text(json, "code", trail_currency_code((trail_currency)i));
        trail_json_integer(json, "exponent", trail_currency_exponent((trail_currency)i));
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    trail_json_array(json, "kinds");
    for (int kind = 0; kind < TRAIL_KIND_COUNT; kind++) {
        trail_json_text(json, NULL, trail_kind_name((trail_kind)kind));
    }
    trail_json_array_end(json);
}

static void write_display_rule(const trail_findings *findings, trail_json *json)
{
    const char *wanted = findings->mandate->display_rule;

    for (size_t i = 0; wanted != NULL && i < trail_report_rule_count(findings); i++) {
        if (strcmp(trail_tracing_rules[i]->name, wanted) == 0) {
            trail_json_integer(json, "display_rule", (int64_t)i);
            return;
        }
    }
    trail_json_null(json, "display_rule");
}

trail_status trail_report_case(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_findings *findings = view->findings;
    trail_status status;

    trail_json_integer(json, "schema", 1);
    trail_json_text(json, "program", findings->program_version);
    trail_json_object(json, "case");
    status = trail_report_words(view, json, "id", findings->mandate->id, err);
    if (status == TRAIL_OK) {
        status = trail_report_words(view, json, "title", findings->mandate->title, err);
    }
    trail_json_integer(json, "currency", findings->mandate->currency);
    write_display_rule(findings, json);
    trail_json_object_end(json);
    trail_json_text(json, "evidence_digest", findings->evidence_digest);
    trail_json_text(json, "notice", trail_protection_notice(findings->protection));
    trail_json_array(json, "notes");
    for (size_t i = 0; status == TRAIL_OK && i < findings->notes->count; i++) {
        status = trail_report_words(view, json, NULL,
                                    *(char *const *)trail_vector_at(findings->notes, i), err);
    }
    trail_json_array_end(json);
    trail_json_object(json, "period");
    trail_report_day(json, "first", view->first_day);
    trail_report_day(json, "last", view->last_day);
    trail_json_object_end(json);
    trail_json_object(json, "limits");
    trail_json_integer(json, "window_days", findings->route_limits->window_days);
    trail_json_integer(json, "share_kept", findings->route_limits->share_kept_millionths);
    trail_json_integer(json, "max_steps", findings->route_limits->max_steps);
    trail_json_object_end(json);
    write_counts(findings, json);
    write_currencies(json);
    return status;
}
