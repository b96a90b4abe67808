#include "report/names.h"

#include "base/memory.h"
#include "export/names_seen.h"

static void find_holders(const trail_report_view *view, trail_account_name *names)
{
    const trail_vector *people = &view->findings->people->people;

    for (size_t i = 0; i < view->accounts.count; i++)
        names[i].person = UINT32_MAX;
    for (size_t p = people->count; p-- > 0;) {
        const trail_person *person = trail_vector_at(people, p);

        for (size_t i = 0; i < person->accounts.count; i++) {
            const trail_listed_account *listed = trail_vector_at(&person->accounts, i);
            int64_t place = -1;

            if (listed->account != TRAIL_NO_ACCOUNT)
                place = trail_report_place(view, listed->account);
            if (place >= 0) names[place].person = (uint32_t)p;
        }
    }
}

static trail_status name_account(trail_report_view *view, uint32_t account, uint32_t seen,
                                 trail_account_name *name, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const trail_accounts *accounts = findings->ledger->accounts;
    const char *pseudonym = trail_protect_account(findings->protection, account);
    trail_text number = {0};
    trail_status status;

    status = trail_report_text(view, trail_accounts_bank(accounts, account), &name->bank, err);
    if (status != TRAIL_OK) return status;
    if (pseudonym != NULL) {
        /* No name from the records either: it may be the person's under another spelling. */
        name->is_protected = true;
        status = trail_strings_put(view->texts, trail_slice_of(pseudonym), &name->number, err);
        name->label = name->number;
        return status;
    }
    status = trail_protect_number(findings->protection, trail_accounts_number(accounts, account),
                                  &number, err);
    if (status == TRAIL_OK) {
        status = trail_strings_put(view->texts, trail_text_slice(&number), &name->number, err);
    }
    trail_text_clear(&number);
    if (status == TRAIL_OK) status = trail_report_ledger_text(view, seen, &name->name_seen, err);
    name->label = name->name_seen != 0 ? name->name_seen : name->number;
    if (status == TRAIL_OK && name->person != UINT32_MAX) {
        const trail_person *person = trail_vector_at(&findings->people->people, name->person);

        if (person->name != NULL) {
            status = trail_report_text(view, trail_slice_of(person->name), &name->label, err);
        }
    }
    return status;
}

trail_status trail_report_names(trail_report_view *view, trail_account_name **names,
                                trail_error *err)
{
    trail_account_name *made = NULL;
    uint32_t *seen = NULL;
    trail_status status = trail_names_seen(view->findings->ledger, &seen, err);

    if (status != TRAIL_OK) goto cleanup;
    status = trail_alloc_zeroed(&made, view->accounts.count, sizeof *made, err);
    if (status != TRAIL_OK) goto cleanup;
    find_holders(view, made);
    for (size_t i = 0; i < view->accounts.count; i++) {
        const uint32_t account = trail_report_account(view, i);

        status = name_account(view, account, seen[account], &made[i], err);
        if (status != TRAIL_OK) goto cleanup;
    }
    *names = made;
    made = NULL;
cleanup:
    trail_free(seen);
    trail_free(made);
    return status;
}
