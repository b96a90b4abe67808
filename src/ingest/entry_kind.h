/* The kind of a movement that a structured format gives: by a published code, by the profile's
 * rules on codes and texts where the source has a profile, else by whether it names an account. */
#ifndef TRAIL_INGEST_ENTRY_KIND_H
#define TRAIL_INGEST_ENTRY_KIND_H

#include <stdbool.h>

#include <moneytrail/error.h>

#include "ingest/movement.h"
#include "ingest/profile.h"

/* profile may be NULL. *no_payment: the profile says that such rows are none. */
trail_status trail_entry_kind(const trail_movement *movement, const trail_profile *profile,
                              bool names_account, trail_kind *kind, bool *no_payment,
                              trail_error *err) TRAIL_MUST_CHECK;
/* Does the profile list this account number as meaning none? */
bool trail_entry_means_none(const trail_profile *profile, trail_slice number);

#endif
