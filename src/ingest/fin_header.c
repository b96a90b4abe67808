#include "ingest/fin_header.h"

#include <string.h>

#include "ingest/fin_values.h"

/* A logical terminal is a BIC of eight, a letter, and a branch; XXX is the head office. */
static void take_terminal(char bic[TRAIL_FIN_BIC], trail_slice terminal)
{
    char text[11];
    size_t length = 8;
    bic[0] = '\0';
    if (terminal.length < 8) return;
    memcpy(text, terminal.start, 8);
    if (terminal.length >= 12 && memcmp(terminal.start + 9, "XXX", 3) != 0) {
        memcpy(text + 8, terminal.start + 9, 3);
        length = 11;
    }
    if (!trail_fin_is_bic((trail_slice){text, length})) {
        length = 8;
        if (!trail_fin_is_bic((trail_slice){text, length})) return;
    }
    memcpy(bic, text, length);
    bic[length] = '\0';
}

static void settle_ends(trail_fin_header *header, trail_slice other)
{
    char bic[TRAIL_FIN_BIC];
    take_terminal(bic, other);
    memcpy(header->is_output ? header->sender : header->receiver, bic, sizeof bic);
    memcpy(header->is_output ? header->receiver : header->sender, header->basic, sizeof bic);
}

void trail_fin_header_basic(trail_fin_header *header, trail_slice content)
{
    size_t skip = 0;
    header->has_basic = true;
    if (content.length >= 3 && content.start[0] >= 'A' && content.start[0] <= 'Z') skip = 3;
    if (content.length >= 2 && content.start[0] == '0') skip = 2;
    header->is_service = content.length >= 3 && memcmp(content.start, "F21", 3) == 0;
    take_terminal(header->basic, (trail_slice){content.start + skip, content.length - skip});
    memcpy(header->is_output ? header->receiver : header->sender, header->basic,
           sizeof header->basic);
}

void trail_fin_header_application(trail_fin_header *header, trail_slice content)
{
    bool digits = content.length >= 4;
    for (size_t i = 1; i < 4 && digits; i++)
        digits = content.start[i] >= '0' && content.start[i] <= '9';
    if (!digits || (content.start[0] != 'I' && content.start[0] != 'O')) {
        header->bad_type = true;
        return;
    }
    header->has_type = true;
    header->is_output = content.start[0] == 'O';
    memcpy(header->type, content.start + 1, 3);
    header->type[3] = '\0';
    /* An output header has the time and date of input before the sender; some banks leave it. */
    trail_slice rest = {content.start + 4, content.length - 4};
    if (header->is_output && rest.length >= 18 && rest.start[0] >= '0' && rest.start[0] <= '9') {
        rest = (trail_slice){rest.start + 10, rest.length - 10};
    }
    settle_ends(header, rest);
}

/* The value of {key:value} in the content; empty if not there. */
static trail_slice find_value(trail_slice content, const char *key)
{
    size_t at = trail_slice_find(content, trail_slice_of(key));
    if (at == SIZE_MAX) return (trail_slice){"", 0};
    at += strlen(key);
    const char *start = content.start + at;
    const char *end = memchr(start, '}', content.length - at);
    return (trail_slice){start, end == NULL ? content.length - at : (size_t)(end - start)};
}

void trail_fin_header_user(trail_fin_header *header, trail_slice content)
{
    trail_slice uetr = find_value(content, "{121:");
    header->is_cover = trail_slice_is(find_value(content, "{119:"), "COV");
    if (uetr.length == 0) return;
    if (!trail_fin_is_uetr(uetr)) {
        header->bad_uetr = true;
        return;
    }
    memcpy(header->uetr, uetr.start, uetr.length);
    header->uetr[uetr.length] = '\0';
}

bool trail_fin_header_refused(trail_slice content)
{
    return trail_slice_is(find_value(content, "{451:"), "1");
}
