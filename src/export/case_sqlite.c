#include "base/attributes.h"
#include "base/memory.h"
#include "export/case_schema.h"
#include "export/graph_exports.h"
#include "export/names_seen.h"
#include "export/sqlite_reply.h"
#include "export/sqlite_statements.h"
#include "export/sqlite_writer.h"
#include "trace/tracing_rule.h"

static void write_about(trail_sqlite *sqlite, const trail_findings *findings)
{
    const char *const rows[][2] = {
        {"program", findings->program_version},
        {"evidence_digest", findings->evidence_digest},
        {"protection", trail_protection_heading(findings->protection)},
    };
    trail_sqlite_into(sqlite, "INSERT INTO about VALUES (?, ?)");
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        trail_sqlite_word(sqlite, rows[i][0]);
        trail_sqlite_word(sqlite, rows[i][1]);
        trail_sqlite_row(sqlite);
    }
    const char *const named[][2] = {{"case", findings->mandate->id},
                                    {"title", findings->mandate->title}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(named); i++) {
        trail_sqlite_word(sqlite, named[i][0]);
        trail_sqlite_text(sqlite, trail_slice_of(named[i][1]));
        trail_sqlite_row(sqlite);
    }
}

static const trail_file_report *report_of(const trail_findings *findings, const char *name)
{
    const trail_file_report *reports = findings->rejects->files.items;
    for (size_t i = 0; i < findings->rejects->files.count; i++) {
        if (trail_slice_is(trail_slice_of(reports[i].name), name)) return &reports[i];
    }
    return NULL;
}

static trail_status write_files(trail_sqlite *sqlite, const trail_findings *findings,
                                trail_error *err)
{
    static const char *const outcomes[] = {"read", "read in part", "set aside", "not read",
                                           "not listed"};
    const trail_records *records = &findings->ledger->records;
    trail_text name = {0};
    trail_status status = TRAIL_OK;
    trail_sqlite_into(sqlite, "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < records->files.count && status == TRAIL_OK; i++) {
        const trail_file *file = trail_vector_at(&records->files, i);
        const trail_file_report *report = report_of(findings, file->name);
        char hash[TRAIL_DIGEST_HEX];
        trail_hex(file->hash, TRAIL_DIGEST_SIZE, hash);
        trail_text_reset(&name);
        status = trail_protect_file(findings->protection, file->name, file->hash, &name, err);
        trail_sqlite_integer(sqlite, (int64_t)i);
        trail_sqlite_slice(sqlite, trail_text_slice(&name));
        trail_sqlite_word(sqlite, hash);
        trail_sqlite_integer(sqlite, (int64_t)file->size);
        trail_sqlite_word(sqlite, report != NULL ? outcomes[report->outcome] : "read");
        if (report != NULL)
            trail_sqlite_string(sqlite, report->reason);
        else
            trail_sqlite_null(sqlite);
        trail_sqlite_row(sqlite);
    }
    trail_text_clear(&name);
    return status;
}

static void write_records(trail_sqlite *sqlite, const trail_findings *findings)
{
    static const char *const states[] = {"payment", "reject", "no payment", "out of scope"};
    const trail_records *records = &findings->ledger->records;
    trail_sqlite_into(sqlite, "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (size_t f = 0; f < records->files.count; f++) {
        const trail_file *file = trail_vector_at(&records->files, f);
        for (uint32_t i = 0; i < file->record_count; i++) {
            uint32_t record = file->first_record + i;
            trail_sqlite_integer(sqlite, record);
            trail_sqlite_integer(sqlite, (int64_t)f);
            trail_sqlite_integer(sqlite, i + 1);
            trail_sqlite_integer(sqlite, (int64_t)trail_records_line(records, record));
            trail_sqlite_integer(sqlite, (int64_t)trail_records_offset(records, record));
            trail_sqlite_integer(sqlite, trail_records_length(records, record));
            trail_sqlite_word(sqlite, states[trail_records_state(records, record)]);
            trail_sqlite_row(sqlite);
        }
    }
    trail_sqlite_into(sqlite, "INSERT INTO reject VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < findings->rejects->rejects.count; i++) {
        const trail_reject *reject = trail_vector_at(&findings->rejects->rejects, i);
        trail_sqlite_integer(sqlite, reject->record);
        if (reject->column > 0)
            trail_sqlite_integer(sqlite, reject->column);
        else
            trail_sqlite_null(sqlite);
        trail_sqlite_string(sqlite, reject->column_name);
        trail_sqlite_word(sqlite, reject->code);
        trail_sqlite_string(sqlite, reject->message);
        trail_sqlite_string(sqlite, reject->text);
        trail_sqlite_row(sqlite);
    }
}

static trail_status write_accounts(trail_sqlite *sqlite, const trail_findings *findings,
                                   trail_error *err)
{
    const trail_accounts *accounts = findings->ledger->accounts;
    const uint32_t *group_of = findings->communities->group_of;
    uint32_t *names = NULL;
    trail_text number = {0};
    trail_status status = trail_names_seen(findings->ledger, &names, err);
    trail_sqlite_into(sqlite, "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (uint32_t i = 0; i < trail_accounts_count(accounts) && status == TRAIL_OK; i++) {
        const char *label = trail_protect_account(findings->protection, i);
        trail_text_reset(&number);
        if (label == NULL)
            status = trail_protect_number(findings->protection, trail_accounts_number(accounts, i),
                                          &number, err);
        trail_sqlite_account(sqlite, i);
        trail_sqlite_slice(sqlite,
                           label != NULL ? trail_slice_of(label) : trail_text_slice(&number));
        trail_sqlite_text(sqlite, trail_accounts_bank(accounts, i));
        trail_sqlite_slice(sqlite, trail_accounts_country(accounts, i));
        trail_sqlite_integer(sqlite, trail_accounts_is_iban(accounts, i));
        trail_sqlite_string(sqlite, names[i]);
        trail_sqlite_integer(sqlite, trail_ledger_ever_observed(findings->ledger, i));
        if (group_of != NULL && group_of[i] != TRAIL_NO_GROUP)
            trail_sqlite_integer(sqlite, (int64_t)group_of[i] + 1);
        else
            trail_sqlite_null(sqlite);
        trail_sqlite_row(sqlite);
    }
    trail_text_clear(&number);
    trail_free(names);
    return status;
}

static const trail_detail *detail_of(const trail_ledger *ledger, uint32_t record)
{
    static const trail_detail nothing = {.value_day = TRAIL_NO_DAY};
    const trail_detail *detail =
        record == TRAIL_NO_RECORD ? NULL : trail_records_detail(&ledger->records, record);
    return detail != NULL ? detail : &nothing;
}

static uint32_t first_of(uint32_t a, uint32_t b)
{
    return a != 0 ? a : b;
}

static void write_payment(trail_sqlite *sqlite, const trail_findings *findings, uint32_t payment)
{
    const trail_ledger *ledger = findings->ledger;
    trail_leg debit = trail_ledger_debit(ledger, payment);
    trail_leg credit = trail_ledger_credit(ledger, payment);
    const trail_detail *first = detail_of(ledger, ledger->record[payment]);
    const trail_detail *second = detail_of(ledger, credit.record);
    char time[TRAIL_TIME_TEXT];
    trail_time_format(debit.booking_second, time);
    trail_sqlite_payment(sqlite, payment);
    trail_sqlite_integer(sqlite, (int64_t)payment + 1);
    trail_sqlite_day(sqlite, debit.booking_day);
    trail_sqlite_word(sqlite, time);
    trail_sqlite_account(sqlite, debit.account);
    trail_sqlite_account(sqlite, credit.account);
    trail_sqlite_amount(sqlite, debit.amount_minor, debit.currency);
    trail_sqlite_word(sqlite, trail_currency_code(debit.currency));
    trail_sqlite_integer(sqlite, debit.amount_minor);
    trail_sqlite_day(sqlite, credit.booking_day);
    trail_sqlite_amount(sqlite, credit.amount_minor, credit.currency);
    trail_sqlite_word(sqlite, trail_currency_code(credit.currency));
    trail_sqlite_integer(sqlite, credit.amount_minor);
    trail_sqlite_word(sqlite, trail_kind_name((trail_kind)ledger->kind[payment]));
    trail_sqlite_string(sqlite, first_of(first->text, second->text));
    trail_sqlite_string(sqlite, first_of(first->reference, second->reference));
    bool by_bank = (ledger->flags[payment] & TRAIL_MESSAGE_ONLY) == 0;
    trail_sqlite_integer(sqlite, debit.recorded && by_bank);
    trail_sqlite_integer(sqlite, credit.recorded && by_bank);
    trail_sqlite_integer(sqlite, (ledger->flags[payment] & TRAIL_MAY_BE_DOUBLE) != 0);
    trail_sqlite_integer(sqlite, (ledger->flags[payment] & TRAIL_VOID) != 0);
    trail_sqlite_word(sqlite, trail_matching_class(findings->matching, ledger, payment));
    trail_sqlite_integer(sqlite, (ledger->flags[payment] & TRAIL_MESSAGE_ONLY) != 0);
    trail_sqlite_integer(sqlite, (ledger->flags[payment] & TRAIL_EXPECTED_ABSENT) != 0);
    trail_sqlite_row(sqlite);
}

/* All of them, however many: a payment's records are found by its rows here alone. */
static trail_status write_payment_records(trail_sqlite *sqlite, const trail_ledger *ledger,
                                          trail_error *err)
{
    uint32_t *records = NULL;
    size_t room = 0;
    trail_status status = TRAIL_OK;
    trail_sqlite_into(sqlite, "INSERT INTO payment_record VALUES (?, ?)");
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        size_t count = trail_ledger_records(ledger, i, records, room);
        if (count > room) {
            status = trail_grow(&records, &room, count, sizeof *records, err);
            if (status != TRAIL_OK) break;
            count = trail_ledger_records(ledger, i, records, room);
        }
        for (size_t k = 0; k < count; k++) {
            trail_sqlite_payment(sqlite, i);
            trail_sqlite_integer(sqlite, records[k]);
            trail_sqlite_row(sqlite);
        }
    }
    trail_free(records);
    return status;
}

static void write_match(trail_sqlite *sqlite, const trail_match *match, int64_t number)
{
    trail_sqlite_integer(sqlite, number);
    trail_sqlite_payment(sqlite, match->payment);
    if (match->other == TRAIL_NO_PAYMENT)
        trail_sqlite_word(sqlite, NULL);
    else
        trail_sqlite_payment(sqlite, match->other);
    trail_sqlite_word(sqlite, trail_match_class_name((trail_match_class)match->match_class));
    if (match->scored)
        trail_sqlite_integer(sqlite, match->score);
    else
        trail_sqlite_null(sqlite);
    if (match->rival != TRAIL_NO_RIVAL)
        trail_sqlite_integer(sqlite, match->rival);
    else
        trail_sqlite_null(sqlite);
    trail_sqlite_word(sqlite, match->scored ? trail_weights.version : NULL);
    trail_sqlite_row(sqlite);
}

static void write_matches(trail_sqlite *sqlite, const trail_findings *findings)
{
    const trail_match *matches = findings->matching->matches.items;
    size_t count = findings->matching->matches.count;
    trail_sqlite_into(sqlite, "INSERT INTO match VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < count; i++)
        write_match(sqlite, &matches[i], (int64_t)i + 1);
    trail_sqlite_into(sqlite, "INSERT INTO match_addend VALUES (?, ?, ?)");
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < TRAIL_MATCH_ADDEND_COUNT && matches[i].scored; k++) {
            if (matches[i].addends[k] == 0) continue;
            trail_sqlite_integer(sqlite, (int64_t)i + 1);
            trail_sqlite_word(sqlite, trail_match_addend_name((trail_match_addend)k));
            trail_sqlite_integer(sqlite, matches[i].addends[k]);
            trail_sqlite_row(sqlite);
        }
    }
}

static void write_payments(trail_sqlite *sqlite, const trail_findings *findings)
{
    const trail_ledger *ledger = findings->ledger;
    uint8_t both = TRAIL_HAS_DEBIT | TRAIL_HAS_CREDIT;
    trail_sqlite_into(sqlite,
                      "INSERT INTO payment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                      " ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (uint32_t i = 0; i < ledger->count; i++)
        write_payment(sqlite, findings, i);
    trail_sqlite_into(sqlite, "INSERT INTO payment_alias VALUES (?, ?)");
    for (uint32_t i = 0; i < ledger->count; i++) {
        char alias[TRAIL_ID_TEXT];
        if ((ledger->flags[i] & both) != both) continue;
        trail_id_text('t', &findings->ids->credit_alias[i], alias);
        trail_sqlite_word(sqlite, alias);
        trail_sqlite_payment(sqlite, i);
        trail_sqlite_row(sqlite);
    }
    trail_sqlite_into(sqlite, "INSERT INTO possible_double VALUES (?, ?, ?)");
    for (size_t i = 0; i < findings->matching->doubles.count; i++) {
        const trail_possible_double *pair = trail_vector_at(&findings->matching->doubles, i);
        trail_sqlite_payment(sqlite, pair->debit_payment);
        trail_sqlite_payment(sqlite, pair->credit_payment);
        trail_sqlite_word(sqlite, pair->reason);
        trail_sqlite_row(sqlite);
    }
    write_matches(sqlite, findings);
}

static void write_proceeds(trail_sqlite *sqlite, const trail_findings *findings)
{
    trail_sqlite_into(sqlite, "INSERT INTO rule VALUES (?, ?, ?, ?)");
    for (size_t i = 0; i < trail_tracing_rule_count(); i++) {
        trail_sqlite_word(sqlite, trail_tracing_rules[i]->name);
        trail_sqlite_word(sqlite, trail_tracing_rules[i]->title);
        trail_sqlite_word(sqlite, trail_tracing_rules[i]->summary);
        trail_sqlite_word(sqlite, trail_tracing_rules[i]->authority);
        trail_sqlite_row(sqlite);
    }
    for (size_t i = 0; i < findings->proceeds->count; i++) {
        const trail_proceeds *proceeds = trail_vector_at(findings->proceeds, i);
        trail_sqlite_into(sqlite, "INSERT INTO proceeds VALUES (?, ?, ?, ?, ?, ?)");
        trail_sqlite_integer(sqlite, (int64_t)i + 1);
        trail_sqlite_text(sqlite, trail_slice_of(proceeds->rule->id));
        trail_sqlite_text(sqlite, trail_slice_of(proceeds->rule->why));
        trail_sqlite_amount(sqlite, proceeds->amount_minor, proceeds->currency);
        trail_sqlite_word(sqlite, trail_currency_code(proceeds->currency));
        trail_sqlite_integer(sqlite, proceeds->amount_minor);
        trail_sqlite_row(sqlite);
        trail_sqlite_into(sqlite, "INSERT INTO mark VALUES (?, ?, ?, ?)");
        for (size_t k = 0; k < proceeds->marks.count; k++) {
            const trail_mark *mark = trail_vector_at(&proceeds->marks, k);
            trail_sqlite_integer(sqlite, (int64_t)i + 1);
            trail_sqlite_payment(sqlite, mark->payment);
            trail_sqlite_amount(sqlite, mark->amount_minor, proceeds->currency);
            trail_sqlite_integer(sqlite, mark->amount_minor);
            trail_sqlite_row(sqlite);
        }
    }
}

static void write_trace(trail_sqlite *sqlite, const trail_findings *findings)
{
    trail_sqlite_into(sqlite, "INSERT INTO trace VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < findings->trace->payments.count; i++) {
        const trail_traced_payment *traced = trail_vector_at(&findings->trace->payments, i);
        trail_currency left = findings->ledger->currency[traced->payment];
        trail_currency entered = trail_ledger_credit(findings->ledger, traced->payment).currency;
        trail_sqlite_word(sqlite, trail_tracing_rules[traced->rule]->name);
        trail_sqlite_integer(sqlite, traced->proceeds + 1);
        trail_sqlite_payment(sqlite, traced->payment);
        trail_sqlite_amount(sqlite, traced->left_minor, left);
        trail_sqlite_word(sqlite, trail_currency_code(left));
        trail_sqlite_integer(sqlite, traced->left_minor);
        trail_sqlite_amount(sqlite, traced->entered_minor, entered);
        trail_sqlite_word(sqlite, trail_currency_code(entered));
        trail_sqlite_integer(sqlite, traced->entered_minor);
        trail_sqlite_row(sqlite);
    }
    trail_sqlite_into(sqlite, "INSERT INTO holding VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < findings->trace->holdings.count; i++) {
        const trail_holding *holding = trail_vector_at(&findings->trace->holdings, i);
        trail_sqlite_word(sqlite, trail_tracing_rules[holding->rule]->name);
        trail_sqlite_integer(sqlite, holding->proceeds + 1);
        trail_sqlite_word(sqlite, trail_currency_code(holding->currency));
        trail_sqlite_account(sqlite, holding->account);
        trail_sqlite_word(sqlite, trail_resting_name((trail_resting)holding->where));
        trail_sqlite_word(sqlite,
                          trail_frontier_reason_name((trail_frontier_reason)holding->reason));
        trail_sqlite_amount(sqlite, holding->amount_minor, holding->currency);
        trail_sqlite_integer(sqlite, holding->amount_minor);
        trail_sqlite_row(sqlite);
    }
}

static void write_routes(trail_sqlite *sqlite, const trail_findings *findings)
{
    trail_sqlite_into(sqlite, "INSERT INTO route VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < findings->routes->routes.count; i++) {
        const trail_route *route = trail_vector_at(&findings->routes->routes, i);
        trail_sqlite_integer(sqlite, (int64_t)i + 1);
        trail_sqlite_integer(sqlite, route->proceeds + 1);
        trail_sqlite_word(sqlite, trail_currency_code(route->currency));
        trail_sqlite_amount(sqlite, route->got_through_minor, route->currency);
        trail_sqlite_integer(sqlite, route->got_through_minor);
        trail_sqlite_integer(sqlite, route->days);
        trail_sqlite_account(sqlite, route->end_account);
        trail_sqlite_row(sqlite);
    }
    trail_sqlite_into(sqlite, "INSERT INTO route_step VALUES (?, ?, ?, ?, ?)");
    for (size_t i = 0; i < findings->routes->routes.count; i++) {
        const trail_route *route = trail_vector_at(&findings->routes->routes, i);
        for (uint32_t place = 0; place < route->step_count; place++) {
            const trail_route_step *step =
                trail_vector_at(&findings->routes->steps, route->first_step + place);
            trail_sqlite_integer(sqlite, (int64_t)i + 1);
            trail_sqlite_integer(sqlite, (int64_t)place + 1);
            trail_sqlite_payment(sqlite, step->payment);
            trail_sqlite_integer(sqlite, step->days_held);
            trail_sqlite_integer(sqlite, step->share_kept_millionths);
            trail_sqlite_row(sqlite);
        }
    }
}

static void write_groups(trail_sqlite *sqlite, const trail_findings *findings)
{
    trail_sqlite_into(sqlite, "INSERT INTO group_flow VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < findings->communities->flows.count; i++) {
        const trail_group_flow *flow = trail_vector_at(&findings->communities->flows, i);
        trail_sqlite_integer(sqlite, (int64_t)flow->group + 1);
        trail_sqlite_word(sqlite, trail_currency_code(flow->currency));
        trail_sqlite_amount(sqlite, flow->inside_minor, flow->currency);
        trail_sqlite_amount(sqlite, flow->in_minor, flow->currency);
        trail_sqlite_amount(sqlite, flow->out_minor, flow->currency);
        trail_sqlite_integer(sqlite, flow->inside_minor);
        trail_sqlite_integer(sqlite, flow->in_minor);
        trail_sqlite_integer(sqlite, flow->out_minor);
        trail_sqlite_row(sqlite);
    }
}

trail_status trail_write_case_sqlite(const trail_findings *findings, const char *path,
                                     trail_error *err)
{
    trail_sqlite *sqlite = NULL;
    trail_status status = trail_sqlite_open(&sqlite, findings, path, trail_case_schema, err);
    if (status != TRAIL_OK) return status;
    write_about(sqlite, findings);
    status = write_files(sqlite, findings, err);
    write_records(sqlite, findings);
    if (status == TRAIL_OK) status = write_accounts(sqlite, findings, err);
    if (status == TRAIL_OK) status = trail_sqlite_statements(sqlite, findings, err);
    write_payments(sqlite, findings);
    if (status == TRAIL_OK) status = trail_case_write_conflicts(sqlite, findings, err);
    if (status == TRAIL_OK) status = write_payment_records(sqlite, findings->ledger, err);
    if (status == TRAIL_OK) status = trail_sqlite_relations(sqlite, findings, err);
    if (status == TRAIL_OK) status = trail_sqlite_reply(sqlite, findings, err);
    write_proceeds(sqlite, findings);
    write_trace(sqlite, findings);
    write_routes(sqlite, findings);
    write_groups(sqlite, findings);
    if (status == TRAIL_OK) status = trail_case_write_identity(sqlite, findings, err);
    trail_status finished = trail_sqlite_finish(sqlite, status == TRAIL_OK ? err : NULL);
    return status == TRAIL_OK ? finished : status;
}
