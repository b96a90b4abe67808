/* A citation: where in the evidence a number comes from. */
#ifndef TRAIL_EXPORT_CITATION_H
#define TRAIL_EXPORT_CITATION_H

#include <moneytrail/error.h>

#include "export/findings.h"

/* Appends "received/a.csv:17 (record 16, bytes 1204+88)". Bytes are of the decompressed file. */
trail_status trail_cite_record(const trail_findings *findings, uint32_t record, trail_text *out,
                               trail_error *err) TRAIL_MUST_CHECK;
/* Appends all records of a payment, joined by " | ". */
trail_status trail_cite_payment(const trail_findings *findings, uint32_t payment, trail_text *out,
                                trail_error *err) TRAIL_MUST_CHECK;

#endif
