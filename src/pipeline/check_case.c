#include <moneytrail/case.h>

#include "pipeline/case_file.h"

static trail_case_counts count(const trail_case *read_case)
{
    return (trail_case_counts){.sources = read_case->sources.count,
                               .profiles = read_case->profiles.count,
                               .requests = read_case->mandate.requests.count,
                               .accounts = read_case->accounts.count,
                               .people = read_case->people.people.count,
                               .proceeds = read_case->proceeds.count,
                               .destinations = read_case->destinations.count};
}

trail_status trail_case_check(const char *case_folder, trail_case_counts *counts,
                              const trail_notices *notices, trail_error *err)
{
    trail_vector messages = trail_vector_of(sizeof(char *));
    trail_case *read_case = NULL;
    trail_status status = trail_case_read(&read_case, case_folder, &messages, err);
    for (size_t i = 0; i < messages.count && notices != NULL && notices->say != NULL; i++) {
        notices->say(notices->context, *(char **)trail_vector_at(&messages, i));
    }
    if (status == TRAIL_OK && counts != NULL) *counts = count(read_case);
    trail_case_messages_clear(&messages);
    trail_case_free(read_case);
    return status;
}
