/* The keys of accounts: what of (bank, number as written) makes an account the same one. */
#include "model/account.h"

#include <string.h>

#define BANK_END  TRAIL_ACCOUNT_BANK_END
#define DOTS      "\xe2\x80\xa6" /* … */
#define BULLET    "\xe2\x80\xa2" /* • */
#define SHORT_RUN 3              /* fewer X may be letters of a number */

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c & '\x80') != 0;
}

/* Upper case; a BIC of eleven that names the head office (…XXX) is the BIC of eight. */
static size_t put_bank(trail_slice bank, char *key)
{
    bank = trail_slice_trim(bank);
    size_t length = bank.length < 200 ? bank.length : 200;
    for (size_t i = 0; i < length; i++)
        key[i] = upper(bank.start[i]);
    if (length == 11 && memcmp(key + 8, "XXX", 3) == 0) length = 8;
    return length;
}

/* "+371 2000 0000": a telephone number keeps its plus, so that it is no account of these digits. */
static bool is_telephone(trail_slice number, const char *stripped, size_t count)
{
    if (number.start[0] != '+' || count < 5) return false;
    for (size_t i = 0; i < count; i++)
        if (!is_digit(stripped[i])) return false;
    return true;
}

/* Stars, and "…" for three dots and more, stay: "****5001" is not the account 5001. Other signs go.
 * Returns how many bytes the sign at `at` stands for in the key. */
static size_t put_sign(trail_slice number, size_t *at, char out[3])
{
    char c = number.start[*at];
    size_t run = 1;
    while (*at + run < number.length && number.start[*at + run] == c)
        run++;
    if (c == '*') {
        out[0] = '*';
        return 1;
    }
    if ((c != '.' && c != '#') || run < (c == '.' ? 3 : 2)) return 0;
    *at += run - 1;
    memcpy(out, DOTS, 3);
    return 3;
}

bool trail_number_is_masked(trail_slice number)
{
    trail_slice before, behind;
    return trail_number_shown(number, &before, &behind);
}

/* Where a run of X's begins that stands for digits: at least three, digits behind, and at most a
 * country's letters, check digits and a bank code before. */
static size_t crossed_out(trail_slice number, size_t *end)
{
    size_t behind = 0;
    while (behind < number.length && is_digit(number.start[number.length - 1 - behind]))
        behind++;
    *end = number.length - behind;
    size_t begin = *end;
    while (begin > 0 && number.start[begin - 1] == 'X')
        begin--;
    return behind >= SHORT_RUN && *end - begin >= SHORT_RUN && begin <= 12 ? begin : SIZE_MAX;
}

bool trail_number_shown(trail_slice number, trail_slice *before, trail_slice *behind)
{
    static const char *const signs[] = {"*", DOTS, BULLET};
    size_t first = SIZE_MAX, end = 0;
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(signs[i]);
        for (size_t at = 0; at + length <= number.length; at++) {
            if (memcmp(number.start + at, signs[i], length) != 0) continue;
            if (at < first) first = at;
            if (at + length > end) end = at + length;
        }
    }
    if (first == SIZE_MAX) first = crossed_out(number, &end);
    if (first == SIZE_MAX) return false;
    *before = (trail_slice){number.start, first};
    *behind = (trail_slice){number.start + end, number.length - end};
    return true;
}

/* "70090100/1234567": bank code and account as German banks write them; empty if it is not that.
 * Fewer digits behind the stroke are a Czech bank code. */
static trail_slice bank_code_before_stroke(trail_slice *number)
{
    trail_slice whole = trail_slice_trim(*number);
    if (whole.length < 14 || whole.length > 19 || whole.start[8] != '/')
        return (trail_slice){"", 0};
    for (size_t i = 0; i < whole.length; i++)
        if (i != 8 && !is_digit(whole.start[i])) return (trail_slice){"", 0};
    *number = (trail_slice){whole.start + 9, whole.length - 9};
    return (trail_slice){whole.start, 8};
}

bool trail_account_key(trail_slice bank, trail_slice number, char key[TRAIL_ACCOUNT_KEY_LIMIT],
                       size_t *length)
{
    char stripped[200];
    size_t count = 0, shown = 0;
    if (bank.length == 0) bank = bank_code_before_stroke(&number);
    for (size_t i = 0; i < number.length; i++) {
        char c = upper(number.start[i]);
        if (is_alphanumeric(c)) {
            if (count == sizeof stripped) return false;
            stripped[count++] = c;
            shown++;
            continue;
        }
        char sign[3];
        size_t bytes = put_sign(number, &i, sign);
        if (count + bytes > sizeof stripped) return false;
        memcpy(stripped + count, sign, bytes);
        count += bytes;
    }
    if (shown == 0) return false;
    size_t from = count > 4 && memcmp(stripped, "IBAN", 4) == 0 ? 4 : 0;
    if (trail_iban_valid((trail_slice){stripped + from, count - from})) {
        memcpy(key, stripped + from, count - from);
        *length = count - from;
        return true;
    }
    size_t at = put_bank(bank, key);
    /* A bank by its BIC is its own account: both spellings of the BIC are one number. */
    if (at == 8 && count == 11 && memcmp(stripped, key, 8) == 0 &&
        memcmp(stripped + 8, "XXX", 3) == 0)
        count = 8;
    key[at++] = BANK_END;
    if (is_telephone(number, stripped, count)) key[at++] = '+';
    memcpy(key + at, stripped, count);
    *length = at + count;
    return true;
}
