#include "pipeline/stage.h"

#include <moneytrail/run.h>

#include "base/attributes.h"

enum {
    RECEIVE = 1,
    READ = 2,
    RECONCILE = 4,
    IDENTIFY = 8,
    PROCEEDS = 16,
    TRACE = 32,
    ROUTES = 64,
    GROUPS = 128
};

const trail_stage trail_stages[] = {
    {"receive", "hash every received file before anything is read", "files", 0,
     trail_stage_receive},
    {"read", "read the files into records; keep what cannot be read as rejects", "rows", RECEIVE,
     trail_stage_read},
    {"reconcile", "join the legs of one payment and put all legs into their order", "payments",
     RECEIVE | READ, trail_stage_reconcile},
    {"identify", "list the names that accounts are seen with, and names that may be one",
     "candidates", RECEIVE | READ | RECONCILE, trail_stage_identify},
    {"proceeds", "select the payments through which the proceeds enter", "payments marked",
     RECEIVE | READ | RECONCILE, trail_stage_proceeds},
    {"trace", "trace the proceeds under each rule", "traced payments",
     RECEIVE | READ | RECONCILE | PROCEEDS, trail_stage_trace},
    {"routes", "find routes from the proceeds to destinations and to where our records end",
     "routes", RECEIVE | READ | RECONCILE | PROCEEDS, trail_stage_routes},
    {"groups", "find groups of accounts that pay each other, and what was traced into them",
     "groups", RECEIVE | READ | RECONCILE | PROCEEDS | TRACE, trail_stage_groups},
    {"report", "name everything by its keyed id; write graphs, case.sqlite and the report", "ids",
     RECEIVE | READ | RECONCILE | IDENTIFY | PROCEEDS | TRACE | ROUTES | GROUPS,
     trail_stage_name_ids},
};
const size_t trail_stage_total = TRAIL_LENGTH_OF(trail_stages);

size_t trail_run_stage_count(void)
{
    return trail_stage_total;
}

const char *trail_run_stage_name(size_t index)
{
    return index < trail_stage_total ? trail_stages[index].name : NULL;
}

const char *trail_run_stage_summary(size_t index)
{
    return index < trail_stage_total ? trail_stages[index].summary : NULL;
}
