/* Remarks on codes that do not hold: IBANs, BICs, currencies outside their days. Each is said once:
 * of a number, of a BIC in a file, of a currency in a file. */
#ifndef TRAIL_PIPELINE_CODE_REMARKS_H
#define TRAIL_PIPELINE_CODE_REMARKS_H

#include <moneytrail/error.h>

#include "ingest/reject.h"
#include "model/ledger.h"

/* Once accounts are settled, before entries are merged. O(n). */
trail_status trail_remark_codes(trail_ledger *ledger, trail_rejects *rejects,
                                trail_error *err) TRAIL_MUST_CHECK;

#endif
