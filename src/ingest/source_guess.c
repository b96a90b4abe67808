#include "ingest/source_guess.h"

#include "base/attributes.h"

static trail_guess_known known_of(const trail_source *source)
{
    bool from = source->from != TRAIL_NO_DAY, to = source->to != TRAIL_NO_DAY;
    return (trail_guess_known){.currency = source->currency,
                               .own_account = source->own_account,
                               .encoding = source->encoding,
                               .state = source->state,
                               .has_period = from || to,
                               .from = source->from,
                               .to = source->to};
}

/* All blocking doubts as one sentence, and so the lines to paste. */
static trail_status set_aside(const trail_guess *guess, trail_aside *aside, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < guess->doubts.count && status == TRAIL_OK; i++) {
        const trail_doubt *doubt = trail_vector_at(&guess->doubts, i);
        if (!doubt->blocking) continue;
        status = trail_text_add_format(&aside->reason, err, "%s%s",
                                       aside->reason.length > 0 ? "; " : "", doubt->text);
        if (status == TRAIL_OK && doubt->paste != NULL)
            status = trail_text_add_format(&aside->paste, err, "%s%s",
                                           aside->paste.length > 0 ? "; " : "", doubt->paste);
    }
    return status;
}

trail_status trail_source_guess(trail_guess *guess, const trail_location *location,
                                const trail_source *source, trail_aside *aside, trail_error *err)
{
    trail_guess_known known = known_of(source);
    trail_status status = trail_guess_file(guess, location, &known, err);
    if (status != TRAIL_OK || trail_guess_decided(guess)) return status;
    return set_aside(guess, aside, err);
}
