/* How an entity is shown: protected people by pseudonym only, and whoever may be one with them not
 * at all, for a likeness would tell the name that is protected. */
#ifndef TRAIL_EXPORT_ENTITY_SHOWN_H
#define TRAIL_EXPORT_ENTITY_SHOWN_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "export/findings.h"

#define TRAIL_NAME_NOT_SHOWN "not shown"

typedef struct trail_shown_entity {
    bool is_protected;
    trail_text names; /* fit to be shown: "Name (3) | Other (1)", or the pseudonym */
    trail_text label; /* one name, or the pseudonym */
} trail_shown_entity; /* {0} is empty */

const char *trail_entity_kind_name(const trail_entity *entity);
/* Fills `shown`, whatever it held. */
trail_status trail_entity_show(const trail_findings *findings, uint32_t entity,
                               trail_shown_entity *shown, trail_error *err) TRAIL_MUST_CHECK;
void trail_shown_entity_clear(trail_shown_entity *shown);
/* "same", "not the same", or NULL: the decision on a candidate. */
const char *trail_candidate_decision(const trail_findings *findings,
                                     const trail_candidate *candidate);
const char *trail_candidate_class_name(const trail_candidate *candidate);
/* Bits with one decimal: "-0.5". */
#define TRAIL_BITS_TEXT 16
void trail_bits_format(int32_t millibits, char text[TRAIL_BITS_TEXT]);

#endif
