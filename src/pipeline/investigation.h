/* One investigation: a case, its evidence, and everything a run finds, as the stages fill it. */
#ifndef TRAIL_PIPELINE_INVESTIGATION_H
#define TRAIL_PIPELINE_INVESTIGATION_H

#include <moneytrail/error.h>
#include <moneytrail/run.h>

#include "base/path.h"
#include "community/community.h"
#include "evidence/protection.h"
#include "evidence/receipt.h"
#include "export/findings.h"
#include "graph/payment_graph.h"
#include "identity/entity.h"
#include "ingest/ingest.h"
#include "pipeline/case_file.h"
#include "reconcile/duplicates.h"
#include "reconcile/coverage.h"
#include "reconcile/reply_check.h"
#include "reconcile/statement_check.h"
#include "reconcile/reversals.h"
#include "reconcile/conflicts.h"
#include "reconcile/match_subset.h"
#include "reconcile/matching.h"
#include "trace/trace.h"

typedef struct trail_investigation {
    const char *case_folder;
    trail_run_options options;
    unsigned threads;
    trail_run_summary summary;

    trail_case *case_file;
    uint8_t key[TRAIL_CASE_KEY_SIZE];
    bool key_is_new;       /* not on disk yet: a run that fails leaves nothing behind */
    trail_vector received; /* of trail_received, sorted by name */
    char evidence_digest[TRAIL_DIGEST_HEX];

    trail_ledger ledger;
    trail_rejects rejects;
    trail_duplicates duplicates;
    trail_statement_checks statement_checks;
    trail_coverage coverage;
    trail_reversals reversals;
    trail_reply_check reply_check;
    trail_identity identity;
    trail_matching matching;
    trail_conflicts conflicts;
    trail_subsets subsets;
    trail_vector links; /* of trail_link */
    trail_payment_graph graph;
    trail_vector proceeds; /* of trail_proceeds */
    trail_trace trace;
    trail_vector destinations; /* of uint32_t accounts */
    trail_routes routes;
    trail_communities communities;
    trail_published_ids ids;
    trail_protection *protection;
    trail_vector notes; /* of char *: sentences for the top of the report */
} trail_investigation;

/* One file of the evidence. */
typedef struct trail_received {
    char *name;
    uint32_t source; /* index in the case's sources, UINT32_MAX: no source names it */
    trail_receipt receipt;
    trail_path_stamp stamp; /* as it was before it was hashed */
} trail_received;

trail_status trail_investigation_init(trail_investigation *investigation, const char *case_folder,
                                      const trail_run_options *options,
                                      trail_error *err) TRAIL_MUST_CHECK;
void trail_investigation_clear(trail_investigation *investigation);

/* Tells the caller one line, protected people replaced once they are known. */
trail_status trail_investigation_say(trail_investigation *investigation, trail_error *err,
                                     const char *format, ...) TRAIL_PRINTF(3, 4) TRAIL_MUST_CHECK;
/* The same, and keeps the sentence for the report. */
trail_status trail_investigation_note(trail_investigation *investigation, trail_error *err,
                                      const char *format, ...) TRAIL_PRINTF(3, 4) TRAIL_MUST_CHECK;
/* Appends a received file's citation: its name, or by its hash if the name is protected. */
trail_status trail_investigation_cite(const trail_investigation *investigation, const char *name,
                                      trail_text *citation, trail_error *err) TRAIL_MUST_CHECK;
/* TRAIL_BAD_DATA if a received file is not what it was when it was hashed. */
trail_status trail_investigation_unchanged(const trail_investigation *investigation,
                                           trail_error *err) TRAIL_MUST_CHECK;
/* The view that exporters and the report get. */
trail_findings trail_investigation_findings(const trail_investigation *investigation);

#endif
