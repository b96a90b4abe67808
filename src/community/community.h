/* Groups of accounts that pay each other: Leiden through the igraph door on the graph of
 * community/link_graph.h, deterministic, connected, numbered by smallest member. */
#ifndef TRAIL_COMMUNITY_COMMUNITY_H
#define TRAIL_COMMUNITY_COMMUNITY_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "base/vector.h"
#include "graph/link.h"
#include "model/ledger.h"

#define TRAIL_NO_GROUP UINT32_MAX

/* Flow of one group in one currency, over links between two different accounts. In and out are from
 * and to accounts of other groups, of no group and set aside. */
typedef struct trail_group_flow {
    uint32_t group;
    trail_currency currency;
    int64_t inside_minor, in_minor, out_minor;
    uint32_t inside_count, in_count, out_count;
} trail_group_flow;

typedef struct trail_group {
    uint32_t first_member, member_count; /* in members */
    uint32_t
        largest_account; /* most payments paid and received, then most in the report currency */
} trail_group;

typedef struct trail_communities {
    uint32_t *group_of;   /* by account; TRAIL_NO_GROUP for hubs set aside and lone accounts */
    trail_vector groups;  /* of trail_group, at least two members each */
    trail_vector members; /* of uint32_t accounts, ascending within a group */
    trail_vector flows;   /* of trail_group_flow, by (group, currency) */
    trail_vector hubs;    /* of uint32_t: accounts set aside for degree > P99.9 (and >= 50) */
} trail_communities;

/* links: of trail_links_of. The same links give the same groups. About 15 s a million links.
 * TRAIL_NO_MEMORY; TRAIL_OVERFLOW when a group's flow leaves int64. */
trail_status trail_communities_find(trail_communities *communities, const trail_ledger *ledger,
                                    const trail_vector *links, trail_currency report_currency,
                                    trail_error *err) TRAIL_MUST_CHECK;
void trail_communities_clear(trail_communities *communities);

#endif
