/* Legal forms of companies (GmbH, OÜ, SIA, ООО), from the vendored table data/org_types.yml. Known
 * by their letters alone, so that "S. r. l." is "srl". */
#ifndef TRAIL_IDENTITY_LEGAL_FORMS_H
#define TRAIL_IDENTITY_LEGAL_FORMS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"

typedef struct trail_legal_forms trail_legal_forms;

/* A form: of one country's law, and the kind that it belongs to everywhere (LLC, JSC, LP …). Ids
 * of strings inside, 0 = not said; equal ids are equal forms. */
typedef struct trail_legal_form {
    uint32_t form, kind;
} trail_legal_form;

/* Reads the table that is part of the program: about 2,100 spellings, a few ms. */
trail_status trail_legal_forms_new(trail_legal_forms **out, trail_error *err) TRAIL_MUST_CHECK;
void trail_legal_forms_free(trail_legal_forms *forms);
/* The form spelled by these folded letters and digits, without blanks and dots. */
bool trail_legal_forms_find(const trail_legal_forms *forms, trail_slice letters,
                            trail_legal_form *form);
/* Appends only the letters and digits of a folded text. */
trail_status trail_letters_only(trail_slice folded, trail_text *out,
                                trail_error *err) TRAIL_MUST_CHECK;

/* data/org_types.yml */
extern const unsigned char trail_org_types[];
extern const size_t trail_org_types_size;

#endif
