/* What the blocks around a message's text say: {1:} {2:} {3:}, or nothing for bare tags. */
#ifndef TRAIL_INGEST_FIN_HEADER_H
#define TRAIL_INGEST_FIN_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define TRAIL_FIN_BIC 12

typedef struct trail_fin_header {
    bool has_blocks; /* false: bare tags */
    bool has_basic;  /* {1:} */
    bool has_type;   /* {2:}, readable */
    bool bad_type;   /* {2:} that is not readable */
    bool is_service; /* {1:F21…}: an acknowledgement */
    bool is_output;  /* delivered by the network, else as handed to it */
    bool refused;    /* the acknowledgement before it says that the network refused it */
    bool is_cover;   /* {119:COV} */
    bool bad_uetr;   /* {121:} that is none */
    char type[4];    /* "940"; "" unknown */
    char basic[TRAIL_FIN_BIC];
    char sender[TRAIL_FIN_BIC], receiver[TRAIL_FIN_BIC]; /* BICs; "" unknown */
    char uetr[37];
    uint64_t offset, line; /* where the message begins */
} trail_fin_header;

/* The content of block 1, 2 or 3. */
void trail_fin_header_basic(trail_fin_header *header, trail_slice content);
void trail_fin_header_application(trail_fin_header *header, trail_slice content);
void trail_fin_header_user(trail_fin_header *header, trail_slice content);
/* Does the service message's block 4 say that the network refused (451:1)? */
bool trail_fin_header_refused(trail_slice content);

#endif
