#include "report/section.h"

#include "base/memory.h"
#include "report/names.h"
#include "report/placement.h"

static trail_status write_people(trail_report_view *view, trail_json *json, trail_error *err)
{
    const trail_findings *findings = view->findings;
    trail_status status = TRAIL_OK;

    trail_json_array(json, "people");
    for (size_t i = 0; status == TRAIL_OK && i < findings->people->people.count; i++) {
        const trail_person *person = trail_vector_at(&findings->people->people, i);
        const char *pseudonym = trail_protect_person(findings->protection, (uint32_t)i);

        trail_json_object(json, NULL);
        if (pseudonym != NULL) {
            trail_json_text(json, "label", pseudonym);
        } else {
            const char *name = person->name != NULL ? person->name : person->key;

            status = trail_report_words(view, json, "label", name, err);
        }
        trail_json_text(json, "role", trail_role_name(person->role));
        trail_json_text(json, "type", person->type);
        trail_json_object_end(json);
    }
    trail_json_array_end(json);
    return status;
}

static void write_ids(const trail_report_view *view, trail_json *json)
{
    char text[TRAIL_ID_TEXT];

    trail_json_array(json, "id");
    for (size_t i = 0; i < view->accounts.count; i++) {
        trail_id_text('a', &view->findings->ids->accounts[trail_report_account(view, i)], text);
        trail_json_text(json, NULL, text);
    }
    trail_json_array_end(json);
}

static void write_names(const trail_report_view *view, const trail_account_name *names,
                        trail_json *json)
{
    static const char *const keys[] = {"label",     "number", "bank",
                                       "name_seen", "person", "protected"};

    for (size_t key = 0; key < TRAIL_LENGTH_OF(keys); key++) {
        trail_json_array(json, keys[key]);
        for (size_t i = 0; i < view->accounts.count; i++) {
            const trail_account_name *name = &names[i];
            const int64_t person = name->person == UINT32_MAX ? -1 : (int64_t)name->person;
            const int64_t values[] = {name->label,     name->number, name->bank,
                                      name->name_seen, person,       name->is_protected};

            trail_json_integer(json, NULL, values[key]);
        }
        trail_json_array_end(json);
    }
}

static void write_facts(const trail_report_view *view, trail_json *json)
{
    const trail_findings *findings = view->findings;

    trail_json_array(json, "country");
    for (size_t i = 0; i < view->accounts.count; i++) {
        trail_json_slice(
            json, NULL,
            trail_accounts_country(findings->ledger->accounts, trail_report_account(view, i)));
    }
    trail_json_array_end(json);
    trail_json_array(json, "group");
    for (size_t i = 0; i < view->accounts.count; i++) {
        const uint32_t group = findings->communities->group_of[trail_report_account(view, i)];

        trail_json_integer(json, NULL, group == TRAIL_NO_GROUP ? -1 : (int64_t)group);
    }
    trail_json_array_end(json);
    trail_json_array(json, "observed");
    for (size_t i = 0; i < view->accounts.count; i++) {
        const uint32_t account = trail_report_account(view, i);

        trail_json_integer(json, NULL, trail_ledger_ever_observed(findings->ledger, account));
    }
    trail_json_array_end(json);
}

static trail_status write_places(const trail_report_view *view, trail_json *json, trail_error *err)
{
    trail_spot *spots = NULL;
    trail_status status = trail_report_placement(view, &spots, err);

    if (status != TRAIL_OK) return status;
    trail_json_integer(json, "drawn", (int64_t)view->drawn);
    trail_json_array(json, "x");
    for (size_t i = 0; i < view->drawn; i++)
        trail_json_integer(json, NULL, spots[i].x);
    trail_json_array_end(json);
    trail_json_array(json, "y");
    for (size_t i = 0; i < view->drawn; i++)
        trail_json_integer(json, NULL, spots[i].y);
    trail_json_array_end(json);
    trail_free(spots);
    return TRAIL_OK;
}

/* One column of sums: the rows of accounts in the page, in key order. */
typedef struct sum_column {
    const char *key;
    int64_t (*value)(const trail_totals_row *row);
    bool is_money;
} sum_column;

static int64_t in_of(const trail_totals_row *row)
{
    return row->in_minor;
}
static int64_t out_of(const trail_totals_row *row)
{
    return row->out_minor;
}
static int64_t in_count_of(const trail_totals_row *row)
{
    return row->in_count;
}
static int64_t out_count_of(const trail_totals_row *row)
{
    return row->out_count;
}
static int64_t double_of(const trail_totals_row *row)
{
    return row->double_minor;
}
static int64_t double_count_of(const trail_totals_row *row)
{
    return row->double_count;
}
static int64_t second_of(const trail_totals_row *row)
{
    return trail_totals_second(row->key);
}
static int64_t third_of(const trail_totals_row *row)
{
    return trail_totals_third(row->key);
}

static void write_sums(const trail_report_view *view, const trail_totals *totals, const char *name,
                       const sum_column *columns, size_t column_count, bool currency_is_third,
                       trail_json *json)
{
    trail_json_object(json, name);
    for (size_t c = 0; c <= column_count; c++) {
        trail_json_array(json, c == 0 ? "account" : columns[c - 1].key);
        for (size_t i = 0; i < totals->rows.count; i++) {
            const trail_totals_row *row = trail_vector_at(&totals->rows, i);
            const int64_t place = trail_report_place(view, trail_totals_first(row->key));
            const uint32_t currency =
                currency_is_third ? trail_totals_third(row->key) : trail_totals_second(row->key);

            if (place < 0) continue;
            if (c == 0) {
                trail_json_integer(json, NULL, place);
            } else if (columns[c - 1].is_money) {
                trail_report_money(json, NULL, columns[c - 1].value(row), (trail_currency)currency);
            } else {
                trail_json_integer(json, NULL, columns[c - 1].value(row));
            }
        }
        trail_json_array_end(json);
    }
    trail_json_object_end(json);
}

trail_status trail_report_accounts(trail_report_view *view, trail_json *json, trail_error *err)
{
    static const sum_column sums[] = {{"currency", second_of, false},
                                      {"in", in_of, true},
                                      {"out", out_of, true},
                                      {"in_count", in_count_of, false},
                                      {"out_count", out_count_of, false},
                                      {"double", double_of, true},
                                      {"double_count", double_count_of, false}};
    static const sum_column traced[] = {{"rule", second_of, false},
                                        {"currency", third_of, false},
                                        {"in", in_of, true},
                                        {"out", out_of, true}};
    trail_account_name *names = NULL;
    trail_status status;

    if ((status = write_people(view, json, err)) != TRAIL_OK) return status;
    if ((status = trail_report_names(view, &names, err)) != TRAIL_OK) goto cleanup;
    trail_json_object(json, "accounts");
    write_ids(view, json);
    write_names(view, names, json);
    write_facts(view, json);
    if ((status = write_places(view, json, err)) != TRAIL_OK) goto cleanup;
    trail_json_object_end(json);
    if ((status = trail_totals_sort(&view->sums, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_totals_sort(&view->traced_accounts, err)) != TRAIL_OK) goto cleanup;
    write_sums(view, &view->sums, "sums", sums, TRAIL_LENGTH_OF(sums), false, json);
    write_sums(view, &view->traced_accounts, "traced_accounts", traced, TRAIL_LENGTH_OF(traced),
               true, json);
cleanup:
    trail_free(names);
    return status;
}
