/* Idea: conditions stand in one table, asked in order; how many payments pass each is counted, so
 * the first that lets none through is the one that emptied the selection, and is named. Limits
 * without a currency compare decimals of eight places, the finest currency's. */
#include "trace/selection.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/failure.h"
#include "base/text.h"
#include "base/unicode.h"
#include "base/wide.h"
#include "model/calendar.h"
#include "model/money.h"
#include "trace/plan.h"

#define FINEST_EXPONENT 8
#define CONDITION_COUNT 9

typedef struct selector {
    const trail_ledger *ledger;
    const trail_proceeds_rule *rule;
    trail_vector from, to; /* of uint32_t: accounts */
    trail_currency currency;
    int64_t least, most; /* in units of 10^-FINEST_EXPONENT */
    uint32_t record;     /* at file and line */
    trail_text text;     /* folded */
    trail_text folded;   /* of the record at hand */
    size_t passed[CONDITION_COUNT];
} selector;

typedef struct condition {
    const char *name;
    const char *(*words)(const trail_proceeds_rule *rule); /* NULL: not given */
    trail_status (*holds)(selector *chosen, uint32_t payment, const trail_leg *leg, bool *holds,
                          trail_error *err);
} condition;

trail_status trail_proceeds_fail(const trail_proceeds_rule *rule, trail_error *err,
                                 const char *format, ...)
{
    char rest[700], place[40] = "";
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(rest, sizeof rest, format, arguments);
    va_end(arguments);
    if (rule->line > 0) (void)snprintf(place, sizeof place, " (case file line %d)", rule->line);
    return trail_fail(err, TRAIL_USAGE, "proceeds %.100s%s: %s", rule->id, place, rest);
}

trail_leg trail_marked_leg(const trail_ledger *ledger, uint32_t payment, bool *at_debit)
{
    *at_debit = trail_plan_debit_counts(ledger, payment);
    return *at_debit ? trail_ledger_debit(ledger, payment) : trail_ledger_credit(ledger, payment);
}

static const char *always(const trail_proceeds_rule *rule)
{
    return rule->id;
}

static const char *from_words(const trail_proceeds_rule *rule)
{
    return rule->from;
}

static const char *to_words(const trail_proceeds_rule *rule)
{
    return rule->to;
}

static const char *between_words(const trail_proceeds_rule *rule)
{
    bool given = rule->between_first != TRAIL_NO_DAY || rule->between_last != TRAIL_NO_DAY;
    return given ? "[first, last]" : NULL;
}

static const char *currency_words(const trail_proceeds_rule *rule)
{
    return rule->currency;
}

static const char *min_words(const trail_proceeds_rule *rule)
{
    return rule->min_text;
}

static const char *max_words(const trail_proceeds_rule *rule)
{
    return rule->max_text;
}

static const char *text_words(const trail_proceeds_rule *rule)
{
    return rule->text;
}

static const char *file_words(const trail_proceeds_rule *rule)
{
    return rule->file;
}

static trail_status can_be_marked(selector *chosen, uint32_t payment, const trail_leg *leg,
                                  bool *holds, trail_error *err)
{
    (void)err;
    *holds = leg->amount_minor > 0 &&
             (chosen->ledger->flags[payment] & (TRAIL_VOID | TRAIL_REVERSED)) == 0;
    return TRAIL_OK;
}

static bool among(const trail_vector *accounts, uint32_t account)
{
    const uint32_t *items = accounts->items;
    for (size_t i = 0; i < accounts->count; i++) {
        if (items[i] == account) return true;
    }
    return false;
}

static trail_status from_holds(selector *chosen, uint32_t payment, const trail_leg *leg,
                               bool *holds, trail_error *err)
{
    (void)leg;
    (void)err;
    *holds = among(&chosen->from, chosen->ledger->payer[payment]);
    return TRAIL_OK;
}

static trail_status to_holds(selector *chosen, uint32_t payment, const trail_leg *leg, bool *holds,
                             trail_error *err)
{
    (void)leg;
    (void)err;
    *holds = among(&chosen->to, chosen->ledger->payee[payment]);
    return TRAIL_OK;
}

static trail_status between_holds(selector *chosen, uint32_t payment, const trail_leg *leg,
                                  bool *holds, trail_error *err)
{
    (void)payment;
    (void)err;
    int32_t first = chosen->rule->between_first, last = chosen->rule->between_last;
    *holds = (first == TRAIL_NO_DAY || leg->booking_day >= first) &&
             (last == TRAIL_NO_DAY || leg->booking_day <= last);
    return TRAIL_OK;
}

static trail_status currency_holds(selector *chosen, uint32_t payment, const trail_leg *leg,
                                   bool *holds, trail_error *err)
{
    (void)payment;
    (void)err;
    *holds = leg->currency == chosen->currency;
    return TRAIL_OK;
}

static trail_wide finest(const trail_leg *leg)
{
    trail_wide amount = leg->amount_minor;
    for (unsigned i = trail_currency_exponent(leg->currency); i < FINEST_EXPONENT; i++)
        amount *= 10;
    return amount;
}

static trail_status min_holds(selector *chosen, uint32_t payment, const trail_leg *leg, bool *holds,
                              trail_error *err)
{
    (void)payment;
    (void)err;
    *holds = finest(leg) >= chosen->least;
    return TRAIL_OK;
}

static trail_status max_holds(selector *chosen, uint32_t payment, const trail_leg *leg, bool *holds,
                              trail_error *err)
{
    (void)payment;
    (void)err;
    *holds = finest(leg) <= chosen->most;
    return TRAIL_OK;
}

#define RECORDS_AT_ONCE 64

static size_t records_of(const selector *chosen, uint32_t payment, uint32_t *records)
{
    size_t count = trail_ledger_records(chosen->ledger, payment, records, RECORDS_AT_ONCE);
    return count < RECORDS_AT_ONCE ? count : RECORDS_AT_ONCE;
}

static trail_status text_holds(selector *chosen, uint32_t payment, const trail_leg *leg,
                               bool *holds, trail_error *err)
{
    (void)leg;
    uint32_t records[RECORDS_AT_ONCE];
    size_t count = records_of(chosen, payment, records);
    for (size_t i = 0; i < count && !*holds; i++) {
        const trail_detail *detail =
            records[i] == TRAIL_NO_RECORD
                ? NULL
                : trail_records_detail(&chosen->ledger->records, records[i]);
        if (detail == NULL || detail->text == 0) continue;
        trail_text_reset(&chosen->folded);
        trail_status status = trail_unicode_fold(
            trail_strings_get(chosen->ledger->strings, detail->text), &chosen->folded, err);
        if (status != TRAIL_OK) return status;
        *holds = trail_slice_find(trail_text_slice(&chosen->folded),
                                  trail_text_slice(&chosen->text)) != SIZE_MAX;
    }
    return TRAIL_OK;
}

static trail_status file_holds(selector *chosen, uint32_t payment, const trail_leg *leg,
                               bool *holds, trail_error *err)
{
    (void)leg;
    (void)err;
    uint32_t records[RECORDS_AT_ONCE];
    size_t count = records_of(chosen, payment, records);
    for (size_t i = 0; i < count; i++)
        *holds = *holds || records[i] == chosen->record;
    return TRAIL_OK;
}

static const condition conditions[CONDITION_COUNT] = {
    {"amount", always, can_be_marked},
    {"from", from_words, from_holds},
    {"to", to_words, to_holds},
    {"between", between_words, between_holds},
    {"currency", currency_words, currency_holds},
    {"min", min_words, min_holds},
    {"max", max_words, max_holds},
    {"file and line", file_words, file_holds},
    {"text", text_words, text_holds},
};

static trail_status add_listed(const selector *chosen, const trail_listed_account *listed,
                               trail_vector *accounts, trail_error *err)
{
    uint32_t account = trail_accounts_find(chosen->ledger->accounts, trail_slice_of(listed->bank),
                                           trail_slice_of(listed->number));
    if (account == TRAIL_NO_ACCOUNT || among(accounts, account)) return TRAIL_OK;
    return trail_vector_push(accounts, &account, err);
}

/* A number as written; where several banks use it, the listed account of that number. */
static trail_status add_number(const selector *chosen, const trail_people *people,
                               const char *number, const char *bank, trail_vector *accounts,
                               trail_error *err)
{
    trail_listed_account named = {.number = number, .bank = bank};
    trail_status status = add_listed(chosen, &named, accounts, err);
    if (people == NULL || bank != NULL || accounts->count > 0) return status;
    for (size_t i = 0; i < people->people.count && status == TRAIL_OK; i++) {
        const trail_person *person = trail_vector_at(&people->people, i);
        for (size_t k = 0; k < person->accounts.count && status == TRAIL_OK; k++) {
            const trail_listed_account *listed = trail_vector_at(&person->accounts, k);
            if (trail_slice_is(trail_slice_of(number), listed->number))
                status = add_listed(chosen, listed, accounts, err);
        }
    }
    return status;
}

/* Accounts of a party: a person's listed ones, or those of that number. */
static trail_status find_party(const selector *chosen, const trail_people *people, const char *key,
                               const char *party, const char *bank, trail_vector *accounts,
                               trail_error *err)
{
    const trail_person *person = NULL;
    if (party == NULL) return TRAIL_OK;
    for (size_t i = 0; people != NULL && bank == NULL && i < people->people.count; i++) {
        const trail_person *one = trail_vector_at(&people->people, i);
        if (one->key != NULL && trail_slice_is(trail_slice_of(party), one->key)) person = one;
    }
    trail_status status = TRAIL_OK;
    if (person == NULL) status = add_number(chosen, people, party, bank, accounts, err);
    for (size_t i = 0; person != NULL && i < person->accounts.count && status == TRAIL_OK; i++)
        status = add_listed(chosen, trail_vector_at(&person->accounts, i), accounts, err);
    if (status != TRAIL_OK || accounts->count > 0) return status;
    if (person != NULL)
        return trail_proceeds_fail(
            chosen->rule, err, "%s: no listed account of %.200s stands in the records", key, party);
    return trail_proceeds_fail(chosen->rule, err,
                               "%s: no account %.200s%s%.100s stands in the records (a number "
                               "that several banks use needs its bank)",
                               key, party, bank != NULL ? " of bank " : "",
                               bank != NULL ? bank : "");
}

static trail_status read_limit(const selector *chosen, const char *key, const char *words,
                               int64_t *limit, trail_error *err)
{
    trail_money_style style = {.decimal = '.'};
    if (words == NULL) return TRAIL_OK;
    trail_money_fault fault =
        trail_money_parse(trail_slice_of(words), style, FINEST_EXPONENT, limit);
    if (fault == TRAIL_MONEY_OK) return TRAIL_OK;
    return trail_proceeds_fail(chosen->rule, err, "%s: %.60s: %s", key, words,
                               trail_money_fault_text(fault));
}

/* The record that begins at that line: files are few, a file's records ascend by line. */
static trail_status find_record(selector *chosen, trail_error *err)
{
    const trail_proceeds_rule *rule = chosen->rule;
    const trail_records *records = &chosen->ledger->records;
    const trail_file *file = NULL;
    chosen->record = TRAIL_NO_RECORD;
    if (rule->file == NULL) return TRAIL_OK;
    for (size_t i = 0; i < records->files.count; i++) {
        const trail_file *one = trail_vector_at(&records->files, i);
        if (trail_slice_is(trail_slice_of(rule->file), one->name)) file = one;
    }
    if (file == NULL) return trail_proceeds_fail(rule, err, "no file %.300s was read", rule->file);
    uint32_t low = 0, high = file->record_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (trail_records_line(records, file->first_record + middle) < rule->file_line)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t record = file->first_record + low;
    if (low == file->record_count || trail_records_line(records, record) != rule->file_line)
        return trail_proceeds_fail(rule, err, "no row begins at line %llu of %.300s",
                                   (unsigned long long)rule->file_line, rule->file);
    if (trail_records_state(records, record) != TRAIL_RECORD_PAYMENT)
        return trail_proceeds_fail(rule, err, "line %llu of %.300s is not read as a payment",
                                   (unsigned long long)rule->file_line, rule->file);
    chosen->record = record;
    return TRAIL_OK;
}

static trail_status prepare(selector *chosen, const trail_people *people, trail_error *err)
{
    const trail_proceeds_rule *rule = chosen->rule;
    trail_status status;
    if (rule->from == NULL && rule->to == NULL && rule->file == NULL)
        return trail_proceeds_fail(rule, err, "needs at least one of from, to, file");
    if (rule->currency != NULL &&
        !trail_currency_find(trail_slice_of(rule->currency), &chosen->currency))
        return trail_proceeds_fail(rule, err, "no currency %.60s is known", rule->currency);
    if ((status = find_party(chosen, people, "from", rule->from, rule->from_bank, &chosen->from,
                             err)) != TRAIL_OK)
        return status;
    if ((status = find_party(chosen, people, "to", rule->to, rule->to_bank, &chosen->to, err)) !=
        TRAIL_OK)
        return status;
    if ((status = read_limit(chosen, "min", rule->min_text, &chosen->least, err)) != TRAIL_OK)
        return status;
    if ((status = read_limit(chosen, "max", rule->max_text, &chosen->most, err)) != TRAIL_OK)
        return status;
    if ((status = find_record(chosen, err)) != TRAIL_OK) return status;
    if (rule->text == NULL) return TRAIL_OK;
    return trail_unicode_fold(trail_slice_of(rule->text), &chosen->text, err);
}

static trail_status choose(selector *chosen, uint32_t payment, bool *all, trail_error *err)
{
    bool at_debit;
    trail_leg leg = trail_marked_leg(chosen->ledger, payment, &at_debit);
    *all = true;
    for (size_t i = 0; i < CONDITION_COUNT && *all; i++) {
        if (conditions[i].words(chosen->rule) == NULL) continue;
        *all = false;
        trail_status status = conditions[i].holds(chosen, payment, &leg, all, err);
        if (status != TRAIL_OK) return status;
        if (*all) chosen->passed[i]++;
    }
    return TRAIL_OK;
}

/* What the condition asked for, as the case file says it. */
static void say(const condition *one, const trail_proceeds_rule *rule, char words[300])
{
    char first[TRAIL_DAY_TEXT], last[TRAIL_DAY_TEXT];
    if (one->words == between_words) {
        trail_day_format(rule->between_first, first);
        trail_day_format(rule->between_last, last);
        (void)snprintf(words, 300, "%s: [%s, %s]", one->name, first, last);
    } else if (one->words == file_words) {
        (void)snprintf(words, 300, "file: %.250s, line: %llu", rule->file,
                       (unsigned long long)rule->file_line);
    } else {
        (void)snprintf(words, 300, "%s: %.250s", one->name, one->words(rule));
    }
}

static trail_status fail_empty(const selector *chosen, trail_error *err)
{
    size_t before = chosen->passed[0];
    char words[300];
    if (before == 0)
        return trail_proceeds_fail(chosen->rule, err,
                                   "selects no payment: no payment of the %zu moves any money",
                                   chosen->ledger->count);
    for (size_t i = 1; i < CONDITION_COUNT; i++) {
        if (conditions[i].words(chosen->rule) == NULL) continue;
        if (chosen->passed[i] == 0) {
            say(&conditions[i], chosen->rule, words);
            break;
        }
        before = chosen->passed[i];
    }
    return trail_proceeds_fail(chosen->rule, err,
                               "selects no payment: of %zu left, none meets the condition `%s`",
                               before, words);
}

trail_status trail_selection_make(const trail_ledger *ledger, const trail_people *people,
                                  const trail_proceeds_rule *rule, trail_vector *chosen,
                                  trail_error *err)
{
    selector selecting = {.ledger = ledger,
                          .rule = rule,
                          .from = trail_vector_of(sizeof(uint32_t)),
                          .to = trail_vector_of(sizeof(uint32_t))};
    trail_status status = prepare(&selecting, people, err);
    for (uint32_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        bool all = false;
        status = choose(&selecting, i, &all, err);
        if (status == TRAIL_OK && all) status = trail_vector_push(chosen, &i, err);
    }
    if (status == TRAIL_OK && chosen->count == 0) status = fail_empty(&selecting, err);
    trail_vector_clear(&selecting.from);
    trail_vector_clear(&selecting.to);
    trail_text_clear(&selecting.text);
    trail_text_clear(&selecting.folded);
    return status;
}
