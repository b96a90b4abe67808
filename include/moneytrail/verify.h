/* Verifying: are the received files, the custody log and the outputs still what was recorded. */
#ifndef MONEYTRAIL_VERIFY_H
#define MONEYTRAIL_VERIFY_H

#include <moneytrail/error.h>
#include <moneytrail/notices.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Hashes every received file and every output again, checks the chain of custody.jsonl, and tells
 * each difference as one notice. out_folder NULL: case_folder/out. TRAIL_OK, or TRAIL_DIFFERS with
 * their number in err. Writes nothing but one event at the end of custody.jsonl, if its chain holds
 * and it can be written. notices may be NULL. O(bytes). */
trail_status trail_verify(const char *case_folder, const char *out_folder,
                          const trail_notices *notices, trail_error *err);

#ifdef __cplusplus
}
#endif
#endif
