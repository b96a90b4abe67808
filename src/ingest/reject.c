#include "ingest/reject.h"

void trail_rejects_init(trail_rejects *rejects)
{
    rejects->rejects = trail_vector_of(sizeof(trail_reject));
    rejects->remarks = trail_vector_of(sizeof(trail_remark));
    rejects->files = trail_vector_of(sizeof(trail_file_report));
    rejects->names = (trail_arena){0};
}

void trail_rejects_clear(trail_rejects *rejects)
{
    trail_vector_clear(&rejects->rejects);
    trail_vector_clear(&rejects->remarks);
    trail_vector_clear(&rejects->files);
    trail_arena_clear(&rejects->names);
}
