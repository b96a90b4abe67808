#include <moneytrail/run.h>

#include "base/attributes.h"

bool trail_run_count(const trail_run_summary *summary, size_t index, const char **name,
                     uint64_t *value)
{
    const struct {
        const char *name;
        uint64_t value;
    } counts[] = {
        {"rows_in", summary->rows_in},
        {"rows_attesting", summary->rows_attesting},
        {"rows_rejected", summary->rows_rejected},
        {"rows_no_payment", summary->rows_no_payment},
        {"rows_out_of_scope", summary->rows_out_of_scope},
        {"files_read", summary->files_read},
        {"files_read_in_part", summary->files_read_in_part},
        {"files_set_aside", summary->files_set_aside},
        {"files_not_read", summary->files_not_read},
        {"files_not_listed", summary->files_not_listed},
        {"payments", summary->payments},
        {"accounts", summary->accounts},
        {"accounts_observed", summary->accounts_observed},
        {"paired", summary->paired},
        {"may_be_double", summary->may_be_double},
        {"statements", summary->statements},
        {"statements_closing", summary->statements_closing},
        {"statements_not_closing", summary->statements_not_closing},
        {"statements_totals_differ", summary->statements_totals_differ},
        {"statements_not_checked", summary->statements_not_checked},
        {"months_covered", summary->months_covered},
        {"months_partial", summary->months_partial},
        {"months_missing", summary->months_missing},
    };
    if (index >= TRAIL_LENGTH_OF(counts)) return false;
    *name = counts[index].name;
    *value = counts[index].value;
    return true;
}
