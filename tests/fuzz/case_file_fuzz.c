/* Any bytes as case.yaml; those behind a line "---people.csv" as a spreadsheet too. Never a crash,
 * and a refusal always says at least one mistake. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/case_file.h"
#include "pipeline/case_sheets.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void read_sheet(trail_slice bytes)
{
    trail_arena arena = {0};
    trail_mistakes mistakes;
    trail_case_reading reading = {.arena = &arena, .mistakes = &mistakes};
    trail_place place = {.file = "people.csv", .line = 1};
    trail_node *list = trail_node_new(&arena, TRAIL_SHAPE_LIST, place, NULL);
    trail_mistakes_init(&mistakes);
    if (list == NULL) abort();
    if (trail_case_read_sheet(&reading, "people.csv", "people", bytes, list) != TRAIL_OK) abort();
    trail_mistakes_clear(&mistakes);
    trail_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char mark[] = "---people.csv\n";
    trail_slice all = {(const char *)bytes, size};
    size_t cut = trail_slice_find(all, trail_slice_of(mark));
    trail_slice yaml = {all.start, cut == SIZE_MAX ? size : cut};
    trail_vector messages = trail_vector_of(sizeof(char *));
    trail_case *read_case = NULL;
    trail_error err = {0};
    trail_status status = trail_case_parse(&read_case, yaml, &messages, &err);
    if ((status == TRAIL_OK) != (read_case != NULL)) abort();
    if (status != TRAIL_OK && (status != TRAIL_USAGE || messages.count == 0)) abort();
    trail_case_free(read_case);
    trail_case_messages_clear(&messages);
    if (cut != SIZE_MAX) {
        read_sheet((trail_slice){all.start + cut + strlen(mark), size - cut - strlen(mark)});
    }
    return 0;
}
