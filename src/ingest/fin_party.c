#include "ingest/fin_party.h"

#include "ingest/fin_values.h"

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "/-" says that there is none. */
static trail_slice account_in(trail_slice line)
{
    while (line.length > 0 && line.start[0] == '/')
        line = (trail_slice){line.start + 1, line.length - 1};
    for (size_t i = 0; i < line.length; i++) {
        if (is_alphanumeric(line.start[i])) return trail_slice_trim(line);
    }
    return (trail_slice){"", 0};
}

static bool all_digits(trail_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] < '0' || text.start[i] > '9') return false;
    }
    return text.length >= 6;
}

/* Lines "1/NAME", the name over several of them. */
static trail_status read_numbered(trail_slice value, trail_text *name, trail_fin_party *party,
                                  trail_error *err)
{
    trail_status status = TRAIL_OK;
    trail_text_reset(name);
    while (value.length > 0 && status == TRAIL_OK) {
        trail_slice line = trail_fin_first_line(value, &value);
        if (line.length < 2 || line.start[0] != '1' || line.start[1] != '/') continue;
        if (name->length > 0) status = trail_text_add(name, (trail_slice){" ", 1}, err);
        if (status == TRAIL_OK) {
            status = trail_text_add(
                name, trail_slice_trim((trail_slice){line.start + 2, line.length - 2}), err);
        }
    }
    party->name = trail_text_slice(name);
    return status;
}

trail_status trail_fin_party_read(trail_slice value, char option, trail_text *name,
                                  trail_fin_party *party, trail_error *err)
{
    trail_slice rest, line = trail_slice_trim(trail_fin_first_line(value, &rest));
    *party = (trail_fin_party){{"", 0}, {"", 0}, {"", 0}};
    if (line.length > 0 && line.start[0] == '/') {
        party->account = account_in(line);
        value = rest;
    } else if (all_digits(line) && rest.length > 0 && option != 'A') {
        party->account = line; /* the slash was left out */
        value = rest;
    } else if (option == 'F' && line.length > 1 && line.start[1] != '/') {
        value = rest; /* a passport or tax number stands in place of the account */
    }
    if (option == 'F') return read_numbered(value, name, party, err);
    line = trail_slice_trim(trail_fin_first_line(value, &rest));
    if (trail_fin_is_bic(line) && option == 'A') {
        party->bic = line;
    } else {
        party->name = line;
    }
    return TRAIL_OK;
}
