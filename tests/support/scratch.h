/* A folder of its own for one test, and small files in it. */
#ifndef TESTS_SUPPORT_SCRATCH_H
#define TESTS_SUPPORT_SCRATCH_H

#include "base/text.h"

#define SCRATCH_PATH 600

typedef struct scratch {
    char folder[64];
    char path[SCRATCH_PATH]; /* filled by scratch_path */
} scratch;

void scratch_make(scratch *place);
void scratch_remove(scratch *place);
/* place->folder/name, valid until the next call. */
const char *scratch_path(scratch *place, const char *name);
/* Writes a file, making its folders. */
void scratch_write(scratch *place, const char *name, const char *text);
/* The whole file, to be cleared by the caller. */
trail_text scratch_read(scratch *place, const char *name);

#endif
