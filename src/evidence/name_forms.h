/* The ways a declared name is written: as declared, in other word orders ("Surname, Given"), and
 * with umlauts spelled out ("Mueller" for Müller). */
#ifndef TRAIL_EVIDENCE_NAME_FORMS_H
#define TRAIL_EVIDENCE_NAME_FORMS_H

#include "evidence/phrase_index.h"

/* Adds every form of `name` to the index as the person's. */
trail_status trail_name_forms_add(trail_phrase_index *index, trail_slice name, uint32_t person,
                                  trail_error *err) TRAIL_MUST_CHECK;

#endif
