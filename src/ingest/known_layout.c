#include <string.h>

#include "base/attributes.h"
#include "ingest/guess_work.h"

/* Published tables whose headings alone do not say which account is whose. */
typedef struct known_layout {
    const char *name;
    const char *headings; /* all of them, in order, parted by '|' */
    trail_layout layout;
    int meanings[12];
} known_layout;

static const known_layout layouts[] = {
    {"AMLworld transactions (Altman et al. 2023)",
     "Timestamp|From Bank|Account|To Bank|Account#2|Amount Received|Receiving Currency|Amount Paid|"
     "Payment Currency|Payment Format|Is Laundering",
     TRAIL_LAYOUT_TRANSFERS,
     {TRAIL_COLUMN_BOOKING_DATE, TRAIL_COLUMN_PAYER_BANK, TRAIL_COLUMN_PAYER_ACCOUNT,
      TRAIL_COLUMN_PAYEE_BANK, TRAIL_COLUMN_PAYEE_ACCOUNT, TRAIL_COLUMN_RECEIVED_AMOUNT,
      TRAIL_COLUMN_RECEIVED_CURRENCY, TRAIL_COLUMN_AMOUNT, TRAIL_COLUMN_CURRENCY, TRAIL_COLUMN_KIND,
      TRAIL_MEANING_TRUTH}},
    {"AMLSim transactions (Suzumura and Kanezashi 2018)",
     "tran_id|orig_acct|bene_acct|tx_type|base_amt|tran_timestamp|is_sar|alert_id",
     TRAIL_LAYOUT_TRANSFERS,
     {TRAIL_COLUMN_REFERENCE, TRAIL_COLUMN_PAYER_ACCOUNT, TRAIL_COLUMN_PAYEE_ACCOUNT,
      TRAIL_COLUMN_KIND, TRAIL_COLUMN_AMOUNT, TRAIL_COLUMN_BOOKING_DATE, TRAIL_MEANING_TRUTH,
      TRAIL_MEANING_TRUTH}},
    {"Berka transactions (PKDD 1999)",
     "trans_id|account_id|date|type|operation|amount|balance|k_symbol|bank|account",
     TRAIL_LAYOUT_STATEMENT,
     {TRAIL_MEANING_NOT_NEEDED, TRAIL_COLUMN_OWN_ACCOUNT, TRAIL_COLUMN_BOOKING_DATE,
      TRAIL_COLUMN_MARK, TRAIL_COLUMN_KIND, TRAIL_COLUMN_AMOUNT, TRAIL_COLUMN_BALANCE,
      TRAIL_COLUMN_TEXT, TRAIL_COLUMN_COUNTERPARTY_BANK, TRAIL_COLUMN_COUNTERPARTY_ACCOUNT}},
};

static bool has_headings(const trail_guess *guess, const char *headings)
{
    for (size_t i = 0; i < guess->columns.count; i++) {
        const char *header = trail_guess_column_at(guess, (uint32_t)i)->header;
        const char *end = strchr(headings, '|');
        size_t length = end == NULL ? strlen(headings) : (size_t)(end - headings);
        if (header == NULL || strlen(header) != length || memcmp(header, headings, length) != 0)
            return false;
        if (end == NULL) return i + 1 == guess->columns.count;
        headings = end + 1;
    }
    return false;
}

bool trail_known_layout_apply(trail_guess *guess)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(layouts); i++) {
        if (!has_headings(guess, layouts[i].headings)) continue;
        guess->layout_name = layouts[i].name;
        guess->profile.layout = layouts[i].layout;
        for (uint32_t c = 0; c < guess->columns.count; c++)
            trail_guess_column_at(guess, c)->meaning = layouts[i].meanings[c];
        return true;
    }
    return false;
}
