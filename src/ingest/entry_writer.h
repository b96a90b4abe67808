/* Puts what the reader of a structured format found into the ledger: records, details, wires,
 * entries, messages, statements with their openings and observations, rejects and remarks. One
 * writer a file; calls in file order. */
#ifndef TRAIL_INGEST_ENTRY_WRITER_H
#define TRAIL_INGEST_ENTRY_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include <moneytrail/error.h>

#include "base/text.h"
#include "ingest/movement.h"
#include "ingest/reader.h"
#include "ingest/scope.h"
#include "model/statement.h"

typedef struct trail_entry_writer {
    trail_reading *reading;
    trail_ledger *ledger;
    trail_scope scope;
    size_t first_entry, first_message; /* of the file */
    size_t statement_entry;            /* first entry of the statement being read */
    uint32_t statement_start;          /* its first record */
    trail_text scratch;
} trail_entry_writer; /* {0} is clearable */

/* Opens the file's records. */
trail_status trail_entry_writer_init(trail_entry_writer *writer, trail_reading *reading,
                                     trail_error *err) TRAIL_MUST_CHECK;
void trail_entry_writer_clear(trail_entry_writer *writer);
/* Days of the file; why its bytes broke off, if they did (may be NULL). */
trail_status trail_entry_writer_finish(trail_entry_writer *writer, const char *broken,
                                       trail_error *err) TRAIL_MUST_CHECK;

/* One record and its entry; out of scope it is a record only. An absurd amount or an own account
 * without a number is a reject. */
trail_status trail_entry_writer_movement(trail_entry_writer *writer, const trail_movement *movement,
                                         trail_error *err) TRAIL_MUST_CHECK;
trail_status trail_entry_writer_message(trail_entry_writer *writer,
                                        const trail_message_said *message,
                                        trail_error *err) TRAIL_MUST_CHECK;
/* A record that moves nothing: pending, for information, a message of another kind. `why` becomes a
 * remark if not NULL. */
trail_status trail_entry_writer_no_payment(trail_entry_writer *writer, trail_record_place place,
                                           const char *code, const char *why,
                                           trail_error *err) TRAIL_MUST_CHECK;
/* A record that could not be read. column: the tag or element (":61:", "Ntry/Amt"); value: what
 * stands there (may be empty); raw: the record's bytes, made UTF-8. */
trail_status trail_entry_writer_reject(trail_entry_writer *writer, trail_record_place place,
                                       const char *code, const char *column, const char *sentence,
                                       trail_slice value, trail_slice raw,
                                       trail_error *err) TRAIL_MUST_CHECK;
/* A departure from the format that did not keep the record (the newest; of_file: the whole file)
 * from being read: stands in remarks.csv. */
trail_status trail_entry_writer_remark(trail_entry_writer *writer, bool of_file, uint64_t line,
                                       const char *code, const char *sentence, trail_slice value,
                                       trail_error *err) TRAIL_MUST_CHECK;

/* A statement begins with the next record. */
void trail_entry_writer_begin_statement(trail_entry_writer *writer);
/* It ends. statement: all but file, account and the record range, which are filled here; own: whose
 * it is. Signs of reversals that the balances contradict and, turned, agree with are turned (the
 * balance is the arbiter), with a remark. Statements observe their account over the stated period,
 * else from the first to the last of: bookings, and the days its booked balances speak of; reports
 * observe nothing. The opening balance becomes the pocket's if it is of kind BOOKED or PAGE. */
trail_status trail_entry_writer_end_statement(trail_entry_writer *writer,
                                              const trail_party_said *own,
                                              const trail_statement *statement,
                                              trail_slice reference, trail_slice number,
                                              trail_error *err) TRAIL_MUST_CHECK;

#endif
