#include "pipeline/code_remarks.h"

#include "base/map64.h"
#include "base/memory.h"
#include "base/sort.h"
#include "model/country.h"
#include "model/currency_life.h"

typedef struct remarking {
    trail_ledger *ledger;
    trail_rejects *rejects;
} remarking;

static uint32_t file_of(const trail_ledger *ledger, uint32_t record)
{
    const trail_file *files = ledger->records.files.items;
    return (uint32_t)(trail_records_file(&ledger->records, record) - files);
}

static trail_status say(remarking *to, trail_remark remark, const trail_text *message,
                        trail_error *err)
{
    trail_status status =
        trail_strings_put(to->ledger->strings, trail_text_slice(message), &remark.message, err);
    return status == TRAIL_OK ? trail_vector_push(&to->rejects->remarks, &remark, err) : status;
}

static trail_remark of_record(const trail_ledger *ledger, uint32_t record, const char *code)
{
    return (trail_remark){.file = file_of(ledger, record),
                          .record = record,
                          .code = code,
                          .line = trail_records_line(&ledger->records, record)};
}

/* A number that is meant as an IBAN and is none. */
typedef struct bad_number {
    trail_slice number;
    trail_iban_verdict verdict;
    uint32_t record; /* the first that has it; TRAIL_NO_RECORD: none */
    uint32_t statement;
} bad_number;

typedef struct bad_numbers {
    uint32_t *of; /* account -> 1 + place in numbers, 0: nothing wrong; NULL if nothing is */
    trail_vector numbers;
} bad_numbers;

/* Accounts of one number at several banks lie beside each other. */
static trail_status find_bad_numbers(const trail_accounts *accounts, bad_numbers *bad,
                                     trail_error *err)
{
    uint32_t count = trail_accounts_count(accounts);
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < count && status == TRAIL_OK; i++) {
        uint32_t account = trail_accounts_by_number(accounts, i);
        if (trail_accounts_is_iban(accounts, account)) continue;
        bad_number found = {.number = trail_accounts_number(accounts, account),
                            .record = TRAIL_NO_RECORD,
                            .statement = UINT32_MAX};
        found.verdict = trail_iban_check(found.number);
        if (found.verdict == TRAIL_IBAN_NOT_SHAPED || trail_number_is_masked(found.number))
            continue;
        const bad_number *last =
            bad->numbers.count == 0 ? NULL : trail_vector_at(&bad->numbers, bad->numbers.count - 1);
        if (bad->of == NULL) status = trail_alloc_zeroed(&bad->of, count, sizeof *bad->of, err);
        if (status == TRAIL_OK && (last == NULL || !trail_slice_equal(last->number, found.number)))
            status = trail_vector_push(&bad->numbers, &found, err);
        if (status == TRAIL_OK) bad->of[account] = (uint32_t)bad->numbers.count;
    }
    return status;
}

static void note_record(const bad_numbers *bad, uint32_t account, uint32_t record)
{
    if (account == TRAIL_NO_ACCOUNT || bad->of[account] == 0) return;
    bad_number *number = trail_vector_at(&bad->numbers, bad->of[account] - 1);
    if (record < number->record) number->record = record;
}

static void find_records(const trail_ledger *ledger, const bad_numbers *bad)
{
    for (size_t i = 0; i < ledger->count; i++) {
        note_record(bad, ledger->payer[i], ledger->record[i]);
        note_record(bad, ledger->payee[i], ledger->record[i]);
    }
    for (size_t i = 0; i < ledger->messages.count; i++) {
        const trail_message *message = trail_vector_at(&ledger->messages, i);
        note_record(bad, message->payer, message->record);
        note_record(bad, message->payee, message->record);
    }
    for (size_t i = ledger->statements.count; i-- > 0;) {
        const trail_statement *statement = trail_vector_at(&ledger->statements, i);
        if (bad->of[statement->account] == 0) continue;
        bad_number *number = trail_vector_at(&bad->numbers, bad->of[statement->account] - 1);
        number->statement = (uint32_t)i;
    }
}

static trail_status say_number(remarking *to, const bad_number *bad, trail_error *err)
{
    const trail_ledger *ledger = to->ledger;
    bool built = bad->verdict == TRAIL_IBAN_CHECK_DIGITS;
    const char *code = built ? "iban_check_digits" : "iban_structure";
    trail_remark remark;
    if (bad->record != TRAIL_NO_RECORD) {
        remark = of_record(ledger, bad->record, code);
    } else if (bad->statement != UINT32_MAX) {
        const trail_statement *at = trail_vector_at(&ledger->statements, bad->statement);
        remark = (trail_remark){
            .file = at->file, .record = TRAIL_NO_RECORD, .code = code, .line = at->line};
    } else {
        return TRAIL_OK; /* no evidence has it */
    }
    trail_text message = {0};
    const trail_iban_country *country = trail_iban_country_of(bad->number);
    trail_status status =
        built ? trail_text_add_format(&message, err,
                                      "the check digits of the IBAN %.*s do not fit; it is kept as "
                                      "it stands",
                                      (int)bad->number.length, bad->number.start)
              : trail_text_add_format(
                    &message, err,
                    "%.*s begins as an IBAN but is not built as those of %s, of %u letters and "
                    "digits; it is kept as it stands",
                    (int)bad->number.length, bad->number.start, country->code, country->length);
    if (status == TRAIL_OK) status = say(to, remark, &message, err);
    trail_text_clear(&message);
    return status;
}

static trail_status remark_numbers(remarking *to, trail_error *err)
{
    bad_numbers bad = {NULL, trail_vector_of(sizeof(bad_number))};
    trail_status status = find_bad_numbers(to->ledger->accounts, &bad, err);
    if (status == TRAIL_OK && bad.numbers.count > 0) find_records(to->ledger, &bad);
    for (size_t i = 0; i < bad.numbers.count && status == TRAIL_OK; i++)
        status = say_number(to, trail_vector_at(&bad.numbers, i), err);
    trail_vector_clear(&bad.numbers);
    trail_free(bad.of);
    return status;
}

/* Says a malformed BIC of a record once a file. */
static trail_status remark_bic(remarking *to, trail_map64 *said, uint32_t record, uint32_t string,
                               trail_error *err)
{
    trail_slice bic = trail_strings_get(to->ledger->strings, string);
    if (string == 0 || bic.length == 0 || trail_bic_well_formed(bic)) return TRAIL_OK;
    trail_remark remark = of_record(to->ledger, record, "bic_malformed");
    uint32_t *seen = trail_map64_at(said, (uint64_t)remark.file << 32 | string, 0, err);
    if (seen == NULL) return TRAIL_NO_MEMORY;
    if ((*seen)++ > 0) return TRAIL_OK;
    trail_text message = {0};
    trail_status status = trail_text_add_format(
        &message, err,
        "'%.*s' is no BIC of 8 or 11 places with the letters of a country; it is kept as it stands",
        bic.length < 40 ? (int)bic.length : 40, bic.start);
    if (status == TRAIL_OK) status = say(to, remark, &message, err);
    trail_text_clear(&message);
    return status;
}

static trail_status remark_bics(remarking *to, trail_error *err)
{
    trail_map64 said = {0};
    trail_status status = TRAIL_OK;
    const trail_ledger *ledger = to->ledger;
    for (size_t i = 0; i < ledger->wires.count && status == TRAIL_OK; i++) {
        const trail_wire *wire = trail_vector_at(&ledger->wires, i);
        status = remark_bic(to, &said, wire->record, wire->texts[TRAIL_WIRE_PAYER_AGENT], err);
        if (status == TRAIL_OK)
            status = remark_bic(to, &said, wire->record, wire->texts[TRAIL_WIRE_PAYEE_AGENT], err);
    }
    for (size_t i = 0; i < ledger->messages.count && status == TRAIL_OK; i++) {
        const trail_message *message = trail_vector_at(&ledger->messages, i);
        status = remark_bic(to, &said, message->record, message->sender, err);
        if (status == TRAIL_OK)
            status = remark_bic(to, &said, message->record, message->receiver, err);
    }
    trail_map64_clear(&said);
    return status;
}

/* Records of a file in a currency that was not in use on their day. */
typedef struct out_of_use {
    uint32_t file;
    trail_currency currency;
    uint32_t count, first; /* record */
    int32_t day;           /* of the first */
} out_of_use;

static trail_status note_out_of_use(const trail_ledger *ledger, trail_vector *found,
                                    trail_currency currency, int32_t day, uint32_t record,
                                    trail_error *err)
{
    out_of_use fresh = {file_of(ledger, record), currency, 1, record, day};
    for (size_t i = found->count; i-- > 0;) {
        out_of_use *known = trail_vector_at(found, i);
        if (known->file != fresh.file || known->currency != currency) continue;
        known->count++;
        if (record < known->first) {
            known->first = record;
            known->day = day;
        }
        return TRAIL_OK;
    }
    return trail_vector_push(found, &fresh, err);
}

static bool is_out(const trail_currency_life *life, int32_t day)
{
    return day != TRAIL_NO_DAY && (day < life->first_day || day > life->last_day);
}

static trail_status find_out_of_use(const trail_ledger *ledger, const trail_currency_life *lives,
                                    trail_vector *found, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < ledger->count && status == TRAIL_OK; i++) {
        trail_currency currency = ledger->currency[i];
        if (is_out(&lives[currency], ledger->booking_day[i]))
            status = note_out_of_use(ledger, found, currency, ledger->booking_day[i],
                                     ledger->record[i], err);
    }
    for (size_t i = 0; i < ledger->credit_sides.count && status == TRAIL_OK; i++) {
        const trail_credit_side *side = trail_vector_at(&ledger->credit_sides, i);
        if (is_out(&lives[side->currency], side->booking_day) &&
            side->currency != ledger->currency[side->payment])
            status = note_out_of_use(ledger, found, side->currency, side->booking_day,
                                     ledger->record[side->payment], err);
    }
    for (size_t i = 0; i < ledger->messages.count && status == TRAIL_OK; i++) {
        const trail_message *message = trail_vector_at(&ledger->messages, i);
        if (is_out(&lives[message->currency], message->value_day))
            status = note_out_of_use(ledger, found, message->currency, message->value_day,
                                     message->record, err);
    }
    return status;
}

static trail_status say_out_of_use(remarking *to, const out_of_use *found,
                                   const trail_currency_life *life, trail_error *err)
{
    char day[TRAIL_DAY_TEXT], from[TRAIL_DAY_TEXT], until[TRAIL_DAY_TEXT];
    trail_remark remark = {.file = found->file,
                           .record = TRAIL_NO_RECORD,
                           .code = "currency_out_of_use",
                           .line = trail_records_line(&to->ledger->records, found->first)};
    trail_day_format(found->day, day);
    trail_day_format(life->first_day == INT32_MIN ? TRAIL_NO_DAY : life->first_day, from);
    trail_day_format(life->last_day == INT32_MAX ? TRAIL_NO_DAY : life->last_day, until);
    trail_text message = {0};
    trail_status status = trail_text_add_format(
        &message, err,
        "rows in %s on days when it was not in use (%s%s%s%s%s): %u, the first of %s",
        trail_currency_code(found->currency), from[0] != '\0' ? "from " : "", from,
        from[0] != '\0' && until[0] != '\0' ? " " : "", until[0] != '\0' ? "to " : "", until,
        (unsigned)found->count, day);
    if (status == TRAIL_OK) status = say(to, remark, &message, err);
    trail_text_clear(&message);
    return status;
}

static trail_status remark_currencies(remarking *to, trail_error *err)
{
    unsigned count = trail_currency_count();
    trail_currency_life *lives = NULL;
    trail_vector found = trail_vector_of(sizeof(out_of_use));
    trail_status status = trail_alloc_zeroed(&lives, count, sizeof *lives, err);
    for (unsigned i = 0; i < count && status == TRAIL_OK; i++)
        lives[i] = trail_currency_life_of((trail_currency)i);
    if (status == TRAIL_OK) status = find_out_of_use(to->ledger, lives, &found, err);
    for (size_t i = 0; i < found.count && status == TRAIL_OK; i++) {
        const out_of_use *one = trail_vector_at(&found, i);
        status = say_out_of_use(to, one, &lives[one->currency], err);
    }
    trail_vector_clear(&found);
    trail_free(lives);
    return status;
}

static int compare_files(const void *context, const void *a, const void *b)
{
    (void)context; /* ties stay in the order of reading, then as they are found here */
    const trail_remark *one = a, *other = b;
    return (one->file > other->file) - (one->file < other->file);
}

trail_status trail_remark_codes(trail_ledger *ledger, trail_rejects *rejects, trail_error *err)
{
    remarking to = {ledger, rejects};
    size_t before = rejects->remarks.count;
    trail_status status = remark_numbers(&to, err);
    if (status == TRAIL_OK) status = remark_bics(&to, err);
    if (status == TRAIL_OK) status = remark_currencies(&to, err);
    if (status != TRAIL_OK || rejects->remarks.count == before) return status;
    return trail_sort_items(rejects->remarks.items, rejects->remarks.count, sizeof(trail_remark),
                            compare_files, NULL, err);
}
