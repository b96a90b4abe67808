/* A profile by itself: are the columns there that its layout needs, and do its rules have a column
 * to work on. */
#include <stdio.h>
#include <string.h>

#include "pipeline/case_references.h"

bool trail_case_profile_has(const trail_profile *profile, trail_column column)
{
    const trail_profile_column *columns = profile->columns.items;
    for (size_t i = 0; i < profile->columns.count; i++) {
        if (columns[i].column == column) return true;
    }
    return false;
}

/* Columns of the other layout. */
static bool belongs(trail_column column, trail_layout layout)
{
    switch (column) {
    case TRAIL_COLUMN_DEBIT:
    case TRAIL_COLUMN_CREDIT:
    case TRAIL_COLUMN_MARK:
    case TRAIL_COLUMN_BALANCE:
    case TRAIL_COLUMN_OWN_ACCOUNT:
    case TRAIL_COLUMN_OWN_NAME:
    case TRAIL_COLUMN_COUNTERPARTY_ACCOUNT:
    case TRAIL_COLUMN_COUNTERPARTY_BANK:
    case TRAIL_COLUMN_COUNTERPARTY_NAME:
        return layout == TRAIL_LAYOUT_STATEMENT;
    case TRAIL_COLUMN_PAYER_ACCOUNT:
    case TRAIL_COLUMN_PAYER_BANK:
    case TRAIL_COLUMN_PAYER_NAME:
    case TRAIL_COLUMN_PAYEE_ACCOUNT:
    case TRAIL_COLUMN_PAYEE_BANK:
    case TRAIL_COLUMN_PAYEE_NAME:
    case TRAIL_COLUMN_RECEIVED_AMOUNT:
    case TRAIL_COLUMN_RECEIVED_CURRENCY:
        return layout == TRAIL_LAYOUT_TRANSFERS;
    case TRAIL_COLUMN_BOOKING_DATE:
    case TRAIL_COLUMN_VALUE_DATE:
    case TRAIL_COLUMN_TIME:
    case TRAIL_COLUMN_AMOUNT:
    case TRAIL_COLUMN_CURRENCY:
    case TRAIL_COLUMN_REFERENCE:
    case TRAIL_COLUMN_TEXT:
    case TRAIL_COLUMN_KIND:
    case TRAIL_COLUMN_FEE:
    case TRAIL_COLUMN_NET:
    case TRAIL_COLUMN_STATUS:
    case TRAIL_COLUMN_DOCUMENT:
    case TRAIL_COLUMN_PAGE:
    case TRAIL_COLUMN_PAGE_LINE:
    case TRAIL_COLUMN_TRANSCRIBED_BY:
    case TRAIL_COLUMN_COUNT:
        break;
    }
    return true;
}

static trail_status check_layout(const trail_case_reading *reading, trail_case_spot spot,
                                 const trail_profile *profile)
{
    const trail_profile_column *columns = profile->columns.items;
    bool table = profile->layout == TRAIL_LAYOUT_TRANSFERS;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < profile->columns.count && status == TRAIL_OK; i++) {
        char key[64];
        if (belongs(columns[i].column, profile->layout)) continue;
        (void)snprintf(key, sizeof key, "columns.%s", trail_column_name(columns[i].column));
        status = trail_case_note_at(reading, spot, key, "belongs to the layout %s, this is %s",
                                    table ? "statement" : "transfers",
                                    table ? "transfers" : "statement");
    }
    for (size_t i = 0; i < profile->columns.count && status == TRAIL_OK && profile->no_header;
         i++) {
        char key[64];
        if (columns[i].header == NULL) continue;
        (void)snprintf(key, sizeof key, "columns.%s", trail_column_name(columns[i].column));
        status = trail_case_note_at(reading, spot, key,
                                    "there is no header: give the column's position, from 1");
    }
    return status;
}

static trail_status check_amounts(const trail_case_reading *reading, trail_case_spot spot,
                                  const trail_profile *profile)
{
    bool amount = trail_case_profile_has(profile, TRAIL_COLUMN_AMOUNT);
    bool debit = trail_case_profile_has(profile, TRAIL_COLUMN_DEBIT);
    if (amount && profile->amounts.count > 0) {
        return trail_case_note_at(reading, spot, "amounts", "cannot stand beside columns.amount");
    }
    amount = amount || profile->amounts.count > 0;
    bool credit = trail_case_profile_has(profile, TRAIL_COLUMN_CREDIT);
    if (profile->layout == TRAIL_LAYOUT_TRANSFERS) {
        if (amount) return TRAIL_OK;
        return trail_case_note_at(reading, spot, "columns", "amount is missing");
    }
    if (amount && (debit || credit)) {
        return trail_case_note_at(reading, spot, "columns",
                                  "give either amount, or debit and credit, not both");
    }
    if (!amount && !(debit && credit)) {
        return trail_case_note_at(reading, spot, "columns",
                                  "give amount (signed, or with mark), or debit and credit");
    }
    return TRAIL_OK;
}

static trail_status check_needs(const trail_case_reading *reading, trail_case_spot spot,
                                const trail_profile *profile)
{
    trail_status status = TRAIL_OK;
    bool fee = trail_case_profile_has(profile, TRAIL_COLUMN_FEE);
    bool net = trail_case_profile_has(profile, TRAIL_COLUMN_NET);
    bool status_column = trail_case_profile_has(profile, TRAIL_COLUMN_STATUS);
    const struct {
        bool wrong;
        const char *key, *sentence;
    } needs[] = {
        {net && !fee, "columns.net", "needs the column fee"},
        {fee && !net && profile->layout == TRAIL_LAYOUT_STATEMENT, "columns.fee",
         "needs the column net, which says whether the fee is in the amount"},
        {fee && trail_case_profile_has(profile, TRAIL_COLUMN_RECEIVED_AMOUNT), "columns.fee",
         "cannot stand beside received_amount"},
        {status_column != (profile->statuses.count > 0), "statuses",
         "and columns.status go together"},
        {profile->columns_at.count > 0 && profile->delimiter != 0, "delimiter",
         "cannot stand beside columns_at"},
        {profile->skip_lines.count > 0 && profile->columns_at.count == 0, "skip_lines",
         "needs columns_at"},
        {!trail_case_profile_has(profile, TRAIL_COLUMN_BOOKING_DATE), "columns",
         "booking_date is missing"},
        {profile->layout == TRAIL_LAYOUT_TRANSFERS &&
             !trail_case_profile_has(profile, TRAIL_COLUMN_PAYER_ACCOUNT),
         "columns", "payer_account is missing"},
        {profile->layout == TRAIL_LAYOUT_TRANSFERS &&
             !trail_case_profile_has(profile, TRAIL_COLUMN_PAYEE_ACCOUNT),
         "columns", "payee_account is missing"},
        {trail_case_profile_has(profile, TRAIL_COLUMN_MARK) && profile->signs.count == 0,
         "columns.mark", "needs signs, such as {D: debit, C: credit}"},
        {profile->signs.count > 0 && !trail_case_profile_has(profile, TRAIL_COLUMN_MARK), "signs",
         "needs the column mark"},
        {profile->kinds.count > 0 && !trail_case_profile_has(profile, TRAIL_COLUMN_KIND), "kinds",
         "needs the column kind"},
        {profile->no_payment.count > 0 && !trail_case_profile_has(profile, TRAIL_COLUMN_KIND),
         "no_payment", "needs the column kind"},
        {profile->texts.count > 0 && !trail_case_profile_has(profile, TRAIL_COLUMN_TEXT), "texts",
         "needs the column text"},
        {profile->time_format != NULL && !trail_case_profile_has(profile, TRAIL_COLUMN_TIME),
         "time_format", "needs the column time"},
        {profile->value_date_format != NULL &&
             !trail_case_profile_has(profile, TRAIL_COLUMN_VALUE_DATE),
         "value_date_format", "needs the column value_date"},
        {trail_case_profile_has(profile, TRAIL_COLUMN_RECEIVED_CURRENCY) !=
             trail_case_profile_has(profile, TRAIL_COLUMN_RECEIVED_AMOUNT),
         "columns", "received_amount and received_currency go together"},
        {profile->decimal != 0 && profile->decimal == profile->group, "group",
         "cannot be the same as decimal"},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(needs) && status == TRAIL_OK; i++) {
        if (needs[i].wrong) {
            status = trail_case_note_at(reading, spot, needs[i].key, "%s", needs[i].sentence);
        }
    }
    return status;
}

trail_status trail_case_check_profiles(const trail_case_reading *reading, const trail_node *root,
                                       const trail_case *read_case)
{
    const trail_node *node = trail_node_find(root, "profiles");
    const trail_profile *profiles = read_case->profiles.items;
    trail_status status = TRAIL_OK;
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->profiles.count && status == TRAIL_OK;
         i++, node = node->next) {
        trail_case_spot spot = {.list = "profiles", .name = profiles[i].name, .item = node};
        const trail_node *columns = trail_node_find(node, "columns");
        if (profiles[i].columns.count == 0) {
            if (columns == NULL || columns->shape != TRAIL_SHAPE_MAP) continue; /* noted already */
            if (columns->count > 0) continue;
            status = trail_case_note_at(reading, spot, "columns", "is empty");
            continue;
        }
        status = check_layout(reading, spot, &profiles[i]);
        if (status == TRAIL_OK) status = check_amounts(reading, spot, &profiles[i]);
        if (status == TRAIL_OK) status = check_needs(reading, spot, &profiles[i]);
        if (status == TRAIL_OK && strcmp(profiles[i].name, "auto") == 0) {
            status = trail_case_note_at(reading, spot, NULL,
                                        "auto means a guess: give the profile another name");
        }
    }
    return status;
}
