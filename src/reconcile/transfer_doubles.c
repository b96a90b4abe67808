#include "reconcile/transfer_doubles.h"

#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "reconcile/possible_double.h"

/* A filter of a few bits a payment (Bloom, 1970, one word a key) leaves only payments whose values
 * two files share, so memory follows the doubles, not the case. These are sorted by fingerprint of
 * (payer, payee, amount, currency), file and day; within a group the files are taken one by one and
 * matched, earliest first, against the sightings still open. Fingerprints only filter: fits()
 * decides on the values. A case of one file, or without transfer rows, costs one look at the flags.
 * O(n log n), and in a group (its files) x (its rows). */

#define WINDOW_DAYS      3
#define BITS_A_PAYMENT   16
#define FILTER_WORDS_MAX ((size_t)1 << 25)

typedef enum sight_role { ROLE_ROW, ROLE_DEBIT, ROLE_CREDIT, ROLE_COUNT, ROLE_NONE } sight_role;

/* One payment as one file shows it. A row that converts has two: by the paid amount and by the
 * `received` one. */
typedef struct sighting {
    uint64_t fingerprint;
    int32_t day;
    uint32_t file; /* rank by hash and name: the order files were given in does not matter */
    uint32_t payment;
    uint8_t role;
    bool received;
} sighting;

typedef struct open_sighting {
    sighting sight;
    bool taken; /* by the file being matched; for good if it is a leg */
} open_sighting;

typedef struct double_search {
    trail_ledger *ledger;
    uint32_t *file_rank;
    uint64_t *earlier; /* filter: values of the files before */
    uint64_t *shared;  /* filter: values that stand in two files */
    size_t word_count;
    trail_vector sightings;        /* of sighting */
    trail_vector open[ROLE_COUNT]; /* of open_sighting, by day */
    trail_vector fresh[ROLE_COUNT];
    trail_vector *doubles;
} double_search;

static sight_role role_of(const trail_ledger *ledger, uint32_t payment)
{
    uint16_t flags = ledger->flags[payment];
    if ((flags & TRAIL_VOID) != 0 || ledger->payer[payment] == TRAIL_NO_ACCOUNT ||
        ledger->payee[payment] == TRAIL_NO_ACCOUNT)
        return ROLE_NONE;
    if ((flags & TRAIL_HAS_DEBIT) == 0) return ROLE_CREDIT;
    bool whole = (flags & TRAIL_HAS_CREDIT) != 0 && (flags & TRAIL_TWO_RECORDS) == 0;
    return whole ? ROLE_ROW : ROLE_DEBIT;
}

static uint64_t fingerprint_of(const trail_ledger *ledger, uint32_t payment, bool received)
{
    trail_leg leg =
        received ? trail_ledger_credit(ledger, payment) : trail_ledger_debit(ledger, payment);
    uint64_t parties = (uint64_t)ledger->payer[payment] << 32 | ledger->payee[payment];
    uint64_t hash = trail_wide_fold(parties ^ 0x9e3779b97f4a7c15u, 0xff51afd7ed558ccdu);
    return trail_wide_fold(hash ^ (uint64_t)leg.amount_minor,
                           0xc4ceb9fe1a85ec53u ^ (uint64_t)leg.currency << 40);
}

static bool has_received(const trail_ledger *ledger, uint32_t payment, sight_role role)
{
    return role == ROLE_ROW && (ledger->flags[payment] & TRAIL_HAS_CREDIT_SIDE) != 0;
}

static uint64_t *word_of(const double_search *search, uint64_t *filter, uint64_t fingerprint)
{
    return &filter[(fingerprint >> 12) & (search->word_count - 1)];
}

static uint64_t bits_of(uint64_t fingerprint)
{
    return UINT64_C(1) << (fingerprint & 63) | UINT64_C(1) << (fingerprint >> 6 & 63);
}

/* The file of a payment, found at once while payments stand in reading order. */
static uint32_t file_of(const trail_ledger *ledger, uint32_t record, uint32_t *file)
{
    const trail_file *files = ledger->records.files.items;
    if (record < files[*file].first_record ||
        record - files[*file].first_record >= files[*file].record_count)
        *file = (uint32_t)(trail_records_file(&ledger->records, record) - files);
    return *file;
}

/* How many sightings there can be; 0 when no transfer row stands beside another file's payment. */
static size_t count_sightings(const trail_ledger *ledger)
{
    size_t count = 0;
    bool rows = false, several = false;
    uint32_t file = 0, first = UINT32_MAX;
    for (uint32_t i = 0; i < ledger->count; i++) {
        sight_role role = role_of(ledger, i);
        if (role == ROLE_NONE) continue;
        (void)file_of(ledger, ledger->record[i], &file);
        if (first == UINT32_MAX) first = file;
        several = several || file != first;
        rows = rows || role == ROLE_ROW;
        count += has_received(ledger, i, role) ? 2 : 1;
    }
    return rows && several ? count : 0;
}

/* Values of one file go into `earlier` when its last payment has passed. */
static void remember_file(double_search *search, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        sight_role role = role_of(search->ledger, i);
        if (role == ROLE_NONE) continue;
        for (int side = 0; side <= has_received(search->ledger, i, role); side++) {
            uint64_t print = fingerprint_of(search->ledger, i, side == 1);
            *word_of(search, search->earlier, print) |= bits_of(print);
        }
    }
}

static void find_shared(double_search *search)
{
    const trail_ledger *ledger = search->ledger;
    uint32_t file = 0, current = 0, first_of_file = 0;
    for (uint32_t i = 0; i < ledger->count; i++) {
        if (file_of(ledger, ledger->record[i], &file) != current) {
            remember_file(search, first_of_file, i);
            first_of_file = i;
            current = file;
        }
        sight_role role = role_of(ledger, i);
        if (role == ROLE_NONE) continue;
        for (int side = 0; side <= has_received(ledger, i, role); side++) {
            uint64_t print = fingerprint_of(ledger, i, side == 1), bits = bits_of(print);
            if ((*word_of(search, search->earlier, print) & bits) == bits)
                *word_of(search, search->shared, print) |= bits;
        }
    }
}

static trail_status collect_shared(double_search *search, trail_error *err)
{
    const trail_ledger *ledger = search->ledger;
    uint32_t file = 0;
    for (uint32_t i = 0; i < ledger->count; i++) {
        sight_role role = role_of(ledger, i);
        if (role == ROLE_NONE) continue;
        for (int side = 0; side <= has_received(ledger, i, role); side++) {
            uint64_t print = fingerprint_of(ledger, i, side == 1), bits = bits_of(print);
            if ((*word_of(search, search->shared, print) & bits) != bits) continue;
            sighting sight = {.fingerprint = print,
                              .day = ledger->booking_day[i],
                              .file = search->file_rank[file_of(ledger, ledger->record[i], &file)],
                              .payment = i,
                              .role = (uint8_t)role,
                              .received = side == 1};
            trail_status status = trail_vector_push(&search->sightings, &sight, err);
            if (status != TRAIL_OK) return status;
        }
    }
    return TRAIL_OK;
}

static int compare_files(const void *context, uint32_t a, uint32_t b)
{
    const trail_file *files = context;
    int order = memcmp(files[a].hash, files[b].hash, TRAIL_DIGEST_SIZE);
    return order != 0 ? order : strcmp(files[a].name, files[b].name);
}

static trail_status rank_files(double_search *search, trail_error *err)
{
    const trail_vector *files = &search->ledger->records.files;
    uint32_t *order = NULL;
    trail_status status = trail_alloc_zeroed(&order, files->count, sizeof *order, err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&search->file_rank, files->count, sizeof *order, err);
    for (uint32_t i = 0; status == TRAIL_OK && i < files->count; i++)
        order[i] = i;
    if (status == TRAIL_OK)
        status = trail_sort_numbers(order, files->count, compare_files, files->items, err);
    for (uint32_t i = 0; status == TRAIL_OK && i < files->count; i++)
        search->file_rank[order[i]] = i;
    trail_free(order);
    return status;
}

static int compare_sightings(const void *context, const void *first, const void *second)
{
    const trail_ledger *ledger = context;
    const sighting *a = first, *b = second;
    if (a->fingerprint != b->fingerprint) return a->fingerprint < b->fingerprint ? -1 : 1;
    if (a->file != b->file) return a->file < b->file ? -1 : 1;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    int32_t a_second = ledger->booking_second[a->payment];
    int32_t b_second = ledger->booking_second[b->payment];
    if (a_second != b_second) return a_second < b_second ? -1 : 1;
    return a->payment < b->payment ? -1 : a->payment > b->payment;
}

static int compare_open(const void *context, const void *a, const void *b)
{
    (void)context;
    const open_sighting *first = a, *second = b;
    return first->sight.day < second->sight.day ? -1 : first->sight.day > second->sight.day;
}

static bool same_leg(trail_leg a, trail_leg b)
{
    return a.amount_minor == b.amount_minor && a.currency == b.currency;
}

/* The credit leg of a paired payment must not stand in the row's own file. */
static bool shares_file(const trail_ledger *ledger, const sighting *a, const sighting *b)
{
    const trail_credit_side *side = trail_ledger_credit_side(ledger, a->payment);
    if ((ledger->flags[a->payment] & TRAIL_TWO_RECORDS) == 0 || side == NULL) return false;
    return trail_records_file(&ledger->records, side->record) ==
           trail_records_file(&ledger->records, ledger->record[b->payment]);
}

static bool fits(const trail_ledger *ledger, const sighting *a, const sighting *b)
{
    bool debit = a->role == ROLE_DEBIT || b->role == ROLE_DEBIT;
    bool credit = a->role == ROLE_CREDIT || b->role == ROLE_CREDIT;
    if (ledger->payer[a->payment] != ledger->payer[b->payment] ||
        ledger->payee[a->payment] != ledger->payee[b->payment] ||
        ((a->received || b->received) && !credit))
        return false;
    bool paid =
        same_leg(trail_ledger_debit(ledger, a->payment), trail_ledger_debit(ledger, b->payment));
    bool received =
        same_leg(trail_ledger_credit(ledger, a->payment), trail_ledger_credit(ledger, b->payment));
    return (paid || credit) && (received || debit) && !shares_file(ledger, a, b) &&
           !shares_file(ledger, b, a);
}

/* Of two rows the earlier one stands first. */
static bool is_later(const trail_ledger *ledger, const sighting *a, const sighting *b)
{
    if (a->day != b->day) return a->day > b->day;
    int32_t a_second = ledger->booking_second[a->payment];
    int32_t b_second = ledger->booking_second[b->payment];
    return a_second != b_second ? a_second > b_second : a->file > b->file;
}

static trail_status list_pair(double_search *search, const sighting *a, const sighting *b,
                              trail_error *err)
{
    bool rows = a->role == ROLE_ROW && b->role == ROLE_ROW;
    bool swap =
        rows ? is_later(search->ledger, a, b) : a->role == ROLE_CREDIT || b->role == ROLE_DEBIT;
    trail_possible_double pair = {
        .debit_payment = swap ? b->payment : a->payment,
        .credit_payment = swap ? a->payment : b->payment,
        .reason = rows ? "two files have this transfer row"
                       : "a transfer row of another file has these accounts, amount and days"};
    search->ledger->flags[a->payment] |= TRAIL_MAY_BE_DOUBLE;
    search->ledger->flags[b->payment] |= TRAIL_MAY_BE_DOUBLE;
    return trail_vector_push(search->doubles, &pair, err);
}

/* Lists the earliest open sighting of `role` that fits; *from moves on with the days. */
static trail_status match(double_search *search, const sighting *sight, sight_role role,
                          size_t *from, bool *matched, trail_error *err)
{
    open_sighting *open = search->open[role].items;
    size_t count = search->open[role].count;
    while (*from < count &&
           (open[*from].taken || (int64_t)sight->day - open[*from].sight.day > WINDOW_DAYS))
        (*from)++;
    for (size_t i = *from; i < count && (int64_t)open[i].sight.day - sight->day <= WINDOW_DAYS;
         i++) {
        if (open[i].taken || !fits(search->ledger, &open[i].sight, sight)) continue;
        open[i].taken = true;
        *matched = true;
        return list_pair(search, &open[i].sight, sight, err);
    }
    return TRAIL_OK;
}

/* Rows stay open for further files, a leg that found its row does not; what is new joins them. */
static trail_status settle_open(double_search *search, sight_role role, trail_error *err)
{
    trail_vector *open = &search->open[role], *fresh = &search->fresh[role];
    open_sighting *items = open->items;
    size_t kept = 0;
    for (size_t i = 0; i < open->count; i++) {
        if (role != ROLE_ROW && items[i].taken) continue;
        items[kept] = items[i];
        items[kept++].taken = false;
    }
    open->count = kept;
    for (size_t i = 0; i < fresh->count; i++) {
        trail_status status = trail_vector_push(open, trail_vector_at(fresh, i), err);
        if (status != TRAIL_OK) return status;
    }
    bool merge = kept > 0 && fresh->count > 0;
    fresh->count = 0;
    return merge ? trail_sort_items(open->items, open->count, sizeof(open_sighting), compare_open,
                                    NULL, err)
                 : TRAIL_OK;
}

/* One file's sightings of a group, by day. */
static trail_status match_file(double_search *search, const sighting *sight, size_t count,
                               trail_error *err)
{
    size_t from[ROLE_COUNT] = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        bool is_row = sight[i].role == ROLE_ROW, known = false, leg = false;
        status = match(search, &sight[i], ROLE_ROW, &from[ROLE_ROW], &known, err);
        for (int role = ROLE_DEBIT; is_row && role < ROLE_COUNT && status == TRAIL_OK; role++)
            status = match(search, &sight[i], (sight_role)role, &from[role], &leg, err);
        open_sighting open = {.sight = sight[i]};
        if (status == TRAIL_OK && !known)
            status = trail_vector_push(&search->fresh[sight[i].role], &open, err);
    }
    for (int role = 0; role < ROLE_COUNT && status == TRAIL_OK; role++)
        status = settle_open(search, (sight_role)role, err);
    return status;
}

static trail_status match_groups(double_search *search, trail_error *err)
{
    const sighting *sight = search->sightings.items;
    size_t count = search->sightings.count;
    trail_status status = TRAIL_OK;
    for (size_t start = 0; start < count && status == TRAIL_OK;) {
        size_t end = start + 1;
        bool new_group = start == 0 || sight[start].fingerprint != sight[start - 1].fingerprint;
        for (int role = 0; new_group && role < ROLE_COUNT; role++)
            search->open[role].count = 0;
        while (end < count && sight[end].fingerprint == sight[start].fingerprint &&
               sight[end].file == sight[start].file)
            end++;
        status = match_file(search, sight + start, end - start, err);
        start = end;
    }
    return status;
}

static trail_status open_filters(double_search *search, size_t count, trail_error *err)
{
    search->word_count = 1;
    while (search->word_count < count * BITS_A_PAYMENT / 64 &&
           search->word_count < FILTER_WORDS_MAX)
        search->word_count *= 2;
    trail_status status =
        trail_alloc_zeroed(&search->earlier, search->word_count, sizeof(uint64_t), err);
    if (status == TRAIL_OK)
        status = trail_alloc_zeroed(&search->shared, search->word_count, sizeof(uint64_t), err);
    return status;
}

trail_status trail_transfer_doubles(trail_ledger *ledger, trail_vector *doubles, trail_error *err)
{
    size_t count = ledger->records.files.count < 2 ? 0 : count_sightings(ledger);
    if (count == 0) return TRAIL_OK;
    double_search search = {.ledger = ledger, .doubles = doubles};
    search.sightings = trail_vector_of(sizeof(sighting));
    for (int role = 0; role < ROLE_COUNT; role++)
        search.open[role] = search.fresh[role] = trail_vector_of(sizeof(open_sighting));
    trail_status status = rank_files(&search, err);
    if (status == TRAIL_OK) status = open_filters(&search, count, err);
    if (status != TRAIL_OK) goto cleanup;
    find_shared(&search);
    if ((status = collect_shared(&search, err)) != TRAIL_OK) goto cleanup;
    status = trail_sort_items(search.sightings.items, search.sightings.count, sizeof(sighting),
                              compare_sightings, ledger, err);
    if (status == TRAIL_OK) status = match_groups(&search, err);
cleanup:
    for (int role = 0; role < ROLE_COUNT; role++) {
        trail_vector_clear(&search.open[role]);
        trail_vector_clear(&search.fresh[role]);
    }
    trail_vector_clear(&search.sightings);
    trail_free(search.file_rank);
    trail_free(search.earlier);
    trail_free(search.shared);
    return status;
}
