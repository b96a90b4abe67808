/* What the writing and the reading half of the custody log share. */
#ifndef TRAIL_EVIDENCE_CUSTODY_PARTS_H
#define TRAIL_EVIDENCE_CUSTODY_PARTS_H

#include "evidence/custody.h"

/* Takes the next line (without its line feed) off *rest; *whole: it had one. */
trail_slice trail_custody_next_line(trail_slice *rest, bool *whole);
trail_status trail_custody_hash(trail_digest *digest, trail_slice line, char hex[TRAIL_DIGEST_HEX],
                                trail_error *err) TRAIL_MUST_CHECK;

#endif
