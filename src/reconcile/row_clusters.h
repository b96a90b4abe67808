/* Rows of several files that are one row: clusters with at most one row of each unit, so that no
 * row of a file ever swallows another of the same file (formats 13a.0). */
#ifndef TRAIL_RECONCILE_ROW_CLUSTERS_H
#define TRAIL_RECONCILE_ROW_CLUSTERS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/vector.h"
#include "reconcile/row_sources.h"

#define TRAIL_NO_ROW UINT32_MAX

typedef struct trail_clustered_row {
    uint32_t entry, unit;
    uint32_t leader; /* row of the best ranking unit of its cluster */
    uint32_t next;   /* of the cluster, from its leader on */
    uint32_t last;   /* of a leader */
    uint32_t size;   /* of a leader */
    uint8_t reason;  /* trail_copy_reason by which it joined its leader */
} trail_clustered_row;

typedef struct trail_row_clusters {
    const trail_ledger *ledger;
    trail_row_sources *sources;
    trail_vector rows; /* of trail_clustered_row, in entry order */
} trail_row_clusters;

/* The rows in the overlaps of their accounts, each a cluster; ranks the units. O(entries). */
trail_status trail_row_clusters_gather(trail_row_clusters *clusters, const trail_ledger *ledger,
                                       trail_row_sources *sources,
                                       trail_error *err) TRAIL_MUST_CHECK;
void trail_row_clusters_clear(trail_row_clusters *clusters);

/* Joins rows that say the same: in all, in all but the balance, in folded text. O(n log n). */
trail_status trail_row_clusters_join_equal(trail_row_clusters *clusters,
                                           trail_error *err) TRAIL_MUST_CHECK;

trail_clustered_row *trail_row_clusters_at(const trail_row_clusters *clusters, uint32_t row);
/* Is it a leader whose cluster lacks a unit that shows the account on that day? */
bool trail_row_clusters_open(const trail_row_clusters *clusters, uint32_t row);
/* No unit has rows in both, and none of one goes on where one of the other ends. Leaders. */
bool trail_row_clusters_apart(const trail_row_clusters *clusters, uint32_t a, uint32_t b);
bool trail_row_clusters_has(const trail_row_clusters *clusters, uint32_t leader, uint32_t unit);
/* Two leaders that are apart. Returns the leader of both. */
uint32_t trail_row_clusters_join(trail_row_clusters *clusters, uint32_t a, uint32_t b,
                                 uint8_t reason);

#endif
