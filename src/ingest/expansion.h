/* A received file taken apart: itself, or the members of the container it is, or the sheets of the
 * workbook it is, down to what can be read as one table or message file: a leaf. Members come in
 * the order of their names, whatever order the container has them in. */
#ifndef TRAIL_INGEST_EXPANSION_H
#define TRAIL_INGEST_EXPANSION_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "ingest/location.h"
#include "ingest/workbook.h"

typedef struct trail_leaf {
    trail_location location;
    const char *name;   /* as cited: "received/a.zip!b.xlsx!Sheet1" */
    const char *member; /* below the file, without the sheet: "b.xlsx"; NULL: the file itself */
    const trail_sheet *sheet;     /* NULL: no sheet of a workbook */
    const char *workbook;         /* of a sheet: the name of its workbook; NULL */
    bool first_sheet, last_sheet; /* in the order of names */
    const uint8_t *hash; /* of a member, or a sheet's part; NULL: it could not be unpacked */
    uint64_t size;
    const char *problem; /* why it cannot be read; NULL */
    const char *broken;  /* why it, or the container it is, may hold more than was read; NULL */
    trail_slice first;   /* its first bytes */
    bool is_container;   /* nothing to be read: the problem or break of a container itself */
    bool is_system;      /* put there by an operating system, not by whoever sent the file */
} trail_leaf;

typedef struct trail_leaf_visitor {
    trail_status (*visit)(void *context, const trail_leaf *leaf, trail_error *err);
    void *context;
} trail_leaf_visitor;

/* Visits every leaf of the file at `path`, cited as `name`. Names and hashes live in `arena`; the
 * rest of a leaf only during the visit. A file that cannot be opened is a leaf with a problem. */
trail_status trail_expand(const char *path, const char *name, trail_arena *arena,
                          const trail_leaf_visitor *visitor, trail_error *err) TRAIL_MUST_CHECK;

/* Does this leaf lie at `chain` (NULL: anywhere) and have the sheet `sheet` (its name, or its
 * number where none has that name; NULL: any)? */
bool trail_leaf_is_at(const trail_leaf *leaf, const char *chain, const char *sheet);

#endif
