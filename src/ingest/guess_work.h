/* What the steps of one guess share. Private to the guess_*.c and *_guess.c files. */
#ifndef TRAIL_INGEST_GUESS_WORK_H
#define TRAIL_INGEST_GUESS_WORK_H

#include "base/unicode.h"
#include "ingest/location.h"
#include "ingest/balance_check.h"
#include "ingest/column_content.h"
#include "ingest/encoding_guess.h"
#include "ingest/guess.h"
#include "ingest/heading_words.h"
#include "ingest/table_shape.h"

#define TRAIL_GUESS_MARKS 6 /* columns that might say debit or credit */

typedef struct trail_guess_work {
    trail_guess *guess;
    trail_guess_known known;
    const trail_location *location; /* NULL: bytes */
    trail_slice bytes;
    trail_row_style style;
    uint64_t header_line; /* rows at or above it are no data; 0 none */
    trail_header_guess header;
    trail_vector sample;    /* of trail_sample_row, in guess->arena */
    trail_decoder *decoder; /* NULL: UTF-8 */
    trail_encoding_evidence evidence;
    trail_column_content *contents; /* by column */
    trail_heading *headings;        /* by column */
    uint32_t count;                 /* columns looked at */
    trail_balance_check check;
} trail_guess_work;

typedef trail_status (*trail_guess_visit)(void *context, const trail_row *row, trail_error *err);
/* Every row below the header, odd ones too. */
trail_status trail_guess_each_row(trail_guess_work *work, trail_guess_visit visit, void *context,
                                  trail_error *err) TRAIL_MUST_CHECK;
/* A field decoded and made printable, in the guess's arena; NULL with err set. */
const char *trail_guess_text(trail_guess_work *work, trail_slice field,
                             trail_error *err) TRAIL_MUST_CHECK;

/* what: subject, column and blocking of the doubt. */
trail_status trail_guess_doubt(trail_guess *guess, trail_doubt what, const char *paste,
                               trail_error *err, const char *format, ...)
    TRAIL_PRINTF(5, 6) TRAIL_MUST_CHECK;
trail_status trail_guess_note(trail_guess *guess, trail_error *err, const char *format, ...)
    TRAIL_PRINTF(3, 4) TRAIL_MUST_CHECK;

/* The steps, in this order. */
trail_status trail_guess_meanings(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
/* Part of meanings: which columns hold the money. */
trail_status trail_guess_amounts(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_guess_signs(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_guess_accounts(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
/* Statuses by their known words; fee and net, if they agree with the amounts. */
trail_status trail_guess_statuses(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_guess_fees(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
/* Rows without a day: totals whose figure is proved, a footer. */
trail_status trail_guess_totals(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_guess_codes(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_guess_profile(trail_guess_work *work, trail_error *err) TRAIL_MUST_CHECK;

/* A published data set whose headings are these: sets meanings, the layout and its name; false if
 * it is none. */
bool trail_known_layout_apply(trail_guess *guess);

trail_guess_column *trail_guess_column_at(const trail_guess *guess, uint32_t index);
/* The column with that meaning, NULL if none. */
trail_guess_column *trail_guess_column_of(const trail_guess *guess, int meaning);
bool trail_guess_is_date(const trail_guess_column *column);
/* Dates with marks between their numbers: digits alone might be anything. */
bool trail_guess_looks_like_dates(const trail_guess_column *column);
bool trail_guess_is_money(const trail_guess_column *column);
/* A money column that is more than whole numbers: it has a fraction, groups or signs. */
bool trail_guess_is_clear_money(const trail_guess_work *work, uint32_t index);

/* Its heading, or "column 3" written into room. */
const char *trail_guess_label(const trail_guess_column *column, char room[24]);
/* Is it already in doubt which column has this meaning? */
bool trail_guess_is_doubted(const trail_guess *guess, int meaning);
/* Gives the meaning to the only column whose content fits; that its heading is not known is said.
 */
trail_status trail_guess_take_only(trail_guess_work *work, uint32_t index, trail_column meaning,
                                   trail_error *err) TRAIL_MUST_CHECK;

#endif
