/* Records: one piece of received evidence each (a row, an entry), never changed. A record is known
 * by its number over the whole case; records of one file are contiguous and in file order. Hot
 * cost 8 bytes a record; details (texts, balances) exist only for files that have them. */
#ifndef TRAIL_MODEL_RECORD_H
#define TRAIL_MODEL_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/digest.h"
#include "base/vector.h"

#define TRAIL_NO_RECORD           UINT32_MAX
#define TRAIL_RECORD_LENGTH_LIMIT ((1u << 22) - 1) /* longest row in bytes */

/* What became of a record. Every record has exactly one state (the identity of model section 1). */
typedef enum trail_record_state {
    TRAIL_RECORD_PAYMENT = 0, /* attests a payment */
    TRAIL_RECORD_REJECT,      /* could not be read: stands in rejects.csv */
    TRAIL_RECORD_NO_PAYMENT,  /* declared by the profile to be no payment */
    TRAIL_RECORD_OUT_OF_SCOPE /* outside the request's scope */
} trail_record_state;

/* What a statement row says beyond the hot columns. Texts are ids in the ledger's strings,
 * 0 = none. Names and numbers are as written. */
typedef struct trail_detail {
    int64_t balance_minor; /* balance after, if has_balance */
    int32_t value_day;     /* TRAIL_NO_DAY if none */
    uint32_t payer_name;
    uint32_t payee_name;
    uint32_t payer_number; /* account number as written */
    uint32_t payee_number;
    uint32_t text;      /* remittance information */
    uint32_t reference; /* bank reference */
    uint32_t code;      /* the bank's own code or type text */
    bool has_balance;
} trail_detail;

/* One received file as read. */
typedef struct trail_file {
    const char *name; /* path relative to the case folder, '/' separated (borrowed) */
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size;
    const char *format; /* name of the reader that read it (borrowed); NULL: not said */
    uint32_t source;    /* index of its source in the case */
    uint32_t first_record;
    uint32_t record_count;
    trail_vector lines;    /* of trail_line_run: where ordinal -> physical line changes */
    trail_detail *details; /* record_count of them, or NULL */
    size_t detail_capacity;
    int32_t first_day, last_day; /* booking days of its payments, TRAIL_NO_DAY if none */
} trail_file;

typedef struct trail_line_run {
    uint32_t first_record;
    uint64_t first_line; /* physical line (1-based) of first_record; the next records follow on */
} trail_line_run;

/* Where a record stood before its file was made: a page of the PDF that a text was taken from, or
 * the place that whoever typed a table up has noted. */
typedef struct trail_page_place {
    uint32_t record;
    uint32_t page;           /* from 1 */
    uint32_t line;           /* on that page, from 1; 0: not said */
    uint32_t document;       /* string id: the document the page is of; 0: the file itself */
    uint32_t transcribed_by; /* string id; 0: not said */
} trail_page_place;

typedef struct trail_records {
    trail_vector files; /* of trail_file, in reading order: sorted by file name */
    uint64_t *places;   /* offset << 24 | length << 2 | state, one a record */
    size_t count;
    size_t capacity;
    trail_vector pages; /* of trail_page_place, by record; only records that have one */
} trail_records;

void trail_records_init(trail_records *records);
void trail_records_clear(trail_records *records);
/* Opens the next file; records added from now on are its. Returns its index. */
trail_status trail_records_open_file(trail_records *records, const char *name,
                                     const uint8_t hash[TRAIL_DIGEST_SIZE], uint64_t size,
                                     uint32_t source, uint32_t *file,
                                     trail_error *err) TRAIL_MUST_CHECK;
/* Adds the next record of the open file: byte offset in the (decompressed) file, length, physical
 * line of its first byte. Offsets below 2^40, length <= TRAIL_RECORD_LENGTH_LIMIT. */
trail_status trail_records_add(trail_records *records, uint64_t offset, uint32_t length,
                               uint64_t line, trail_record_state state, uint32_t *record,
                               trail_error *err) TRAIL_MUST_CHECK;
/* The detail of the newest record, zeroed when first asked for (value_day TRAIL_NO_DAY). */
trail_status trail_records_detail_of_newest(trail_records *records, trail_detail **detail,
                                            trail_error *err) TRAIL_MUST_CHECK;

void trail_records_set_state(trail_records *records, uint32_t record, trail_record_state state);
trail_record_state trail_records_state(const trail_records *records, uint32_t record);
uint64_t trail_records_offset(const trail_records *records, uint32_t record);
uint32_t trail_records_length(const trail_records *records, uint32_t record);
uint64_t trail_records_line(const trail_records *records, uint32_t record); /* O(log runs) */
/* NULL if its page is not known. O(log pages). */
const trail_page_place *trail_records_page(const trail_records *records, uint32_t record);
/* 1-based within its file, counting every record. */
uint32_t trail_records_ordinal(const trail_records *records, uint32_t record);
const trail_file *trail_records_file(const trail_records *records,
                                     uint32_t record); /* O(log files) */
const trail_detail *trail_records_detail(const trail_records *records,
                                         uint32_t record); /* or NULL */

#endif
