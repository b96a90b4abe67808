/* generate ROWS SEED > file.csv: invented payments in the layout of the AMLworld tables (Altman et
 * al. 2023, arXiv 2306.16424), about 96 bytes a row, the same bytes for the same arguments
 * everywhere. Accounts are heavy-tailed: the rank of an end is N·u^3 for uniform u; ids are
 * shuffled by multiplication, so that neighbours in the file are strangers in memory. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ACCOUNTS 497263u
#define BANKS    30470u
#define MINUTES  (18u * 24u * 60u)

static const char *const currencies[] = {
    "US Dollar",
    "Euro",
    "Yuan",
    "Shekel",
    "Rupee",
    "UK Pound",
    "Ruble",
    "Yen",
    "Bitcoin",
    "Swiss Franc",
    "Canadian Dollar",
    "Australian Dollar",
    "Mexican Peso",
    "Saudi Riyal",
    "Brazil Real",
};
static const char *const formats[] = {"Cheque", "Credit Card", "ACH",         "Cash",
                                      "Wire",   "Bitcoin",     "Reinvestment"};

/* PCG32 (O'Neill 2014). */
static uint32_t next_random(uint64_t *state)
{
    uint64_t old = *state;
    *state = old * 6364136223846793005u + 1442695040888963407u;
    uint32_t shifted = (uint32_t)(((old >> 18) ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);
    return (shifted >> turn) | (shifted << ((32 - turn) & 31));
}

static uint32_t pick_account(uint64_t *state)
{
    uint64_t u = next_random(state);
    uint64_t cubed = (((u * u) >> 32) * u) >> 32;
    uint64_t rank = (cubed * ACCOUNTS) >> 32;
    return (uint32_t)((rank * 193877u + 17u) % ACCOUNTS); /* 193877 is prime to ACCOUNTS */
}

static unsigned currency_of(uint32_t account)
{
    uint32_t mixed = account * 2654435761u >> 16;
    return mixed % 100 < 60 ? 0 : mixed % 15;
}

static char *put_number(char *at, uint64_t value, int width)
{
    char digits[24];
    int count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    for (int i = count; i < width; i++)
        *at++ = '0';
    while (count > 0)
        *at++ = digits[--count];
    return at;
}

static char *put_text(char *at, const char *text)
{
    size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

static char *put_amount(char *at, uint64_t minor, unsigned currency)
{
    uint64_t scale = currency == 8 ? 1000000 : 100;
    if (currency == 7) minor -= minor % 100; /* the yen has no minor unit */
    at = put_number(at, minor / scale, 1);
    *at++ = '.';
    return put_number(at, minor % scale, currency == 8 ? 6 : 2);
}

static char *put_account(char *at, uint32_t account)
{
    static const char hex[] = "0123456789ABCDEF";
    uint32_t bank = account * 40503u % BANKS;
    uint32_t id = account * 2654435761u & 0xFFFFFFF;
    *at++ = '0';
    at = put_number(at, bank, 2);
    *at++ = ',';
    *at++ = '8';
    for (int shift = 24; shift >= 0; shift -= 4)
        *at++ = hex[id >> shift & 15];
    *at++ = '0';
    return at;
}

static char *put_time(char *at, uint64_t minute)
{
    at = put_text(at, "2022/09/");
    at = put_number(at, 1 + minute / 1440, 2);
    *at++ = ' ';
    at = put_number(at, minute / 60 % 24, 2);
    *at++ = ':';
    return put_number(at, minute % 60, 2);
}

/* Yen and Bitcoin carry their own exponents through put_amount; a converting row pays in one
 * currency and arrives in another at an invented rate. */
static char *put_row(char *at, uint64_t row, uint64_t rows, uint64_t *state)
{
    uint32_t payer = pick_account(state), payee = pick_account(state);
    uint32_t chance = next_random(state);
    unsigned format = chance % 6;
    if (chance % 25 == 0) {
        payee = payer;
        format = 6;
    }
    unsigned paid_in = currency_of(payer), received_in = paid_in;
    uint64_t paid = 100 + (((uint64_t)next_random(state) * next_random(state)) >> 32) % 2000000;
    uint64_t received = paid;
    if (payee != payer && chance % 50 == 1) {
        received_in = (paid_in + 1 + chance / 50 % 14) % 15;
        received = 1 + paid * (50 + chance / 5000 % 200) / 100;
    }
    at = put_time(at, row * MINUTES / rows);
    *at++ = ',';
    at = put_account(at, payer);
    *at++ = ',';
    at = put_account(at, payee);
    *at++ = ',';
    at = put_amount(at, received, received_in);
    *at++ = ',';
    at = put_text(at, currencies[received_in]);
    *at++ = ',';
    at = put_amount(at, paid, paid_in);
    *at++ = ',';
    at = put_text(at, currencies[paid_in]);
    *at++ = ',';
    at = put_text(at, formats[format]);
    return put_text(at, chance % 1000 == 7 ? ",1\n" : ",0\n");
}

int main(int argc, char **argv)
{
    static char buffer[1 << 16];
    if (argc != 3) {
        fputs("usage: generate ROWS SEED > file.csv\n", stderr);
        return 2;
    }
    uint64_t rows = strtoull(argv[1], NULL, 10);
    uint64_t state = strtoull(argv[2], NULL, 10) * 2 + 1;
    char *at = put_text(buffer, "Timestamp,From Bank,Account,To Bank,Account,Amount Received,"
                                "Receiving Currency,Amount Paid,Payment Currency,Payment Format,"
                                "Is Laundering\n");
    for (uint64_t row = 0; row < rows; row++) {
        at = put_row(at, row, rows, &state);
        if (at - buffer > (1 << 16) - 256) {
            fwrite(buffer, 1, (size_t)(at - buffer), stdout);
            at = buffer;
        }
    }
    fwrite(buffer, 1, (size_t)(at - buffer), stdout);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
