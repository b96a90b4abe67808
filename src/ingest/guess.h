/* Guessing how an unknown table is laid out. The one rule: a thing is either proved by the file (or
 * said by its headings) or it stands in the doubts with the line to paste; a guess that may be
 * wrong is not made. */
#ifndef TRAIL_INGEST_GUESS_H
#define TRAIL_INGEST_GUESS_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/vector.h"
#include "ingest/location.h"
#include "ingest/column_style.h"
#include "ingest/profile.h"

/* Meanings beyond trail_column that a heading may have. */
enum {
    TRAIL_MEANING_UNKNOWN = TRAIL_COLUMN_COUNT,
    TRAIL_MEANING_NOT_NEEDED, /* known and of no use: the original amount, a rate, an own BIC */
    TRAIL_MEANING_TRUTH       /* the answer of a test data set: never read */
};

#define TRAIL_GUESS_COLUMNS 256u /* columns that are looked at */

typedef enum trail_guess_subject {
    TRAIL_GUESS_FILE = 0,
    TRAIL_GUESS_ENCODING,
    TRAIL_GUESS_DELIMITER,
    TRAIL_GUESS_HEADER,
    TRAIL_GUESS_COLUMN,  /* which column is `column` */
    TRAIL_GUESS_DATES,   /* how column `column` writes dates */
    TRAIL_GUESS_AMOUNTS, /* how column `column` writes amounts */
    TRAIL_GUESS_SIGN,    /* what is money in and what money out */
    TRAIL_GUESS_CURRENCY,
    TRAIL_GUESS_ACCOUNT /* the own account of a statement */
} trail_guess_subject;

typedef struct trail_doubt {
    trail_guess_subject subject;
    trail_column column;
    bool blocking;     /* a run cannot read the file before this is settled */
    const char *text;  /* one sentence without full stop */
    const char *paste; /* the line to paste into the profile (or source), NULL if none */
} trail_doubt;

typedef struct trail_guess_column {
    const char *header; /* as profiles write it ("Account#2"), NULL without a header */
    uint32_t position;  /* 1-based */
    int meaning;        /* trail_column or TRAIL_MEANING_… */
    const char *samples[2];
    uint64_t filled; /* non-empty fields */
    trail_date_verdict date;
    trail_money_verdict money;
} trail_guess_column;

typedef struct trail_guess_code { /* a value of the code column, per currency */
    const char *column, *value, *currency;
    uint64_t count;
    int64_t total_minor;
    bool total_known;
} trail_guess_code;

typedef struct trail_guess {
    trail_arena arena;
    trail_profile profile;   /* texts in the arena; what is in doubt is left out */
    const char *layout_name; /* "AMLworld transactions" …, NULL for no published layout */
    const char *reader; /* of a format that needs no profile, and what it reads; NULL: a table */
    const char *reader_summary;
    const char *encoding; /* what the file is in, also when it is UTF-8 */
    const char *encoding_how;
    uint64_t rows;     /* below the header */
    uint64_t odd_rows; /* with another number of fields, or damaged */
    uint32_t field_count;
    uint32_t header_row;                      /* physical row, 0 none */
    uint64_t balance_checked, balance_closed; /* rows whose balance was checked; that agree */
    trail_vector columns;                     /* of trail_guess_column */
    trail_vector codes;                       /* of trail_guess_code, by column and value */
    trail_vector doubts;                      /* of trail_doubt */
    trail_vector notes;                       /* of const char *: how something was decided */
} trail_guess;

/* What the source says already, so that it is not doubted. NULL or 0: not said. */
typedef struct trail_guess_known {
    const char *currency, *own_account, *encoding, *state;
    bool has_period;
    int32_t from, to;
} trail_guess_known;

/* Reads the whole file (plain or gzip), several times. A file that is no table gives doubts and no
 * failure. known may be NULL. O(bytes). */
trail_status trail_guess_file(trail_guess *guess, const trail_location *location,
                              const trail_guess_known *known, trail_error *err) TRAIL_MUST_CHECK;
/* The same over bytes in memory, borrowed for the call. */
trail_status trail_guess_bytes(trail_guess *guess, trail_slice bytes,
                               const trail_guess_known *known, trail_error *err) TRAIL_MUST_CHECK;
void trail_guess_clear(trail_guess *guess); /* {0} is clearable */
/* No blocking doubt: a run can read the file by guess->profile. */
bool trail_guess_decided(const trail_guess *guess);
/* It is in doubt whether there is a table at all: no row holds a date and an amount. */
bool trail_guess_is_no_table(const trail_guess *guess);
/* The guess of a column's meaning, NULL if no column has it. */
const trail_guess_column *trail_guess_find(const trail_guess *guess, int meaning);

#endif
