/* Source: ISO 20022 external code sets, bank transaction codes. Only codes whose meaning is certain
 * whoever uses them; the bank's own codes are left to a profile. */
#include "ingest/camt_kind.h"

#include <stddef.h>

#include "base/attributes.h"

typedef struct code_row {
    const char *domain, *family, *subfamily; /* NULL: any */
    trail_kind kind;
} code_row;

/* The first that fits. */
static const code_row codes[] = {
    {NULL, NULL, "CHRG", TRAIL_KIND_FEE},
    {NULL, NULL, "FEES", TRAIL_KIND_FEE},
    {NULL, NULL, "COMM", TRAIL_KIND_FEE},
    {NULL, NULL, "COME", TRAIL_KIND_FEE},
    {NULL, NULL, "COMI", TRAIL_KIND_FEE},
    {NULL, NULL, "COMT", TRAIL_KIND_FEE},
    {NULL, NULL, "INTR", TRAIL_KIND_INTEREST},
    {"PMNT", NULL, "RRTN", TRAIL_KIND_RETURN}, /* payment return */
    {"PMNT", NULL, "RPCR", TRAIL_KIND_RETURN}, /* payment cancellation request */
    {"PMNT", NULL, "ARET", TRAIL_KIND_RETURN}, /* ACH return */
    {"PMNT", NULL, "UPDD", TRAIL_KIND_RETURN}, /* unpaid direct debit */
    {"PMNT", NULL, "PRDD", TRAIL_KIND_RETURN}, /* direct debit reversed */
    {"PMNT", NULL, "RCDD", TRAIL_KIND_RETURN}, /* direct debit cancelled */
    {"PMNT", NULL, "UPCQ", TRAIL_KIND_RETURN}, /* unpaid cheque */
    {"PMNT", NULL, "SALA", TRAIL_KIND_WAGES},
    {"PMNT", "CCRD", "CWDL", TRAIL_KIND_CASH}, /* withdrawal at a machine */
    {"PMNT", "CCRD", "XBCW", TRAIL_KIND_CASH}, /* the same abroad */
    {"PMNT", "CCRD", "CDPT", TRAIL_KIND_CASH},
    {"PMNT", "CCRD", NULL, TRAIL_KIND_CARD},
    {"PMNT", "CNTR", "CWDL", TRAIL_KIND_CASH},
    {"PMNT", "CNTR", "CDPT", TRAIL_KIND_CASH},
    {"PMNT", "CNTR", "BCDP", TRAIL_KIND_CASH}, /* branch deposit, withdrawal */
    {"PMNT", "CNTR", "BCWD", TRAIL_KIND_CASH},
    {"PMNT", "CNTR", "FCDP", TRAIL_KIND_CASH}, /* in foreign currency */
    {"PMNT", "CNTR", "FCWD", TRAIL_KIND_CASH},
};

static bool fits(const char *wanted, trail_slice given)
{
    return wanted == NULL || trail_slice_is(given, wanted);
}

bool trail_camt_kind(trail_slice domain, trail_slice family, trail_slice subfamily,
                     trail_kind *kind)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(codes); i++) {
        if (!fits(codes[i].domain, domain) || !fits(codes[i].family, family) ||
            !fits(codes[i].subfamily, subfamily))
            continue;
        *kind = codes[i].kind;
        return true;
    }
    return false;
}
