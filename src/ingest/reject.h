/* Rejects: pieces of evidence that could not be read, kept with place and reason. Set-aside files:
 * files that could not be decided, named on top of every output. */
#ifndef TRAIL_INGEST_REJECT_H
#define TRAIL_INGEST_REJECT_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/vector.h"
#include "model/record.h"

typedef struct trail_reject {
    uint32_t file;         /* in trail_records.files */
    uint32_t record;       /* its record number */
    uint32_t column;       /* 1-based, 0 = the whole row */
    const char *code;      /* stable reason code: "amount_too_precise" */
    uint32_t column_name;  /* string id in the ledger's strings, 0 none */
    uint32_t message;      /* string id: one plain sentence */
    uint32_t text;         /* string id: the row as received, made printable, cut at 10,000 bytes */
    uint64_t line, offset; /* of the row */
} trail_reject;

/* A departure from its format that did not keep a record or file from being read. */
typedef struct trail_remark {
    uint32_t file;    /* in trail_records.files */
    uint32_t record;  /* TRAIL_NO_RECORD: of the file */
    const char *code; /* stable: "reversal_sign_turned" */
    uint32_t message; /* string id: one plain sentence */
    uint64_t line;
} trail_remark;

typedef enum trail_file_outcome {
    TRAIL_FILE_READ = 0,
    TRAIL_FILE_READ_IN_PART, /* a broken gzip: what was readable is kept */
    TRAIL_FILE_SET_ASIDE,    /* not decided or not readable as declared: nothing of it is used */
    TRAIL_FILE_NOT_READ,     /* received and hashed, of a kind that is not read: PDF, a picture */
    TRAIL_FILE_NOT_LISTED    /* lies in the case folder's received/ but no source names it */
} trail_file_outcome;

/* Pages of a file that is not read: PDF, a picture. */
#define TRAIL_PAGES_UNKNOWN UINT32_MAX

typedef struct trail_file_report {
    uint32_t source;  /* index in the case's sources; UINT32_MAX when not listed */
    const char *name; /* of a member: "received/a.zip!b.csv" */
    bool is_member;   /* of a container; a sheet of a workbook too */
    bool is_sheet;
    bool hashed; /* a member: hash and size are set. Of a sheet they are its unpacked part's */
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size;
    uint32_t file_number; /* 1 + its index in trail_records.files; 0: nothing of it was read */
    uint32_t pages;       /* TRAIL_FILE_NOT_READ: how many, TRAIL_PAGES_UNKNOWN; else 0 */
    trail_file_outcome outcome;
    uint32_t reason;   /* string id: "booking_date is ambiguous: 01/02/2024 is 1 February ..." */
    uint32_t paste;    /* string id: the line to paste into the case file */
    uint32_t encoding; /* string id: which, and how that was decided; 0: not said */
    uint64_t rows;     /* records of the file */
} trail_file_report;

typedef struct trail_rejects {
    trail_vector rejects; /* of trail_reject, in record order */
    trail_vector remarks; /* of trail_remark, in reading order */
    trail_vector files;   /* of trail_file_report, one a file or member, in reading order */
    trail_arena names;    /* of members */
} trail_rejects;

void trail_rejects_init(trail_rejects *rejects);
void trail_rejects_clear(trail_rejects *rejects);

/* At most so many bytes of a text, and no word cut in two: what is left of an account number or a
 * name would not be known for one, and a protected one would show. A word beyond all bounds is
 * neither, and is cut. */
trail_slice trail_reject_shortened(trail_slice text, size_t most);

#endif
