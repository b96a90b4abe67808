#include "export/case_schema.h"

#include <stddef.h>

const char *const trail_case_schema[] = {
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) STRICT",
    "CREATE TABLE file (file_no INTEGER PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT, bytes "
    "INTEGER,"
    " outcome TEXT NOT NULL, reason TEXT) STRICT",
    "CREATE TABLE record (record_no INTEGER PRIMARY KEY, file_no INTEGER NOT NULL"
    " REFERENCES file, ordinal INTEGER NOT NULL, line INTEGER NOT NULL, byte_offset INTEGER NOT "
    "NULL,"
    " byte_length INTEGER NOT NULL, state TEXT NOT NULL) STRICT",
    "CREATE TABLE reject (record_no INTEGER NOT NULL REFERENCES record, column_no INTEGER,"
    " column_name TEXT, code TEXT NOT NULL, message TEXT, text TEXT) STRICT",
    "CREATE TABLE account (account TEXT PRIMARY KEY, number TEXT NOT NULL, bank TEXT, country TEXT,"
    " iban INTEGER NOT NULL, name_seen TEXT, observed INTEGER NOT NULL, group_no INTEGER) STRICT",
    "CREATE TABLE payment (payment TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE,"
    " booking_date TEXT NOT NULL, booking_time TEXT, payer TEXT REFERENCES account,"
    " payee TEXT REFERENCES account, amount TEXT NOT NULL, currency TEXT NOT NULL,"
    " amount_minor INTEGER NOT NULL, credit_date TEXT NOT NULL, received_amount TEXT NOT NULL,"
    " received_currency TEXT NOT NULL, received_minor INTEGER NOT NULL, kind TEXT NOT NULL,"
    " text TEXT, reference TEXT, debit_recorded INTEGER NOT NULL, credit_recorded INTEGER NOT NULL,"
    " may_be_double INTEGER NOT NULL, to_itself INTEGER NOT NULL, class TEXT,"
    " message_only INTEGER NOT NULL, expected_absent INTEGER NOT NULL) STRICT",
    "CREATE TABLE payment_alias (alias TEXT PRIMARY KEY, payment TEXT NOT NULL REFERENCES payment)"
    " STRICT",
    "CREATE TABLE payment_record (payment TEXT NOT NULL REFERENCES payment, record_no INTEGER NOT"
    " NULL REFERENCES record, PRIMARY KEY (payment, record_no)) STRICT, WITHOUT ROWID",
    "CREATE TABLE possible_double (debit_payment TEXT NOT NULL REFERENCES payment,"
    " credit_payment TEXT NOT NULL REFERENCES payment, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE match (match_no INTEGER PRIMARY KEY, payment TEXT NOT NULL REFERENCES payment,"
    " other_payment TEXT REFERENCES payment, class TEXT NOT NULL, score_millibits INTEGER,"
    " rival_millibits INTEGER, weights TEXT) STRICT",
    "CREATE TABLE match_addend (match_no INTEGER NOT NULL REFERENCES match, addend TEXT NOT NULL,"
    " millibits INTEGER NOT NULL, PRIMARY KEY (match_no, addend)) STRICT, WITHOUT ROWID",
    "CREATE TABLE conflict (kind TEXT NOT NULL, payment TEXT NOT NULL REFERENCES payment,"
    " other_payment TEXT REFERENCES payment, said_by TEXT, says TEXT, other_said_by TEXT,"
    " other_says TEXT, sentence TEXT NOT NULL, record_no INTEGER NOT NULL REFERENCES record,"
    " other_record_no INTEGER NOT NULL REFERENCES record) STRICT",
    "CREATE TABLE rule (rule TEXT PRIMARY KEY, title TEXT, summary TEXT, authority TEXT) STRICT",
    "CREATE TABLE proceeds (proceeds_no INTEGER PRIMARY KEY, id TEXT NOT NULL, why TEXT,"
    " amount TEXT NOT NULL, currency TEXT NOT NULL, amount_minor INTEGER NOT NULL) STRICT",
    "CREATE TABLE mark (proceeds_no INTEGER NOT NULL REFERENCES proceeds, payment TEXT NOT NULL"
    " REFERENCES payment, amount TEXT NOT NULL, amount_minor INTEGER NOT NULL) STRICT",
    "CREATE TABLE trace (rule TEXT NOT NULL REFERENCES rule, proceeds_no INTEGER NOT NULL "
    "REFERENCES"
    " proceeds, payment TEXT NOT NULL REFERENCES payment, left_amount TEXT NOT NULL, left_currency"
    " TEXT NOT NULL, left_minor INTEGER NOT NULL, entered_amount TEXT NOT NULL, entered_currency "
    "TEXT"
    " NOT NULL, entered_minor INTEGER NOT NULL) STRICT",
    "CREATE TABLE holding (rule TEXT NOT NULL REFERENCES rule, proceeds_no INTEGER NOT NULL "
    "REFERENCES"
    " proceeds, currency TEXT NOT NULL, account TEXT REFERENCES account, place TEXT NOT NULL,"
    " reason TEXT, amount TEXT NOT NULL, amount_minor INTEGER NOT NULL) STRICT",
    "CREATE TABLE route (route_no INTEGER PRIMARY KEY, proceeds_no INTEGER NOT NULL REFERENCES"
    " proceeds, currency TEXT NOT NULL, got_through TEXT NOT NULL, got_through_minor INTEGER NOT "
    "NULL,"
    " days INTEGER NOT NULL, end_account TEXT REFERENCES account) STRICT",
    "CREATE TABLE route_step (route_no INTEGER NOT NULL REFERENCES route, step INTEGER NOT NULL,"
    " payment TEXT NOT NULL REFERENCES payment, days_held INTEGER NOT NULL, share_kept_millionths"
    " INTEGER NOT NULL, PRIMARY KEY (route_no, step)) STRICT, WITHOUT ROWID",
    "CREATE TABLE group_flow (group_no INTEGER NOT NULL, currency TEXT NOT NULL, inside TEXT NOT "
    "NULL,"
    " came_in TEXT NOT NULL, went_out TEXT NOT NULL, inside_minor INTEGER NOT NULL, in_minor "
    "INTEGER"
    " NOT NULL, out_minor INTEGER NOT NULL) STRICT",
    "CREATE TABLE statement (statement_no INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES"
    " account, currency TEXT, statement_number TEXT, report INTEGER NOT NULL, balances TEXT NOT"
    " NULL, newest_first INTEGER NOT NULL, from_date TEXT, to_date TEXT, opening TEXT,"
    " opening_minor INTEGER, closing TEXT, closing_minor INTEGER, row_count INTEGER NOT NULL,"
    " debits TEXT NOT NULL, debits_minor INTEGER NOT NULL, credits TEXT NOT NULL, credits_minor"
    " INTEGER NOT NULL, verdict TEXT NOT NULL, difference TEXT, difference_minor INTEGER,"
    " excepted INTEGER REFERENCES record, why_not_checked TEXT, totals_differ INTEGER NOT NULL,"
    " rows_not_following INTEGER NOT NULL, reordered_rows INTEGER NOT NULL, to_previous TEXT NOT"
    " NULL, previous_no INTEGER REFERENCES statement, moved_unseen TEXT, moved_unseen_minor"
    " INTEGER, missing_number INTEGER, missing_number_to INTEGER, number_repeated INTEGER NOT NULL,"
    " missing_page INTEGER, missing_page_to INTEGER, page_after_missing INTEGER NOT NULL) STRICT",
    "CREATE TABLE statement_part (statement_no INTEGER NOT NULL REFERENCES statement, part INTEGER"
    " NOT NULL, file_no INTEGER NOT NULL REFERENCES file, line INTEGER NOT NULL, page INTEGER,"
    " PRIMARY KEY (statement_no, part)) STRICT, WITHOUT ROWID",
    "CREATE TABLE statement_break (statement_no INTEGER NOT NULL REFERENCES statement, record_no"
    " INTEGER NOT NULL REFERENCES record, would_follow TEXT NOT NULL, would_follow_minor INTEGER"
    " NOT NULL, stated_balance TEXT NOT NULL, stated_balance_minor INTEGER NOT NULL,"
    " rejected_between INTEGER REFERENCES record) STRICT",
    "CREATE TABLE coverage (account TEXT REFERENCES account, number TEXT, month_start TEXT NOT"
    " NULL, months INTEGER NOT NULL, coverage TEXT NOT NULL, days INTEGER NOT NULL, days_covered"
    " INTEGER NOT NULL, days_asked INTEGER NOT NULL, days_asked_covered INTEGER NOT NULL) STRICT",
    "CREATE TABLE coverage_gap (account TEXT NOT NULL REFERENCES account, currency TEXT,"
    " statement_no INTEGER NOT NULL REFERENCES statement, from_date TEXT NOT NULL, to_date TEXT NOT"
    " NULL, moved_unseen TEXT, moved_unseen_minor INTEGER) STRICT",
    "CREATE TABLE duplicate (status TEXT NOT NULL, reason TEXT NOT NULL, record_no INTEGER NOT NULL"
    " REFERENCES record, payment TEXT REFERENCES payment, other_record_no INTEGER REFERENCES"
    " record, other_payment TEXT REFERENCES payment, lacking_file_no INTEGER REFERENCES file)"
    " STRICT",
    "CREATE TABLE reversal (reversal TEXT REFERENCES payment, original TEXT REFERENCES payment,"
    " kind TEXT NOT NULL, record_no INTEGER NOT NULL REFERENCES record, original_record_no INTEGER"
    " NOT NULL REFERENCES record, amount TEXT, currency TEXT, amount_minor INTEGER, days INTEGER,"
    " recognised_by TEXT, linked_by TEXT, extent TEXT) STRICT",
    "CREATE TABLE remark (file_no INTEGER NOT NULL REFERENCES file, record_no INTEGER REFERENCES"
    " record, line INTEGER NOT NULL, code TEXT NOT NULL, message TEXT) STRICT",
    "CREATE TABLE request (request_no INTEGER PRIMARY KEY, id TEXT NOT NULL, state TEXT, authority"
    " TEXT, instrument TEXT, sent TEXT, due TEXT, received TEXT, refused TEXT) STRICT",
    "CREATE TABLE decision (decide TEXT NOT NULL, answer TEXT NOT NULL, first_target TEXT,"
    " second_target TEXT, value TEXT, request TEXT, account TEXT, from_date TEXT, to_date TEXT,"
    " who TEXT, decided_on TEXT, why TEXT, line INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT",
    "CREATE TABLE reply_month (request_no INTEGER NOT NULL REFERENCES request, account TEXT"
    " REFERENCES account, number TEXT, month_start TEXT NOT NULL, state TEXT NOT NULL, days_asked"
    " INTEGER NOT NULL, days_covered INTEGER NOT NULL, rows_outside INTEGER NOT NULL) STRICT",
    "CREATE TABLE deficiency (request_no INTEGER REFERENCES request, number INTEGER NOT NULL,"
    " kind TEXT NOT NULL, account TEXT REFERENCES account, account_number TEXT, file_no INTEGER"
    " REFERENCES file, record_no INTEGER REFERENCES record, sentence TEXT NOT NULL) STRICT",
    "CREATE TABLE entity (entity TEXT PRIMARY KEY, kind TEXT NOT NULL, account TEXT REFERENCES"
    " account, names TEXT, records INTEGER NOT NULL, one_with TEXT REFERENCES entity) STRICT",
    "CREATE TABLE candidate (first TEXT REFERENCES entity, second TEXT REFERENCES entity,"
    " millibits INTEGER NOT NULL, name_millibits INTEGER NOT NULL, rarity_millibits INTEGER NOT"
    " NULL, country_millibits INTEGER NOT NULL, counterparty_millibits INTEGER NOT NULL,"
    " words TEXT, class TEXT NOT NULL, decision TEXT) STRICT",
    "CREATE VIEW v_link AS SELECT payer, payee, currency, count(*) AS payments,"
    " sum(amount_minor) AS amount_minor, sum(may_be_double) AS may_be_double,"
    " min(booking_date) AS first_date, max(booking_date) AS last_date FROM payment"
    " WHERE payer IS NOT NULL AND payee IS NOT NULL AND NOT to_itself"
    " GROUP BY payer, payee, currency",
    "CREATE VIEW v_route_hop AS SELECT route_no, step, payment, booking_date, payer, payee, amount,"
    " payment.currency AS currency, days_held, share_kept_millionths / 1000000.0 AS share_kept, "
    "got_through"
    " FROM route_step JOIN route USING (route_no) JOIN payment USING (payment)",
    "CREATE VIEW v_evidence AS SELECT payment, file, line, ordinal, byte_offset, byte_length, "
    "sha256"
    " FROM payment_record JOIN record USING (record_no) JOIN file USING (file_no)",
    NULL,
};
