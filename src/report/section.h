/* A section of the report's data: one or more keys of the JSON block, one file of code, one row of
 * the table. web/README.md describes the keys. */
#ifndef TRAIL_REPORT_SECTION_H
#define TRAIL_REPORT_SECTION_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/json_writer.h"
#include "report/view.h"

typedef struct trail_report_section {
    const char *name;
    const char *summary;
    trail_status (*write)(trail_report_view *view, trail_json *json, trail_error *err);
} trail_report_section;

extern const trail_report_section trail_report_sections[];
extern const size_t trail_report_section_count;

trail_status trail_report_case(trail_report_view *view, trail_json *json,
                               trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_rules(trail_report_view *view, trail_json *json,
                                trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_accounts(trail_report_view *view, trail_json *json,
                                   trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_groups(trail_report_view *view, trail_json *json,
                                 trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_payments(trail_report_view *view, trail_json *json,
                                   trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_traces(trail_report_view *view, trail_json *json,
                                 trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_routes(trail_report_view *view, trail_json *json,
                                 trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_files(trail_report_view *view, trail_json *json,
                                trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_days(trail_report_view *view, trail_json *json,
                               trail_error *err) TRAIL_MUST_CHECK;
/* Statements with their verdicts, breaks, coverage by month, gaps. */
trail_status trail_report_statements(trail_report_view *view, trail_json *json,
                                     trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_report_asked(trail_report_view *view, trail_json *json,
                                trail_error *err) TRAIL_MUST_CHECK;
/* Names seen, names that may be one, decisions. */
trail_status trail_report_identity(trail_report_view *view, trail_json *json,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* What payments have to do with each other: reversals, conflicts. */
trail_status trail_report_relations(trail_report_view *view, trail_json *json,
                                    trail_error *err) TRAIL_MUST_CHECK;
/* Last: the texts that all others numbered. */
trail_status trail_report_texts(trail_report_view *view, trail_json *json,
                                trail_error *err) TRAIL_MUST_CHECK;

/* [file, line, ordinal, offset, length, page]; null: TRAIL_NO_RECORD. */
void trail_report_record(const trail_report_view *view, trail_json *json, const char *key,
                         uint32_t record);

/* Small writers shared by the sections. */
void trail_report_money(trail_json *json, const char *key, int64_t minor, trail_currency currency);
void trail_report_day(trail_json *json, const char *key, int32_t day); /* null when none */
/* `text` protected, straight into the page; NULL: null. */
trail_status trail_report_words(trail_report_view *view, trail_json *json, const char *key,
                                const char *text, trail_error *err) TRAIL_MUST_CHECK;

#endif
