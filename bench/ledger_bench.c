/* ledger_bench FILE.csv [THREADS]: from a received file in the AMLworld layout to the finished
 * ledger (hashed, read, interned, paired, put in order; records and rejects kept), before any
 * output; then the adjacency. One line a stage: CPU seconds, wall seconds, rows/s, MB per CPU
 * second, peak memory. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/attributes.h"
#include "base/memory.h"
#include "evidence/receipt.h"
#include "graph/payment_graph.h"
#include "ingest/ingest.h"
#include "reconcile/main_order.h"
#include "reconcile/observations.h"
#include "reconcile/openings.h"
#include "reconcile/matching.h"

typedef struct bench_run {
    trail_source source;
    trail_profile profile;
    trail_ledger ledger;
    trail_rejects rejects;
    trail_matching matching;
    trail_payment_graph graph;
    unsigned threads;
    trail_error err;
} bench_run;

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double wall_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static trail_status hash(bench_run *bench)
{
    trail_receipt receipt;
    trail_status status =
        trail_receipt_take(".", &bench->source.file, 1, bench->threads, &receipt, &bench->err);
    memcpy(bench->source.hash, receipt.hash, sizeof receipt.hash);
    bench->source.size = receipt.size;
    return status;
}

static trail_status read_rows(bench_run *bench)
{
    trail_ingest_options options = {.threads = bench->threads};
    return trail_ingest(&bench->ledger, &bench->rejects, ".", &bench->source, 1, &options,
                        &bench->err);
}

static trail_status settle(bench_run *bench)
{
    uint32_t *renumber = NULL;
    trail_status status = trail_accounts_settle(bench->ledger.accounts, &renumber, &bench->err);
    if (status == TRAIL_OK) trail_ledger_renumber_accounts(&bench->ledger, renumber);
    trail_free(renumber);
    if (status == TRAIL_OK) status = trail_observations_settle(&bench->ledger, &bench->err);
    return status == TRAIL_OK ? trail_openings_settle(&bench->ledger, NULL, 0, &bench->err)
                              : status;
}

static trail_status pair(bench_run *bench)
{
    return trail_match_payments(&bench->ledger, NULL, &bench->matching, &bench->err);
}

static trail_status order(bench_run *bench)
{
    return trail_main_order(&bench->ledger, NULL, &bench->err);
}

static trail_status adjacency(bench_run *bench)
{
    return trail_payment_graph_build(&bench->graph, &bench->ledger, &bench->err);
}

typedef struct column_row {
    trail_column column;
    const char *header;
} column_row;

static void describe_layout(bench_run *bench)
{
    static const column_row rows[] = {
        {TRAIL_COLUMN_BOOKING_DATE, "Timestamp"},
        {TRAIL_COLUMN_PAYER_BANK, "From Bank"},
        {TRAIL_COLUMN_PAYER_ACCOUNT, "Account"},
        {TRAIL_COLUMN_PAYEE_BANK, "To Bank"},
        {TRAIL_COLUMN_PAYEE_ACCOUNT, "Account#2"},
        {TRAIL_COLUMN_RECEIVED_AMOUNT, "Amount Received"},
        {TRAIL_COLUMN_RECEIVED_CURRENCY, "Receiving Currency"},
        {TRAIL_COLUMN_AMOUNT, "Amount Paid"},
        {TRAIL_COLUMN_CURRENCY, "Payment Currency"},
        {TRAIL_COLUMN_KIND, "Payment Format"},
    };
    static trail_profile_column columns[TRAIL_LENGTH_OF(rows)];
    static const char *truth[] = {"Is Laundering"};
    for (size_t i = 0; i < TRAIL_LENGTH_OF(rows); i++)
        columns[i] = (trail_profile_column){.column = rows[i].column, .header = rows[i].header};
    bench->profile = (trail_profile){.name = "amlworld",
                                     .layout = TRAIL_LAYOUT_TRANSFERS,
                                     .delimiter = ',',
                                     .date_format = "YYYY/MM/DD hh:mm",
                                     .decimal = '.',
                                     .decimal_given = true};
    bench->profile.columns =
        (trail_vector){columns, TRAIL_LENGTH_OF(rows), TRAIL_LENGTH_OF(rows), sizeof columns[0]};
    bench->profile.truth = (trail_vector){truth, 1, 1, sizeof truth[0]};
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        trail_status (*run)(bench_run *bench);
        bool of_ledger;
    } stages[] = {{"hash", hash, true}, {"read", read_rows, true}, {"settle", settle, true},
                  {"pair", pair, true}, {"order", order, true},    {"adjacency", adjacency, false}};
    static bench_run bench;
    if (argc < 2) {
        fputs("usage: ledger_bench FILE.csv [THREADS]\n", stderr);
        return 2;
    }
    bench.threads = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1;
    describe_layout(&bench);
    bench.source = (trail_source){.file = argv[1],
                                  .profile = &bench.profile,
                                  .observes = TRAIL_OBSERVES_ALL,
                                  .from = TRAIL_NO_DAY,
                                  .to = TRAIL_NO_DAY,
                                  .scope_from = TRAIL_NO_DAY,
                                  .scope_to = TRAIL_NO_DAY};
    trail_rejects_init(&bench.rejects);
    if (trail_ledger_init(&bench.ledger, &bench.err) != TRAIL_OK) return 1;
    double cpu_total = 0;
    printf("%-10s %9s %9s %12s %12s %10s\n", "stage", "CPU s", "wall s", "rows/s", "MB/CPU s",
           "peak MiB");
    for (size_t i = 0; i < TRAIL_LENGTH_OF(stages); i++) {
        double cpu = cpu_seconds(), wall = wall_seconds();
        if (stages[i].run(&bench) != TRAIL_OK) {
            fprintf(stderr, "%s: %s\n", stages[i].name, bench.err.message);
            return 1;
        }
        cpu = cpu_seconds() - cpu;
        wall = wall_seconds() - wall;
        double rows = (double)bench.ledger.records.count;
        if (stages[i].of_ledger) cpu_total += cpu;
        printf("%-10s %9.2f %9.2f %12.0f %12.1f %10.1f\n", stages[i].name, cpu, wall, rows / wall,
               (double)bench.source.size / 1e6 / cpu, (double)peak_kib() / 1024);
        if (i + 2 == TRAIL_LENGTH_OF(stages))
            printf("ledger     %9.2f CPU s for %zu rows, %zu payments, %zu rejects, %u accounts: "
                   "%.1f bytes a payment at the peak\n",
                   cpu_total, bench.ledger.records.count, bench.ledger.count,
                   bench.rejects.rejects.count, trail_accounts_count(bench.ledger.accounts),
                   (double)peak_kib() * 1024 / rows);
    }
    trail_payment_graph_clear(&bench.graph);
    trail_matching_clear(&bench.matching);
    trail_rejects_clear(&bench.rejects);
    trail_ledger_clear(&bench.ledger);
    return 0;
}
