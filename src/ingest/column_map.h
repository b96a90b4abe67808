/* Where the columns of a profile stand in one file, found by its header. */
#ifndef TRAIL_INGEST_COLUMN_MAP_H
#define TRAIL_INGEST_COLUMN_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "ingest/aside.h"
#include "ingest/profile.h"

#define TRAIL_NO_COLUMN     UINT32_MAX
#define TRAIL_COLUMNS_ALIKE 16u /* columns of text, or of kind, in one profile */
#define TRAIL_COLUMNS_READ  64u /* columns of one profile */
#define TRAIL_COLUMNS_ALSO  3u  /* columns that stand in for an empty account column */
#define TRAIL_AMOUNTS       16u /* amount columns by currency */

typedef struct trail_column_map {
    uint32_t of[TRAIL_COLUMN_COUNT]; /* 0-based; the first one where there are several */
    uint32_t texts[TRAIL_COLUMNS_ALIKE], text_count;
    uint32_t kinds[TRAIL_COLUMNS_ALIKE], kind_count;
    uint32_t also[TRAIL_COLUMN_COUNT][TRAIL_COLUMNS_ALSO]; /* of accounts; TRAIL_NO_COLUMN: none */
    uint32_t amounts[TRAIL_AMOUNTS], amount_count;         /* by currency */
    uint16_t amount_currency[TRAIL_AMOUNTS];
    uint32_t read[TRAIL_COLUMNS_READ], read_count; /* all of them, ascending, each once */
    /* A row must have `least` fields; those beyond `most` must be empty. */
    uint32_t least, most;
    const char **names; /* header names, NULL without a header */
    trail_arena arena;
} trail_column_map; /* {0} is clearable */

/* fields: the header row in UTF-8, or without a header the first row. A column that is not there,
 * or that is declared truth, sets the file aside. O(columns · fields). */
trail_status trail_column_map_bind(trail_column_map *map, const trail_profile *profile,
                                   const trail_slice *fields, uint32_t field_count,
                                   trail_aside *aside, trail_error *err) TRAIL_MUST_CHECK;
void trail_column_map_clear(trail_column_map *map);
/* Header name of a 0-based column, "" if there is none. */
const char *trail_column_map_name(const trail_column_map *map, uint32_t index);

#endif
