#include "model/currency.h"

#include <stddef.h>

#include "base/attributes.h"

/* ISO 4217 codes with their minor-unit exponents (list one, and withdrawn codes that old statements
 * still carry), sorted by code; XBT for Bitcoin. Names are those of the AMLworld tables (Altman et
 * al. 2023, arXiv 2306.16424). Libraries give CLDR's digits instead, which differ (IQD, MGA, ...).
 */
typedef struct currency_row {
    const char *code;
    unsigned exponent;
    const char *name;
} currency_row;

static const currency_row currency_rows[] = {
    {"", 2, NULL},
    {"AED", 2, NULL},
    {"AFN", 2, NULL},
    {"ALL", 2, NULL},
    {"AMD", 2, NULL},
    {"ANG", 2, NULL},
    {"AOA", 2, NULL},
    {"ARS", 2, NULL},
    {"AUD", 2, "Australian Dollar"},
    {"AWG", 2, NULL},
    {"AZN", 2, NULL},
    {"BAM", 2, NULL},
    {"BBD", 2, NULL},
    {"BDT", 2, NULL},
    {"BGN", 2, NULL},
    {"BHD", 3, NULL},
    {"BIF", 0, NULL},
    {"BMD", 2, NULL},
    {"BND", 2, NULL},
    {"BOB", 2, NULL},
    {"BRL", 2, "Brazil Real"},
    {"BSD", 2, NULL},
    {"BTN", 2, NULL},
    {"BWP", 2, NULL},
    {"BYN", 2, NULL},
    {"BYR", 0, NULL},
    {"BZD", 2, NULL},
    {"CAD", 2, "Canadian Dollar"},
    {"CDF", 2, NULL},
    {"CHF", 2, "Swiss Franc"},
    {"CLF", 4, NULL},
    {"CLP", 0, NULL},
    {"CNH", 2, NULL},
    {"CNY", 2, "Yuan"},
    {"COP", 2, NULL},
    {"CRC", 2, NULL},
    {"CUC", 2, NULL},
    {"CUP", 2, NULL},
    {"CVE", 2, NULL},
    {"CYP", 2, NULL},
    {"CZK", 2, NULL},
    {"DEM", 2, NULL},
    {"DJF", 0, NULL},
    {"DKK", 2, NULL},
    {"DOP", 2, NULL},
    {"DZD", 2, NULL},
    {"EEK", 2, NULL},
    {"EGP", 2, NULL},
    {"ERN", 2, NULL},
    {"ESP", 0, NULL},
    {"ETB", 2, NULL},
    {"EUR", 2, "Euro"},
    {"FIM", 2, NULL},
    {"FJD", 2, NULL},
    {"FKP", 2, NULL},
    {"FRF", 2, NULL},
    {"GBP", 2, "UK Pound"},
    {"GEL", 2, NULL},
    {"GHS", 2, NULL},
    {"GIP", 2, NULL},
    {"GMD", 2, NULL},
    {"GNF", 0, NULL},
    {"GRD", 0, NULL},
    {"GTQ", 2, NULL},
    {"GYD", 2, NULL},
    {"HKD", 2, NULL},
    {"HNL", 2, NULL},
    {"HRK", 2, NULL},
    {"HTG", 2, NULL},
    {"HUF", 2, NULL},
    {"IDR", 2, NULL},
    {"IEP", 2, NULL},
    {"ILS", 2, "Shekel"},
    {"INR", 2, "Rupee"},
    {"IQD", 3, NULL},
    {"IRR", 2, NULL},
    {"ISK", 0, NULL},
    {"ITL", 0, NULL},
    {"JMD", 2, NULL},
    {"JOD", 3, NULL},
    {"JPY", 0, "Yen"},
    {"KES", 2, NULL},
    {"KGS", 2, NULL},
    {"KHR", 2, NULL},
    {"KMF", 0, NULL},
    {"KPW", 2, NULL},
    {"KRW", 0, NULL},
    {"KWD", 3, NULL},
    {"KYD", 2, NULL},
    {"KZT", 2, NULL},
    {"LAK", 2, NULL},
    {"LBP", 2, NULL},
    {"LKR", 2, NULL},
    {"LRD", 2, NULL},
    {"LSL", 2, NULL},
    {"LTL", 2, NULL},
    {"LVL", 2, NULL},
    {"LYD", 3, NULL},
    {"MAD", 2, NULL},
    {"MDL", 2, NULL},
    {"MGA", 2, NULL},
    {"MKD", 2, NULL},
    {"MMK", 2, NULL},
    {"MNT", 2, NULL},
    {"MOP", 2, NULL},
    {"MRO", 2, NULL},
    {"MRU", 2, NULL},
    {"MTL", 2, NULL},
    {"MUR", 2, NULL},
    {"MVR", 2, NULL},
    {"MWK", 2, NULL},
    {"MXN", 2, "Mexican Peso"},
    {"MYR", 2, NULL},
    {"MZN", 2, NULL},
    {"NAD", 2, NULL},
    {"NGN", 2, NULL},
    {"NIO", 2, NULL},
    {"NLG", 2, NULL},
    {"NOK", 2, NULL},
    {"NPR", 2, NULL},
    {"NZD", 2, NULL},
    {"OMR", 3, NULL},
    {"PAB", 2, NULL},
    {"PEN", 2, NULL},
    {"PGK", 2, NULL},
    {"PHP", 2, NULL},
    {"PKR", 2, NULL},
    {"PLN", 2, NULL},
    {"PTE", 0, NULL},
    {"PYG", 0, NULL},
    {"QAR", 2, NULL},
    {"ROL", 0, NULL},
    {"RON", 2, NULL},
    {"RSD", 2, NULL},
    {"RUB", 2, "Ruble"},
    {"RUR", 2, NULL},
    {"RWF", 0, NULL},
    {"SAR", 2, "Saudi Riyal"},
    {"SBD", 2, NULL},
    {"SCR", 2, NULL},
    {"SDG", 2, NULL},
    {"SEK", 2, NULL},
    {"SGD", 2, NULL},
    {"SHP", 2, NULL},
    {"SIT", 2, NULL},
    {"SKK", 2, NULL},
    {"SLE", 2, NULL},
    {"SLL", 2, NULL},
    {"SOS", 2, NULL},
    {"SRD", 2, NULL},
    {"SSP", 2, NULL},
    {"STN", 2, NULL},
    {"SVC", 2, NULL},
    {"SYP", 2, NULL},
    {"SZL", 2, NULL},
    {"THB", 2, NULL},
    {"TJS", 2, NULL},
    {"TMM", 2, NULL},
    {"TMT", 2, NULL},
    {"TND", 3, NULL},
    {"TOP", 2, NULL},
    {"TRY", 2, NULL},
    {"TTD", 2, NULL},
    {"TWD", 2, NULL},
    {"TZS", 2, NULL},
    {"UAH", 2, NULL},
    {"UGX", 0, NULL},
    {"USD", 2, "US Dollar"},
    {"UYU", 2, NULL},
    {"UYW", 4, NULL},
    {"UZS", 2, NULL},
    {"VED", 2, NULL},
    {"VES", 2, NULL},
    {"VND", 0, NULL},
    {"VUV", 0, NULL},
    {"WST", 2, NULL},
    {"XAF", 0, NULL},
    {"XBT", 8, "Bitcoin"},
    {"XCD", 2, NULL},
    {"XOF", 0, NULL},
    {"XPF", 0, NULL},
    {"XXX", 2, NULL}, /* "no currency": a file that names none, until the case file does */
    {"YER", 2, NULL},
    {"ZAR", 2, NULL},
    {"ZMW", 2, NULL},
    {"ZWG", 2, NULL},
    {"ZWL", 2, NULL},
};

static bool code_equals(trail_slice text, const char *code)
{
    return text.length == 3 && trail_slice_is_ascii_nocase(text, code);
}

bool trail_currency_find(trail_slice text, trail_currency *currency)
{
    text = trail_slice_trim(text);
    if (trail_slice_is_ascii_nocase(text, "BTC")) text = trail_slice_of("XBT");
    for (size_t i = 1; i < TRAIL_LENGTH_OF(currency_rows); i++) {
        const currency_row *row = &currency_rows[i];
        if (code_equals(text, row->code) ||
            (row->name != NULL && trail_slice_is_ascii_nocase(text, row->name))) {
            *currency = (trail_currency)i;
            return true;
        }
    }
    return false;
}

const char *trail_currency_code(trail_currency currency)
{
    return currency_rows[currency].code;
}

unsigned trail_currency_exponent(trail_currency currency)
{
    return currency_rows[currency].exponent;
}

unsigned trail_currency_count(void)
{
    return (unsigned)TRAIL_LENGTH_OF(currency_rows);
}
