/* ":61:": the line of one movement. */
#ifndef TRAIL_INGEST_FIN_ENTRY_LINE_H
#define TRAIL_INGEST_FIN_ENTRY_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "ingest/fin_values.h"

typedef struct trail_fin_entry_line {
    int32_t value_day;
    int32_t entry_day; /* TRAIL_NO_DAY: not given */
    bool credit;       /* money in: of a reversal, as the standard has it */
    bool reversal;     /* RC, RD */
    bool expected;     /* EC, ED: not booked yet */
    int64_t amount_minor;
    trail_slice amount;
    trail_slice type;           /* "NTRF"; empty: not given */
    trail_slice reference;      /* the account owner's; empty for NONREF */
    trail_slice bank_reference; /* behind "//" */
    trail_slice supplement;     /* the lines below */
    bool type_missing, point;
    /* Set when it cannot be read. */
    const char *code, *sentence;
    trail_slice wrong;
} trail_fin_entry_line;

/* Reads left to right: date, date, R or E and C or D, a letter of the funds, amount, type,
 * references. False: code, sentence and wrong say why. near: see trail_fin_date. */
bool trail_fin_entry_line_read(trail_slice value, unsigned exponent, int32_t near,
                               trail_fin_entry_line *entry);

#endif
