/* How one column of a table writes its dates or its amounts, decided from all its values: feed
 * every field, then ask. Bounded memory, no allocation. What two readings fit is said to be
 * undecided, with two values read both ways, and never guessed. */
#ifndef TRAIL_INGEST_COLUMN_STYLE_H
#define TRAIL_INGEST_COLUMN_STYLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model/calendar.h"
#include "model/money.h"

typedef enum trail_style_outcome {
    TRAIL_STYLE_EMPTY = 0, /* no value but blanks */
    TRAIL_STYLE_DECIDED,
    TRAIL_STYLE_UNDECIDED, /* two readings fit, or some values fit only one and some the other */
    TRAIL_STYLE_NONE       /* most values are no date (no amount) at all */
} trail_style_outcome;

#define TRAIL_DATE_FORMAT     48
#define TRAIL_STYLE_SAMPLE    48
#define TRAIL_DATE_CANDIDATES 8

typedef struct trail_date_candidate {
    char format[TRAIL_DATE_FORMAT];             /* with D, M, h for one or two digits */
    uint8_t shape;                              /* candidates made from one value share it */
    char order;                                 /* which number comes first: 'D', 'M' or 'Y' */
    char separator;                             /* between the numbers of the date, 0 for none */
    bool single_day, single_month, single_hour; /* some value writes it with one digit */
    bool has_time, not_midnight;
    uint64_t read;         /* values it reads */
    uint64_t days;         /* runs of one day */
    uint64_t rises, falls; /* between neighbouring values */
    int32_t newest, earliest, latest;
} trail_date_candidate;

typedef struct trail_date_pair {     /* of candidates i and j */
    uint64_t only;                   /* values read by i and not by j */
    char sample[TRAIL_STYLE_SAMPLE]; /* the first of them */
    bool unlike;                     /* some value is another day under j */
} trail_date_pair;

typedef struct trail_date_guess {
    trail_date_candidate candidates[TRAIL_DATE_CANDIDATES];
    trail_date_pair pairs[TRAIL_DATE_CANDIDATES][TRAIL_DATE_CANDIDATES];
    uint64_t values, unread; /* unread: by no candidate */
    unsigned count, shapes;
    char samples[2][TRAIL_STYLE_SAMPLE]; /* values that candidates read unlike */
    char unread_sample[TRAIL_STYLE_SAMPLE];
    char previous[TRAIL_STYLE_SAMPLE]; /* the last value and the candidates that read it */
    uint32_t previous_length, previous_readers;
    bool text_rises, text_falls; /* as bytes, between neighbouring values */
} trail_date_guess;              /* {0} is a fresh one */

typedef struct trail_date_verdict {
    trail_style_outcome outcome;
    char format[TRAIL_DATE_FORMAT]; /* for trail_day_parse; when undecided: the first reading */
    char other[TRAIL_DATE_FORMAT];  /* when undecided: the second reading, "" if there is none */
    bool has_time;                  /* the format holds hours */
    bool midnight;                  /* and every value is at 00:00: it is a date */
    bool by_custom; /* decided by order, span, period or the custom of dots, not by a field > 12 */
    uint64_t values, read; /* non-empty values, and how many the format reads */
    char reason[400];      /* undecided: both readings of two values; decided: what decided */
} trail_date_verdict;

/* Adds one field; blanks around it are ignored and an empty field does not count. O(length). */
void trail_date_guess_add(trail_date_guess *guess, trail_slice field);
/* from, to: the period the source states, TRAIL_NO_DAY where it states none. */
void trail_date_guess_decide(const trail_date_guess *guess, int32_t from, int32_t to,
                             trail_date_verdict *verdict);

typedef struct trail_money_guess {
    uint64_t values, strange; /* non-empty fields; those that are no amount in any style */
    uint64_t decimal[2];      /* fields that prove '.' (',') to be the decimal mark */
    uint64_t grouping[4];     /* fields that prove . , blank or ' to separate thousands */
    uint64_t open[2];         /* fields such as 1.234 (1,234) that fit both */
    uint64_t negatives, pluses;
    char decimal_sample[2][TRAIL_STYLE_SAMPLE];
    char grouping_sample[4][TRAIL_STYLE_SAMPLE];
    char open_sample[2][2][TRAIL_STYLE_SAMPLE];
    char strange_sample[TRAIL_STYLE_SAMPLE];
} trail_money_guess; /* {0} is a fresh one */

typedef struct trail_money_verdict {
    trail_style_outcome outcome;
    trail_money_style style; /* scientific_exact stays false: only a profile may say it */
    bool negatives;          /* some value carries a minus, parentheses or a debit mark */
    uint64_t values, strange;
    char reason[400]; /* undecided: both readings of two values */
} trail_money_verdict;

void trail_money_guess_add(trail_money_guess *guess, trail_slice field);
/* The column's own values alone decide. */
void trail_money_guess_decide(const trail_money_guess *guess, trail_money_verdict *verdict);

#endif
