/* What a trail_protection is made of, for the two files that build and use it. */
#ifndef TRAIL_EVIDENCE_PROTECTION_PARTS_H
#define TRAIL_EVIDENCE_PROTECTION_PARTS_H

#include "base/arena.h"
#include "base/map64.h"
#include "base/vector.h"
#include "evidence/phrase_index.h"
#include "evidence/protection.h"

struct trail_protection {
    trail_arena arena; /* of all labels */
    trail_phrase_index index;
    trail_vector phrase_labels;  /* of const char *, by phrase */
    trail_vector person_labels;  /* of const char *, by person; NULL: not protected */
    trail_map64 accounts;        /* ledger account -> index in account_labels */
    trail_vector account_labels; /* of const char * */
    size_t count;
    bool internal;
    const char *notice;
    const char *heading; /* the notice and what else every output says */
};

#endif
