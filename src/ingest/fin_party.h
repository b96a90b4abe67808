/* A party field of a payment message: 50a, 52a, 57a, 58a, 59a in their options. */
#ifndef TRAIL_INGEST_FIN_PARTY_H
#define TRAIL_INGEST_FIN_PARTY_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/text.h"

typedef struct trail_fin_party {
    trail_slice account; /* behind the slash; empty if none */
    trail_slice bic;     /* options A, or a line that is one */
    trail_slice name;    /* first line of the name; of option F all lines 1/ */
} trail_fin_party;

/* option: the letter of the tag, or NUL. `name` holds the name where it is put together. Empty
 * parts: not said. */
trail_status trail_fin_party_read(trail_slice value, char option, trail_text *name,
                                  trail_fin_party *party, trail_error *err) TRAIL_MUST_CHECK;

#endif
