/* How members of containers are named in citations: "2024.zip!jan/a.csv". One name means one member
 * whatever its bytes are: what is not plain UTF-8, and '!', stands as %XX. */
#ifndef TRAIL_INGEST_MEMBER_NAME_H
#define TRAIL_INGEST_MEMBER_NAME_H

#include <stdbool.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/text.h"

/* Appends the name of one member as it is cited: without "./" in front; control characters, bytes
 * that are not UTF-8 and '!' as %XX. */
trail_status trail_member_name_cite(trail_slice raw, trail_text *out,
                                    trail_error *err) TRAIL_MUST_CHECK;
/* Would a file of this name be written outside the folder it is unpacked in? "../a", "/a", "C:\a".
 */
bool trail_member_name_leads_out(trail_slice raw);
/* What systems put into containers beside the files: "__MACOSX/._a", ".DS_Store", "Thumbs.db". */
bool trail_member_name_is_system(trail_slice raw);

#endif
