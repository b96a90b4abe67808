#include "ingest/fin_fields.h"

#include <string.h>

enum { VALUE_LIMIT = 64 * 1024 };

#define STATEMENT_TAGS " 13 13D 20 21 25 25P 28 28C 34F 60F 60M 61 62F 62M 64 65 86 90C 90D NS "
#define PAYMENT_TAGS                                                                               \
    " 13C 20 21 32A 33B 50A 50F 50K 50 51A 52A 52D 53A 53B 53D 54A 54B 54D 56A 56C 56D 57A 57B "   \
    "57C 57D 59 59A 59F 70 71A 71F 71G 72 "
#define CUSTOMER_TAGS PAYMENT_TAGS "23B 23E 26T 36 55A 55B 55D 77B 77T 77E "
#define BANK_TAGS     PAYMENT_TAGS "58A 58D "
#define ADVICE_TAGS   " 13D 20 21 25 25P 32A 50A 50F 50K 52A 52D 56A 56D 72 "

static const char *tags_of(trail_fin_family family)
{
    switch (family) {
    case TRAIL_FIN_STATEMENT:
        return STATEMENT_TAGS;
    case TRAIL_FIN_CUSTOMER:
        return CUSTOMER_TAGS;
    case TRAIL_FIN_BANK:
        return BANK_TAGS;
    case TRAIL_FIN_ADVICE:
        return ADVICE_TAGS;
    case TRAIL_FIN_ANY:
        return STATEMENT_TAGS CUSTOMER_TAGS "58A 58D ";
    case TRAIL_FIN_OTHER:
        break;
    }
    return NULL;
}

trail_fin_family trail_fin_family_of(const char *type)
{
    static const struct {
        const char *type;
        trail_fin_family family;
    } rows[] = {{"", TRAIL_FIN_ANY},          {"940", TRAIL_FIN_STATEMENT},
                {"941", TRAIL_FIN_STATEMENT}, {"942", TRAIL_FIN_STATEMENT},
                {"950", TRAIL_FIN_STATEMENT}, {"103", TRAIL_FIN_CUSTOMER},
                {"202", TRAIL_FIN_BANK},      {"205", TRAIL_FIN_BANK},
                {"900", TRAIL_FIN_ADVICE},    {"910", TRAIL_FIN_ADVICE}};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++) {
        if (strcmp(rows[i].type, type) == 0) return rows[i].family;
    }
    return TRAIL_FIN_OTHER;
}

static bool is_known(trail_fin_family family, const char *tag)
{
    const char *tags = tags_of(family);
    char sought[7] = " ";
    size_t length = strlen(tag);
    if (tags == NULL) return true;
    memcpy(sought + 1, tag, length);
    sought[length + 1] = ' ';
    return strstr(tags, sought) != NULL;
}

bool trail_fin_tag_is(const trail_fin_field *field, const char *tag)
{
    return strcmp(field->tag, tag) == 0;
}

bool trail_fin_tag_number_is(const trail_fin_field *field, const char *number)
{
    return memcmp(field->tag, number, 2) == 0;
}

trail_status trail_fin_fields_init(trail_fin_fields *fields, trail_byte_source *source,
                                   trail_error *err)
{
    *fields = (trail_fin_fields){0};
    return trail_fin_blocks_init(&fields->blocks, source, err);
}

void trail_fin_fields_clear(trail_fin_fields *fields)
{
    trail_fin_blocks_clear(&fields->blocks);
    trail_text_clear(&fields->value);
    *fields = (trail_fin_fields){0};
}

void trail_fin_fields_decide(trail_fin_fields *fields, trail_fin_family family)
{
    fields->family = family;
}

/* Free text, in which anything may stand. */
static bool holds_text(const trail_fin_field *field)
{
    static const char *const texts[] = {"86", "NS", "70", "72", "77", "79"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(texts); i++) {
        if (trail_fin_tag_number_is(field, texts[i])) return true;
    }
    return false;
}

static void read_tag(trail_slice text, size_t length, char tag[4])
{
    memset(tag, 0, 4);
    memcpy(tag, text.start + 1, length - 2);
}

/* Does a line begin a new field? An unknown tag does where no text is open, or where it is one of
 * the balances, which text does not hold. */
static bool begins_field(const trail_fin_fields *fields, trail_slice text, size_t *length,
                         trail_fin_field *field)
{
    *length = trail_fin_tag_length(text);
    if (*length == 0) return false;
    read_tag(text, *length, field->tag);
    field->known = is_known(fields->family, field->tag);
    if (field->known) return true;
    if (!fields->has_open || !holds_text(&fields->open)) return true;
    return fields->family == TRAIL_FIN_STATEMENT && field->tag[0] == '6';
}

static int number_of(const char *tag)
{
    int number = (tag[0] - '0') * 10 + (tag[1] - '0');
    return number == 86 ? 61 : number; /* information stands behind its entry */
}

/* May the known tag at `text` end the open field within its line? In a message on one line where
 * tags go up; else behind a field that cannot hold one, or before a closed word. */
static bool may_split(const trail_fin_fields *fields, const char *tag, trail_slice value)
{
    static const char closed[] = " 20 21 25 25P 28 28C 60F 60M 62F 62M 64 65 13C 23B 23E 26T 32A "
                                 "33B 36 71A 71F 71G ";
    char sought[7] = " ";
    if (strcmp(tag, "71A") == 0 && fields->family != TRAIL_FIN_STATEMENT) {
        trail_slice word = trail_slice_trim(value);
        if (trail_slice_is(word, "OUR") || trail_slice_is(word, "SHA") ||
            trail_slice_is(word, "BEN")) {
            return true;
        }
    }
    if (tag[0] == 'N' || fields->open.tag[0] == 'N') return false;
    int from = number_of(fields->open.tag), to = number_of(tag);
    bool up = to >= from || from == 13 || to == 13 || (to == 50 && from >= 58);
    if (strcmp(tag, "86") == 0) up = true;
    if (!up) return false;
    if (fields->event.one_line) return true;
    size_t length = strlen(fields->open.tag);
    memcpy(sought + 1, fields->open.tag, length);
    sought[length + 1] = ' ';
    return to > from && strstr(closed, sought) != NULL;
}

/* Where the next field begins within the text, SIZE_MAX if it does not. */
static size_t find_split(const trail_fin_fields *fields, trail_slice text)
{
    for (size_t i = 1; i + 3 < text.length; i++) {
        const char *colon = memchr(text.start + i, ':', text.length - i);
        if (colon == NULL) break;
        i = (size_t)(colon - text.start);
        trail_slice rest = {text.start + i, text.length - i};
        size_t length = trail_fin_tag_length(rest);
        char tag[4];
        if (length == 0) continue;
        read_tag(rest, length, tag);
        if (is_known(fields->family, tag) && fields->family != TRAIL_FIN_OTHER &&
            may_split(fields, tag, (trail_slice){rest.start + length, rest.length - length})) {
            return i;
        }
    }
    return SIZE_MAX;
}

static trail_status append(trail_fin_fields *fields, trail_slice text, bool new_line,
                           trail_error *err)
{
    trail_status status = TRAIL_OK;
    if (fields->value.length + text.length + 1 > VALUE_LIMIT) {
        fields->open.cut = true;
        return TRAIL_OK;
    }
    if (new_line) status = trail_text_add(&fields->value, (trail_slice){"\n", 1}, err);
    return status == TRAIL_OK ? trail_text_add(&fields->value, text, err) : status;
}

/* The open field, whole. Lines that hold nothing do not count at its end. */
static trail_fin_step give_field(trail_fin_fields *fields, trail_fin_field *field)
{
    trail_slice value = trail_text_slice(&fields->value);
    while (value.length > 0 && value.start[value.length - 1] == '\n')
        value.length--;
    *field = fields->open;
    field->value = value;
    fields->has_open = false;
    return TRAIL_FIN_STEP_FIELD;
}

/* Takes the waiting line, or its part up to a tag within it. True: the open field is whole. */
static trail_status take_line(trail_fin_fields *fields, trail_fin_step *step,
                              trail_fin_field *field, trail_error *err)
{
    trail_fin_event *event = &fields->event;
    trail_fin_field fresh = {.offset = event->offset, .line = event->line};
    size_t length = 0;
    bool begins =
        (event->starts_line || fields->split) && begins_field(fields, event->text, &length, &fresh);
    trail_status status = TRAIL_OK;
    *step = TRAIL_FIN_STEP_END;
    if (begins && fields->has_open) {
        *step = give_field(fields, field);
        return TRAIL_OK;
    }
    trail_slice text = event->text;
    bool new_line = event->starts_line;
    if (begins) {
        new_line = false;
        trail_text_reset(&fields->value);
        fields->open = fresh;
        fields->open.inside = fields->split;
        fields->has_open = true;
        text = (trail_slice){text.start + length, text.length - length};
    } else if (!fields->has_open) {
        fields->has_event = false;
        if (trail_slice_trim(text).length > 0) *step = TRAIL_FIN_STEP_LOOSE;
        return TRAIL_OK;
    }
    size_t split = find_split(fields, text);
    fields->split = split != SIZE_MAX;
    if (split != SIZE_MAX) {
        trail_slice rest = {text.start + split, text.length - split};
        event->offset += (uint64_t)(rest.start - event->text.start);
        event->text = rest;
        text.length = split;
    } else {
        fields->has_event = false;
    }
    status = append(fields, text, new_line, err);
    uint64_t end = split != SIZE_MAX
                       ? event->offset
                       : event->offset + (uint64_t)(text.start - event->text.start) + text.length;
    if (text.length > 0 || begins) fields->open.end = end;
    return status;
}

trail_status trail_fin_fields_next(trail_fin_fields *fields, trail_fin_step *step,
                                   trail_fin_field *field, trail_error *err)
{
    for (;;) {
        trail_status status = TRAIL_OK;
        if (!fields->has_event) {
            status = trail_fin_blocks_next(&fields->blocks, &fields->event, err);
            if (status != TRAIL_OK) return status;
            fields->has_event = true;
        }
        if (fields->event.kind == TRAIL_FIN_LINE) {
            status = take_line(fields, step, field, err);
            if (status != TRAIL_OK || *step != TRAIL_FIN_STEP_END) return status;
            continue;
        }
        if (fields->has_open) {
            *step = give_field(fields, field);
            return TRAIL_OK;
        }
        fields->has_event = false;
        switch (fields->event.kind) {
        case TRAIL_FIN_MESSAGE:
            fields->family = trail_fin_family_of(fields->blocks.header.type);
            *step = TRAIL_FIN_STEP_MESSAGE;
            return TRAIL_OK;
        case TRAIL_FIN_CLOSE:
            *step = TRAIL_FIN_STEP_CLOSE;
            return TRAIL_OK;
        case TRAIL_FIN_EMPTY:
            *step = TRAIL_FIN_STEP_EMPTY;
            return TRAIL_OK;
        case TRAIL_FIN_OUTSIDE:
            *step = TRAIL_FIN_STEP_OUTSIDE;
            return TRAIL_OK;
        case TRAIL_FIN_LINE:
        case TRAIL_FIN_END:
            break;
        }
        *step = TRAIL_FIN_STEP_END;
        return TRAIL_OK;
    }
}
