#include "ingest/table_days.h"

void trail_drop_midnights(trail_ledger *ledger, size_t first_entry, size_t first_side)
{
    trail_credit_side *sides = ledger->credit_sides.items;
    for (size_t i = first_entry; i < ledger->count; i++)
        ledger->booking_second[i] = TRAIL_NO_TIME;
    for (size_t i = first_side; i < ledger->credit_sides.count; i++)
        sides[i].booking_second = TRAIL_NO_TIME;
}

void trail_set_file_days(trail_ledger *ledger, uint32_t file_index, size_t first_entry)
{
    trail_file *file = trail_vector_at(&ledger->records.files, file_index);
    for (size_t i = first_entry; i < ledger->count; i++) {
        int32_t day = ledger->booking_day[i];
        if (file->first_day == TRAIL_NO_DAY || day < file->first_day) file->first_day = day;
        if (file->last_day == TRAIL_NO_DAY || day > file->last_day) file->last_day = day;
    }
}
