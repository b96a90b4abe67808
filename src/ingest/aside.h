/* Why a file is set aside: not a failure, for the run goes on without it. */
#ifndef TRAIL_INGEST_ASIDE_H
#define TRAIL_INGEST_ASIDE_H

#include "base/text.h"

typedef struct trail_aside {
    trail_text reason; /* one sentence without full stop; empty: the file is not set aside */
    trail_text paste;  /* a line for the case file, may be empty */
} trail_aside;         /* {0}; both texts are cleared by their owner */

#endif
