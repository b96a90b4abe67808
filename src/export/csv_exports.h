/* The CSV outputs, one file each; rows of the exporter table. */
#ifndef TRAIL_EXPORT_CSV_EXPORTS_H
#define TRAIL_EXPORT_CSV_EXPORTS_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "export/findings.h"

trail_status trail_write_payments_csv(const trail_findings *findings, const char *path,
                                      trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_accounts_csv(const trail_findings *findings, const char *path,
                                      trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_possible_same_csv(const trail_findings *findings, const char *path,
                                           trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_duplicates_csv(const trail_findings *findings, const char *path,
                                        trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_reversals_csv(const trail_findings *findings, const char *path,
                                       trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_possible_double_csv(const trail_findings *findings, const char *path,
                                             trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_remarks_csv(const trail_findings *findings, const char *path,
                                     trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_entities_csv(const trail_findings *findings, const char *path,
                                      trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_candidates_csv(const trail_findings *findings, const char *path,
                                        trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_decisions_csv(const trail_findings *findings, const char *path,
                                       trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_statements_csv(const trail_findings *findings, const char *path,
                                        trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_coverage_csv(const trail_findings *findings, const char *path,
                                      trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_reply_check_csv(const trail_findings *findings, const char *path,
                                         trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_reply_check_html(const trail_findings *findings, const char *path,
                                          trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_matches_csv(const trail_findings *findings, const char *path,
                                     trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_conflicts_csv(const trail_findings *findings, const char *path,
                                       trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_sums_csv(const trail_findings *findings, const char *path,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_rejects_csv(const trail_findings *findings, const char *path,
                                     trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_trace_csv(const trail_findings *findings, const char *path,
                                   trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_holdings_csv(const trail_findings *findings, const char *path,
                                      trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_routes_csv(const trail_findings *findings, const char *path,
                                    trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_communities_csv(const trail_findings *findings, const char *path,
                                         trail_error *err) TRAIL_MUST_CHECK;

#endif
