/* Entities: accounts, names seen at accounts (holders), and the people of the case file; and pairs
 * of holders that may be one. Names that may be one are a question put to records: names alone
 * never merge anything, an account stays an entity of its own, and only a logged decision makes
 * two entities one. Content decides every order and id, never the order of files. */
#ifndef TRAIL_IDENTITY_ENTITY_H
#define TRAIL_IDENTITY_ENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "base/vector.h"
#include "evidence/decision.h"
#include "evidence/people.h"
#include "identity/name_compare.h"
#include "model/ledger.h"
#include "model/published_id.h"

typedef enum trail_entity_kind {
    TRAIL_ENTITY_ACCOUNT = 0, /* an account that records name */
    TRAIL_ENTITY_HOLDER,      /* spellings of one name at one account, or without an account */
    TRAIL_ENTITY_PERSON       /* declared in the case file */
} trail_entity_kind;

#define TRAIL_NO_PERSON UINT32_MAX
#define TRAIL_NO_ENTITY UINT32_MAX

/* A name as written, and the records that show it at this entity (0: the case file says it). */
typedef struct trail_seen_name {
    uint32_t name; /* in trail_identity.names */
    uint32_t fold; /* its folded text, in trail_identity.folds */
    uint32_t records;
    trail_id id; /* of (account, folded name): an alias of its holder's */
} trail_seen_name;

typedef struct trail_entity {
    uint8_t kind;                    /* trail_entity_kind */
    uint32_t account;                /* TRAIL_NO_ACCOUNT: none named */
    uint32_t person;                 /* index in the people, or TRAIL_NO_PERSON */
    uint32_t first_name, name_count; /* in trail_identity.seen */
    uint32_t records;                /* that show it */
    uint32_t group;                  /* first entity of those that decisions made one; itself */
    trail_id id;                     /* the smallest of its names' */
} trail_entity;

/* What agrees or disagrees, in thousandths of a bit: log2 of how much likelier it is between
 * spellings of one holder than between two. Nothing known counts nothing. */
typedef enum trail_addend {
    TRAIL_ADDEND_NAME = 0,
    TRAIL_ADDEND_RARITY,
    TRAIL_ADDEND_COUNTRY,
    TRAIL_ADDEND_COUNTERPARTIES,
    TRAIL_ADDEND_COUNT
} trail_addend;

typedef enum trail_candidate_class {
    TRAIL_CANDIDATE_NONE = 0, /* alike, but too common or contradicted */
    TRAIL_CANDIDATE_REVIEW    /* worth a question */
} trail_candidate_class;

typedef struct trail_candidate {
    uint32_t first, second;           /* entities */
    uint32_t first_name, second_name; /* in trail_identity.names: the spellings most alike */
    int32_t addends[TRAIL_ADDEND_COUNT];
    int32_t millibits; /* their sum */
    uint32_t shared_counterparties;
    uint8_t class;     /* trail_candidate_class */
    uint32_t decision; /* index in the decisions, UINT32_MAX: none */
    uint32_t words;    /* in trail_identity.words: "olga=olga, sevcenko~shevchenko 0.90" */
    trail_name_match match;
} trail_candidate;

typedef struct trail_identity {
    trail_strings *names; /* as written */
    trail_strings *folds;
    trail_strings *words;    /* aligned words of candidates */
    trail_vector seen;       /* of trail_seen_name, by entity */
    trail_vector entities;   /* of trail_entity: accounts, holders, people; each by content */
    trail_vector candidates; /* of trail_candidate, most bits first */
    size_t distinct_names;
    size_t blocks_left_out; /* groups of too many names that share what is rare in them */
    size_t pairs_left_out;  /* of entities whose names stand at too many accounts */
} trail_identity;

typedef struct trail_identity_input {
    const trail_ledger *ledger; /* finished */
    const trail_people *people;
    trail_decisions *decisions; /* SAME decisions get their outcomes; may be NULL */
    const uint8_t *key;         /* the case key */
} trail_identity_input;

/* Version of the table of bits; it changes when a bit does. */
#define TRAIL_IDENTITY_TABLE   "1"
#define TRAIL_REVIEW_MILLIBITS 8000

/* Finds all of it. O(payments + names log names + pairs); *identity is cleared by the caller, also
 * after a failure. */
trail_status trail_identify(trail_identity *identity, const trail_identity_input *input,
                            trail_error *err) TRAIL_MUST_CHECK;
void trail_identity_clear(trail_identity *identity);

const char *trail_addend_name(trail_addend addend); /* "name", "rarity of its words" … */
const trail_entity *trail_identity_entity(const trail_identity *identity, uint32_t entity);

#endif
