/* One CSV output being written: cells that know how ids, amounts, days, protected text and
 * citations are shown. The first failure is kept and told by finish. The last heading is the
 * protection notice, so that the file says it and stays plain CSV. */
#ifndef TRAIL_EXPORT_TABLE_H
#define TRAIL_EXPORT_TABLE_H

#include <moneytrail/error.h>

#include "base/csv_writer.h"
#include "base/text.h"
#include "export/findings.h"

typedef struct trail_table {
    const trail_findings *findings;
    trail_output *out;
    trail_csv_writer csv;
    trail_text cell;
    trail_status status;
    trail_error *err;
} trail_table;

trail_status trail_table_open(trail_table *table, const trail_findings *findings, const char *path,
                              const char *const *headings, size_t count,
                              trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_table_finish(trail_table *table) TRAIL_MUST_CHECK;

void trail_table_row_end(trail_table *table);
void trail_table_word(trail_table *table, const char *word); /* the program's own word, or NULL */
void trail_table_number(trail_table *table, int64_t value);
void trail_table_yes(trail_table *table, bool yes);           /* yes, or empty */
void trail_table_text(trail_table *table, trail_slice text);  /* from evidence or the case file */
void trail_table_string(trail_table *table, uint32_t string); /* id in the ledger's strings */
void trail_table_amount(trail_table *table, int64_t minor, trail_currency currency);
void trail_table_currency(trail_table *table, trail_currency currency);
void trail_table_day(trail_table *table, int32_t day);
void trail_table_time(trail_table *table, int32_t second);
void trail_table_payment(trail_table *table, uint32_t payment);        /* t… */
void trail_table_account(trail_table *table, uint32_t account);        /* a…, or empty */
void trail_table_number_said(trail_table *table, trail_slice number);  /* as the case writes it */
void trail_table_account_number(trail_table *table, uint32_t account); /* or V-…/n */
/* 0.970000 from millionths. */
void trail_table_share(trail_table *table, int64_t millionths);
/* A received file as it is cited, by hash if its name is protected. */
void trail_table_file(trail_table *table, const trail_file *file);
/* "received/a.csv:17 (record 16, bytes 1204+88)", several joined by " | ". */
void trail_table_records(trail_table *table, uint32_t payment);
void trail_table_record(trail_table *table, uint32_t record);

#endif
