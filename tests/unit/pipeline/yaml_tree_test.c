#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "pipeline/yaml_tree.h"
#include "support/failing_alloc.h"

typedef struct tree {
    trail_arena arena;
    trail_mistakes mistakes;
    trail_vector lines;
    trail_node *root;
} tree;

static void clear(tree *t)
{
    for (size_t i = 0; i < t->lines.count; i++)
        trail_free(*(char **)trail_vector_at(&t->lines, i));
    trail_vector_clear(&t->lines);
    trail_mistakes_clear(&t->mistakes);
    trail_arena_clear(&t->arena);
}

static void read_tree(tree *t, trail_slice bytes)
{
    *t = (tree){.lines = trail_vector_of(sizeof(char *))};
    trail_mistakes_init(&t->mistakes);
    assert_int_equal(trail_yaml_read(bytes, "case.yaml", &t->arena, &t->mistakes, &t->root, NULL),
                     TRAIL_OK);
    assert_int_equal(trail_mistakes_tell(&t->mistakes, &t->lines, NULL), TRAIL_OK);
}

static void expect_lines(const char *yaml, const char *const *lines)
{
    tree t;
    size_t count = 0;
    read_tree(&t, trail_slice_of(yaml));
    for (; lines[count] != NULL; count++) {
        assert_true(count < t.lines.count);
        assert_string_equal(*(char **)trail_vector_at(&t.lines, count), lines[count]);
    }
    assert_int_equal(t.lines.count, count);
    clear(&t);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void values_keep_their_text_and_place(void **state)
{
    tree t;
    const trail_node *node = NULL;
    (void)state;
    read_tree(&t, trail_slice_of("state: NO\naccount: 0123\nlist:\n  - 'a'\n  - {b: c}\n"));
    assert_int_equal(t.lines.count, 0);
    assert_string_equal(trail_node_find(t.root, "state")->text, "NO");
    assert_string_equal(trail_node_find(t.root, "account")->text, "0123");
    node = trail_node_find(t.root, "list");
    assert_int_equal(node->count, 2);
    assert_true(trail_node_item(node, 0)->quoted);
    assert_int_equal(trail_node_item(node, 0)->place.line, 4);
    assert_int_equal(trail_node_item(node, 0)->place.column, 5);
    assert_string_equal(trail_node_find(trail_node_item(node, 1), "b")->text, "c");
    clear(&t);
}

static void aliases_anchors_and_tags_are_refused_each_with_its_line(void **state)
{
    (void)state;
    expect_lines("a: &x 1\nb: *x\nc: !!int 3\n",
                 LINES("case.yaml:1:4: error: anchors are not used in case files: write the value "
                       "out instead of '&x'",
                       "case.yaml:2:4: error: aliases are not used in case files: write the value "
                       "out instead of '*x'",
                       "case.yaml:3:4: error: tags are not used in case files: take out "
                       "'tag:yaml.org,2002:int'"));
}

static void an_alias_bomb_stays_small(void **state)
{
    tree t;
    char yaml[4096] = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
    (void)state;
    for (int i = 1; i < 30; i++) {
        char line[128];
        (void)snprintf(line, sizeof line, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i,
                       i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
        memcpy(yaml + strlen(yaml), line, strlen(line) + 1);
    }
    read_tree(&t, trail_slice_of(yaml));
    assert_int_equal(t.mistakes.count, 30 + 29 * 6);
    assert_int_equal(t.lines.count, TRAIL_MISTAKES_KEPT + 1);
    assert_string_equal(*(char **)trail_vector_at(&t.lines, TRAIL_MISTAKES_KEPT),
                        "and 4 more mistakes");
    clear(&t);
}

static void a_key_given_twice_is_refused_in_its_own_map_only(void **state)
{
    (void)state;
    expect_lines("a: 1\nb: {a: 2}\na: 3\n",
                 LINES("case.yaml:3:1: error: 'a' is given twice: first in line 1"));
}

static void a_second_document_is_refused(void **state)
{
    (void)state;
    expect_lines("a: 1\n---\nb: 2\n",
                 LINES("case.yaml:2:1: error: a case file is one document: a second one begins "
                       "here"));
}

static void nesting_of_200000_is_refused_without_harm(void **state)
{
    tree t;
    size_t size = 200000;
    char *yaml = malloc(size);
    (void)state;
    assert_non_null(yaml);
    memset(yaml, '[', size);
    read_tree(&t, (trail_slice){yaml, size});
    assert_null(t.root);
    assert_int_equal(t.lines.count, 1);
    assert_string_equal(*(char **)trail_vector_at(&t.lines, 0),
                        "case.yaml:1:65: error: nested deeper than 64 levels: reading stops here");
    clear(&t);
    free(yaml);
}

static void a_hundred_thousand_keys_take_no_quadratic_time(void **state)
{
    tree t;
    size_t room = 1u << 20, length = 0;
    char *yaml = malloc(room);
    (void)state;
    assert_non_null(yaml);
    for (int i = 0; i < 100000; i++) {
        length += (size_t)snprintf(yaml + length, room - length, "k%d: \n", i);
    }
    read_tree(&t, (trail_slice){yaml, length});
    assert_int_equal(t.root->count, 100000);
    clear(&t);
    free(yaml);
}

static void an_open_quote_is_named_where_it_opens(void **state)
{
    (void)state;
    expect_lines("a: 1\nb: \"two\nc: 3\n",
                 LINES("case.yaml:2:4: error: a quote opens here and is never closed"));
}

static void a_slipped_indentation_is_named(void **state)
{
    (void)state;
    expect_lines("a:\n  b: 1\n c: 2\n",
                 LINES("case.yaml:3:2: error: a key such as 'name:' was expected here: check the "
                       "indentation of this and the line above"));
    expect_lines("a: b: c\n",
                 LINES("case.yaml:1:5: error: a ':' stands where no key can be: check the "
                       "indentation, or put the value in quotes"));
    expect_lines("a:\n\tb: 1\n",
                 LINES("case.yaml:2:1: error: a value cannot begin with this character: put it in "
                       "quotes, and indent by spaces, not tabs"));
}

static void bytes_that_are_no_text_are_named(void **state)
{
    tree t;
    (void)state;
    expect_lines("a: 1\nb: \xff\n",
                 LINES("case.yaml:2:4: error: this byte is not UTF-8: save the file as UTF-8"));
    expect_lines("a: 1\nb: \x01\n",
                 LINES("case.yaml:2:4: error: a control character cannot stand in a case file"));
    expect_lines("a: \"x\\0y\"\n",
                 LINES("case.yaml:1:4: error: a NUL character cannot stand in a case file"));
    read_tree(&t, (trail_slice){"a: \0b\n", 6});
    assert_int_equal(t.lines.count, 1);
    clear(&t);
}

static void a_list_cannot_be_a_key(void **state)
{
    (void)state;
    expect_lines("? [a, b]\n: c\nd: e\n",
                 LINES("case.yaml:1:3: error: a key must be one word or text, not a list or a "
                       "map"));
}

static void nothing_gives_no_tree(void **state)
{
    tree t;
    (void)state;
    read_tree(&t, trail_slice_of("# only a comment\n"));
    assert_null(t.root);
    assert_int_equal(t.lines.count, 0);
    clear(&t);
}

static void every_refused_allocation_is_cleaned_up(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        trail_arena arena = {0};
        trail_mistakes mistakes;
        trail_node *root = NULL;
        trail_status status = TRAIL_OK;
        trail_mistakes_init(&mistakes);
        failing_alloc_at(n);
        status = trail_yaml_read(trail_slice_of("a: [1, 2]\na: *b\nc: {d: e}\n"), "case.yaml",
                                 &arena, &mistakes, &root, NULL);
        failing_alloc_at(0);
        trail_mistakes_clear(&mistakes);
        trail_arena_clear(&arena);
        if (status == TRAIL_OK) break;
        assert_int_equal(status, TRAIL_NO_MEMORY);
        assert_true(n < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_keep_their_text_and_place),
        cmocka_unit_test(aliases_anchors_and_tags_are_refused_each_with_its_line),
        cmocka_unit_test(an_alias_bomb_stays_small),
        cmocka_unit_test(a_key_given_twice_is_refused_in_its_own_map_only),
        cmocka_unit_test(a_second_document_is_refused),
        cmocka_unit_test(nesting_of_200000_is_refused_without_harm),
        cmocka_unit_test(a_hundred_thousand_keys_take_no_quadratic_time),
        cmocka_unit_test(an_open_quote_is_named_where_it_opens),
        cmocka_unit_test(a_slipped_indentation_is_named),
        cmocka_unit_test(bytes_that_are_no_text_are_named),
        cmocka_unit_test(a_list_cannot_be_a_key),
        cmocka_unit_test(nothing_gives_no_tree),
        cmocka_unit_test(every_refused_allocation_is_cleaned_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
