/* The graph outputs; rows of the exporter table. */
#ifndef TRAIL_EXPORT_GRAPH_EXPORTS_H
#define TRAIL_EXPORT_GRAPH_EXPORTS_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "export/findings.h"

trail_status trail_write_transfers_graphml(const trail_findings *findings, const char *path,
                                           trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_links_graphml(const trail_findings *findings, const char *path,
                                       trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_transfers_gexf(const trail_findings *findings, const char *path,
                                        trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_nodes_csv(const trail_findings *findings, const char *path,
                                   trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_edges_csv(const trail_findings *findings, const char *path,
                                   trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_i2_csv(const trail_findings *findings, const char *path,
                                trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_i2_guide(const trail_findings *findings, const char *path,
                                  trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_write_case_sqlite(const trail_findings *findings, const char *path,
                                     trail_error *err) TRAIL_MUST_CHECK;

#endif
