/* One row of a table to one entry of the ledger: dates, amount and sign, currency, kind, parties,
 * scope. Touches neither ledger nor records: what it finds is put there row by row, in order, by
 * table_reader. Either a row is wholly read or it is refused with the first reason found. */
#ifndef TRAIL_INGEST_ROW_MAPPER_H
#define TRAIL_INGEST_ROW_MAPPER_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "base/text.h"
#include "ingest/scope.h"
#include "ingest/table_rows.h"
#include "ingest/table_style.h"
#include "ingest/value_memo.h"
#include "model/ledger.h"

/* One side of a row. Slices are borrowed from the row. */
typedef struct trail_mapped_party {
    trail_slice key; /* of the account, in the mapper's keys; empty: not named */
    uint64_t hash;
    trail_slice number, bank, name; /* as written, trimmed */
} trail_mapped_party;

typedef struct trail_mapped_row {
    trail_record_state state;
    uint32_t column; /* TRAIL_RECORD_REJECT: 0-based, TRAIL_NO_COLUMN: the whole row */
    const char *code;
    const char *sentence;
    trail_slice value; /* of that column */
    /* TRAIL_RECORD_PAYMENT: payer, payee and record of the entry are for the caller to set */
    trail_entry entry;
    trail_mapped_party payer, payee;
    int64_t balance_minor;
    int64_t fee_minor; /* charged to the own account, or the payer's; negative: returned; 0: none */
    int32_t value_day;
    bool has_balance;
    bool own_is_payer;      /* statements */
    bool refund;            /* statuses says so */
    uint32_t amount_column; /* of the amounts by currency: the one that is filled */
    trail_slice reference, code_text;
    const char *remark_code, *remark; /* NULL, or something that did not keep it from being read */
    const trail_slice *fields;        /* all of the row, UTF-8 */
} trail_mapped_row;

typedef struct trail_row_mapper {
    const trail_source *source;
    const trail_profile *profile;
    const trail_column_map *map;
    trail_table_style *style;
    trail_slice own_number;  /* statements without an own_account column */
    trail_currency constant; /* TRAIL_NO_CURRENCY: none */
    bool keeps_details;      /* the table says more than the hot columns hold */
    bool not_midnight;       /* some row has a time of day other than 00:00 */
    int debit_sign;          /* how debit amounts are written: -1, +1, 0 not seen yet */
    trail_value_memo currencies, kinds, signs, statuses;
    trail_scope scope;
    trail_text folded_rules;   /* of profile->texts, each closed by a NUL */
    trail_text folded_totals;  /* of profile->totals, each closed by a NUL */
    trail_text joined, folded; /* text columns of one row */
    bool footer_begun;         /* no row below is one */
    char *keys;                /* of one batch of rows, and figures that refusals name */
    size_t keys_used;
} trail_row_mapper; /* {0} is clearable */

/* rows: opened, header bound. */
trail_status trail_row_mapper_init(trail_row_mapper *mapper, const trail_table_rows *rows,
                                   trail_table_style *style, trail_aside *aside,
                                   trail_error *err) TRAIL_MUST_CHECK;
void trail_row_mapper_clear(trail_row_mapper *mapper);

/* A new batch of at most TRAIL_ROW_BATCH rows begins: keys of the one before are void. */
void trail_row_mapper_begin(trail_row_mapper *mapper);
/* fields, bad_column: from trail_table_rows_fields. O(row). */
trail_status trail_row_mapper_map(trail_row_mapper *mapper, const trail_row *row,
                                  const trail_slice *fields, uint32_t bad_column,
                                  trail_mapped_row *mapped, trail_error *err) TRAIL_MUST_CHECK;
/* The row's text columns, joined by a space; borrowed until the next call. */
trail_status trail_row_mapper_text(trail_row_mapper *mapper, const trail_mapped_row *mapped,
                                   trail_slice *text, trail_error *err) TRAIL_MUST_CHECK;

/* Parts, for the layouts. Each returns false after refusing. */
bool trail_mapped_refuse(trail_mapped_row *mapped, const char *code, const char *sentence,
                         uint32_t column, trail_slice value);
/* The amount in a column; a blank one is `missing` when that is not NULL, else refused. */
bool trail_row_mapper_amount(trail_row_mapper *mapper, trail_mapped_row *mapped,
                             trail_column column, trail_currency currency, int64_t *minor,
                             bool *missing);
bool trail_row_mapper_currency(trail_row_mapper *mapper, trail_mapped_row *mapped,
                               trail_column column, trail_currency *currency);
bool trail_row_mapper_party(trail_row_mapper *mapper, trail_mapped_row *mapped, trail_column number,
                            trail_column bank, trail_column name, trail_mapped_party *party);
/* Puts the key of (bank, number) into party; no key for numbers that mean none. */
bool trail_row_mapper_key(trail_row_mapper *mapper, trail_mapped_row *mapped, uint32_t column,
                          trail_mapped_party *party);
/* The trimmed field of a column, empty if the profile has none. */
trail_slice trail_row_mapper_field(const trail_row_mapper *mapper, const trail_mapped_row *mapped,
                                   trail_column column);

/* What `statuses` says: NO_PAYMENT becomes the row's state and gives false. */
bool trail_row_mapper_status(trail_row_mapper *mapper, trail_mapped_row *mapped);
/* Of amount columns by currency the one that is filled: sets the row's currency. */
bool trail_row_mapper_pick_amount(trail_row_mapper *mapper, trail_mapped_row *mapped);
/* Fee and net beside an amount; signed_minor: as the own account, or the payee, sees it. In
 * transfers *signed_minor becomes what reaches the payee. */
bool trail_map_fee(trail_row_mapper *mapper, trail_mapped_row *mapped, int64_t *signed_minor);
/* The leg of a row's fee; its accounts and record are for the caller to set. */
void trail_fee_leg(const trail_mapped_row *mapped, trail_layout layout, trail_mapped_row *fee);
/* Rows the profile declares to be none: totals, and all from the footer on. */
trail_status trail_row_mapper_fold_totals(trail_row_mapper *mapper,
                                          trail_error *err) TRAIL_MUST_CHECK;
bool trail_row_is_footer(trail_row_mapper *mapper, const trail_row *row, const trail_slice *fields);
trail_status trail_row_is_total(trail_row_mapper *mapper, const trail_row *row,
                                const trail_slice *fields, bool *total,
                                trail_error *err) TRAIL_MUST_CHECK;

/* Sign, amount and parties of the two layouts. */
bool trail_map_statement(trail_row_mapper *mapper, trail_mapped_row *mapped);
bool trail_map_transfer(trail_row_mapper *mapper, trail_mapped_row *mapped);

#endif
