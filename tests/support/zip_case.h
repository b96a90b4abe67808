/* Small zip files made in memory, members stored as they are, and a workbook of one sheet. */
#ifndef TESTS_SUPPORT_ZIP_CASE_H
#define TESTS_SUPPORT_ZIP_CASE_H

#include <stdbool.h>

#include "base/text.h"

typedef struct zip_case {
    trail_text bytes;     /* the whole file, once ended */
    trail_text directory; /* its central directory, so far */
    unsigned count;
} zip_case; /* {0} to begin with */

void zip_case_add(zip_case *zip, const char *name, trail_slice bytes, bool encrypted);
void zip_case_add_text(zip_case *zip, const char *name, const char *text);
void zip_case_end(zip_case *zip);
void zip_case_clear(zip_case *zip);

/* The parts of a workbook around `sheet`, an XML part; styles: formats of the cell styles 0, 1, …
 * as numFmtId, comma separated; strings: shared strings as XML. */
void zip_case_add_workbook(zip_case *zip, const char *sheet, const char *styles,
                           const char *strings);

#endif
