#include "ingest/row_mapper.h"

#include <string.h>

#include "base/memory.h"
#include "base/unicode.h"

enum { NO_MEANING = -1, NO_PAYMENT = -2 };

#define KEY_ROOM ((size_t)3 * TRAIL_ROW_BATCH * TRAIL_ACCOUNT_KEY_LIMIT)

static const trail_slice nothing = {"", 0};

static trail_status fold_rules(trail_row_mapper *mapper, trail_error *err)
{
    const trail_vector *texts = &mapper->profile->texts;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < texts->count && status == TRAIL_OK; i++) {
        const trail_value_rule *rule = trail_vector_at(texts, i);
        status = trail_unicode_fold(trail_slice_of(rule->value), &mapper->folded_rules, err);
        trail_slice end = {"", 1};
        if (status == TRAIL_OK) status = trail_text_add(&mapper->folded_rules, end, err);
    }
    return status;
}

static bool says_more(const trail_row_mapper *mapper)
{
    static const trail_column more[] = {TRAIL_COLUMN_TEXT, TRAIL_COLUMN_REFERENCE,
                                        TRAIL_COLUMN_PAYER_NAME, TRAIL_COLUMN_PAYEE_NAME,
                                        TRAIL_COLUMN_VALUE_DATE};
    if (mapper->profile->layout == TRAIL_LAYOUT_STATEMENT) return true;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(more); i++) {
        if (mapper->map->of[more[i]] != TRAIL_NO_COLUMN) return true;
    }
    return false;
}

static trail_status take_constant_currency(trail_row_mapper *mapper, trail_aside *aside,
                                           trail_error *err)
{
    const char *name =
        mapper->source->currency != NULL ? mapper->source->currency : mapper->profile->currency;
    if (name != NULL && !trail_currency_find(trail_slice_of(name), &mapper->constant)) {
        return trail_text_add_format(&aside->reason, err, "currency '%s' is not known", name);
    }
    if (name != NULL || mapper->map->of[TRAIL_COLUMN_CURRENCY] != TRAIL_NO_COLUMN ||
        mapper->map->amount_count > 0)
        return TRAIL_OK;
    trail_status status = trail_text_add_format(&aside->reason, err,
                                                "nothing says which currency the amounts are in");
    if (status != TRAIL_OK) return status;
    return trail_text_add_format(&aside->paste, err, "currency: EUR   # or another");
}

trail_status trail_row_mapper_init(trail_row_mapper *mapper, const trail_table_rows *rows,
                                   trail_table_style *style, trail_aside *aside, trail_error *err)
{
    *mapper = (trail_row_mapper){
        .source = rows->source, .profile = rows->profile, .map = &rows->map, .style = style};
    mapper->own_number = rows->source->own_account != NULL
                             ? trail_slice_of(rows->source->own_account)
                             : trail_text_slice(&rows->own_number);
    mapper->keeps_details = says_more(mapper);
    trail_status status = take_constant_currency(mapper, aside, err);
    if (status == TRAIL_OK) status = trail_scope_init(&mapper->scope, mapper->source, err);
    if (status == TRAIL_OK) status = fold_rules(mapper, err);
    if (status == TRAIL_OK) status = trail_row_mapper_fold_totals(mapper, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&mapper->keys, KEY_ROOM, 1, err);
    return status;
}

void trail_row_mapper_clear(trail_row_mapper *mapper)
{
    trail_scope_clear(&mapper->scope);
    trail_text_clear(&mapper->folded_rules);
    trail_text_clear(&mapper->folded_totals);
    trail_text_clear(&mapper->joined);
    trail_text_clear(&mapper->folded);
    trail_free(mapper->keys);
    *mapper = (trail_row_mapper){0};
}

void trail_row_mapper_begin(trail_row_mapper *mapper)
{
    mapper->keys_used = 0;
}

bool trail_mapped_refuse(trail_mapped_row *mapped, const char *code, const char *sentence,
                         uint32_t column, trail_slice value)
{
    mapped->state = TRAIL_RECORD_REJECT;
    mapped->code = code;
    mapped->sentence = sentence;
    mapped->column = column;
    mapped->value = value;
    return false;
}

/* Trims blanks; most fields have none, and their ends say so. */
static inline trail_slice trim(trail_slice field)
{
    if (field.length == 0) return field;
    unsigned char first = (unsigned char)field.start[0];
    unsigned char last = (unsigned char)field.start[field.length - 1];
    bool plain = first > ' ' && first < 0x80 && last > ' ' && last < 0x80;
    return plain ? field : trail_slice_trim(field);
}

trail_slice trail_row_mapper_field(const trail_row_mapper *mapper, const trail_mapped_row *mapped,
                                   trail_column column)
{
    uint32_t index = mapper->map->of[column];
    return index == TRAIL_NO_COLUMN ? nothing : trim(mapped->fields[index]);
}

/* Sums must hold too: one absurd amount is a reject of its row, not the end of the run. */
#define AMOUNT_LIMIT (INT64_MAX / 1000)

bool trail_row_mapper_amount(trail_row_mapper *mapper, trail_mapped_row *mapped,
                             trail_column column, trail_currency currency, int64_t *minor,
                             bool *missing)
{
    static const char *const codes[] = {
        [TRAIL_MONEY_EMPTY] = "amount_missing",
        [TRAIL_MONEY_NOT_AN_AMOUNT] = "not_an_amount",
        [TRAIL_MONEY_TOO_PRECISE] = "amount_too_precise",
        [TRAIL_MONEY_SCIENTIFIC] = "amount_scientific",
        [TRAIL_MONEY_OVERFLOW] = "amount_overflow",
    };
    uint32_t index = mapper->map->of[column];
    if (missing != NULL) *missing = true;
    if (index == TRAIL_NO_COLUMN) return true;
    if (column == TRAIL_COLUMN_AMOUNT && mapper->map->amount_count > 0)
        index = mapped->amount_column;
    trail_money_fault fault =
        trail_money_field_read(&mapper->style->money[column], mapped->fields[index],
                               trail_currency_exponent(currency), minor);
    if (fault == TRAIL_MONEY_OK && (*minor > AMOUNT_LIMIT || *minor < -AMOUNT_LIMIT))
        fault = TRAIL_MONEY_OVERFLOW;
    if (fault == TRAIL_MONEY_OK) {
        if (missing != NULL) *missing = false;
        return true;
    }
    if (fault == TRAIL_MONEY_EMPTY && missing != NULL) return true;
    return trail_mapped_refuse(mapped, codes[fault], trail_money_fault_text(fault), index,
                               trim(mapped->fields[index]));
}

static bool find_currency(const trail_row_mapper *mapper, trail_slice name,
                          trail_currency *currency)
{
    const trail_value_rule *rules = mapper->profile->currencies.items;
    for (size_t i = 0; i < mapper->profile->currencies.count; i++) {
        if (!trail_slice_is(name, rules[i].value)) continue;
        *currency = (trail_currency)rules[i].result;
        return true;
    }
    return trail_currency_find(name, currency);
}

bool trail_row_mapper_currency(trail_row_mapper *mapper, trail_mapped_row *mapped,
                               trail_column column, trail_currency *currency)
{
    trail_slice name = trail_row_mapper_field(mapper, mapped, column);
    int32_t known = 0;
    if (name.length == 0) {
        *currency = mapper->constant;
        if (mapper->constant != TRAIL_NO_CURRENCY) return true;
        return trail_mapped_refuse(mapped, "currency_missing", "the currency is blank",
                                   mapper->map->of[column], name);
    }
    if (trail_value_memo_find(&mapper->currencies, name, &known)) {
        *currency = (trail_currency)known;
        return true;
    }
    if (!find_currency(mapper, name, currency)) {
        return trail_mapped_refuse(mapped, "unknown_currency", "the currency is not known",
                                   mapper->map->of[column], name);
    }
    trail_value_memo_put(&mapper->currencies, name, *currency);
    return true;
}

static bool means_no_account(const trail_profile *profile, trail_slice number)
{
    const char *const *empty = profile->empty_accounts.items;
    for (size_t i = 0; i < profile->empty_accounts.count; i++) {
        if (trail_slice_is(number, empty[i])) return true;
    }
    return false;
}

/* 1.23E+15: a spreadsheet has rounded the number, and other accounts may look the same. */
static bool is_scientific(trail_slice number)
{
    size_t at = 0;
    bool mark = false;
    while (at < number.length && ((number.start[at] >= '0' && number.start[at] <= '9') ||
                                  number.start[at] == '.' || number.start[at] == ',')) {
        mark = mark || number.start[at] == '.' || number.start[at] == ',';
        at++;
    }
    if (at == 0 || at + 2 >= number.length || (number.start[at] | 0x20) != 'e') return false;
    bool plus = number.start[at + 1] == '+';
    at += plus ? 2 : 1;
    while (at < number.length && number.start[at] >= '0' && number.start[at] <= '9')
        at++;
    return at == number.length && (plus || mark);
}

bool trail_row_mapper_key(trail_row_mapper *mapper, trail_mapped_row *mapped, uint32_t column,
                          trail_mapped_party *party)
{
    size_t length = 0;
    if (party->number.length == 0 || means_no_account(mapper->profile, party->number)) return true;
    char *key = mapper->keys + mapper->keys_used;
    if (trail_account_key(party->bank, party->number, key, &length)) {
        if (is_scientific(party->number)) {
            return trail_mapped_refuse(mapped, "account_scientific",
                                       "account number in E-notation has lost digits", column,
                                       party->number);
        }
        party->key = (trail_slice){key, length};
        party->hash = trail_strings_hash(party->key);
        mapper->keys_used += length;
        return true;
    }
    /* Without letter or digit it names none; the text stays in the record. */
    if (party->number.length <= 200) return true;
    return trail_mapped_refuse(mapped, "account_too_long", "the account number is too long", column,
                               party->number);
}

bool trail_row_mapper_party(trail_row_mapper *mapper, trail_mapped_row *mapped, trail_column number,
                            trail_column bank, trail_column name, trail_mapped_party *party)
{
    const uint32_t *also = mapper->map->also[number];
    party->number = trail_row_mapper_field(mapper, mapped, number);
    for (uint32_t i = 0; i < TRAIL_COLUMNS_ALSO && also[i] != TRAIL_NO_COLUMN; i++) {
        if (party->number.length > 0 && !means_no_account(mapper->profile, party->number)) break;
        party->number = trim(mapped->fields[also[i]]);
    }
    party->bank = trail_row_mapper_field(mapper, mapped, bank);
    party->name = trail_row_mapper_field(mapper, mapped, name);
    return trail_row_mapper_key(mapper, mapped, mapper->map->of[number], party);
}

trail_status trail_row_mapper_text(trail_row_mapper *mapper, const trail_mapped_row *mapped,
                                   trail_slice *text, trail_error *err)
{
    const trail_column_map *map = mapper->map;
    trail_status status = TRAIL_OK;
    *text = nothing;
    if (map->text_count == 0) return TRAIL_OK;
    if (map->text_count == 1) {
        *text = trim(mapped->fields[map->texts[0]]);
        return TRAIL_OK;
    }
    trail_text_reset(&mapper->joined);
    for (uint32_t i = 0; i < map->text_count && status == TRAIL_OK; i++) {
        trail_slice part = trim(mapped->fields[map->texts[i]]);
        if (part.length == 0) continue;
        if (mapper->joined.length > 0) {
            status = trail_text_add(&mapper->joined, (trail_slice){" ", 1}, err);
        }
        if (status == TRAIL_OK) status = trail_text_add(&mapper->joined, part, err);
    }
    *text = trail_text_slice(&mapper->joined);
    return status;
}

/* What the profile says of one value of a kind column. */
static int32_t meaning_of_code(trail_row_mapper *mapper, trail_slice code)
{
    int32_t meaning = NO_MEANING;
    if (trail_value_memo_find(&mapper->kinds, code, &meaning)) return meaning;
    const trail_value_rule *rules = mapper->profile->kinds.items;
    for (size_t i = mapper->profile->kinds.count; i > 0; i--) {
        if (trail_slice_is(code, rules[i - 1].value)) meaning = rules[i - 1].result;
    }
    rules = mapper->profile->no_payment.items;
    for (size_t i = 0; i < mapper->profile->no_payment.count; i++) {
        if (trail_slice_is(code, rules[i].value)) meaning = NO_PAYMENT;
    }
    trail_value_memo_put(&mapper->kinds, code, meaning);
    return meaning;
}

/* The first kind column whose value has a meaning decides. */
static int32_t read_code(trail_row_mapper *mapper, trail_mapped_row *mapped)
{
    int32_t meaning = NO_MEANING;
    for (uint32_t i = 0; i < mapper->map->kind_count && meaning == NO_MEANING; i++) {
        trail_slice code = trim(mapped->fields[mapper->map->kinds[i]]);
        if (code.length == 0 && mapper->map->kind_count > 1) continue;
        meaning = meaning_of_code(mapper, code);
        if (mapped->code_text.length == 0 || meaning != NO_MEANING) mapped->code_text = code;
    }
    return meaning;
}

static trail_status kind_from_text(trail_row_mapper *mapper, const trail_mapped_row *mapped,
                                   int32_t *meaning, trail_error *err)
{
    trail_slice text;
    trail_status status = trail_row_mapper_text(mapper, mapped, &text, err);
    trail_text_reset(&mapper->folded);
    if (status == TRAIL_OK) status = trail_unicode_fold(text, &mapper->folded, err);
    if (status != TRAIL_OK) return status;
    const char *rule = mapper->folded_rules.bytes;
    for (size_t i = 0; i < mapper->profile->texts.count; i++) {
        trail_slice wanted = trail_slice_of(rule);
        const trail_value_rule *says = trail_vector_at(&mapper->profile->texts, i);
        rule += wanted.length + 1;
        if (trail_slice_find(trail_text_slice(&mapper->folded), wanted) == SIZE_MAX) continue;
        *meaning = says->result;
        break;
    }
    return TRAIL_OK;
}

static bool read_days(trail_row_mapper *mapper, trail_mapped_row *mapped)
{
    const uint32_t *of = mapper->map->of;
    trail_entry *entry = &mapped->entry;
    int32_t ignored = TRAIL_NO_TIME;
    trail_slice booked = mapped->fields[of[TRAIL_COLUMN_BOOKING_DATE]];
    if (!trail_day_field_read(&mapper->style->booking, booked, &entry->booking_day,
                              &entry->booking_second)) {
        booked = trim(booked);
        return trail_mapped_refuse(mapped, booked.length == 0 ? "date_missing" : "no_such_date",
                                   booked.length == 0 ? "the booking date is blank"
                                                      : "no such date in this column's notation",
                                   of[TRAIL_COLUMN_BOOKING_DATE], booked);
    }
    mapped->value_day = TRAIL_NO_DAY;
    trail_slice value = trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_VALUE_DATE);
    if (value.length > 0 &&
        !trail_day_field_read(&mapper->style->value, value, &mapped->value_day, &ignored)) {
        return trail_mapped_refuse(mapped, "no_such_date", "no such date in this column's notation",
                                   of[TRAIL_COLUMN_VALUE_DATE], value);
    }
    trail_slice time = trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_TIME);
    if (time.length > 0 &&
        !trail_day_field_read(&mapper->style->times[0], time, &ignored, &entry->booking_second) &&
        !trail_day_field_read(&mapper->style->times[1], time, &ignored, &entry->booking_second)) {
        return trail_mapped_refuse(mapped, "no_such_time", "no such time in this column's notation",
                                   of[TRAIL_COLUMN_TIME], time);
    }
    if (entry->booking_second > 0) mapper->not_midnight = true;
    return true;
}

static bool in_scope(const trail_row_mapper *mapper, const trail_mapped_row *mapped)
{
    int32_t day = mapped->entry.booking_day;
    trail_slice keys[2] = {mapped->payer.key, mapped->payee.key};
    if (mapper->profile->layout != TRAIL_LAYOUT_STATEMENT) {
        return trail_scope_admits(&mapper->scope, day, keys, 2);
    }
    return trail_scope_admits(&mapper->scope, day, &keys[mapped->own_is_payer ? 0 : 1], 1);
}

/* Is it a row of this table at all? */
static bool check_shape(const trail_row_mapper *mapper, const trail_row *row, uint32_t bad_column,
                        trail_mapped_row *mapped)
{
    const trail_column_map *map = mapper->map;
    if (row->fault != TRAIL_ROW_OK) {
        return trail_mapped_refuse(
            mapped, trail_row_fault_code(row->fault), trail_row_fault_text(row->fault),
            row->fault_column > 0 ? row->fault_column - 1 : TRAIL_NO_COLUMN, nothing);
    }
    if (row->field_count < map->least) {
        return trail_mapped_refuse(mapped, "too_few_columns",
                                   "the row has fewer columns than the header", TRAIL_NO_COLUMN,
                                   nothing);
    }
    for (uint32_t i = map->most; i < row->field_count; i++) {
        if (row->fields[i].length == 0) continue;
        return trail_mapped_refuse(mapped, "too_many_columns",
                                   "the row has more columns than the header", TRAIL_NO_COLUMN,
                                   nothing);
    }
    if (bad_column == TRAIL_NO_COLUMN) return true;
    return trail_mapped_refuse(mapped, "invalid_encoding",
                               "the field is not text in the file's encoding", bad_column, nothing);
}

static trail_status map_row(trail_row_mapper *mapper, const trail_row *row,
                            const trail_slice *fields, uint32_t bad_column,
                            trail_mapped_row *mapped, trail_error *err)
{
    *mapped = (trail_mapped_row){.fields = fields,
                                 .column = TRAIL_NO_COLUMN,
                                 .value_day = TRAIL_NO_DAY,
                                 .entry = {.payer = TRAIL_NO_ACCOUNT,
                                           .payee = TRAIL_NO_ACCOUNT,
                                           .booking_second = TRAIL_NO_TIME}};
    if (!check_shape(mapper, row, bad_column, mapped)) return TRAIL_OK;
    int32_t meaning = read_code(mapper, mapped);
    if (meaning == NO_PAYMENT) {
        mapped->state = TRAIL_RECORD_NO_PAYMENT;
        return TRAIL_OK;
    }
    const trail_column_map *map = mapper->map;
    if (map->of[TRAIL_COLUMN_STATUS] != TRAIL_NO_COLUMN && !trail_row_mapper_status(mapper, mapped))
        return TRAIL_OK;
    bool statement = mapper->profile->layout == TRAIL_LAYOUT_STATEMENT;
    if (!read_days(mapper, mapped) ||
        !(map->amount_count > 0 ? trail_row_mapper_pick_amount(mapper, mapped)
                                : trail_row_mapper_currency(mapper, mapped, TRAIL_COLUMN_CURRENCY,
                                                            &mapped->entry.currency)) ||
        !(statement ? trail_map_statement(mapper, mapped) : trail_map_transfer(mapper, mapped))) {
        return TRAIL_OK;
    }
    if (meaning == NO_MEANING && mapper->folded_rules.length > 0) {
        trail_status status = kind_from_text(mapper, mapped, &meaning, err);
        if (status != TRAIL_OK) return status;
    }
    if (meaning == NO_MEANING && mapped->refund) meaning = TRAIL_KIND_RETURN;
    bool both_named = mapped->payer.key.length > 0 && mapped->payee.key.length > 0;
    if (meaning == NO_MEANING) meaning = both_named ? TRAIL_KIND_TRANSFER : TRAIL_KIND_UNNAMED;
    mapped->entry.kind = (uint8_t)meaning;
    mapped->reference = trail_row_mapper_field(mapper, mapped, TRAIL_COLUMN_REFERENCE);
    if (!in_scope(mapper, mapped)) mapped->state = TRAIL_RECORD_OUT_OF_SCOPE;
    return TRAIL_OK;
}

trail_status trail_row_mapper_map(trail_row_mapper *mapper, const trail_row *row,
                                  const trail_slice *fields, uint32_t bad_column,
                                  trail_mapped_row *mapped, trail_error *err)
{
    trail_status status = map_row(mapper, row, fields, bad_column, mapped, err);
    const trail_profile *profile = mapper->profile;
    if (status != TRAIL_OK || (profile->footer == NULL && profile->totals.count == 0))
        return status;
    bool declared = trail_row_is_footer(mapper, row, fields);
    if (!declared && mapped->state == TRAIL_RECORD_REJECT)
        status = trail_row_is_total(mapper, row, fields, &declared, err);
    if (declared) mapped->state = TRAIL_RECORD_NO_PAYMENT;
    return status;
}
