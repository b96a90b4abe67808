#include "ingest/reader.h"

#include <string.h>

#include "base/attributes.h"

static const trail_reader *const readers[] = {&trail_camt_reader, &trail_pacs_reader,
                                              &trail_fin_reader, &trail_table_reader};

size_t trail_reader_count(void)
{
    return TRAIL_LENGTH_OF(readers);
}

const trail_reader *trail_reader_at(size_t index)
{
    return readers[index];
}

const trail_reader *trail_reader_find(const char *name)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(readers); i++) {
        if (strcmp(readers[i]->name, name) == 0) return readers[i];
    }
    return NULL;
}

const trail_reader *trail_reader_for(trail_slice first_bytes)
{
    size_t index = 0;
    while (index + 1 < TRAIL_LENGTH_OF(readers) && !readers[index]->recognise(first_bytes))
        index++;
    return readers[index];
}
