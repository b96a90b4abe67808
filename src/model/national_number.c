/* A national number becomes an IBAN by its bank code, zeros up to the registered length, and check
 * digits. Which part of an IBAN is whose: SWIFT IBAN registry; zeros and bank codes as the central
 * banks and bankers' associations publish (DE: Bundesbank, EE: Pangaliit, LV and LT: central banks,
 * NL: Betaalvereniging, PL: NBP, AT: STUZZA, CH: SIX, CY: Central Bank, FR: CFONB). Countries that
 * rearrange digits (CZ, SK, FI) are left out: nothing is guessed. */
#include "model/national_number.h"

#include <string.h>

#include "base/attributes.h"
#include "model/country.h"

enum {
    ZEROS = 1,       /* an account number shorter than its part gets zeros in front */
    BIC_LETTERS = 2, /* the bank code is the first four letters of its BIC */
    BANK_LEADS = 4,  /* the account number begins with its bank code */
    WITH_CHECK = 8,  /* written at home with the check digits in front */
    WHOLE_ONLY = 16  /* not written without its bank */
};

typedef struct national_rule {
    char code[3];
    unsigned char bank;    /* length of bank code with branch, as it stands first */
    unsigned char account; /* length of the rest */
    unsigned char marks;
} national_rule;

static const national_rule rules[] = {
    {"AT", 5, 11, ZEROS},
    {"BE", 3, 9, WHOLE_ONLY},
    {"CH", 5, 12, ZEROS},
    {"CY", 8, 16, ZEROS},
    {"DE", 8, 10, ZEROS},
    {"EE", 2, 14, ZEROS | BANK_LEADS},
    {"ES", 8, 12, WHOLE_ONLY},
    {"FR", 10, 13, 0},
    {"IT", 11, 12, WHOLE_ONLY},
    {"LT", 5, 11, ZEROS},
    {"LV", 4, 13, ZEROS | BIC_LETTERS},
    {"NL", 4, 10, ZEROS | BIC_LETTERS},
    {"NO", 4, 7, WHOLE_ONLY},
    {"PL", 8, 16, WITH_CHECK},
    {"PT", 8, 13, WHOLE_ONLY},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

trail_slice trail_without_zeros(trail_slice number)
{
    while (number.length > 0 && number.start[0] == '0') {
        number.start++;
        number.length--;
    }
    return number;
}

static const national_rule *rule_of(trail_slice iban)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rules); i++)
        if (memcmp(rules[i].code, iban.start, 2) == 0) return &rules[i];
    return NULL;
}

trail_slice trail_national_account_part(trail_slice iban)
{
    const national_rule *rule = rule_of(iban);
    if (rule == NULL || (rule->marks & WHOLE_ONLY) != 0) return (trail_slice){"", 0};
    return trail_without_zeros((trail_slice){iban.start + 4 + rule->bank, rule->account});
}

/* A bank as written, its letters and digits. */
typedef struct bank_said {
    char text[12];
    size_t length; /* 0: none named, or a name and no code */
    bool is_code;  /* digits only */
    bool is_bic;
} bank_said;

static bank_said read_bank(trail_slice written)
{
    bank_said bank = {.length = 0};
    size_t digits = 0;
    for (size_t i = 0; i < written.length; i++) {
        char c = upper(written.start[i]);
        if (c == ' ' || c == '-') continue;
        if (bank.length == 11 || (!is_digit(c) && (c < 'A' || c > 'Z')))
            return (bank_said){.length = 0};
        digits += is_digit(c);
        bank.text[bank.length++] = c;
    }
    bank.is_code = bank.length > 0 && digits == bank.length;
    bank.is_bic = trail_bic_well_formed((trail_slice){bank.text, bank.length});
    return bank;
}

bool trail_national_bank_open(trail_slice iban, trail_slice bank)
{
    bank_said said = read_bank(bank);
    const national_rule *rule = rule_of(iban);
    if (rule == NULL || said.is_code) return false;
    bool letters = (rule->marks & BIC_LETTERS) != 0;
    if (said.is_bic) return !letters && memcmp(said.text + 4, rule->code, 2) == 0;
    return !letters || said.length != 4;
}

/* The country's IBAN of this national part, if it has the registered places. */
static bool finish(const national_rule *rule, trail_iban_text *iban)
{
    size_t length = 4 + (size_t)rule->bank + rule->account;
    memcpy(iban->text, rule->code, 2);
    iban->text[length] = '\0';
    for (unsigned check = 2; check <= 98; check++) {
        iban->text[2] = (char)('0' + check / 10);
        iban->text[3] = (char)('0' + check % 10);
        trail_iban_verdict verdict = trail_iban_check((trail_slice){iban->text, length});
        if (verdict != TRAIL_IBAN_CHECK_DIGITS) return verdict == TRAIL_IBAN_VALID;
    }
    return false;
}

/* The bank code that stands in an IBAN of this country, or NULL if the bank is not tied to it. */
static const char *code_in_iban(const national_rule *rule, const bank_said *bank,
                                trail_slice number)
{
    bool at_home = bank->is_bic && memcmp(bank->text + 4, rule->code, 2) == 0;
    if ((rule->marks & BIC_LETTERS) != 0) {
        bool letters = bank->length == 4 && !bank->is_code;
        return at_home || letters ? bank->text : NULL;
    }
    if ((rule->marks & BANK_LEADS) != 0 && at_home && number.length > 2) return number.start;
    return bank->is_code && bank->length == rule->bank ? bank->text : NULL;
}

static bool by_bank_and_number(const national_rule *rule, const bank_said *bank, trail_slice number,
                               trail_iban_text *iban)
{
    const char *code = code_in_iban(rule, bank, number);
    bool shorter = number.length < rule->account;
    if ((rule->marks & WHOLE_ONLY) != 0 || code == NULL || number.length > rule->account ||
        (shorter && (rule->marks & ZEROS) == 0))
        return false;
    memcpy(iban->text + 4, code, rule->bank);
    memset(iban->text + 4 + rule->bank, '0', rule->account - number.length);
    memcpy(iban->text + 4 + rule->bank + rule->account - number.length, number.start,
           number.length);
    return finish(rule, iban);
}

/* A number that is the whole national part names its bank; one named beside it must not contradict.
 */
static bool by_whole_number(const national_rule *rule, const bank_said *bank, trail_slice number,
                            trail_iban_text *iban)
{
    size_t length = (size_t)rule->bank + rule->account;
    size_t check = (rule->marks & WITH_CHECK) != 0 ? 2 : 0;
    if (number.length != length + check) return false;
    if (bank->is_bic && memcmp(bank->text + 4, rule->code, 2) != 0) return false;
    if (bank->is_code &&
        (bank->length > rule->bank || memcmp(bank->text, number.start + check, bank->length) != 0))
        return false;
    memcpy(iban->text + 4, number.start + check, length);
    return finish(rule, iban) && memcmp(iban->text + 2, number.start, check) == 0;
}

size_t trail_national_ibans(trail_slice bank, trail_slice number,
                            trail_iban_text ibans[TRAIL_NATIONAL_LIMIT])
{
    size_t count = 0;
    bank_said said = read_bank(bank);
    if (number.length == 0 || number.length > TRAIL_IBAN_LONGEST) return 0;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rules) && count < TRAIL_NATIONAL_LIMIT; i++) {
        if ((said.length > 0 && by_bank_and_number(&rules[i], &said, number, &ibans[count])) ||
            by_whole_number(&rules[i], &said, number, &ibans[count]))
            count++;
    }
    return count;
}
