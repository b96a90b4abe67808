#include "export/sqlite_writer.h"

#include <sqlite3.h>
#include <stdio.h>

#include "base/failure.h"
#include "base/memory.h"
#include "model/money.h"

struct trail_sqlite {
    const trail_findings *findings;
    sqlite3 *database;
    sqlite3_stmt *insert;
    int place;
    trail_status status;
    trail_error *err;
    trail_text path, part, text;
};

static void fail(trail_sqlite *sqlite)
{
    if (sqlite->status == TRAIL_OK)
        sqlite->status = trail_fail(sqlite->err, TRAIL_IO, "cannot write %s: %s",
                                    sqlite->path.bytes, sqlite3_errmsg(sqlite->database));
}

static void check(trail_sqlite *sqlite, int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) fail(sqlite);
}

static void execute(trail_sqlite *sqlite, const char *statements)
{
    if (sqlite->status == TRAIL_OK)
        check(sqlite, sqlite3_exec(sqlite->database, statements, NULL, NULL, NULL));
}

static void release(trail_sqlite *sqlite)
{
    sqlite3_finalize(sqlite->insert);
    sqlite3_close(sqlite->database);
    if (sqlite->part.length > 0) remove(sqlite->part.bytes);
    trail_text_clear(&sqlite->path);
    trail_text_clear(&sqlite->part);
    trail_text_clear(&sqlite->text);
    trail_free(sqlite);
}

trail_status trail_sqlite_open(trail_sqlite **out, const trail_findings *findings, const char *path,
                               const char *const *schema, trail_error *err)
{
    trail_sqlite *sqlite = NULL;
    trail_status status = trail_alloc_zeroed(&sqlite, 1, sizeof *sqlite, err);
    if (status != TRAIL_OK) return status;
    sqlite->findings = findings;
    sqlite->err = err;
    status = trail_text_add(&sqlite->path, trail_slice_of(path), err);
    if (status == TRAIL_OK) status = trail_text_add_format(&sqlite->part, err, "%s.part", path);
    if (status == TRAIL_OK) {
        remove(sqlite->part.bytes);
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        check(sqlite, sqlite3_open_v2(sqlite->part.bytes, &sqlite->database, flags, NULL));
        execute(sqlite, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
                        "PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8';"
                        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; BEGIN;");
        for (; *schema != NULL; schema++)
            execute(sqlite, *schema);
        status = sqlite->status;
    }
    if (status != TRAIL_OK) {
        release(sqlite);
        return status;
    }
    *out = sqlite;
    return TRAIL_OK;
}

void trail_sqlite_into(trail_sqlite *sqlite, const char *insert)
{
    sqlite3_finalize(sqlite->insert);
    sqlite->insert = NULL;
    sqlite->place = 0;
    if (sqlite->status == TRAIL_OK)
        check(sqlite, sqlite3_prepare_v2(sqlite->database, insert, -1, &sqlite->insert, NULL));
}

void trail_sqlite_null(trail_sqlite *sqlite)
{
    sqlite->place++;
    if (sqlite->status == TRAIL_OK) check(sqlite, sqlite3_bind_null(sqlite->insert, sqlite->place));
}

void trail_sqlite_integer(trail_sqlite *sqlite, int64_t value)
{
    sqlite->place++;
    if (sqlite->status == TRAIL_OK)
        check(sqlite, sqlite3_bind_int64(sqlite->insert, sqlite->place, value));
}

void trail_sqlite_slice(trail_sqlite *sqlite, trail_slice text)
{
    if (text.length == 0) {
        trail_sqlite_null(sqlite);
        return;
    }
    sqlite->place++;
    if (sqlite->status == TRAIL_OK)
        check(sqlite, sqlite3_bind_text(sqlite->insert, sqlite->place, text.start, (int)text.length,
                                        SQLITE_TRANSIENT));
}

void trail_sqlite_word(trail_sqlite *sqlite, const char *word)
{
    trail_sqlite_slice(sqlite, trail_slice_of(word));
}

void trail_sqlite_text(trail_sqlite *sqlite, trail_slice text)
{
    trail_text_reset(&sqlite->text);
    if (sqlite->status == TRAIL_OK && text.length > 0)
        sqlite->status =
            trail_protect_text(sqlite->findings->protection, text, &sqlite->text, sqlite->err);
    trail_sqlite_slice(sqlite, trail_text_slice(&sqlite->text));
}

void trail_sqlite_string(trail_sqlite *sqlite, uint32_t string)
{
    trail_sqlite_text(sqlite, trail_strings_get(sqlite->findings->ledger->strings, string));
}

void trail_sqlite_amount(trail_sqlite *sqlite, int64_t minor, trail_currency currency)
{
    char text[TRAIL_MONEY_TEXT];
    trail_money_format(minor, currency, text);
    trail_sqlite_word(sqlite, text);
}

void trail_sqlite_day(trail_sqlite *sqlite, int32_t day)
{
    char text[TRAIL_DAY_TEXT];
    trail_day_format(day, text);
    trail_sqlite_word(sqlite, text);
}

void trail_sqlite_payment(trail_sqlite *sqlite, uint32_t payment)
{
    char text[TRAIL_ID_TEXT];
    trail_id_text('t', &sqlite->findings->ids->payments[payment], text);
    trail_sqlite_word(sqlite, text);
}

void trail_sqlite_account(trail_sqlite *sqlite, uint32_t account)
{
    char text[TRAIL_ID_TEXT] = "";
    if (account != TRAIL_NO_ACCOUNT)
        trail_id_text('a', &sqlite->findings->ids->accounts[account], text);
    trail_sqlite_word(sqlite, text);
}

void trail_sqlite_row(trail_sqlite *sqlite)
{
    sqlite->place = 0;
    if (sqlite->status != TRAIL_OK) return;
    check(sqlite, sqlite3_step(sqlite->insert));
    check(sqlite, sqlite3_reset(sqlite->insert));
}

trail_status trail_sqlite_finish(trail_sqlite *sqlite, trail_error *err)
{
    sqlite->err = err;
    execute(sqlite, "COMMIT;");
    trail_sqlite_into(sqlite, "VACUUM INTO ?");
    trail_sqlite_slice(sqlite, trail_text_slice(&sqlite->path));
    trail_sqlite_row(sqlite);
    trail_status status = sqlite->status;
    release(sqlite);
    return status;
}
