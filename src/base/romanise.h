/* Any script in plain Latin letters, part of the door to ICU. Cyrillic and the Latin letters of
 * Europe go by an own table (ISO 9 stripped of its accents would make "sevcenko" of Шевченко);
 * what is then left goes through ICU's Any-Latin, the table again, and Latin-ASCII. */
#ifndef TRAIL_BASE_ROMANISE_H
#define TRAIL_BASE_ROMANISE_H

#include <moneytrail/error.h>

#include "base/text.h"

typedef struct trail_romaniser trail_romaniser; /* one thread at a time */

/* Opens nothing yet: ICU's rules take 17 ms and are opened when first needed. */
trail_status trail_romaniser_new(trail_romaniser **out, trail_error *err) TRAIL_MUST_CHECK;
void trail_romaniser_free(trail_romaniser *romaniser);
/* Appends the small ASCII letters and digits of a folded word (trail_unicode_fold); all other
 * characters that remain are left out. About 14 µs where ICU is needed. */
trail_status trail_romanise(trail_romaniser *romaniser, trail_slice folded, trail_text *out,
                            trail_error *err) TRAIL_MUST_CHECK;

#endif
