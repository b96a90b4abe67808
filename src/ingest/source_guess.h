/* A source that names no profile: its file is guessed, and read only if nothing that matters is in
 * doubt. */
#ifndef TRAIL_INGEST_SOURCE_GUESS_H
#define TRAIL_INGEST_SOURCE_GUESS_H

#include <moneytrail/error.h>

#include "ingest/location.h"
#include "ingest/aside.h"
#include "ingest/guess.h"
#include "ingest/source.h"

/* Guesses the file at the location with what the source says of it. What is in doubt goes into
 * aside: then guess->profile is not to be used. Clear guess in every case. */
trail_status trail_source_guess(trail_guess *guess, const trail_location *location,
                                const trail_source *source, trail_aside *aside,
                                trail_error *err) TRAIL_MUST_CHECK;

#endif
