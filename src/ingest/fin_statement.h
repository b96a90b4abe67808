/* Statements, MT940, 941, 942 and 950: a machine over their fields. ":86:" belongs to the ":61:" it
 * directly follows; behind a balance it speaks of the statement. Balances 60F … 62M, 60M … 62F make
 * the pages of one statement. An entry is one record: its ":61:" and its ":86:". */
#ifndef TRAIL_INGEST_FIN_STATEMENT_H
#define TRAIL_INGEST_FIN_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "ingest/fin_fields.h"
#include "ingest/fin_file.h"
#include "ingest/fin_structured_text.h"

typedef enum trail_fin_place {
    TRAIL_FIN_PLACE_HEAD = 0,
    TRAIL_FIN_PLACE_ENTRY,  /* an entry waits for its information */
    TRAIL_FIN_PLACE_CLOSED, /* the closing balance was read */
    TRAIL_FIN_PLACE_APART   /* another field stands between the entry and what comes */
} trail_fin_place;

typedef struct trail_fin_statement {
    trail_fin_file *file;
    const trail_fin_header *header;
    bool open;
    bool cut_off; /* the file ends in the newest line, before the message does */
    trail_fin_place place;
    trail_statement said;
    trail_text account, reference, number, holder;
    uint64_t offset, end; /* of what was read of it */
    /* The entry that waits. */
    trail_record_place entry_place;
    trail_text line, information, numbered, raw;
    bool has_debits, has_credits;
    size_t entries;
    trail_text scratch;
    trail_fin_parts parts;
} trail_fin_statement; /* {0} is clearable */

void trail_fin_statement_clear(trail_fin_statement *statement);
/* The next field of a message; ":20:" or a field that a new statement begins with closes the one
 * before. */
trail_status trail_fin_statement_field(trail_fin_statement *statement, const trail_fin_field *field,
                                       trail_error *err) TRAIL_MUST_CHECK;
/* The message ends. */
trail_status trail_fin_statement_end(trail_fin_statement *statement,
                                     trail_error *err) TRAIL_MUST_CHECK;

/* Puts the waiting entry (fin_statement_entry.c). */
trail_status trail_fin_statement_put_entry(trail_fin_statement *statement,
                                           trail_error *err) TRAIL_MUST_CHECK;
/* Whose statement it is: of ":25:", at the bank of the header if it names none. */
trail_party_said trail_fin_statement_own(const trail_fin_statement *statement);

#endif
