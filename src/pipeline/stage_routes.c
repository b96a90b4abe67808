#include "pipeline/stage.h"

static trail_status tell_not_recorded(trail_investigation *investigation, const char *number,
                                      trail_error *err)
{
    trail_text shown = {0};
    trail_status status =
        trail_protect_number(investigation->protection, trail_slice_of(number), &shown, err);
    if (status == TRAIL_OK)
        status = trail_investigation_note(investigation, err,
                                          "Destination %s: no received record names this account",
                                          shown.bytes);
    trail_text_clear(&shown);
    return status;
}

static trail_status add_account(trail_investigation *investigation, const char *bank,
                                const char *number, trail_error *err)
{
    uint32_t account = trail_accounts_find(investigation->ledger.accounts, trail_slice_of(bank),
                                           trail_slice_of(number));
    if (account == TRAIL_NO_ACCOUNT) return tell_not_recorded(investigation, number, err);
    return trail_vector_push(&investigation->destinations, &account, err);
}

static trail_status add_person(trail_investigation *investigation, const char *key,
                               trail_error *err)
{
    const trail_vector *people = &investigation->case_file->people.people;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < people->count; i++) {
        const trail_person *person = trail_vector_at(people, i);
        if (!trail_slice_is(trail_slice_of(person->key), key)) continue;
        for (size_t k = 0; k < person->accounts.count && status == TRAIL_OK; k++) {
            const trail_listed_account *listed = trail_vector_at(&person->accounts, k);
            status = add_account(investigation, listed->bank, listed->number, err);
        }
    }
    return status;
}

static trail_status find_destinations(trail_investigation *investigation, trail_error *err)
{
    const trail_vector *wanted = &investigation->case_file->destinations;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < wanted->count && status == TRAIL_OK; i++) {
        const trail_case_destination *destination = trail_vector_at(wanted, i);
        status = destination->account != NULL
                     ? add_account(investigation, destination->bank, destination->account, err)
                     : add_person(investigation, destination->person, err);
    }
    return status;
}

static trail_status find_starts(const trail_investigation *investigation, trail_vector *starts,
                                trail_error *err)
{
    for (size_t i = 0; i < investigation->proceeds.count; i++) {
        const trail_proceeds *proceeds = trail_vector_at(&investigation->proceeds, i);
        for (size_t k = 0; k < proceeds->marks.count; k++) {
            const trail_mark *mark = trail_vector_at(&proceeds->marks, k);
            trail_route_start start = {.payment = mark->payment,
                                       .proceeds = (uint16_t)i,
                                       .currency = proceeds->currency,
                                       .marked_minor = mark->amount_minor};
            trail_status status = trail_vector_push(starts, &start, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

trail_status trail_stage_routes(trail_investigation *investigation, uint64_t *made,
                                trail_error *err)
{
    trail_vector starts = trail_vector_of(sizeof(trail_route_start));
    trail_status status =
        trail_payment_graph_build(&investigation->graph, &investigation->ledger, err);
    if (status == TRAIL_OK) status = find_destinations(investigation, err);
    if (status == TRAIL_OK) status = find_starts(investigation, &starts, err);
    if (status == TRAIL_OK)
        status =
            trail_routes_find(&investigation->routes, &investigation->ledger, &investigation->graph,
                              &investigation->matching.doubles, starts.items, starts.count,
                              investigation->destinations.items, investigation->destinations.count,
                              &investigation->case_file->route_limits, err);
    if (status == TRAIL_OK && investigation->routes.left_out > 0)
        status = trail_investigation_note(
            investigation, err, "Routes: %llu more found than are kept; the largest are kept",
            (unsigned long long)investigation->routes.left_out);
    if (status == TRAIL_OK && investigation->routes.starts_cut > 0)
        status = trail_investigation_note(
            investigation, err,
            "Routes: the search from %zu marked payment%s was cut short; more routes may exist",
            investigation->routes.starts_cut, investigation->routes.starts_cut == 1 ? "" : "s");
    *made = investigation->routes.routes.count;
    trail_vector_clear(&starts);
    return status;
}
