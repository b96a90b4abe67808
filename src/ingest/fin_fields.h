/* Fields of a message's text: a tag that the message's type knows, at the start of a line, and the
 * lines up to the next one. Everything else is text: "20:44:45" or ":12:" inside ":86:". */
#ifndef TRAIL_INGEST_FIN_FIELDS_H
#define TRAIL_INGEST_FIN_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "ingest/fin_blocks.h"

typedef enum trail_fin_family {
    TRAIL_FIN_ANY = 0,   /* not known yet: bare tags */
    TRAIL_FIN_STATEMENT, /* 940, 941, 942, 950 */
    TRAIL_FIN_CUSTOMER,  /* 103 */
    TRAIL_FIN_BANK,      /* 202 */
    TRAIL_FIN_ADVICE,    /* 900, 910 */
    TRAIL_FIN_OTHER      /* every tag is taken */
} trail_fin_family;

/* By type: "940"; "" is ANY. */
trail_fin_family trail_fin_family_of(const char *type);

typedef struct trail_fin_field {
    char tag[4];       /* "61", "60F", "NS" */
    bool known;        /* false: shaped like a tag, not of this type */
    bool inside;       /* begins within a line */
    bool cut;          /* longer than is kept */
    trail_slice value; /* received bytes, lines separated by '\n'; valid until the next call */
    uint64_t offset, line;
    uint64_t end; /* offset behind it */
} trail_fin_field;

typedef enum trail_fin_step {
    TRAIL_FIN_STEP_END = 0,
    TRAIL_FIN_STEP_MESSAGE, /* fields->blocks.header */
    TRAIL_FIN_STEP_FIELD,
    TRAIL_FIN_STEP_LOOSE,  /* text before the first tag */
    TRAIL_FIN_STEP_CLOSE,  /* fields->event says how */
    TRAIL_FIN_STEP_EMPTY,  /* a header without text */
    TRAIL_FIN_STEP_OUTSIDE /* words between messages: fields->event */
} trail_fin_step;

typedef struct trail_fin_fields {
    trail_fin_blocks blocks;
    trail_fin_event event;
    trail_fin_family family;
    trail_text value;
    trail_fin_field open; /* being gathered */
    bool has_open, has_event;
    bool split;     /* the waiting text is the rest of a line and begins with a tag */
} trail_fin_fields; /* {0} is clearable */

trail_status trail_fin_fields_init(trail_fin_fields *fields, trail_byte_source *source,
                                   trail_error *err) TRAIL_MUST_CHECK;
void trail_fin_fields_clear(trail_fin_fields *fields);
trail_status trail_fin_fields_next(trail_fin_fields *fields, trail_fin_step *step,
                                   trail_fin_field *field, trail_error *err) TRAIL_MUST_CHECK;
/* Bare tags turn out to be of this family. */
void trail_fin_fields_decide(trail_fin_fields *fields, trail_fin_family family);
bool trail_fin_tag_is(const trail_fin_field *field, const char *tag);
/* First two characters of the tag. */
bool trail_fin_tag_number_is(const trail_fin_field *field, const char *number);

#endif
