/* Statements: what a received file says of one account as a whole, as it says it. A table with an
 * own-account column is one statement for each own account and currency in it. In reading order:
 * by file, then by place in the file. */
#ifndef TRAIL_MODEL_STATEMENT_H
#define TRAIL_MODEL_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/calendar.h"
#include "model/currency.h"

typedef enum trail_balance_kind {
    TRAIL_BALANCE_NONE = 0,  /* not stated */
    TRAIL_BALANCE_BOOKED,    /* 60F 62F, OPBD PRCD CLBD: before and after the whole statement */
    TRAIL_BALANCE_PAGE,      /* 60M 62M, ITBD: of a page of it */
    TRAIL_BALANCE_AVAILABLE, /* OPAV CLAV: of another kind, never the closing balance */
    TRAIL_BALANCE_ROWS /* follows from a balance column: first row's less its amount, last's */
} trail_balance_kind;

typedef struct trail_stated_balance {
    uint8_t kind; /* trail_balance_kind */
    int32_t day;  /* TRAIL_NO_DAY if none */
    int64_t amount_minor;
} trail_stated_balance;

typedef struct trail_statement {
    uint32_t file;
    uint32_t account;
    trail_currency currency;
    bool is_report; /* interim report or advice (MT942, MT900, camt.052, camt.054): a statement may
                       repeat its rows; it observes nothing */
    bool turned;    /* the file lists newest first */
    uint32_t first_record, end_record; /* its records stand in this range of its file's, with those
                                          of other accounts only in tables with an own account */
    uint64_t line;                     /* where it begins */
    trail_stated_balance opening, closing;
    int32_t from_day, to_day;   /* stated period, TRAIL_NO_DAY = not stated */
    uint32_t reference;         /* string id: :20:, Stmt/Id */
    uint32_t number;            /* string id: :28C: as written, ElctrncSeqNb, LglSeqNb */
    uint32_t sequence;          /* statement number as a number, UINT32_MAX if none */
    uint32_t page;              /* page or sequence within the number, from 1; 0 if none */
    bool has_totals;            /* the statement states sums of its rows */
    int64_t stated_debit_minor; /* >= 0 each */
    int64_t stated_credit_minor;
} trail_statement;

/* The first day that its balances speak of: an opening balance carries the date of the day before,
 * whose closing it is, unless the whole statement is of one day. TRAIL_NO_DAY if not stated. */
static inline int32_t trail_statement_first_day(const trail_statement *statement)
{
    int32_t opened = statement->opening.day, closed = statement->closing.day;
    bool stated = statement->opening.kind != TRAIL_BALANCE_NONE &&
                  statement->opening.kind != TRAIL_BALANCE_ROWS;
    if (!stated || opened == TRAIL_NO_DAY) return TRAIL_NO_DAY;
    bool later = statement->closing.kind != TRAIL_BALANCE_NONE && closed != TRAIL_NO_DAY;
    return later && opened < closed ? opened + 1 : opened;
}

#endif
