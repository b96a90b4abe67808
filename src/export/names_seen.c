#include "export/names_seen.h"

#include "base/memory.h"

static void see(uint32_t *names, uint32_t account, uint32_t name)
{
    if (account != TRAIL_NO_ACCOUNT && names[account] == 0) names[account] = name;
}

trail_status trail_names_seen(const trail_ledger *ledger, uint32_t **names, trail_error *err)
{
    trail_status status =
        trail_alloc_zeroed(names, trail_accounts_count(ledger->accounts), sizeof **names, err);
    if (status != TRAIL_OK) return status;
    for (uint32_t i = 0; i < ledger->count; i++) {
        const trail_credit_side *side = trail_ledger_credit_side(ledger, i);
        uint32_t records[2] = {ledger->record[i], side != NULL ? side->record : TRAIL_NO_RECORD};
        for (size_t k = 0; k < 2 && records[k] != TRAIL_NO_RECORD; k++) {
            const trail_detail *detail = trail_records_detail(&ledger->records, records[k]);
            if (detail == NULL) continue;
            see(*names, ledger->payer[i], detail->payer_name);
            see(*names, ledger->payee[i], detail->payee_name);
        }
    }
    return TRAIL_OK;
}
