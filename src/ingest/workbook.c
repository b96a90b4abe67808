#include "ingest/workbook.h"

#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "ingest/workbook_xml.h"

#define MOST_SHEETS 1000u

enum { RELATION_OTHER = 0, RELATION_SHEET, RELATION_CHART, RELATION_STYLES, RELATION_STRINGS };

typedef struct relation {
    const char *id;
    const char *part;
    int kind;
} relation;

/* While the workbook part and what it refers to are read. */
typedef struct opening {
    trail_workbook *workbook;
    trail_vector relations; /* of relation */
    const char *main_part;  /* "xl/workbook.xml" */
    const char *base;       /* "xl/" */
} opening;

/* ---- kinds of zip ---- */

static bool begins(trail_slice name, const char *start)
{
    size_t length = strlen(start);
    return name.length >= length && memcmp(name.start, start, length) == 0;
}

trail_status trail_zip_kind_of(const trail_location *location, trail_zip_kind *kind,
                               trail_error *err)
{
    trail_container *container = NULL;
    trail_container_entry entry;
    bool more = true, types = false, sheets = false, binary = false, open_document = false;
    trail_status status = trail_location_container(&container, location, NULL, err);
    *kind = TRAIL_ZIP_CONTAINER;
    while (status == TRAIL_OK && more) {
        status = trail_container_next(container, &entry, &more, err);
        if (status != TRAIL_OK || !more) break;
        types = types || trail_slice_is(entry.name, "[Content_Types].xml");
        sheets = sheets || begins(entry.name, "xl/");
        binary = binary || trail_slice_is(entry.name, "xl/workbook.bin");
        open_document = open_document || trail_slice_is(entry.name, "META-INF/manifest.xml");
    }
    trail_container_close(container);
    if (types && sheets && !binary)
        *kind = TRAIL_ZIP_WORKBOOK;
    else if (types || open_document)
        *kind = TRAIL_ZIP_DOCUMENT;
    return status;
}

/* ---- parts ---- */

trail_status trail_workbook_part(const trail_workbook *workbook, const char *name,
                                 trail_byte_source **part, trail_error *err)
{
    trail_container *container = NULL;
    trail_container_entry entry;
    bool more = true;
    trail_status status =
        trail_container_open(&container, workbook->held.bytes == NULL ? workbook->path : NULL,
                             trail_text_slice(&workbook->held), NULL, err);
    *part = NULL;
    while (status == TRAIL_OK) {
        status = trail_container_next(container, &entry, &more, err);
        if (status != TRAIL_OK || !more) break;
        if (!trail_slice_is_ascii_nocase(entry.name, name)) continue;
        if (entry.problem != NULL) {
            status = trail_fail(err, TRAIL_IO, "cannot read %s of the workbook: %s", name,
                                entry.problem);
            break;
        }
        return trail_container_source(part, container, err);
    }
    trail_container_close(container);
    return status;
}

static trail_status read_part(const opening *o, const char *name,
                              const trail_workbook_events *events, trail_error *err)
{
    trail_byte_source *part = NULL;
    trail_status status = trail_workbook_part(o->workbook, name, &part, err);
    if (status != TRAIL_OK) return status;
    if (part == NULL) return trail_fail(err, TRAIL_IO, "the workbook has no part %s", name);
    return trail_workbook_xml_read(part, name, events, (void *)o, err);
}

static bool ends(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static int relation_kind(const char *type)
{
    if (ends(type, "/worksheet")) return RELATION_SHEET;
    if (ends(type, "/chartsheet") || ends(type, "/dialogsheet")) return RELATION_CHART;
    if (ends(type, "/styles")) return RELATION_STYLES;
    return ends(type, "/sharedStrings") ? RELATION_STRINGS : RELATION_OTHER;
}

/* A target is relative to the folder of the part that names it, or begins at the root. */
static const char *resolve(opening *o, const char *base, const char *target, trail_error *err)
{
    trail_text path = {0};
    const char *copy = NULL;
    trail_status status = TRAIL_OK;
    if (target[0] == '/')
        target++;
    else
        status = trail_text_add(&path, trail_slice_of(base), err);
    if (status == TRAIL_OK) status = trail_text_add(&path, trail_slice_of(target), err);
    if (status == TRAIL_OK)
        copy = trail_arena_copy(&o->workbook->arena, trail_text_slice(&path), err);
    trail_text_clear(&path);
    return copy;
}

static trail_status start_root(void *context, const char *name, const char *const *attributes,
                               trail_error *err)
{
    opening *o = context;
    const char *type = trail_workbook_attribute(attributes, "Type");
    const char *target = trail_workbook_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || type == NULL || target == NULL) return TRAIL_OK;
    if (!ends(type, "/officeDocument") || o->main_part != NULL) return TRAIL_OK;
    o->main_part = resolve(o, "", target, err);
    return o->main_part == NULL ? TRAIL_NO_MEMORY : TRAIL_OK;
}

static trail_status start_relation(void *context, const char *name, const char *const *attributes,
                                   trail_error *err)
{
    opening *o = context;
    relation found = {0};
    const char *id = trail_workbook_attribute(attributes, "Id");
    const char *type = trail_workbook_attribute(attributes, "Type");
    const char *target = trail_workbook_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL)
        return TRAIL_OK;
    found.kind = relation_kind(type);
    if (found.kind == RELATION_OTHER || o->relations.count > 2 * MOST_SHEETS) return TRAIL_OK;
    found.id = trail_arena_copy(&o->workbook->arena, trail_slice_of(id), err);
    found.part = resolve(o, o->base, target, err);
    if (found.id == NULL || found.part == NULL) return TRAIL_NO_MEMORY;
    return trail_vector_push(&o->relations, &found, err);
}

static const relation *find_relation(const opening *o, const char *id, int kind)
{
    for (size_t i = 0; i < o->relations.count; i++) {
        const relation *found = trail_vector_at(&o->relations, i);
        if (id != NULL ? strcmp(found->id, id) == 0 : found->kind == kind) return found;
    }
    return NULL;
}

static trail_status start_workbook(void *context, const char *name, const char *const *attributes,
                                   trail_error *err)
{
    opening *o = context;
    trail_workbook *workbook = o->workbook;
    if (strcmp(name, "workbookPr") == 0)
        workbook->from_1904 = trail_workbook_flag(attributes, "date1904");
    if (strcmp(name, "sheet") != 0) return TRAIL_OK;
    if (workbook->sheets.count >= MOST_SHEETS)
        return trail_fail(err, TRAIL_IO, "the workbook has more than %u sheets", MOST_SHEETS);
    const char *id = trail_workbook_attribute(attributes, "id");
    const char *called = trail_workbook_attribute(attributes, "name");
    const char *state = trail_workbook_attribute(attributes, "state");
    const relation *found = id == NULL ? NULL : find_relation(o, id, 0);
    trail_sheet sheet = {.number = (uint32_t)workbook->sheets.count + 1,
                         .part = found == NULL ? NULL : found->part,
                         .hidden = state != NULL && strcmp(state, "visible") != 0,
                         .is_chart = found != NULL && found->kind == RELATION_CHART};
    sheet.name =
        trail_arena_copy(&workbook->arena, trail_slice_of(called == NULL ? "?" : called), err);
    if (sheet.name == NULL) return TRAIL_NO_MEMORY;
    if (sheet.part == NULL) sheet.problem = "the workbook does not say where the sheet is";
    return trail_vector_push(&workbook->sheets, &sheet, err);
}

static trail_status read_aids(const opening *o, trail_error *err)
{
    const relation *styles = find_relation(o, NULL, RELATION_STYLES);
    const relation *strings = find_relation(o, NULL, RELATION_STRINGS);
    trail_byte_source *part = NULL;
    trail_status status = TRAIL_OK;
    if (styles != NULL) status = trail_workbook_part(o->workbook, styles->part, &part, err);
    if (status == TRAIL_OK && part != NULL)
        status = trail_workbook_read_styles(o->workbook, part, err);
    part = NULL;
    if (status == TRAIL_OK && strings != NULL)
        status = trail_workbook_part(o->workbook, strings->part, &part, err);
    if (status == TRAIL_OK && part != NULL)
        status = trail_workbook_read_strings(o->workbook, part, err);
    return status;
}

/* Folder of the main part, and where its relations stand: "xl/_rels/workbook.xml.rels". */
static trail_status read_relations(opening *o, trail_error *err)
{
    static const trail_workbook_events events = {.start = start_relation};
    trail_text name = {0};
    const char *slash = strrchr(o->main_part, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - o->main_part) + 1;
    trail_status status = TRAIL_OK;
    o->base = trail_arena_copy(&o->workbook->arena, (trail_slice){o->main_part, folder}, err);
    if (o->base == NULL) return TRAIL_NO_MEMORY;
    status = trail_text_add_format(&name, err, "%s_rels/%s.rels", o->base, o->main_part + folder);
    if (status == TRAIL_OK) status = read_part(o, name.bytes, &events, err);
    trail_text_clear(&name);
    return status;
}

static trail_status read_workbook(opening *o, trail_error *err)
{
    static const trail_workbook_events root = {.start = start_root};
    static const trail_workbook_events main = {.start = start_workbook};
    trail_workbook *workbook = o->workbook;
    trail_status status = read_part(o, "_rels/.rels", &root, err);
    if (status == TRAIL_OK && o->main_part == NULL)
        status = trail_fail(err, TRAIL_IO, "the workbook does not name its main part");
    if (status == TRAIL_OK) status = read_relations(o, err);
    if (status == TRAIL_OK) status = read_part(o, o->main_part, &main, err);
    if (status == TRAIL_OK) status = read_aids(o, err);
    for (size_t i = 0; i < workbook->sheets.count && status == TRAIL_OK; i++)
        status = trail_workbook_survey(workbook, trail_vector_at(&workbook->sheets, i), err);
    return status;
}

trail_status trail_workbook_open(trail_workbook **out, const trail_location *location,
                                 trail_error *err)
{
    opening o = {.relations = trail_vector_of(sizeof(relation))};
    trail_workbook *workbook = NULL;
    trail_status status = trail_alloc_zeroed(&workbook, 1, sizeof *workbook, err);

    *out = NULL;
    if (status != TRAIL_OK) return status;
    workbook->path = location->path;
    workbook->sheets = trail_vector_of(sizeof(trail_sheet));
    workbook->forms = trail_vector_of(sizeof(uint32_t));
    workbook->string_ends = trail_vector_of(sizeof(uint64_t));
    o.workbook = workbook;
    if (location->member != NULL) status = trail_location_hold(location, &workbook->held, err);
    if (status == TRAIL_OK) status = read_workbook(&o, err);
    trail_vector_clear(&o.relations);
    if (status == TRAIL_OK)
        *out = workbook;
    else
        trail_workbook_close(workbook);
    return status;
}

void trail_workbook_close(trail_workbook *workbook)
{
    if (workbook == NULL) return;
    trail_text_clear(&workbook->held);
    trail_arena_clear(&workbook->arena);
    trail_vector_clear(&workbook->sheets);
    trail_vector_clear(&workbook->forms);
    trail_text_clear(&workbook->strings);
    trail_vector_clear(&workbook->string_ends);
    trail_free(workbook);
}
