/* People the case file declares: roles and the accounts that tie them to payments. */
#ifndef TRAIL_EVIDENCE_PEOPLE_H
#define TRAIL_EVIDENCE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vector.h"

typedef enum trail_role {
    TRAIL_ROLE_UNKNOWN = 0,
    TRAIL_ROLE_SUSPECT,
    TRAIL_ROLE_CONVICTED,
    TRAIL_ROLE_VICTIM,
    TRAIL_ROLE_POSSIBLE_VICTIM,
    TRAIL_ROLE_WITNESS,
    TRAIL_ROLE_THIRD_PARTY
} trail_role;
#define TRAIL_ROLE_COUNT 7

const char *trail_role_name(trail_role role); /* "possible-victim" */
bool trail_role_find(trail_slice name, trail_role *role);
/* Victims, possible victims and witnesses are shown by pseudonym only. */
bool trail_role_is_protected(trail_role role);

typedef struct trail_listed_account {
    const char *number; /* as written in the case file */
    const char *bank;   /* NULL if none */
    uint32_t account;   /* found in the ledger, or TRAIL_NO_ACCOUNT */
} trail_listed_account;

typedef struct trail_person {
    const char *key;
    const char *name;
    trail_vector other_names; /* of const char * */
    trail_role role;
    const char *type;      /* person, company, or NULL: unknown */
    trail_vector accounts; /* of trail_listed_account, in case-file order */
} trail_person;

typedef struct trail_people {
    trail_vector people; /* of trail_person */
} trail_people;

#endif
