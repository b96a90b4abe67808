#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/resource.h>

#include "base/deflate.h"
#include "base/memory.h"
#include "ingest/row.h"

#define PIECE ((size_t)16 << 20)
#define TIMES 129 /* 2.1 GB in one line */

static long most_kilobytes(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void pack(const char *bytes, size_t length, trail_text *out)
{
    assert_int_equal(trail_gzip((trail_slice){bytes, length}, out, NULL), TRAIL_OK);
}

/* gzip members follow one another: a few megabytes unpack to one line of 2 GB. */
static void make_bomb(trail_text *bomb)
{
    trail_text member = {0};
    char *piece = trail_alloc(NULL, PIECE);
    assert_non_null(piece);
    memset(piece, 'x', PIECE);
    pack(piece, PIECE, &member);
    pack("a,b\n1,", 6, bomb);
    for (int i = 0; i < TIMES; i++) {
        assert_int_equal(trail_text_add(bomb, trail_text_slice(&member), NULL), TRAIL_OK);
    }
    pack("\r\n3,4\n", 6, bomb);
    trail_text_clear(&member);
    trail_free(piece);
}

static void a_line_of_two_gigabytes_is_one_row_in_bounded_memory(void **state)
{
    (void)state;
    trail_text bomb = {0};
    trail_byte_source *source = NULL;
    trail_row_reader *reader = NULL;
    trail_row rows[TRAIL_ROW_BATCH];
    trail_row found[4];
    size_t count = 1, total = 0;
    make_bomb(&bomb);
    long before = most_kilobytes();
    assert_int_equal(trail_byte_source_over(&source, trail_text_slice(&bomb), NULL), TRAIL_OK);
    assert_int_equal(
        trail_row_reader_new(&reader, source, (trail_row_style){.delimiter = ','}, NULL), TRAIL_OK);
    while (count > 0) {
        assert_int_equal(trail_row_reader_next(reader, rows, TRAIL_ROW_BATCH, &count, NULL),
                         TRAIL_OK);
        for (size_t i = 0; i < count; i++) {
            assert_true(total < 4);
            found[total++] = rows[i];
        }
    }
    uint64_t length = 2 + (uint64_t)PIECE * TIMES;
    assert_int_equal(total, 3);
    assert_int_equal(found[1].fault, TRAIL_ROW_TOO_LONG);
    assert_int_equal(found[1].offset, 4);
    assert_int_equal(found[1].length, length);
    assert_int_equal(found[1].raw.length, TRAIL_ROW_LENGTH_LIMIT);
    assert_int_equal(found[2].fault, TRAIL_ROW_OK);
    assert_int_equal(found[2].offset, 4 + length + 2);
    assert_int_equal(found[2].line, 3);
    assert_true(most_kilobytes() - before < 16 * 1024);
    trail_row_reader_free(reader);
    trail_byte_source_close(source);
    trail_text_clear(&bomb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_two_gigabytes_is_one_row_in_bounded_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
