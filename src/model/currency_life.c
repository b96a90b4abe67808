/* When currencies came and went: ISO 4217 tables A.1 and A.3, the laws that brought the euro, and
 * the central banks' notices. The last day is the last on which accounts were kept in it, or of the
 * month where only that is published; a currency of the past whose beginning no evidence can
 * precede has none. The euro's predecessors were kept beside it until the end of 2001. */
#include "model/currency_life.h"

#include <string.h>

#include "base/attributes.h"

#define ANY 0

typedef struct life_row {
    char code[4];
    int from, to; /* year, month, day in digits */
} life_row;

static const life_row lives[] = {
    {"ADP", ANY, 20011231},      {"AFA", ANY, 20030102},      {"AFN", 20021007, ANY},
    {"ANG", ANY, 20250331},      {"AON", ANY, 20000201},      {"ATS", ANY, 20011231},
    {"AZM", ANY, 20051231},      {"AZN", 20060101, ANY},      {"BAM", 19980622, ANY},
    {"BEF", ANY, 20011231},      {"BGL", ANY, 19990831},      {"BGN", 19990705, 20251231},
    {"BRL", 19940701, ANY},      {"BRR", ANY, 19940630},      {"BYB", ANY, 20011231},
    {"BYN", 20160701, ANY},      {"BYR", 20000101, 20161231}, {"CSD", 20030703, 20061231},
    {"CSK", ANY, 19930331},      {"CUC", 19940101, 20210630}, {"CYP", ANY, 20071231},
    {"CZK", 19930101, ANY},      {"DDM", ANY, 19900930},      {"DEM", ANY, 20011231},
    {"ECS", ANY, 20000915},      {"EEK", 19920620, 20101231}, {"ESP", ANY, 20011231},
    {"EUR", 19990101, ANY},      {"FIM", ANY, 20011231},      {"FRF", ANY, 20011231},
    {"GEK", ANY, 19951231},      {"GEL", 19951002, ANY},      {"GHC", ANY, 20071231},
    {"GHS", 20070701, ANY},      {"GRD", ANY, 20011231},      {"GWP", ANY, 19971231},
    {"HRD", ANY, 19950531},      {"HRK", 19940530, 20221231}, {"IEP", ANY, 20011231},
    {"ITL", ANY, 20011231},      {"LTL", 19930625, 20141231}, {"LTT", ANY, 19930720},
    {"LUF", ANY, 20011231},      {"LVL", 19930305, 20131231}, {"LVR", ANY, 19931018},
    {"MGA", 20030731, ANY},      {"MGF", ANY, 20041231},      {"MRO", ANY, 20180630},
    {"MRU", 20180101, ANY},      {"MTL", ANY, 20071231},      {"MXN", 19930101, ANY},
    {"MXP", ANY, 19951231},      {"MZM", ANY, 20061231},      {"MZN", 20060701, ANY},
    {"NLG", ANY, 20011231},      {"PEI", ANY, 19911231},      {"PLN", 19950101, ANY},
    {"PLZ", ANY, 19961231},      {"PTE", ANY, 20011231},      {"ROL", ANY, 20061231},
    {"RON", 20050701, ANY},      {"RSD", 20061025, ANY},      {"RUB", 19980101, ANY},
    {"RUR", ANY, 19981231},      {"SDD", ANY, 20070630},      {"SDG", 20070110, ANY},
    {"SIT", 19911008, 20061231}, {"SKK", 19930208, 20081231}, {"SLE", 20220701, ANY},
    {"SLL", ANY, 20240331},      {"SRD", 20040101, ANY},      {"SRG", ANY, 20041231},
    {"SSP", 20110718, ANY},      {"STD", ANY, 20180630},      {"STN", 20180101, ANY},
    {"SUR", ANY, 19940630},      {"TJR", ANY, 20001231},      {"TJS", 20001030, ANY},
    {"TMM", ANY, 20091231},      {"TMT", 20090101, ANY},      {"TPE", ANY, 20020519},
    {"TRL", ANY, 20051231},      {"TRY", 20050101, ANY},      {"UAH", 19960902, ANY},
    {"UAK", ANY, 19960916},      {"UYP", ANY, 19930630},      {"UYU", 19930301, ANY},
    {"VEB", ANY, 20071231},      {"VED", 20211001, ANY},      {"VEF", 20080101, 20180831},
    {"VES", 20180820, ANY},      {"XBT", 20090103, ANY},      {"XCG", 20250331, ANY},
    {"YUM", 19940124, 20030702}, {"ZMK", ANY, 20121231},      {"ZMW", 20130101, ANY},
    {"ZRN", ANY, 19980630},      {"ZWD", ANY, 20080731},      {"ZWG", 20240408, ANY},
    {"ZWL", 20090202, 20240830},
};

static int32_t day_of(int digits, int32_t open)
{
    int32_t day = open;
    if (digits == ANY ||
        !trail_day_from_civil(digits / 10000, digits / 100 % 100, digits % 100, &day))
        return open;
    return day;
}

trail_currency_life trail_currency_life_of(trail_currency currency)
{
    const char *code = trail_currency_code(currency);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(lives); i++) {
        if (strcmp(lives[i].code, code) == 0)
            return (trail_currency_life){day_of(lives[i].from, INT32_MIN),
                                         day_of(lives[i].to, INT32_MAX)};
    }
    return (trail_currency_life){INT32_MIN, INT32_MAX};
}
