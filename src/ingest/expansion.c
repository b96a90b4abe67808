#include "ingest/expansion.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/sort.h"
#include "ingest/first_bytes.h"
#include "ingest/member_name.h"

#define BLOCK_BYTES ((size_t)64 * 1024)

typedef struct member {
    const char *name; /* as cited, in the arena */
    uint8_t *hash;    /* NULL: could not be unpacked */
    uint64_t size;
    const char *problem, *broken;
    bool is_system;
} member;

typedef struct expansion {
    const char *path, *name;
    trail_arena *arena;
    const trail_leaf_visitor *visitor;
    trail_container_budget budget;
    trail_digest *digest;
    char *block;
} expansion;

static trail_status expand_at(expansion *all, trail_leaf *leaf, unsigned depth, trail_error *err);

static trail_status visit(const expansion *all, const trail_leaf *leaf, trail_error *err)
{
    return all->visitor->visit(all->visitor->context, leaf, err);
}

static trail_status keep(const expansion *all, const char *words, const char **kept,
                         trail_error *err)
{
    *kept = trail_arena_copy(all->arena, trail_slice_of(words), err);
    return *kept == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
}

/* The container as a leaf of its own, to say what is wrong with it. */
static trail_status visit_container(const expansion *all, const trail_leaf *leaf,
                                    const char *problem, const char *broken, trail_error *err)
{
    trail_leaf own = *leaf;
    own.problem = problem;
    own.broken = broken;
    own.is_container = true;
    return visit(all, &own, err);
}

/* Reads a member to its end, for its hash and for what may be wrong with it. */
static trail_status hash_member(expansion *all, trail_container *container, member *found,
                                trail_error *err)
{
    size_t size = 1;
    bool bomb = false;
    uint8_t hash[TRAIL_DIGEST_SIZE];
    trail_status status = TRAIL_OK;
    while (size > 0 && status == TRAIL_OK) {
        status = trail_container_read(container, all->block, BLOCK_BYTES, &size, err);
        if (status == TRAIL_OK && size > 0)
            status = trail_digest_add(all->digest, all->block, size, err);
        found->size += size;
    }
    if (status == TRAIL_OK) status = trail_digest_finish(all->digest, hash, err);
    const char *why = trail_container_entry_broken(container, &bomb);
    if (status == TRAIL_OK && why != NULL)
        status = keep(all, why, bomb || found->size == 0 ? &found->problem : &found->broken, err);
    if (status != TRAIL_OK || found->problem != NULL) return status;
    found->hash = trail_arena_alloc(all->arena, TRAIL_DIGEST_SIZE, err);
    if (found->hash == NULL) return TRAIL_NO_MEMORY;
    memcpy(found->hash, hash, TRAIL_DIGEST_SIZE);
    return TRAIL_OK;
}

static trail_status add_member(expansion *all, trail_container *container,
                               const trail_container_entry *entry, trail_vector *members,
                               trail_error *err)
{
    member found = {.problem = entry->problem, .is_system = entry->is_system};
    trail_status status = TRAIL_OK;
    found.name = trail_arena_copy(all->arena, entry->name, err);
    if (found.name == NULL) return TRAIL_NO_MEMORY;
    if (found.problem == NULL) status = hash_member(all, container, &found, err);
    if (status == TRAIL_OK && entry->leads_out && found.problem == NULL)
        status = keep(all, "its name leads out of the container: such members are not read",
                      &found.problem, err);
    return status == TRAIL_OK ? trail_vector_push(members, &found, err) : status;
}

static trail_status list_members(expansion *all, const trail_location *location,
                                 trail_vector *members, const char **broken, trail_error *err)
{
    trail_container *container = NULL;
    trail_container_entry entry;
    bool more = true;
    trail_status status = trail_location_container(&container, location, &all->budget, err);
    *broken = NULL;
    while (status == TRAIL_OK && more) {
        status = trail_container_next(container, &entry, &more, err);
        if (status == TRAIL_OK && more) status = add_member(all, container, &entry, members, err);
    }
    if (status == TRAIL_OK && trail_container_broken(container) != NULL)
        status = keep(all, trail_container_broken(container), broken, err);
    trail_container_close(container);
    return status;
}

/* "received/a.zip" and "b.csv" to "received/a.zip!b.csv", in the arena. */
static const char *join(const expansion *all, const char *outer, const char *inner,
                        trail_error *err)
{
    trail_text joined = {0};
    const char *copy = NULL;
    if (outer == NULL) return inner;
    if (trail_text_add_format(&joined, err, "%s!%s", outer, inner) == TRAIL_OK)
        copy = trail_arena_copy(all->arena, trail_text_slice(&joined), err);
    trail_text_clear(&joined);
    return copy;
}

static int by_name(const void *context, const void *a_item, const void *b_item)
{
    const member *a = a_item, *b = b_item;
    (void)context;
    return strcmp(a->name, b->name);
}

static trail_status expand_members(expansion *all, const trail_leaf *outer,
                                   const trail_vector *members, unsigned depth, trail_error *err)
{
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < members->count && status == TRAIL_OK; i++) {
        const member *found = trail_vector_at(members, i);
        trail_leaf leaf = {.location = outer->location,
                           .hash = found->hash,
                           .size = found->size,
                           .problem = found->problem,
                           .broken = found->broken,
                           .is_system = found->is_system};
        leaf.member = join(all, outer->member, found->name, err);
        leaf.name = join(all, outer->name, found->name, err);
        if (leaf.member == NULL || leaf.name == NULL) return TRAIL_NO_MEMORY;
        leaf.location.member = leaf.member;
        status = leaf.problem != NULL || leaf.is_system ? visit(all, &leaf, err)
                                                        : expand_at(all, &leaf, depth, err);
    }
    return status;
}

static trail_status expand_container(expansion *all, const trail_leaf *leaf, unsigned depth,
                                     trail_error *err)
{
    trail_vector members = trail_vector_of(sizeof(member));
    const char *broken = NULL, *problem = NULL;
    trail_error why = {.status = TRAIL_OK};
    trail_status status = list_members(all, &leaf->location, &members, &broken, &why);
    if (status == TRAIL_IO && members.count == 0) {
        status = keep(all, why.message, &problem, err);
    } else if (status != TRAIL_OK && err != NULL) {
        *err = why;
    }
    if (status == TRAIL_OK && problem == NULL && members.count == 0)
        problem = broken != NULL ? broken : "the container holds no file";
    if (status == TRAIL_OK && problem == NULL)
        status = trail_sort_items(members.items, members.count, sizeof(member), by_name, NULL, err);
    if (status == TRAIL_OK && (problem != NULL || broken != NULL || leaf->broken != NULL))
        status = visit_container(all, leaf, problem, broken != NULL ? broken : leaf->broken, err);
    if (status == TRAIL_OK) status = expand_members(all, leaf, &members, depth, err);
    trail_vector_clear(&members);
    return status;
}

typedef struct named_sheet {
    const char *name; /* as cited */
    uint32_t index;
} named_sheet;

static int by_sheet_name(const void *context, const void *a_item, const void *b_item)
{
    const named_sheet *a = a_item, *b = b_item;
    int order = strcmp(a->name, b->name);
    (void)context;
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static trail_status name_sheets(const expansion *all, const trail_workbook *workbook,
                                trail_vector *names, trail_error *err)
{
    trail_text cited = {0};
    trail_status status = TRAIL_OK;
    for (uint32_t i = 0; i < workbook->sheets.count && status == TRAIL_OK; i++) {
        const trail_sheet *sheet = trail_vector_at(&workbook->sheets, i);
        named_sheet named = {.index = i};
        if (sheet->is_chart) continue;
        trail_text_reset(&cited);
        status = trail_member_name_cite(trail_slice_of(sheet->name), &cited, err);
        for (size_t k = 0; k < names->count && status == TRAIL_OK; k++) {
            const named_sheet *earlier = trail_vector_at(names, k);
            if (strcmp(earlier->name, cited.bytes == NULL ? "" : cited.bytes) != 0) continue;
            status = trail_text_add_format(&cited, err, "#%u", (unsigned)sheet->number);
            break;
        }
        if (status != TRAIL_OK) break;
        named.name = trail_arena_copy(all->arena, trail_text_slice(&cited), err);
        status = named.name == NULL ? TRAIL_NO_MEMORY : trail_vector_push(names, &named, err);
    }
    trail_text_clear(&cited);
    return status == TRAIL_OK ? trail_sort_items(names->items, names->count, sizeof(named_sheet),
                                                 by_sheet_name, NULL, err)
                              : status;
}

static trail_status visit_sheet(const expansion *all, const trail_leaf *outer,
                                const trail_workbook *workbook, const trail_vector *names,
                                size_t index, trail_error *err)
{
    const named_sheet *named = trail_vector_at(names, index);
    const trail_sheet *sheet = trail_vector_at(&workbook->sheets, named->index);
    trail_text first = {0};
    uint8_t *hash = trail_arena_alloc(all->arena, TRAIL_DIGEST_SIZE, err);
    trail_leaf leaf = *outer;
    trail_status status = TRAIL_OK;
    if (hash == NULL) return TRAIL_NO_MEMORY;
    memcpy(hash, sheet->hash, TRAIL_DIGEST_SIZE);
    leaf.location.workbook = workbook;
    leaf.location.sheet = named->index;
    leaf.sheet = sheet;
    leaf.workbook = outer->name;
    leaf.first_sheet = index == 0;
    leaf.last_sheet = index + 1 == names->count;
    leaf.name = join(all, outer->name, named->name, err);
    if (leaf.name == NULL) return TRAIL_NO_MEMORY;
    leaf.hash = sheet->problem == NULL ? hash : NULL;
    leaf.size = sheet->size;
    leaf.problem = sheet->problem;
    if (leaf.problem == NULL) status = trail_first_bytes(&leaf.location, &first, err);
    leaf.first = trail_text_slice(&first);
    if (status == TRAIL_OK) status = visit(all, &leaf, err);
    trail_text_clear(&first);
    return status;
}

static trail_status expand_workbook(expansion *all, const trail_leaf *leaf, trail_error *err)
{
    trail_workbook *workbook = NULL;
    trail_vector names = trail_vector_of(sizeof(named_sheet));
    trail_error why = {.status = TRAIL_OK};
    trail_status status = trail_workbook_open(&workbook, &leaf->location, &why);
    if (status == TRAIL_IO) {
        const char *problem = NULL;
        status = keep(all, why.message, &problem, err);
        return status == TRAIL_OK ? visit_container(all, leaf, problem, NULL, err) : status;
    }
    if (status != TRAIL_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    status = name_sheets(all, workbook, &names, err);
    if (status == TRAIL_OK && names.count == 0)
        status = visit_container(all, leaf, "the workbook has no sheet", NULL, err);
    for (size_t i = 0; i < names.count && status == TRAIL_OK; i++)
        status = visit_sheet(all, leaf, workbook, &names, i, err);
    trail_vector_clear(&names);
    trail_workbook_close(workbook);
    return status;
}

/* What a zip is: a container, a workbook, or a document that is not read. */
static trail_status expand_form(expansion *all, trail_leaf *leaf, trail_container_form form,
                                unsigned depth, trail_error *err)
{
    trail_zip_kind kind = TRAIL_ZIP_CONTAINER;
    trail_error why = {.status = TRAIL_OK};
    trail_status status = TRAIL_OK;
    if (depth >= TRAIL_CONTAINER_NESTING)
        return visit_container(all, leaf, "more containers in containers than are opened", NULL,
                               err);
    if (form == TRAIL_CONTAINER_ZIP) status = trail_zip_kind_of(&leaf->location, &kind, &why);
    if (status == TRAIL_IO) {
        const char *problem = NULL;
        status = keep(all, why.message, &problem, err);
        return status == TRAIL_OK ? visit_container(all, leaf, problem, NULL, err) : status;
    }
    if (status != TRAIL_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    if (kind == TRAIL_ZIP_WORKBOOK) return expand_workbook(all, leaf, err);
    return kind == TRAIL_ZIP_DOCUMENT ? visit(all, leaf, err)
                                      : expand_container(all, leaf, depth + 1, err);
}

static trail_status expand_at(expansion *all, trail_leaf *leaf, unsigned depth, trail_error *err)
{
    trail_text first = {0};
    trail_error why = {.status = TRAIL_OK};
    trail_status status = trail_first_bytes(&leaf->location, &first, &why);
    if (status == TRAIL_IO) {
        status = keep(all, why.message, &leaf->problem, err);
    } else if (status != TRAIL_OK && err != NULL) {
        *err = why;
    }
    leaf->first = trail_text_slice(&first);
    if (status == TRAIL_OK) {
        trail_container_form form = trail_container_recognise(leaf->first);
        status = leaf->problem != NULL || form == TRAIL_CONTAINER_NONE
                     ? visit(all, leaf, err)
                     : expand_form(all, leaf, form, depth, err);
    }
    trail_text_clear(&first);
    return status;
}

trail_status trail_expand(const char *path, const char *name, trail_arena *arena,
                          const trail_leaf_visitor *visitor, trail_error *err)
{
    expansion all = {.path = path,
                     .name = name,
                     .arena = arena,
                     .visitor = visitor,
                     .budget = trail_container_budget_full()};
    trail_leaf leaf = {.location = {.path = path}, .name = name};
    trail_status status = trail_digest_new(&all.digest, err);
    if (status == TRAIL_OK) status = trail_alloc_zeroed(&all.block, BLOCK_BYTES, 1, err);
    if (status == TRAIL_OK) status = expand_at(&all, &leaf, 0, err);
    trail_digest_free(all.digest);
    trail_free(all.block);
    return status;
}

static bool is_below(const char *chain, const char *wanted)
{
    size_t length = strlen(wanted);
    if (chain == NULL || strncmp(chain, wanted, length) != 0) return false;
    return chain[length] == '\0' || chain[length] == '!';
}

bool trail_leaf_is_at(const trail_leaf *leaf, const char *chain, const char *sheet)
{
    uint64_t number = 0;
    if (chain != NULL && !is_below(leaf->member, chain)) return false;
    if (sheet == NULL) return true;
    if (leaf->sheet == NULL) return false;
    if (strcmp(leaf->sheet->name, sheet) == 0) return true;
    if (!trail_slice_to_u64(trail_slice_of(sheet), &number)) return false;
    const trail_vector *sheets = &leaf->location.workbook->sheets;
    for (size_t i = 0; i < sheets->count; i++)
        if (strcmp(((const trail_sheet *)trail_vector_at(sheets, i))->name, sheet) == 0)
            return false;
    return leaf->sheet->number == number;
}
