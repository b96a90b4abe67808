#include "ingest/reject.h"

void trail_rejects_init(trail_rejects *rejects)
{
    rejects->rejects = trail_vector_of(sizeof(trail_reject));
    rejects->remarks = trail_vector_of(sizeof(trail_remark));
    rejects->files = trail_vector_of(sizeof(trail_file_report));
}

void trail_rejects_clear(trail_rejects *rejects)
{
    trail_vector_clear(&rejects->rejects);
    trail_vector_clear(&rejects->remarks);
    trail_vector_clear(&rejects->files);
}
