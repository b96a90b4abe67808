/* An exporter: one output file, one row of the table, one file of code. */
#ifndef TRAIL_EXPORT_EXPORTER_H
#define TRAIL_EXPORT_EXPORTER_H

#include <moneytrail/error.h>

#include "base/attributes.h"
#include "export/findings.h"

typedef struct trail_exporter {
    const char *name;    /* "payments" */
    const char *path;    /* below out/: "payments.csv", "graph/links.graphml" */
    const char *stage;   /* the stage whose findings it shows */
    const char *summary; /* one sentence for README and the manifest */
    /* Writes the finished file at `path` (folder exists). */
    trail_status (*write)(const trail_findings *findings, const char *path, trail_error *err);
} trail_exporter;

extern const trail_exporter trail_exporters[];
extern const size_t trail_exporter_count;

#endif
