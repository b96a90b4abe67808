/* Our rows against libcsv, which reads the whole text at once, and against published pairs of CSV
 * and JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <csv.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "ingest/row.h"

#define CORPORA "../shared/corpora/csv"

/* Rows as text: fields closed by U+001F, rows by U+001E; "\x1d" where the first bad row stands. */
static void add(trail_text *out, const char *bytes, size_t length)
{
    if (length == 0) return;
    assert_int_equal(trail_text_add(out, (trail_slice){bytes, length}, NULL), TRAIL_OK);
}

static void take_field(void *field, size_t length, void *context)
{
    add(context, field, length);
    add(context, "\x1f", 1);
}

static void take_row(int end, void *context)
{
    (void)end;
    add(context, "\x1e", 1);
}

static int nothing_is_blank(unsigned char byte)
{
    (void)byte;
    return 0;
}

/* What libcsv reads of the whole text; what stands in a bad row is cut off. */
static void read_by_libcsv(trail_slice text, trail_text *out)
{
    struct csv_parser parser;
    assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
    csv_set_space_func(&parser, nothing_is_blank);
    bool good =
        csv_parse(&parser, text.start, text.length, take_field, take_row, out) == text.length &&
        csv_fini(&parser, take_field, take_row, out) == 0;
    csv_free(&parser);
    if (good) return;
    while (out->length > 0 && out->bytes[out->length - 1] != '\x1e')
        out->length--;
    add(out, "\x1d", 1);
}

static bool is_quote_fault(trail_row_fault fault)
{
    return fault == TRAIL_ROW_QUOTE_NOT_CLOSED || fault == TRAIL_ROW_QUOTE_MISPLACED;
}

/* `to_first_fault`: stops there, as libcsv does. */
static void read_by_us(trail_slice text, bool to_first_fault, trail_text *out)
{
    trail_byte_source *source = NULL;
    trail_row_reader *reader = NULL;
    trail_row rows[TRAIL_ROW_BATCH];
    size_t count = 1;
    bool stopped = false;
    assert_int_equal(trail_byte_source_over(&source, text, NULL), TRAIL_OK);
    assert_int_equal(
        trail_row_reader_new(&reader, source, (trail_row_style){.delimiter = ','}, NULL), TRAIL_OK);
    while (count > 0 && !stopped) {
        assert_int_equal(trail_row_reader_next(reader, rows, TRAIL_ROW_BATCH, &count, NULL),
                         TRAIL_OK);
        for (size_t i = 0; i < count && !stopped; i++) {
            stopped = to_first_fault && is_quote_fault(rows[i].fault);
            if (stopped) {
                add(out, "\x1d", 1);
                break;
            }
            for (uint32_t k = 0; k < rows[i].field_count; k++) {
                add(out, rows[i].fields[k].start, rows[i].fields[k].length);
                add(out, "\x1f", 1);
            }
            add(out, "\x1e", 1);
        }
    }
    trail_row_reader_free(reader);
    trail_byte_source_close(source);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void show_escaped(const char *name, const trail_text *text)
{
    print_message("%s: ", name);
    for (size_t i = 0; i < text->length; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        print_message(byte >= ' ' && byte < 0x7F ? "%c" : "\\x%02x", byte);
    }
    print_message("\n");
}

/* One random text: mostly good CSV, now and then with any byte anywhere. */
static void random_csv(uint64_t *seed, trail_text *text)
{
    static const char *const pieces[] = {
        "a",       ",", "\n", "\r\n", ",",        "\"x\"", "12.5",       "\"\"",     "\r",
        "\"a,b\"", ",", "\n", " ",    "\"l\nm\"", "\t",    "\"q\"\"q\"", "\xC3\xA9", "\"\r\n\""};
    size_t count = next_random(seed) % 24;
    bool wild = next_random(seed) % 4 == 0;
    trail_text_reset(text);
    for (size_t i = 0; i < count; i++) {
        const char *piece = pieces[next_random(seed) % TRAIL_LENGTH_OF(pieces)];
        if (wild && next_random(seed) % 8 == 0) piece = "\"";
        add(text, piece, strlen(piece));
    }
    /* A byte order mark at the beginning is ours to skip, not libcsv's: none is made here. */
}

static void random_texts_are_read_as_libcsv_reads_them(void **state)
{
    (void)state;
    uint64_t seed = UINT64_C(20250314);
    trail_text text = {0}, theirs = {0}, ours = {0};
    size_t bad = 0;
    for (int i = 0; i < 60000; i++) {
        random_csv(&seed, &text);
        trail_text_reset(&theirs);
        trail_text_reset(&ours);
        read_by_libcsv(trail_text_slice(&text), &theirs);
        read_by_us(trail_text_slice(&text), true, &ours);
        bad += theirs.length > 0 && theirs.bytes[theirs.length - 1] == '\x1d';
        if (!trail_slice_equal(trail_text_slice(&theirs), trail_text_slice(&ours))) {
            show_escaped("text  ", &text);
            show_escaped("libcsv", &theirs);
            show_escaped("ours  ", &ours);
            fail();
        }
    }
    assert_true(bad > 5000 && bad < 50000);
    trail_text_clear(&text);
    trail_text_clear(&theirs);
    trail_text_clear(&ours);
}

/* Long texts too, so that rows meet the ends of blocks and of marks. */
static void long_random_texts_are_read_as_libcsv_reads_them(void **state)
{
    (void)state;
    uint64_t seed = UINT64_C(77);
    trail_text text = {0}, part = {0}, theirs = {0}, ours = {0};
    for (int round = 0; round < 4; round++) {
        trail_text_reset(&text);
        while (text.length < 700000) {
            trail_text checked = {0};
            random_csv(&seed, &part);
            add(&part, "\n", 1);
            read_by_libcsv(trail_text_slice(&part), &checked);
            bool good = checked.length == 0 || checked.bytes[checked.length - 1] != '\x1d';
            if (good) add(&text, part.bytes, part.length);
            trail_text_clear(&checked);
        }
        trail_text_reset(&theirs);
        trail_text_reset(&ours);
        read_by_libcsv(trail_text_slice(&text), &theirs);
        read_by_us(trail_text_slice(&text), true, &ours);
        assert_int_equal(theirs.length, ours.length);
        assert_memory_equal(theirs.bytes, ours.bytes, ours.length);
    }
    trail_text_clear(&text);
    trail_text_clear(&part);
    trail_text_clear(&theirs);
    trail_text_clear(&ours);
}

/* ---- pairs of CSV and JSON ---- */

/* A JSON string at *at (behind its opening quote) onto out; CRLF becomes LF, as the pairs disagree
 * on it. */
static void take_json_string(const char **at, trail_text *out)
{
    const char *p = *at;
    for (; *p != '"'; p++) {
        assert_int_not_equal(*p, '\0');
        if (*p != '\\') {
            add(out, p, 1);
            continue;
        }
        p++;
        if (*p == 'n')
            add(out, "\n", 1);
        else if (*p != 'r')
            add(out, p, 1);
    }
    *at = p + 1;
}

/* [["a","b"],…] or [{"k":"v",…},…] or one object, as rows; objects give a header row first. */
static void rows_of_json(const char *json, trail_text *out)
{
    trail_text header = {0}, rows = {0};
    bool object = strchr(json, '{') != NULL && (strchr(json, '"') > strchr(json, '{'));
    int depth = 0;
    bool key = true, first_object = true;
    for (const char *at = json; *at != '\0';) {
        char c = *at++;
        if (c == '"') {
            trail_text *target = object && key ? &header : &rows;
            trail_text ignored = {0};
            if (object && key && !first_object) target = &ignored;
            take_json_string(&at, target);
            add(target, "\x1f", 1);
            key = object ? !key : true;
            trail_text_clear(&ignored);
        } else if (c == '[' || c == '{') {
            depth++;
        } else if ((c == ']' && depth == 2) || c == '}') {
            add(&rows, "\x1e", 1);
            first_object = false;
            depth--;
        }
    }
    if (object) {
        add(out, header.bytes, header.length);
        add(out, "\x1e", 1);
    }
    add(out, rows.bytes, rows.length);
    trail_text_clear(&header);
    trail_text_clear(&rows);
}

static void drop_carriage_returns(trail_text *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < text->length; i++) {
        if (text->bytes[i] != '\r') text->bytes[kept++] = text->bytes[i];
    }
    text->length = kept;
}

static bool is_listed(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, list[i]) == 0) return true;
    }
    return false;
}

static void published_pairs_are_read_as_their_json_says(void **state)
{
    (void)state;
    /* The first pair disagrees with itself; the others hold lines without any byte as rows, or no
     * row to learn the header from. */
    static const char *const left_out[] = {
        "spectrum/location_coordinates.csv", "test-data/all-empty.csv",
        "test-data/empty-one-column.csv", "test-data/header-no-rows.csv"};
    trail_vector names = trail_vector_of(sizeof(char *));
    size_t compared = 0, refused = 0;
    if (!trail_path_exists(CORPORA)) {
        print_message("skipped: " CORPORA " is not there\n");
        skip();
    }
    assert_int_equal(trail_path_list(CORPORA, &names, NULL), TRAIL_OK);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = *(char *const *)trail_vector_at(&names, i);
        const char *ending = strstr(name, ".csv");
        char path[512];
        trail_text csv = {0}, json = {0}, wanted = {0}, ours = {0};
        if (ending == NULL || is_listed(name, left_out, TRAIL_LENGTH_OF(left_out))) continue;
        (void)snprintf(path, sizeof path, CORPORA "/%s", name);
        assert_int_equal(trail_path_read(path, 1 << 20, &csv, NULL), TRAIL_OK);
        read_by_us(trail_text_slice(&csv), true, &ours);
        (void)snprintf(path, sizeof path, CORPORA "/%.*s.json", (int)(ending - name), name);
        if (trail_path_exists(path)) {
            assert_int_equal(trail_path_read(path, 1 << 20, &json, NULL), TRAIL_OK);
            rows_of_json(json.bytes, &wanted);
            drop_carriage_returns(&ours);
            if (!trail_slice_equal(trail_text_slice(&wanted), trail_text_slice(&ours))) {
                print_message("%s\n", name);
                show_escaped("json", &wanted);
                show_escaped("ours", &ours);
                fail();
            }
            compared++;
        } else if (ours.length > 0) {
            refused += ours.bytes[ours.length - 1] == '\x1d';
        }
        trail_text_clear(&csv);
        trail_text_clear(&json);
        trail_text_clear(&wanted);
        trail_text_clear(&ours);
    }
    trail_path_list_clear(&names);
    assert_true(compared >= 20);
    assert_int_equal(refused, 3); /* bad-missing-quote, bad-unescaped-quote, bad-quotes-with-… */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_texts_are_read_as_libcsv_reads_them),
        cmocka_unit_test(long_random_texts_are_read_as_libcsv_reads_them),
        cmocka_unit_test(published_pairs_are_read_as_their_json_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
