/* Places of cells as spreadsheets write them: "BC12". */
#ifndef TRAIL_INGEST_CELL_PLACE_H
#define TRAIL_INGEST_CELL_PLACE_H

#include <stdint.h>

enum { TRAIL_CELL_PLACE = 24 };

/* Column and row from 1. */
void trail_cell_place_write(uint64_t row, uint32_t column, char place[TRAIL_CELL_PLACE]);
/* "BC12" -> 55; 0: not a place, or a column beyond `most`. */
uint32_t trail_cell_place_column(const char *place, uint32_t most);

#endif
