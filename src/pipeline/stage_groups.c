#include "pipeline/stage.h"

trail_status trail_stage_groups(trail_investigation *investigation, uint64_t *made,
                                trail_error *err)
{
    const trail_ledger *ledger = &investigation->ledger;
    trail_status status = trail_links_of(ledger, &investigation->links, err);
    if (status == TRAIL_OK)
        status = trail_communities_find(&investigation->communities, ledger, &investigation->links,
                                        investigation->case_file->mandate.currency, err);
    *made = investigation->communities.groups.count;
    return status;
}
