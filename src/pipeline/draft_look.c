#include "pipeline/draft_look.h"

#include <string.h>

#include "base/output.h"
#include "ingest/expansion.h"
#include "ingest/guess.h"
#include "ingest/guess_text.h"
#include "ingest/reader.h"

/* Dates or amounts that can be read two ways, and nothing else, keep the file from being read. */
static bool only_notation_is_open(const trail_guess *guess)
{
    bool open = false;
    for (size_t i = 0; i < guess->doubts.count; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (!doubt->blocking) continue;
        if (doubt->subject != TRAIL_GUESS_DATES && doubt->subject != TRAIL_GUESS_AMOUNTS)
            return false;
        open = true;
    }
    return open;
}

/* What the guess says, kept as text: the guess itself may be large. */
static trail_status keep_guess(const trail_guess *guess, trail_draft_file *file, trail_error *err)
{
    trail_output *out = NULL;
    const char *currency = guess->profile.currency;
    trail_status status = trail_output_into(&out, &file->doubts, err);
    if (status != TRAIL_OK) return status;
    trail_guess_write_doubts(guess, "    # ", out);
    if ((status = trail_output_finish(out, NULL, err)) != TRAIL_OK) return status;
    file->decided = trail_guess_decided(guess);
    file->notation_open = only_notation_is_open(guess);
    file->rows = guess->rows;
    file->transfers = guess->profile.layout == TRAIL_LAYOUT_TRANSFERS;
    if (currency != NULL && strlen(currency) < sizeof file->currency) {
        memcpy(file->currency, currency, strlen(currency) + 1);
    }
    if (guess->profile.columns.count == 0) return TRAIL_OK;
    if ((status = trail_output_into(&out, &file->profile, err)) != TRAIL_OK) return status;
    if (file->notation_open)
        trail_guess_write_profile(guess, "    ", out);
    else
        trail_profile_write_yaml(&guess->profile, "    ", out);
    return trail_output_finish(out, NULL, err);
}

typedef struct looking {
    trail_draft_file *file;
    trail_output *out; /* into file->doubts, of members */
} looking;

/* A member has no profile of its own in the draft: it is guessed at every run. */
static trail_status describe_table(looking *look, const trail_leaf *leaf, trail_error *err)
{
    trail_guess guess = {0};
    bool other_sheets = leaf->sheet != NULL && !(leaf->first_sheet && leaf->last_sheet);
    trail_status status = trail_guess_file(&guess, &leaf->location, NULL, err);
    if (status == TRAIL_OK && other_sheets && trail_guess_is_no_table(&guess)) {
        trail_output_text(look->out, ": holds no table\n");
    } else if (status == TRAIL_OK) {
        trail_output_format(look->out, ": %llu row%s\n", (unsigned long long)guess.rows,
                            guess.rows == 1 ? "" : "s");
        trail_guess_write_doubts(&guess, "    #   ", look->out);
        look->file->rows += guess.rows;
        if (!trail_guess_decided(&guess)) look->file->decided = false;
    }
    trail_guess_clear(&guess);
    return status;
}

static trail_status describe_member(looking *look, const trail_leaf *leaf, trail_error *err)
{
    const char *why = leaf->problem != NULL ? leaf->problem : leaf->broken;
    const trail_reader *reader = trail_reader_for(leaf->first);
    trail_output_text(look->out, "    # ");
    trail_output_text(look->out, leaf->name);
    if (why != NULL) {
        trail_output_text(look->out, ": ");
        trail_output_text(look->out, why);
        trail_output_byte(look->out, '\n');
        look->file->decided = false;
        return TRAIL_OK;
    }
    if (leaf->is_system) {
        trail_output_text(look->out, ": put there by an operating system, not read\n");
        return TRAIL_OK;
    }
    if (leaf->sheet == NULL && !reader->needs_profile) {
        trail_output_format(look->out, ": read as %s\n", reader->name);
        return TRAIL_OK;
    }
    return describe_table(look, leaf, err);
}

static trail_status look_at_leaf(void *context, const trail_leaf *leaf, trail_error *err)
{
    looking *look = context;
    trail_guess guess = {0};
    if (leaf->member != NULL || leaf->sheet != NULL || leaf->is_container || leaf->problem != NULL)
        return describe_member(look, leaf, err);
    const trail_reader *reader = trail_reader_for(leaf->first);
    if (!reader->needs_profile) {
        look->file->format = reader->summary;
        return TRAIL_OK;
    }
    trail_status status = trail_guess_file(&guess, &leaf->location, NULL, err);
    if (status == TRAIL_OK) status = keep_guess(&guess, look->file, err);
    trail_guess_clear(&guess);
    return status;
}

trail_status trail_draft_look(trail_draft_file *file, const char *path, trail_error *err)
{
    looking look = {.file = file};
    const trail_leaf_visitor visitor = {look_at_leaf, &look};
    trail_arena names = {0};
    trail_text members = {0};
    trail_status status = trail_output_into(&look.out, &members, err);
    if (status != TRAIL_OK) return status;
    file->decided = true;
    status = trail_expand(path, file->name, &names, &visitor, err);
    if (status != TRAIL_OK)
        trail_output_abandon(look.out);
    else
        status = trail_output_finish(look.out, NULL, err);
    if (status == TRAIL_OK) status = trail_text_add(&file->doubts, trail_text_slice(&members), err);
    trail_text_clear(&members);
    trail_arena_clear(&names);
    return status;
}
