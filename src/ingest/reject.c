#include "ingest/reject.h"

enum { LONGEST_WORD = 150 };

void trail_rejects_init(trail_rejects *rejects)
{
    rejects->rejects = trail_vector_of(sizeof(trail_reject));
    rejects->remarks = trail_vector_of(sizeof(trail_remark));
    rejects->files = trail_vector_of(sizeof(trail_file_report));
    rejects->names = (trail_arena){0};
}

void trail_rejects_clear(trail_rejects *rejects)
{
    trail_vector_clear(&rejects->rejects);
    trail_vector_clear(&rejects->remarks);
    trail_vector_clear(&rejects->files);
    trail_arena_clear(&rejects->names);
}

static bool parts_words(char at)
{
    return at == ' ' || at == '\n' || at == '\t' || at == '/' || at == '<' || at == ';' ||
           at == ',';
}

trail_slice trail_reject_shortened(trail_slice text, size_t most)
{
    if (text.length <= most) return text;
    size_t end = most;
    while (end > 0 && most - end < LONGEST_WORD && !parts_words(text.start[end]))
        end--;
    if (!parts_words(text.start[end])) end = most;
    while (end > 0 && (text.start[end] & 0xC0) == 0x80)
        end--;
    return (trail_slice){text.start, end};
}
