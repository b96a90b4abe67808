#include "ingest/cell_place.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

void trail_cell_place_write(uint64_t row, uint32_t column, char place[TRAIL_CELL_PLACE])
{
    char letters[8];
    size_t count = 0, length = 0;
    char digits[TRAIL_NUMBER_TEXT];
    for (; column > 0 && count < sizeof letters; column = (column - 1) / 26)
        letters[count++] = (char)('A' + (column - 1) % 26);
    while (count > 0)
        place[length++] = letters[--count];
    size_t more = trail_number_format((int64_t)row, digits);
    if (more > TRAIL_CELL_PLACE - 1 - length) more = TRAIL_CELL_PLACE - 1 - length;
    memcpy(place + length, digits, more);
    place[length + more] = '\0';
}

uint32_t trail_cell_place_column(const char *place, uint32_t most)
{
    uint32_t column = 0;
    for (; *place >= 'A' && *place <= 'Z'; place++) {
        column = column * 26 + (uint32_t)(*place - 'A') + 1;
        if (column > most) return 0;
    }
    return *place >= '1' && *place <= '9' ? column : 0;
}
