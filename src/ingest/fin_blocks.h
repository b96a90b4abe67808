/* The containers of SWIFT messages: blocks in any order, RJE ('$' between messages), DOS (0x01 and
 * 0x03), acknowledgements before messages, whole messages on one line, and bare tags without any
 * block. Hands out the lines of each message's text. The one rule: a '}' ends the text only where
 * nothing but the trailer, a separator or the end of the line can follow. */
#ifndef TRAIL_INGEST_FIN_BLOCKS_H
#define TRAIL_INGEST_FIN_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "ingest/fin_header.h"
#include "ingest/fin_lines.h"

typedef enum trail_fin_event_kind {
    TRAIL_FIN_END = 0, /* of the file */
    TRAIL_FIN_MESSAGE, /* a text begins; blocks->header says what is known */
    TRAIL_FIN_LINE,    /* a line of it */
    TRAIL_FIN_CLOSE,   /* its end */
    TRAIL_FIN_EMPTY,   /* a header without text */
    TRAIL_FIN_OUTSIDE  /* other words between messages */
} trail_fin_event_kind;

typedef struct trail_fin_event {
    trail_fin_event_kind kind;
    trail_slice text;
    uint64_t offset, line;
    bool starts_line; /* the text begins at a line's start */
    bool one_line;    /* block 4 goes on in the line of its "{4:" */
    bool terminated;  /* CLOSE: by its own mark, not by the next message or the file's end */
} trail_fin_event;

typedef struct trail_fin_blocks {
    trail_fin_lines lines;
    trail_fin_header header, fresh; /* fresh: of the message that is being looked for */
    trail_fin_line line;
    size_t at;     /* in line.text */
    bool tag_next; /* what follows on this line begins with a tag */
    bool has_line, in_text, close_next, one_line, in_json, header_open, refused;
    uint64_t acknowledgements;
} trail_fin_blocks; /* {0} is clearable */

trail_status trail_fin_blocks_init(trail_fin_blocks *blocks, trail_byte_source *source,
                                   trail_error *err) TRAIL_MUST_CHECK;
void trail_fin_blocks_clear(trail_fin_blocks *blocks);
trail_status trail_fin_blocks_next(trail_fin_blocks *blocks, trail_fin_event *event,
                                   trail_error *err) TRAIL_MUST_CHECK;
/* ":NN:" or ":NNA:" or ":NS:" at the start: its length, else 0. */
size_t trail_fin_tag_length(trail_slice text);

#endif
