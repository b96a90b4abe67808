#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/exporter.h"
#include "export/graph_exports.h"

const trail_exporter trail_exporters[] = {
    {"rejects", "rejects.csv", "read", "every row that could not be read, with place and reason",
     trail_write_rejects_csv},
    {"remarks", "remarks.csv", "read",
     "departures from a format that did not keep a record from being read",
     trail_write_remarks_csv},
    {"payments", "payments.csv", "reconcile", "every payment with the records that attest it",
     trail_write_payments_csv},
    {"accounts", "accounts.csv", "groups", "every account, observed or not, and why",
     trail_write_accounts_csv},
    {"possible_same", "possible_same.csv", "reconcile",
     "accounts of equal number that were not merged", trail_write_possible_same_csv},
    {"possible_double", "possible_double.csv", "reconcile",
     "unpaired payments that may be one payment counted twice", trail_write_possible_double_csv},
    {"trace", "trace.csv", "trace", "traced payments under each rule", trail_write_trace_csv},
    {"holdings", "holdings.csv", "trace", "where the proceeds are under each rule",
     trail_write_holdings_csv},
    {"routes", "routes.csv", "routes", "routes from the proceeds, step by step",
     trail_write_routes_csv},
    {"communities", "communities.csv", "groups",
     "groups of accounts: flow inside, in, out, and what was traced into them",
     trail_write_communities_csv},
    {"transfers_graphml", "graph/transfers.graphml", "report", "every payment as an edge (GraphML)",
     trail_write_transfers_graphml},
    {"links_graphml", "graph/links.graphml", "report",
     "payments summed per ordered pair and currency (GraphML)", trail_write_links_graphml},
    {"transfers_gexf", "graph/transfers.gexf", "report",
     "every payment as a dated edge (GEXF 1.3, for Gephi's timeline)", trail_write_transfers_gexf},
    {"nodes", "graph/nodes.csv", "report", "nodes of the graph for spreadsheets and Gephi",
     trail_write_nodes_csv},
    {"edges", "graph/edges.csv", "report", "edges of the graph for spreadsheets and Gephi",
     trail_write_edges_csv},
    {"i2", "graph/i2.csv", "report", "one payment a line for link-chart programs",
     trail_write_i2_csv},
    {"case_sqlite", "case.sqlite", "report", "everything, with foreign keys down to the evidence",
     trail_write_case_sqlite},
    {"i2_guide", "graph/i2-guide.txt", "report", "how to import i2.csv", trail_write_i2_guide},
};
const size_t trail_exporter_count = TRAIL_LENGTH_OF(trail_exporters);
