/* A profile: how one bank's table is laid out. Filled from the case file or guessed by sniff;
 * strings are borrowed, NULL when absent. */
#ifndef TRAIL_INGEST_PROFILE_H
#define TRAIL_INGEST_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"
#include "model/kind.h"

typedef enum trail_layout { TRAIL_LAYOUT_STATEMENT = 0, TRAIL_LAYOUT_TRANSFERS } trail_layout;

/* What `statuses` says of a row. */
typedef enum trail_status_meaning {
    TRAIL_STATUS_PAYMENT = 0,
    TRAIL_STATUS_NO_PAYMENT, /* pending, failed, cancelled: nothing moved */
    TRAIL_STATUS_REFUND      /* the money going back: from payee to payer in transfers */
} trail_status_meaning;
/* "payment", "no_payment", "refund" */
const char *trail_status_meaning_name(trail_status_meaning meaning);

/* What a column means. The names are the keys under `columns:` in a profile. */
typedef enum trail_column {
    TRAIL_COLUMN_BOOKING_DATE = 0,     /* booking_date */
    TRAIL_COLUMN_VALUE_DATE,           /* value_date */
    TRAIL_COLUMN_TIME,                 /* time (of day, its own column) */
    TRAIL_COLUMN_AMOUNT,               /* amount (signed in statements, or with mark) */
    TRAIL_COLUMN_DEBIT,                /* debit (money out, unsigned or negative) */
    TRAIL_COLUMN_CREDIT,               /* credit */
    TRAIL_COLUMN_MARK,                 /* mark: value -> sign through `signs` */
    TRAIL_COLUMN_CURRENCY,             /* currency */
    TRAIL_COLUMN_BALANCE,              /* balance (after) */
    TRAIL_COLUMN_OWN_ACCOUNT,          /* own_account */
    TRAIL_COLUMN_OWN_NAME,             /* own_name */
    TRAIL_COLUMN_COUNTERPARTY_ACCOUNT, /* counterparty_account */
    TRAIL_COLUMN_COUNTERPARTY_BANK,    /* counterparty_bank */
    TRAIL_COLUMN_COUNTERPARTY_NAME,    /* counterparty_name */
    TRAIL_COLUMN_PAYER_ACCOUNT,        /* transfers: payer_account */
    TRAIL_COLUMN_PAYER_BANK,           /* payer_bank */
    TRAIL_COLUMN_PAYER_NAME,           /* payer_name */
    TRAIL_COLUMN_PAYEE_ACCOUNT,        /* payee_account */
    TRAIL_COLUMN_PAYEE_BANK,           /* payee_bank */
    TRAIL_COLUMN_PAYEE_NAME,           /* payee_name */
    TRAIL_COLUMN_RECEIVED_AMOUNT,      /* received_amount */
    TRAIL_COLUMN_RECEIVED_CURRENCY,    /* received_currency */
    TRAIL_COLUMN_REFERENCE,            /* reference (bank reference) */
    TRAIL_COLUMN_TEXT,           /* text (remittance information; may be given several times) */
    TRAIL_COLUMN_KIND,           /* kind: value -> kind through `kinds` */
    TRAIL_COLUMN_FEE,            /* fee, in the amount's currency */
    TRAIL_COLUMN_NET,            /* net: amount and fee together */
    TRAIL_COLUMN_STATUS,         /* status: value -> what became of the payment, `statuses` */
    TRAIL_COLUMN_DOCUMENT,       /* source_file: typed-up tables: the document typed from */
    TRAIL_COLUMN_PAGE,           /* page */
    TRAIL_COLUMN_PAGE_LINE,      /* page_line */
    TRAIL_COLUMN_TRANSCRIBED_BY, /* transcribed_by */
    TRAIL_COLUMN_COUNT
} trail_column;
const char *trail_column_name(trail_column column);
/* Own, counterparty's, payer's, payee's: may be several columns, the first that is filled. */
bool trail_column_is_account(trail_column column);

/* One column the profile uses: by header name ("Betrag", a repeat "Account#2") or by position. */
typedef struct trail_profile_column {
    trail_column column;
    const char *header;    /* NULL: by position */
    uint32_t position;     /* 1-based */
    uint16_t currency;     /* amount columns by currency: whose; else 0 */
    int line, column_mark; /* where it stands in the case file, for messages; 0 if guessed */
} trail_profile_column;

typedef struct trail_value_rule { /* value -> something, or text contains -> kind */
    const char *value;
    int32_t result; /* +1/-1 for signs, trail_kind for kinds and texts, trail_currency, ... */
} trail_value_rule;

typedef struct trail_profile {
    const char *name;
    trail_layout layout;
    const char *encoding;          /* NULL: UTF-8 */
    char delimiter;                /* 0: decide from the file */
    bool no_quotes;                /* quote: none */
    bool no_header;                /* header: none */
    uint32_t header_row;           /* physical row of the header, 1-based; 0: 1 */
    uint32_t header_lines;         /* rows that the headings stand in; 0: 1 */
    const char *date_format;       /* NULL: decide from the column */
    const char *value_date_format; /* NULL: as date_format */
    const char *time_format;
    char decimal, group; /* 0: decide per column; group '-' in the file means none */
    bool decimal_given, group_given;
    bool scientific_exact;
    const char *currency;         /* constant */
    const char *own_account_line; /* header line that holds it: text before the number */
    trail_vector columns;         /* of trail_profile_column */
    trail_vector signs;           /* of trail_value_rule: +1 credit, -1 debit */
    trail_vector kinds;           /* of trail_value_rule on the kind column */
    trail_vector texts;           /* of trail_value_rule: folded text contains */
    trail_vector no_payment;      /* of trail_value_rule: kind-column values that are no payment */
    trail_vector empty_accounts;  /* of const char *: "0", "-" */
    trail_vector currencies;      /* of trail_value_rule: name -> currency */
    trail_vector truth;           /* of const char *: header names never read */
    trail_vector amounts;         /* of trail_profile_column: amount columns by currency */
    trail_vector statuses;        /* of trail_value_rule: trail_status_meaning */
    trail_vector totals;          /* of const char *: words of rows that sum others up */
    trail_vector columns_at;      /* of uint32_t: first character of each column, from 1; fixed */
    trail_vector skip_lines;      /* of const char *: lines that begin so are no rows; fixed */
    const char *footer;           /* begins the first line that is no row any more */
    bool fees_signed;             /* fees: signed: a fee charged is negative, one returned not */
} trail_profile;

#endif
