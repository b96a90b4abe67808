/* Kinds of leg (what a bank's code or text says a movement was). */
#ifndef TRAIL_MODEL_KIND_H
#define TRAIL_MODEL_KIND_H

#include <stdbool.h>

#include "base/text.h"

typedef enum trail_kind {
    TRAIL_KIND_TRANSFER = 0,
    TRAIL_KIND_CASH,
    TRAIL_KIND_CARD,
    TRAIL_KIND_FEE,
    TRAIL_KIND_INTEREST,
    TRAIL_KIND_WAGES,
    TRAIL_KIND_RETURN,
    TRAIL_KIND_OWN,
    TRAIL_KIND_UNNAMED,
    TRAIL_KIND_OTHER
} trail_kind;
#define TRAIL_KIND_COUNT 10

const char *trail_kind_name(trail_kind kind); /* "transfer", as case files and outputs write it */
bool trail_kind_find(trail_slice name, trail_kind *kind);

#endif
