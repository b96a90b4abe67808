/* names_bench PAIRS.csv [-v]: precision, recall and F1 of name comparison on labelled pairs
 * (columns name1, name2, is_match at 3, 4, 5), for each threshold; five folds in which the
 * threshold is chosen on four and measured on the fifth; and the speed. -v lists the pairs that it
 * gets wrong at TRAIL_NAME_ALIKE. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/memory.h"
#include "base/strings.h"
#include "base/vector.h"
#include "identity/name_book.h"
#include "ingest/csv_reader.h"

#define FOLDS 5

typedef struct labelled_pair {
    uint32_t a, b;
    bool same;
    unsigned permille;
} labelled_pair;

typedef struct counts {
    unsigned right, wrong, missed;
} counts;

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

static trail_status read_line(trail_csv_reader *reader, trail_strings *strings, trail_slice line,
                              trail_vector *pairs, trail_error *err)
{
    trail_text bytes = {0};
    trail_vector fields = trail_vector_of(sizeof(trail_slice));
    trail_csv_verdict verdict;
    labelled_pair pair = {0};
    trail_status status = trail_grow(&bytes.bytes, &bytes.capacity, line.length + 1, 1, err);
    if (status == TRAIL_OK)
        status = trail_csv_reader_split(reader, line, &bytes, &fields, &verdict, err);
    if (status == TRAIL_OK && fields.count >= 5) {
        const trail_slice *cells = fields.items;
        pair.same = trail_slice_is(cells[4], "true");
        status = trail_strings_put(strings, cells[2], &pair.a, err);
        if (status == TRAIL_OK) status = trail_strings_put(strings, cells[3], &pair.b, err);
        if (status == TRAIL_OK && (pair.same || trail_slice_is(cells[4], "false")))
            status = trail_vector_push(pairs, &pair, err);
    }
    trail_text_clear(&bytes);
    trail_vector_clear(&fields);
    return status;
}

static trail_status read_pairs(const char *path, trail_strings *strings, trail_vector *pairs,
                               trail_error *err)
{
    char line[4096];
    trail_csv_reader *reader = NULL;
    trail_status status = trail_csv_reader_new(&reader, ',', err);
    FILE *file = fopen(path, "rb");
    if (file == NULL) fprintf(stderr, "cannot open %s\n", path);
    while (file != NULL && status == TRAIL_OK && fgets(line, sizeof line, file) != NULL)
        status = read_line(reader, strings, (trail_slice){line, strcspn(line, "\r\n")}, pairs, err);
    if (file != NULL) fclose(file);
    trail_csv_reader_free(reader);
    return status;
}

/* Fold `fold` only, or all but it (negative: ~fold), or all (FOLDS). */
static counts count_pairs(const trail_vector *pairs, int fold, unsigned threshold)
{
    counts sum = {0};
    const labelled_pair *list = pairs->items;
    for (size_t i = 0; i < pairs->count; i++) {
        int own = (int)(i % FOLDS);
        if (fold >= 0 && fold < FOLDS && own != fold) continue;
        if (fold < 0 && own == ~fold) continue;
        bool said = list[i].permille >= threshold;
        sum.right += said && list[i].same;
        sum.wrong += said && !list[i].same;
        sum.missed += !said && list[i].same;
    }
    return sum;
}

static double f1_of(counts sum)
{
    double whole = 2.0 * sum.right + sum.wrong + sum.missed;
    return whole > 0 ? 2.0 * sum.right / whole : 0;
}

static void print_line(const char *what, unsigned threshold, counts sum)
{
    printf("%-12s %4u  P %.3f  R %.3f  F1 %.3f\n", what, threshold,
           sum.right / (double)(sum.right + sum.wrong + !(sum.right + sum.wrong)),
           sum.right / (double)(sum.right + sum.missed + !(sum.right + sum.missed)), f1_of(sum));
}

static unsigned best_threshold(const trail_vector *pairs, int fold)
{
    unsigned best = 0;
    double best_f1 = -1;
    for (unsigned threshold = 600; threshold <= 950; threshold += 5) {
        double f1 = f1_of(count_pairs(pairs, fold, threshold));
        if (f1 > best_f1) {
            best_f1 = f1;
            best = threshold;
        }
    }
    return best;
}

static void print_results(const trail_vector *pairs)
{
    counts held_out = {0};
    double train = 0;
    for (unsigned threshold = 650; threshold <= 950; threshold += 25)
        print_line("all", threshold, count_pairs(pairs, FOLDS, threshold));
    print_line("chosen", TRAIL_NAME_ALIKE, count_pairs(pairs, FOLDS, TRAIL_NAME_ALIKE));
    for (int fold = 0; fold < FOLDS; fold++) {
        unsigned threshold = best_threshold(pairs, ~fold);
        counts sum = count_pairs(pairs, fold, threshold);
        train += f1_of(count_pairs(pairs, ~fold, threshold)) / FOLDS;
        print_line("held-out", threshold, sum);
        held_out.right += sum.right;
        held_out.wrong += sum.wrong;
        held_out.missed += sum.missed;
    }
    printf("five folds: F1 %.3f on the parts the threshold was chosen on, %.3f held out\n", train,
           f1_of(held_out));
}

static void print_errors(const trail_vector *pairs, const trail_strings *strings)
{
    const labelled_pair *list = pairs->items;
    for (size_t i = 0; i < pairs->count; i++)
        if ((list[i].permille >= TRAIL_NAME_ALIKE) != list[i].same)
            printf("%s %4u  %s | %s\n", list[i].same ? "missed" : "wrong ", list[i].permille,
                   trail_strings_get(strings, list[i].a).start,
                   trail_strings_get(strings, list[i].b).start);
}

static trail_status score_pairs(trail_vector *pairs, const trail_strings *strings, trail_error *err)
{
    trail_name_book *book = NULL;
    labelled_pair *list = pairs->items;
    double before = cpu_seconds();
    trail_status status = trail_name_book_new(&book, strings, err);
    printf("opening %.1f ms\n", 1e3 * (cpu_seconds() - before));
    before = cpu_seconds();
    for (size_t i = 0; i < pairs->count && status == TRAIL_OK; i++)
        status = trail_name_book_score(book, list[i].a, list[i].b, &list[i].permille, err);
    printf("first comparison %.1f us a pair, folding included\n",
           1e6 * (cpu_seconds() - before) / (double)(pairs->count + !pairs->count));
    before = cpu_seconds();
    for (int round = 0; round < 100; round++)
        for (size_t i = 0; i < pairs->count && status == TRAIL_OK; i++)
            status = trail_name_book_score(book, list[i].a, list[i].b, &list[i].permille, err);
    printf("comparison %.1f us a pair\n",
           1e6 * (cpu_seconds() - before) / 100 / (double)(pairs->count + !pairs->count));
    trail_name_book_free(book);
    return status;
}

int main(int count, char **arguments)
{
    trail_strings *strings = NULL;
    trail_vector pairs = trail_vector_of(sizeof(labelled_pair));
    trail_error err = {0};
    if (count < 2) {
        fprintf(stderr, "names_bench PAIRS.csv [-v]\n");
        return 2;
    }
    trail_status status = trail_strings_new(&strings, &err);
    if (status == TRAIL_OK) status = read_pairs(arguments[1], strings, &pairs, &err);
    if (status == TRAIL_OK) status = score_pairs(&pairs, strings, &err);
    if (status == TRAIL_OK) {
        printf("%zu pairs\n", pairs.count);
        print_results(&pairs);
        if (count > 2 && strcmp(arguments[2], "-v") == 0) print_errors(&pairs, strings);
    } else {
        fprintf(stderr, "%s\n", err.message);
    }
    trail_vector_clear(&pairs);
    trail_strings_free(strings);
    return status == TRAIL_OK ? 0 : 1;
}
