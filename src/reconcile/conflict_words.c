#include "reconcile/conflicts.h"
#include "reconcile/record_says.h"

typedef struct conflict_words {
    const char *name, *sentence;
} conflict_words;

static const conflict_words words[TRAIL_CONFLICT_KIND_COUNT] = {
    {"payee_account", "The two records name different accounts of the payee."},
    {"payer_account", "The two records name different accounts of the payer."},
    {"amount", "The two records give different amounts, and no charge or rate that a record states "
               "explains the difference."},
    {"currency", "The two records give the same figure in different currencies."},
    {"date", "The dates of the two records are further apart than those of one payment usually "
             "are."},
    {"payee_name", "The two records name the payee differently."},
    {"payer_name", "The two records name the payer differently."},
    {"reference", "The two records give different references of the parties."},
    {"cover_without_payer", "The customer's message names a payer; its cover names none."},
    {"cover_payer", "The cover names another payer than another record of the payment."},
    {"cover_amount", "The customer's message and its cover give different amounts."},
    {"row_amount", "Two files of one account give the same row different amounts; both rows are "
                   "kept."},
    {"row_date", "Two files of one account give the same row different dates; both rows are kept."},
    {"row_direction", "One file shows the row leaving the account, another one entering it; both "
                      "rows are kept."},
    {"row_balance", "Two files of one account give different balances after the same row."},
};

const char *trail_conflict_kind_name(trail_conflict_kind kind)
{
    return words[kind].name;
}

const char *trail_conflict_sentence(trail_conflict_kind kind)
{
    return words[kind].sentence;
}

const char *trail_conflict_said_by(uint8_t said_by)
{
    static const char *const names[TRAIL_SAYER_MESSAGE + TRAIL_MESSAGE_TYPE_COUNT] = {
        "payer's bank", "payee's bank", "MT103",       "MT202",   "MT202COV",
        "pacs.008",     "pacs.009",     "pacs.009COV", "pacs.004"};
    return names[said_by];
}
