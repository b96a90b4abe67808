/* Everything a run found, borrowed, as exporters and the report read it. */
#ifndef TRAIL_EXPORT_FINDINGS_H
#define TRAIL_EXPORT_FINDINGS_H

#include "community/community.h"
#include "evidence/decision.h"
#include "evidence/mandate.h"
#include "evidence/people.h"
#include "evidence/protection.h"
#include "graph/payment_graph.h"
#include "identity/entity.h"
#include "ingest/reject.h"
#include "ingest/source.h"
#include "model/ledger.h"
#include "model/published_id.h"
#include "paths/route.h"
#include "reconcile/duplicates.h"
#include "reconcile/coverage.h"
#include "reconcile/reply_check.h"
#include "reconcile/statement_check.h"
#include "reconcile/reversals.h"
#include "reconcile/conflicts.h"
#include "reconcile/match_subset.h"
#include "reconcile/matching.h"
#include "trace/proceeds.h"
#include "trace/trace.h"

typedef struct trail_findings {
    const trail_mandate *mandate;
    const trail_source *sources;
    size_t source_count;
    const trail_people *people;
    const trail_decisions *decisions;
    const trail_protection *protection;
    const trail_ledger *ledger;
    const trail_published_ids *ids;
    const trail_rejects *rejects;
    const trail_duplicates *duplicates;
    const trail_statement_checks *statement_checks;
    const trail_coverage *coverage;
    const trail_reversals *reversals;
    const trail_reply_check *reply_check;
    const trail_identity *identity;
    const trail_matching *matching;
    const trail_conflicts *conflicts;
    const trail_subsets *subsets;
    const trail_vector *links;    /* of trail_link */
    const trail_vector *proceeds; /* of trail_proceeds */
    const trail_vector *notes;    /* of char *: sentences for the top of the report */
    const trail_trace *trace;
    const trail_routes *routes;
    const trail_route_limits *route_limits;
    const trail_communities *communities;
    const char *evidence_digest; /* 64 hex digits */
    const char *program_version;
} trail_findings;

#endif
