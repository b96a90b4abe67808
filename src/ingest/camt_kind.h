/* The kind of a movement by the domain, family and sub-family of its bank transaction code. */
#ifndef TRAIL_INGEST_CAMT_KIND_H
#define TRAIL_INGEST_CAMT_KIND_H

#include <stdbool.h>

#include "base/text.h"
#include "model/kind.h"

/* False where the code leaves it open. */
bool trail_camt_kind(trail_slice domain, trail_slice family, trail_slice subfamily,
                     trail_kind *kind);

#endif
