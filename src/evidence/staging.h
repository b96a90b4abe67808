/* The out folder is replaced whole or not at all. A run writes into "<out>.part"; commit puts the
 * earlier folder aside as "<out>.earlier", gives the new one its name and removes the earlier one.
 * Whatever happens in between, the next begin puts right: the earlier outputs are never lost
 * before the new ones stand complete. */
#ifndef TRAIL_EVIDENCE_STAGING_H
#define TRAIL_EVIDENCE_STAGING_H

#include <stdbool.h>
#include <stddef.h>

#include <moneytrail/error.h>

#include "base/attributes.h"

typedef struct trail_staging trail_staging;

/* Makes the empty part folder. TRAIL_USAGE when out_folder lies in a folder of received files,
 * holds one of them or the case folder, is no folder, holds files that no run wrote, or another
 * run is writing it. `received` are relative to case_folder or absolute. */
trail_status trail_staging_begin(trail_staging **out, const char *case_folder,
                                 const char *out_folder, const char *const *received,
                                 size_t received_count, trail_error *err) TRAIL_MUST_CHECK;
/* Where to write: "<out>.part". */
const char *trail_staging_folder(const trail_staging *staging);
/* Takes the part folder for the out folder. Frees in every case; on failure the earlier out folder
 * stands as before. */
trail_status trail_staging_commit(trail_staging *staging, trail_error *err) TRAIL_MUST_CHECK;
/* Removes the part folder, frees. NULL is fine. */
void trail_staging_abandon(trail_staging *staging);

/* Checks of begin, without touching anything: see there. */
trail_status trail_staging_check(const char *case_folder, const char *out_folder,
                                 const char *const *received, size_t received_count,
                                 trail_error *err) TRAIL_MUST_CHECK;

/* Files that databases and desktops put beside what they open: they are left out of account. */
bool trail_staging_is_dropping(const char *name);

#endif
