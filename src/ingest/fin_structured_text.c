#include "ingest/fin_structured_text.h"

#include "ingest/fin_values.h"
#include "model/account.h"

enum { WIDTH = 65 }; /* of a line of ":86:" */

void trail_fin_parts_clear(trail_fin_parts *parts)
{
    for (size_t i = 0; i < TRAIL_FIN_PART_COUNT; i++)
        trail_text_clear(&parts->of[i]);
    trail_text_clear(&parts->joined);
}

void trail_fin_parts_reset(trail_fin_parts *parts)
{
    for (size_t i = 0; i < TRAIL_FIN_PART_COUNT; i++)
        trail_text_reset(&parts->of[i]);
}

trail_slice trail_fin_part_of(const trail_fin_parts *parts, trail_fin_part part)
{
    return trail_slice_trim(trail_text_slice(&parts->of[part]));
}

trail_status trail_fin_parts_add(trail_fin_parts *parts, trail_fin_part part, const char *between,
                                 trail_slice text, trail_error *err)
{
    trail_text *to = &parts->of[part];
    trail_status status = TRAIL_OK;
    if (text.length == 0) return TRAIL_OK;
    if (to->length > 0) status = trail_text_add(to, trail_slice_of(between), err);
    return status == TRAIL_OK ? trail_text_add(to, text, err) : status;
}

trail_status trail_fin_parts_put(trail_fin_parts *parts, trail_fin_part part, trail_slice text,
                                 trail_error *err)
{
    if (parts->of[part].length > 0) return TRAIL_OK;
    return trail_fin_parts_add(parts, part, "", trail_slice_trim(text), err);
}

/* Lines of free text: one that fills the width goes on in the middle of a word. */
static trail_status add_free_lines(trail_fin_parts *parts, trail_slice value, trail_error *err)
{
    bool full = false;
    trail_status status = TRAIL_OK;
    while (value.length > 0 && status == TRAIL_OK) {
        trail_slice line = trail_fin_first_line(value, &value);
        trail_slice text = full ? line : trail_slice_trim(line);
        if (text.length > 0) {
            status = trail_fin_parts_add(parts, TRAIL_FIN_PART_TEXT, full ? "" : " ", text, err);
        }
        full = line.length >= WIDTH && trail_slice_trim(line).length > 0;
    }
    return status;
}

/* "NL29INGB0006475121 j blom": the other party's account and name before everything else. */
static trail_status read_leading_party(trail_fin_parts *parts, trail_slice value, trail_slice own,
                                       trail_error *err)
{
    trail_slice rest, line = trail_slice_trim(trail_fin_first_line(value, &rest));
    size_t at = trail_slice_find(line, (trail_slice){" ", 1});
    trail_slice number = {line.start, at == SIZE_MAX ? line.length : at};
    if (!trail_fin_is_iban(number) || trail_slice_equal(number, own)) return TRAIL_OK;
    trail_status status = trail_fin_parts_put(parts, TRAIL_FIN_PART_NUMBER, number, err);
    if (status != TRAIL_OK || at == SIZE_MAX) return status;
    trail_slice name = {line.start + at, line.length - at};
    return trail_fin_parts_put(parts, TRAIL_FIN_PART_NAME, name, err);
}

/* "REK: NL65INGB0123456789/NAAM: PICQER" in the text. */
static trail_status read_named_account(trail_fin_parts *parts, trail_error *err)
{
    trail_slice text = trail_text_slice(&parts->of[TRAIL_FIN_PART_TEXT]);
    size_t at = trail_slice_find(text, trail_slice_of("REK: "));
    if (at == SIZE_MAX) return TRAIL_OK;
    trail_slice rest = {text.start + at + 5, text.length - at - 5};
    size_t end = trail_slice_find(rest, trail_slice_of("/NAAM: "));
    if (end == SIZE_MAX || !trail_fin_is_iban((trail_slice){rest.start, end})) return TRAIL_OK;
    trail_status status =
        trail_fin_parts_put(parts, TRAIL_FIN_PART_NUMBER, (trail_slice){rest.start, end}, err);
    if (status != TRAIL_OK) return status;
    trail_slice name = {rest.start + end + 7, rest.length - end - 7};
    return trail_fin_parts_put(parts, TRAIL_FIN_PART_NAME, name, err);
}

static bool is_code(trail_slice value)
{
    if (value.length < 3) return false;
    for (size_t i = 0; i < 3; i++) {
        if (value.start[i] < '0' || value.start[i] > '9') return false;
    }
    return value.length == 3 || value.start[3] < '0' || value.start[3] > '9';
}

trail_status trail_fin_parts_read(trail_fin_parts *parts, trail_slice value, trail_slice own,
                                  trail_error *err)
{
    bool taken = false;
    trail_status status = trail_fin_german_text(parts, value, own, &taken, err);
    if (status == TRAIL_OK && !taken) status = trail_fin_code_words(parts, value, &taken, err);
    if (status != TRAIL_OK || taken) return status;
    /* A German business code before free text: "999PN5477SCHECK". */
    if (is_code(value) && value.length > 3 && value.start[3] != ' ' && value.start[3] != '.' &&
        value.start[3] != '\n' && value.start[3] != '-' && value.start[3] != '/') {
        status =
            trail_fin_parts_put(parts, TRAIL_FIN_PART_CODE, (trail_slice){value.start, 3}, err);
        value = (trail_slice){value.start + 3, value.length - 3};
    }
    if (status == TRAIL_OK) status = read_leading_party(parts, value, own, err);
    if (status == TRAIL_OK) status = add_free_lines(parts, value, err);
    return status == TRAIL_OK ? read_named_account(parts, err) : status;
}

trail_status trail_fin_parts_read_numbered(trail_fin_parts *parts, trail_slice value,
                                           trail_error *err)
{
    trail_status status = TRAIL_OK;
    while (value.length > 0 && status == TRAIL_OK) {
        trail_slice line = trail_fin_first_line(value, &value);
        bool numbered = line.length >= 2 && line.start[0] >= '0' && line.start[0] <= '9' &&
                        line.start[1] >= '0' && line.start[1] <= '9';
        int number = numbered ? (line.start[0] - '0') * 10 + (line.start[1] - '0') : 0;
        trail_slice text =
            trail_slice_trim(numbered ? (trail_slice){line.start + 2, line.length - 2} : line);
        trail_fin_part part = number <= 14                   ? TRAIL_FIN_PART_TEXT
                              : number == 15 || number == 16 ? TRAIL_FIN_PART_NAME
                              : number == 17                 ? TRAIL_FIN_PART_POSTING
                                                             : TRAIL_FIN_PART_COUNT;
        if (part != TRAIL_FIN_PART_COUNT) status = trail_fin_parts_add(parts, part, " ", text, err);
    }
    return status;
}

trail_status trail_fin_parts_read_supplement(trail_fin_parts *parts, trail_slice value,
                                             trail_slice own, trail_error *err)
{
    bool taken = false;
    if (value.length == 0) return TRAIL_OK;
    trail_status status = trail_fin_code_words(parts, value, &taken, err);
    if (status != TRAIL_OK || taken) return status;
    trail_slice rest, line = trail_slice_trim(trail_fin_first_line(value, &rest));
    if (trail_fin_is_iban(line) && !trail_slice_equal(line, own)) {
        status = trail_fin_parts_put(parts, TRAIL_FIN_PART_NUMBER, line, err);
        value = rest;
    }
    return status == TRAIL_OK ? add_free_lines(parts, value, err) : status;
}
