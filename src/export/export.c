#include "base/attributes.h"
#include "export/csv_exports.h"
#include "export/exporter.h"

const trail_exporter trail_exporters[] = {
    {"rejects", "rejects.csv", "read", "every row that could not be read, with place and reason",
     trail_write_rejects_csv},
    {"payments", "payments.csv", "reconcile", "every payment with the records that attest it",
     trail_write_payments_csv},
    {"accounts", "accounts.csv", "reconcile", "every account, observed or not, and why",
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
};
const size_t trail_exporter_count = TRAIL_LENGTH_OF(trail_exporters);
