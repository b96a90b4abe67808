#include "reconcile/record_says.h"

#include "base/memory.h"
#include "reconcile/said_row.h"

/* A national number this long or longer that stands in an IBAN is taken for the same account. */
#define NATIONAL_DIGITS 6

static const trail_detail no_detail = {.value_day = TRAIL_NO_DAY};

static const trail_detail *detail_of(const trail_ledger *ledger, uint32_t record)
{
    const trail_detail *detail = trail_records_detail(&ledger->records, record);
    return detail == NULL ? &no_detail : detail;
}

static trail_record_says plain(const trail_ledger *ledger, uint32_t record, uint8_t sayer)
{
    const trail_detail *detail = detail_of(ledger, record);
    trail_said_references references = trail_said_references_of(ledger, record);
    return (trail_record_says){.record = record,
                               .sayer = sayer,
                               .payer = {TRAIL_NO_ACCOUNT, 0, detail->payer_name},
                               .payee = {TRAIL_NO_ACCOUNT, 0, detail->payee_name},
                               .booking_day = TRAIL_NO_DAY,
                               .value_day = detail->value_day,
                               .uetr = references.uetr,
                               .end_to_end = references.end_to_end};
}

static void take_leg(trail_record_says *says, const trail_leg *leg)
{
    says->amount_minor = leg->amount_minor;
    says->currency = leg->currency;
    says->booking_day = leg->booking_day;
}

/* After joining, the payment may have another party than the record named. */
static void take_other(const trail_ledger *ledger, uint32_t payment, uint16_t supplied,
                       uint32_t number, uint32_t account, trail_party_says *party)
{
    uint16_t flags = ledger->flags[payment];
    if ((flags & supplied) != 0) return;
    party->number = number;
    if ((flags & TRAIL_PARTY_REPLACED) == 0) party->account = account;
}

bool trail_says_debit(const trail_ledger *ledger, uint32_t payment, trail_record_says *says)
{
    trail_leg debit = trail_ledger_debit(ledger, payment);
    if (!debit.recorded || (ledger->flags[payment] & TRAIL_MESSAGE_ONLY) != 0) return false;
    *says = plain(ledger, debit.record, TRAIL_SAYER_DEBIT);
    take_leg(says, &debit);
    says->payer.account = ledger->payer[payment];
    take_other(ledger, payment, TRAIL_PAYEE_SUPPLIED, detail_of(ledger, debit.record)->payee_number,
               ledger->payee[payment], &says->payee);
    return true;
}

bool trail_says_credit(const trail_ledger *ledger, uint32_t payment, trail_record_says *says)
{
    trail_leg credit = trail_ledger_credit(ledger, payment);
    bool own = (ledger->flags[payment] & TRAIL_TWO_RECORDS) != 0 ||
               (ledger->flags[payment] & TRAIL_HAS_DEBIT) == 0;
    if (!credit.recorded || !own) return false;
    *says = plain(ledger, credit.record, TRAIL_SAYER_CREDIT);
    take_leg(says, &credit);
    says->payee.account = ledger->payee[payment];
    take_other(ledger, payment, TRAIL_PAYER_SUPPLIED,
               detail_of(ledger, credit.record)->payer_number, ledger->payer[payment],
               &says->payer);
    return true;
}

/* A BIC in the place of an account is the bank itself, no account of a customer's. */
static uint32_t customer(const trail_ledger *ledger, uint32_t account)
{
    if (account == TRAIL_NO_ACCOUNT) return account;
    trail_slice number = trail_accounts_number(ledger->accounts, account);
    trail_slice bank = trail_accounts_bank(ledger->accounts, account);
    return trail_slice_equal(number, bank) ? TRAIL_NO_ACCOUNT : account;
}

bool trail_says_attached(const trail_ledger *ledger, uint32_t payment, uint32_t record,
                         trail_record_says *says)
{
    const trail_message *message = trail_ledger_message(ledger, record);
    const trail_leg_copy *copy = message == NULL ? trail_ledger_leg_copy(ledger, record) : NULL;
    if (message == NULL && copy == NULL) return false;
    if (copy != NULL) {
        *says = plain(ledger, record, copy->credit ? TRAIL_SAYER_CREDIT : TRAIL_SAYER_DEBIT);
        says->amount_minor = copy->amount_minor;
        says->currency = copy->currency;
        says->booking_day = copy->booking_day;
        says->payer.account = copy->credit ? copy->other : ledger->payer[payment];
        says->payee.account = copy->credit ? ledger->payee[payment] : copy->other;
        return true;
    }
    *says = plain(ledger, record, (uint8_t)(TRAIL_SAYER_MESSAGE + message->type));
    says->cover = trail_message_is_cover(message);
    says->payer.account = customer(ledger, message->payer);
    says->payee.account = customer(ledger, message->payee);
    says->amount_minor = message->amount_minor;
    says->currency = message->currency;
    says->value_day = message->value_day;
    return true;
}

static trail_slice number_of(const trail_ledger *ledger, const trail_party_says *party,
                             char key[TRAIL_ACCOUNT_KEY_LIMIT])
{
    trail_slice nothing = {"", 0};
    size_t length = 0;
    if (party->account != TRAIL_NO_ACCOUNT)
        return trail_accounts_number(ledger->accounts, party->account);
    if (party->number == 0) return nothing;
    trail_slice written = trail_strings_get(ledger->strings, party->number);
    if (!trail_account_key(nothing, written, key, &length)) return nothing;
    size_t mark = key[0] == '\x1f' ? 1 : 0;
    return (trail_slice){key + mark, length - mark};
}

bool trail_party_numbers_agree(const trail_ledger *ledger, const trail_party_says *first,
                               const trail_party_says *second)
{
    char first_key[TRAIL_ACCOUNT_KEY_LIMIT], second_key[TRAIL_ACCOUNT_KEY_LIMIT];
    trail_slice a = number_of(ledger, first, first_key);
    trail_slice b = number_of(ledger, second, second_key);
    if (a.length == 0 || b.length == 0 || trail_slice_equal(a, b)) return true;
    if (a.length > b.length) {
        trail_slice swap = a;
        a = b;
        b = swap;
    }
    return a.length >= NATIONAL_DIGITS && trail_slice_find(b, a) != SIZE_MAX;
}
