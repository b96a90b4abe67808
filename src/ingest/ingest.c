#include "ingest/ingest.h"

#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/sort.h"
#include "ingest/expansion.h"
#include "ingest/leaf_reader.h"

#define DEFAULT_REJECT_LIMIT ((uint64_t)1000000)

static int by_file_name(const void *context, uint32_t a, uint32_t b)
{
    const trail_source *sources = context;
    const trail_source *one = &sources[a], *other = &sources[b];
    int order = trail_slice_compare(trail_slice_of(one->file), trail_slice_of(other->file));
    if (order == 0)
        order = trail_slice_compare(trail_slice_of(one->member), trail_slice_of(other->member));
    if (order == 0)
        order = trail_slice_compare(trail_slice_of(one->sheet), trail_slice_of(other->sheet));
    return order;
}

/* All sources that name one received file, and the file being taken apart. */
typedef struct file_reading {
    trail_reading *all;
    const trail_source *sources;
    const uint32_t *order; /* of these sources */
    size_t count;
    bool *met;             /* a leaf was found for the source */
    bool failed;           /* the file as a whole could not be taken apart: said */
    size_t sheets, tables; /* of the workbook being met: that may hold a table, and that do */
} file_reading;

/* The source that speaks most closely of the leaf; count: none does. */
static size_t claim(const file_reading *file, const trail_leaf *leaf)
{
    size_t best = file->count, best_worth = 0;
    for (size_t i = 0; i < file->count; i++) {
        const trail_source *source = &file->sources[file->order[i]];
        if (!trail_leaf_is_at(leaf, source->member, source->sheet)) continue;
        size_t worth = source->member == NULL ? 1 : 1 + 2 * strlen(source->member);
        if (source->sheet != NULL) worth++;
        if (worth > best_worth) {
            best = i;
            best_worth = worth;
        }
    }
    return best;
}

/* A workbook of several sheets need not have a table in each, but in one. */
static trail_status read_leaf(file_reading *file, trail_reading *reading, const trail_leaf *leaf,
                              trail_error *err)
{
    bool holds_table = false;
    bool is_asked = leaf->sheet != NULL && reading->source->sheet == NULL &&
                    !(leaf->first_sheet && leaf->last_sheet);
    trail_status status = trail_leaf_read(reading, leaf, is_asked ? &holds_table : NULL, err);
    trail_text_clear(&reading->aside.reason);
    trail_text_clear(&reading->aside.paste);
    if (!is_asked || status != TRAIL_OK) return status;
    file->sheets++;
    file->tables += holds_table;
    return TRAIL_OK;
}

static trail_status end_workbook(const file_reading *file, const trail_reading *last,
                                 const trail_leaf *leaf, trail_error *err)
{
    trail_reading reading = *last;
    trail_leaf workbook = *leaf;
    if (file->sheets == 0 || file->tables > 0) return TRAIL_OK;
    reading.name = leaf->workbook;
    workbook.sheet = NULL;
    return trail_leaf_report(&reading, &workbook, TRAIL_FILE_SET_ASIDE,
                             "no sheet of the workbook holds a table", err);
}

static trail_status take_leaf(file_reading *file, trail_reading *reading, const trail_leaf *leaf,
                              bool is_claimed, trail_error *err)
{
    if (leaf->problem != NULL)
        return trail_leaf_report(reading, leaf, TRAIL_FILE_SET_ASIDE, leaf->problem, err);
    if (leaf->is_container)
        return trail_leaf_report(reading, leaf, TRAIL_FILE_READ_IN_PART, leaf->broken, err);
    if (!is_claimed)
        return trail_leaf_report(reading, leaf, TRAIL_FILE_NOT_LISTED,
                                 leaf->member == NULL && leaf->sheet == NULL
                                     ? "it has neither members nor sheets"
                                     : "no source in the case file names this member",
                                 err);
    if (leaf->is_system)
        return trail_leaf_report(reading, leaf, TRAIL_FILE_NOT_READ,
                                 "put there by an operating system", err);
    return read_leaf(file, reading, leaf, err);
}

static trail_status visit_leaf(void *context, const trail_leaf *leaf, trail_error *err)
{
    file_reading *file = context;
    trail_reading reading = *file->all;
    bool is_whole = leaf->member == NULL && leaf->sheet == NULL;
    size_t claimed = claim(file, leaf);
    bool is_claimed = claimed < file->count;
    if (leaf->is_container && !is_claimed) claimed = 0;
    uint32_t index = file->order[claimed == file->count ? 0 : claimed];
    reading.source = &file->sources[index];
    reading.source_index = claimed == file->count ? UINT32_MAX : index;
    reading.location = leaf->location;
    reading.name = leaf->name;
    reading.hash = leaf->hash != NULL ? leaf->hash : reading.source->hash;
    reading.size = is_whole ? reading.source->size : leaf->size;
    if (!is_whole) reading.progress = NULL;
    if (leaf->is_container && leaf->problem != NULL && is_whole) file->failed = true;
    if (is_claimed) file->met[claimed] = true;
    if (leaf->first_sheet) file->sheets = file->tables = 0;
    trail_status status = take_leaf(file, &reading, leaf, is_claimed, err);
    if (status == TRAIL_OK && leaf->last_sheet) status = end_workbook(file, &reading, leaf, err);
    return status;
}

/* A source whose member or sheet is not there. */
static trail_status report_not_met(const file_reading *file, trail_error *err)
{
    trail_text reason = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < file->count && status == TRAIL_OK && !file->failed; i++) {
        const trail_source *source = &file->sources[file->order[i]];
        trail_reading reading = *file->all;
        const trail_leaf leaf = {.name = source->file};
        if (file->met[i]) continue;
        reading.source = source;
        reading.source_index = file->order[i];
        reading.name = source->file;
        reading.hash = source->hash;
        reading.size = source->size;
        trail_text_reset(&reason);
        status = trail_text_add_format(
            &reason, err, "there is no %s%s%s%s in it", source->member != NULL ? "member " : "",
            source->member != NULL ? source->member : "",
            source->sheet != NULL ? (source->member != NULL ? " with a sheet " : "sheet ") : "",
            source->sheet != NULL ? source->sheet : "");
        if (source->member == NULL && source->sheet == NULL) continue; /* others took all of it */
        if (status == TRAIL_OK)
            status = trail_leaf_report(&reading, &leaf, TRAIL_FILE_SET_ASIDE, reason.bytes, err);
    }
    trail_text_clear(&reason);
    return status;
}

static trail_status read_file(file_reading *file, const char *path, trail_error *err)
{
    const trail_leaf_visitor visitor = {visit_leaf, file};
    const trail_source *first = &file->sources[file->order[0]];
    trail_status status = trail_alloc_zeroed(&file->met, file->count, sizeof *file->met, err);
    if (status == TRAIL_OK)
        status = trail_expand(path, first->file, &file->all->rejects->names, &visitor, err);
    if (status == TRAIL_OK) status = report_not_met(file, err);
    trail_free(file->met);
    return status;
}

static trail_status read_sources(trail_reading *all, const trail_source *sources,
                                 const uint32_t *order, size_t count, const char *case_folder,
                                 trail_error *err)
{
    trail_text path = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < count && status == TRAIL_OK;) {
        file_reading file = {.all = all, .sources = sources, .order = order + i, .count = 1};
        const char *name = sources[order[i]].file;
        while (i + file.count < count && strcmp(sources[order[i + file.count]].file, name) == 0)
            file.count++;
        trail_text_reset(&path);
        status = trail_path_join(&path, case_folder, name, err);
        if (status == TRAIL_OK) status = read_file(&file, path.bytes, err);
        all->bytes_before += sources[order[i]].size;
        i += file.count;
    }
    trail_text_clear(&path);
    return status;
}

trail_status trail_ingest(trail_ledger *ledger, trail_rejects *rejects, const char *case_folder,
                          const trail_source *sources, size_t count,
                          const trail_ingest_options *options, trail_error *err)
{
    uint32_t *order = NULL;
    trail_reading all = {.ledger = ledger,
                         .rejects = rejects,
                         .reject_limit = options->reject_limit,
                         .progress = options->progress};
    if (all.reject_limit == 0) all.reject_limit = DEFAULT_REJECT_LIMIT;
    trail_status status = trail_alloc_zeroed(&order, count, sizeof *order, err);
    if (status != TRAIL_OK) return status;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        all.bytes_total += sources[i].size; /* progress only: a file named twice counts twice */
    }
    status = trail_sort_numbers(order, count, by_file_name, sources, err);
    if (status == TRAIL_OK) {
        status = read_sources(&all, sources, order, count, case_folder, err);
    }
    trail_free(order);
    return status;
}
