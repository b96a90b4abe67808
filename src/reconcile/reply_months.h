/* The asked days of one account under one request, and which of them came. Part of reply_check. */
#ifndef TRAIL_RECONCILE_REPLY_MONTHS_H
#define TRAIL_RECONCILE_REPLY_MONTHS_H

#include "reconcile/reply_check.h"

/* Adds the months of all accounts that the request asks for, and deficiencies for what is missing.
 */
trail_status trail_reply_months_asked(trail_reply_check *check, const trail_reply_given *given,
                                      uint32_t request, trail_error *err) TRAIL_MUST_CHECK;
/* Adds the months of rows that came in the request's files and were not asked for. */
trail_status trail_reply_months_outside(trail_reply_check *check, const trail_reply_given *given,
                                        uint32_t request, trail_error *err) TRAIL_MUST_CHECK;
/* The request that a file of the ledger, or a source, answers; UINT32_MAX: none. */
uint32_t trail_reply_request_of(const trail_reply_given *given, uint32_t source);

#endif
