/* A camt statement, report or notification as a whole: whose it is, its balances, its totals. */
#ifndef TRAIL_INGEST_CAMT_STATEMENT_H
#define TRAIL_INGEST_CAMT_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "ingest/entry_writer.h"
#include "ingest/xml_fields.h"

/* Sums of entries as they stand, in the statement's currency. */
typedef struct trail_camt_sums {
    int64_t credit_minor, debit_minor;
    uint64_t credits, debits;
} trail_camt_sums;

typedef struct trail_camt_statement {
    trail_xml_fields fields;
    trail_vector balances; /* of what camt_statement.c keeps of each */
    trail_slice message;   /* GrpHdr/MsgId */
    uint64_t line;
    bool is_report;
    trail_currency currency; /* TRAIL_NO_CURRENCY until something says it */
    trail_camt_sums booked, all;
    uint64_t entries;
    int32_t last_day; /* of the entry before */
    bool rises, falls;
    bool own_side_noted; /* the remark on another account on the own side is made */
} trail_camt_statement;

void trail_camt_statement_init(trail_camt_statement *statement);
void trail_camt_statement_clear(trail_camt_statement *statement);
void trail_camt_statement_reset(trail_camt_statement *statement);

/* Whose it is: borrowed until fields are added. */
trail_party_said trail_camt_statement_own(const trail_camt_statement *statement);
/* A balance (Bal) that ends. */
trail_status trail_camt_statement_balance(trail_camt_statement *statement,
                                          trail_entry_writer *writer, const trail_xml_block *said,
                                          uint64_t line, trail_error *err) TRAIL_MUST_CHECK;
/* An entry of it: counts, the currency, the direction in which its days run. */
void trail_camt_statement_count(trail_camt_statement *statement, trail_currency currency,
                                bool credit, int64_t amount_minor, bool booked, int32_t day);
/* It ends, or the document breaks off in it. */
trail_status trail_camt_statement_end(trail_camt_statement *statement, trail_entry_writer *writer,
                                      trail_error *err) TRAIL_MUST_CHECK;

#endif
