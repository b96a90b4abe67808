#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/trace_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/plan.h"
#include "trace/tracing_rule.h"

static trail_proceeds *source_of(traced_case *traced, const char *id)
{
    for (size_t i = 0; i < traced->proceeds.count; i++) {
        trail_proceeds *proceeds = trail_vector_at(&traced->proceeds, i);
        if (strcmp(proceeds->rule->id, id) == 0) return proceeds;
    }
    if (traced->proceeds.count == TRACE_SOURCE_LIMIT) abort();
    trail_proceeds_rule *rule = &traced->rules[traced->proceeds.count];
    *rule = (trail_proceeds_rule){.id = id};
    trail_proceeds *fresh = trail_vector_add(&traced->proceeds, NULL);
    if (fresh == NULL) abort();
    *fresh = (trail_proceeds){.rule = rule, .marks = trail_vector_of(sizeof(trail_mark))};
    return fresh;
}

void traced_case_prepare(traced_case *traced, const trace_case *given)
{
    *traced = (traced_case){.proceeds = trail_vector_of(sizeof(trail_proceeds))};
    ledger_builder_make(&traced->ledger, &given->table);
    trail_reversals_init(&traced->reversals);
    if (trail_reversals_find(&traced->ledger, &traced->reversals, NULL) != TRAIL_OK) abort();
    for (size_t i = 0; i < given->mark_count; i++) {
        const trace_mark_row *row = &given->marks[i];
        bool at_debit = trail_plan_debit_counts(&traced->ledger, row->payment);
        trail_leg leg = at_debit ? trail_ledger_debit(&traced->ledger, row->payment)
                                 : trail_ledger_credit(&traced->ledger, row->payment);
        trail_mark mark = {row->payment, row->amount != 0 ? row->amount : leg.amount_minor,
                           at_debit};
        trail_proceeds *proceeds = source_of(traced, row->id);
        proceeds->currency = leg.currency;
        proceeds->amount_minor += mark.amount_minor;
        if (trail_vector_push(&proceeds->marks, &mark, NULL) != TRAIL_OK) abort();
    }
}

void traced_case_run(traced_case *traced, const trace_case *given, unsigned threads)
{
    traced_case_prepare(traced, given);
    trail_error err = {TRAIL_OK, ""};
    if (trail_trace_run(&traced->trace, &traced->ledger, &traced->reversals, &traced->proceeds,
                        threads, NULL, &err) != TRAIL_OK)
        fail_msg("%s", err.message);
}

void traced_case_clear(traced_case *traced)
{
    trail_trace_clear(&traced->trace);
    for (size_t i = 0; i < traced->proceeds.count; i++) {
        trail_proceeds *proceeds = trail_vector_at(&traced->proceeds, i);
        trail_vector_clear(&proceeds->marks);
    }
    trail_vector_clear(&traced->proceeds);
    trail_reversals_clear(&traced->reversals);
    trail_ledger_clear(&traced->ledger);
}

static bool is_source(const traced_case *traced, uint16_t proceeds, const char *source)
{
    const trail_proceeds *known = trail_vector_at(&traced->proceeds, proceeds);
    return source == NULL || strcmp(known->rule->id, source) == 0;
}

static int64_t sum_rows(const traced_case *traced, size_t rule, const char *source,
                        uint32_t payment, bool entered)
{
    const trail_traced_payment *rows = traced->trace.payments.items;
    int64_t sum = 0;
    for (size_t i = 0; i < traced->trace.payments.count; i++) {
        if (rows[i].rule == rule && rows[i].payment == payment &&
            is_source(traced, rows[i].proceeds, source))
            sum += entered ? rows[i].entered_minor : rows[i].left_minor;
    }
    return sum;
}

int64_t traced_left(const traced_case *traced, size_t rule, const char *source, uint32_t payment)
{
    return sum_rows(traced, rule, source, payment, false);
}

int64_t traced_entered(const traced_case *traced, size_t rule, const char *source, uint32_t payment)
{
    return sum_rows(traced, rule, source, payment, true);
}

int64_t traced_resting(const traced_case *traced, size_t rule, const char *source,
                       const char *currency, trail_resting where, const char *account)
{
    const trail_holding *rows = traced->trace.holdings.items;
    int64_t sum = 0;
    for (size_t i = 0; i < traced->trace.holdings.count; i++) {
        if (rows[i].rule == rule && rows[i].where == (uint8_t)where &&
            rows[i].currency == ledger_builder_currency(currency) &&
            is_source(traced, rows[i].proceeds, source) &&
            (account == NULL ||
             rows[i].account == ledger_builder_account(&traced->ledger, account)))
            sum += rows[i].amount_minor;
    }
    return sum;
}

static int64_t found(const traced_case *traced, const trace_expectation *line, size_t rule)
{
    switch (line->what) {
    case EXPECT_LEFT:
        return traced_left(traced, rule, line->source, line->payment);
    case EXPECT_ENTERED:
        return traced_entered(traced, rule, line->source, line->payment);
    case EXPECT_RESTING:
        break;
    }
    return traced_resting(traced, rule, line->source, line->currency, line->where, line->account);
}

void trace_case_expect(const trace_case *given, const trace_expectation *lines, size_t line_count)
{
    traced_case traced;
    char difference[200] = "";
    traced_case_run(&traced, given, 1);
    for (size_t i = 0; i < line_count && difference[0] == '\0'; i++) {
        for (size_t rule = 0; rule < trail_tracing_rule_count(); rule++) {
            int64_t amount = found(&traced, &lines[i], rule);
            if (amount == lines[i].amounts[rule] || difference[0] != '\0') continue;
            (void)snprintf(difference, sizeof difference, "line %zu, %s: %lld expected, %lld found",
                           i + 1, trail_tracing_rules[rule]->name,
                           (long long)lines[i].amounts[rule], (long long)amount);
        }
    }
    traced_case_clear(&traced);
    if (difference[0] != '\0') fail_msg("%s", difference);
}
