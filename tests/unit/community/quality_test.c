/* How good the groups are on the AMLSim corpus (123,078 transfers): no worse than Louvain's
 * multilevel method by 0.02 of modularity. Skipped where the corpus is absent; its folder is
 * MONEYTRAIL_CORPORA, or ../shared/corpora. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "community/community.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/memory.h"
#include "community/link_graph.h"
#include "model/money.h"
#include "support/failing_alloc.h"
#include "support/tiny_ledger.h"

enum { ACCOUNTS = 12043 };

static trail_slice next_field(trail_slice *row)
{
    size_t comma = trail_slice_find(*row, trail_slice_of(","));
    size_t length = comma == SIZE_MAX ? row->length : comma;
    trail_slice field = {row->start, length};
    size_t taken = comma == SIZE_MAX ? length : length + 1;
    *row = (trail_slice){row->start + taken, row->length - taken};
    return field;
}

/* False when the corpus is absent. */
static bool read_transfers(trail_ledger *ledger)
{
    const char *folder = getenv("MONEYTRAIL_CORPORA");
    char path[1000];
    (void)snprintf(path, sizeof path, "%s/amlsim-123k/transactions.csv.gz",
                   folder != NULL ? folder : "../shared/corpora");
    gzFile file = gzopen(path, "rb");
    if (file == NULL) return false;
    char line[1000];
    assert_non_null(gzgets(file, line, sizeof line));
    trail_money_style style = {.decimal = '.'};
    while (gzgets(file, line, sizeof line) != NULL) {
        trail_slice row = trail_slice_trim(trail_slice_of(line));
        uint64_t payer, payee;
        (void)next_field(&row);
        assert_true(trail_slice_to_u64(next_field(&row), &payer));
        assert_true(trail_slice_to_u64(next_field(&row), &payee));
        (void)next_field(&row);
        trail_entry entry = tiny_entry((uint32_t)payer, (uint32_t)payee, 0, 0);
        entry.currency = currency_of("USD");
        assert_int_equal(trail_money_parse(next_field(&row), style, 2, &entry.amount_minor),
                         TRAIL_MONEY_OK);
        tiny_add(ledger, entry);
    }
    gzclose(file);
    return true;
}

static double modularity_of(const trail_igraph_graph *graph, const uint32_t *membership)
{
    double modularity = 0;
    assert_int_equal(trail_igraph_modularity(graph, membership, 1, &modularity, NULL), TRAIL_OK);
    return modularity;
}

static void groups_are_as_good_as_the_multilevel_methods(void **state)
{
    (void)state;
    trail_ledger ledger;
    tiny_open(&ledger, ACCOUNTS);
    if (!read_transfers(&ledger)) {
        trail_ledger_clear(&ledger);
        print_message("the AMLSim corpus is absent\n");
        skip();
    }
    assert_int_equal(ledger.count, 123078);
    trail_vector links;
    trail_communities found;
    trail_link_graph graph;
    trail_currency usd = currency_of("USD");
    assert_int_equal(trail_links_of(&ledger, &links, NULL), TRAIL_OK);
    assert_int_equal(trail_communities_find(&found, &ledger, &links, usd, NULL), TRAIL_OK);
    assert_int_equal(trail_link_graph_build(&graph, &ledger, &links, usd, NULL), TRAIL_OK);
    trail_igraph_graph weighted = {graph.node_count, graph.edges.items, graph.edges.count};
    uint32_t *membership = NULL;
    assert_int_equal(trail_alloc_zeroed(&membership, graph.node_count, sizeof *membership, NULL),
                     TRAIL_OK);
    assert_int_equal(trail_igraph_multilevel(&weighted, 1, 1, membership, NULL), TRAIL_OK);
    double multilevel = modularity_of(&weighted, membership);
    for (uint32_t node = 0; node < graph.node_count; node++) {
        uint32_t number = found.group_of[graph.account_of[node]];
        membership[node] = number != TRAIL_NO_GROUP ? number : (uint32_t)found.groups.count;
    }
    double ours = modularity_of(&weighted, membership);
    print_message("modularity %.4f, multilevel %.4f, %zu groups, %zu set aside\n", ours, multilevel,
                  found.groups.count, found.hubs.count);
    assert_true(ours >= multilevel - 0.02);
    trail_free(membership);
    trail_link_graph_clear(&graph);
    trail_communities_clear(&found);
    trail_vector_clear(&links);
    trail_ledger_clear(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_as_good_as_the_multilevel_methods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
