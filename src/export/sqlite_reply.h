/* In case.sqlite: what records have to do with each other, and what was asked, decided, missing. */
#ifndef TRAIL_EXPORT_SQLITE_REPLY_H
#define TRAIL_EXPORT_SQLITE_REPLY_H

#include <moneytrail/error.h>

#include "export/sqlite_writer.h"

/* Tables duplicate, reversal, remark; after payments. */
trail_status trail_sqlite_relations(trail_sqlite *sqlite, const trail_findings *findings,
                                    trail_error *err) TRAIL_MUST_CHECK;
/* Tables request, decision, reply_month, deficiency; after files, records and accounts. */
trail_status trail_sqlite_reply(trail_sqlite *sqlite, const trail_findings *findings,
                                trail_error *err) TRAIL_MUST_CHECK;

#endif
