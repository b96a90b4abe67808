/* The table is read line by line: a list of types, each with display, compare and generic forms
 * and aliases, one a line. Only this layout is read, and the build's test counts what came out. */
#include "identity/legal_forms.h"

#include "base/memory.h"
#include "base/strings.h"
#include "base/unicode.h"
#include "base/vector.h"
#include "identity/name_split.h"

struct trail_legal_forms {
    trail_strings *names;     /* of forms and kinds */
    trail_strings *spellings; /* letters only */
    trail_vector forms;       /* of trail_legal_form, by spelling; place 0 for the empty string */
};

/* One type while its lines are read. */
typedef struct type_lines {
    trail_slice display, compare, generic;
    bool has_compare;
    trail_vector aliases; /* of trail_slice */
} type_lines;

trail_status trail_letters_only(trail_slice folded, trail_text *out, trail_error *err)
{
    trail_status status = trail_text_add(out, (trail_slice){0}, err);
    for (size_t at = 0; at < folded.length && status == TRAIL_OK;) {
        uint32_t letter = 0;
        size_t step = trail_utf8_step(folded, at, &letter);
        trail_letter_kind kind =
            step == 0 ? TRAIL_LETTER_SEPARATOR : trail_folded_letter_kind(letter);
        if (kind >= TRAIL_LETTER_ALPHA)
            status = trail_text_add(out, (trail_slice){folded.start + at, step}, err);
        at += step == 0 ? 1 : step;
    }
    return status;
}

/* Without the comment behind it, blanks and quotes. */
static trail_slice unquoted(trail_slice value)
{
    size_t comment = trail_slice_find(value, trail_slice_of(" #"));
    if (comment != SIZE_MAX) value.length = comment;
    value = trail_slice_trim(value);
    bool quoted = value.length >= 2 && (value.start[0] == '"' || value.start[0] == '\'') &&
                  value.start[value.length - 1] == value.start[0];
    return quoted ? (trail_slice){value.start + 1, value.length - 2} : value;
}

/* Is the line "    key: value"? */
static bool has_key(trail_slice line, const char *key, trail_slice *value)
{
    trail_slice name = trail_slice_of(key);
    if (line.length < name.length ||
        !trail_slice_equal((trail_slice){line.start, name.length}, name))
        return false;
    *value = unquoted((trail_slice){line.start + name.length, line.length - name.length});
    return true;
}

static trail_status add_spelling(trail_legal_forms *forms, trail_slice spelling,
                                 const trail_legal_form *form, trail_text *work, trail_error *err)
{
    uint32_t id = 0;
    uint32_t before = trail_strings_count(forms->spellings);
    size_t folded = 0;
    trail_text_reset(work);
    trail_status status = trail_unicode_fold(spelling, work, err);
    folded = work->length;
    /* The letters are appended behind the fold they are read from: room first, so that it stays. */
    if (status == TRAIL_OK)
        status = trail_grow(&work->bytes, &work->capacity, 2 * folded + 1, 1, err);
    if (status == TRAIL_OK)
        status = trail_letters_only((trail_slice){work->bytes, folded}, work, err);
    if (status != TRAIL_OK || work->length == folded) return status;
    trail_slice letters = {work->bytes + folded, work->length - folded};
    status = trail_strings_put(forms->spellings, letters, &id, err);
    if (status != TRAIL_OK || id < before) return status; /* the first form of a spelling stays */
    return trail_vector_push(&forms->forms, form, err);
}

static trail_status finish_type(trail_legal_forms *forms, type_lines *type, trail_text *work,
                                trail_error *err)
{
    trail_legal_form form = {0};
    trail_slice name =
        type->has_compare && type->compare.length > 0 ? type->compare : type->display;
    trail_status status = TRAIL_OK;
    if (type->aliases.count > 0 || type->display.length > 0) {
        status = trail_strings_put(forms->names, name, &form.form, err);
        if (status == TRAIL_OK)
            status = trail_strings_put(forms->names, type->generic, &form.kind, err);
        if (status == TRAIL_OK && type->display.length > 0)
            status = add_spelling(forms, type->display, &form, work, err);
        if (status == TRAIL_OK && type->compare.length > 0)
            status = add_spelling(forms, type->compare, &form, work, err);
        for (size_t i = 0; i < type->aliases.count && status == TRAIL_OK; i++)
            status = add_spelling(forms, *(trail_slice *)trail_vector_at(&type->aliases, i), &form,
                                  work, err);
    }
    trail_vector aliases = type->aliases;
    aliases.count = 0;
    *type = (type_lines){.aliases = aliases};
    return status;
}

static trail_status read_line(trail_legal_forms *forms, type_lines *type, trail_slice line,
                              trail_text *work, trail_error *err)
{
    trail_slice value;
    trail_status status = TRAIL_OK;
    if (has_key(line, "      - ", &value)) return trail_vector_push(&type->aliases, &value, err);
    if (has_key(line, "  - ", &value)) {
        status = finish_type(forms, type, work, err);
        line = (trail_slice){line.start + 4, line.length - 4};
    } else if (has_key(line, "    ", &value)) {
        line = (trail_slice){line.start + 4, line.length - 4};
    } else {
        return TRAIL_OK;
    }
    if (has_key(line, "display:", &value)) type->display = value;
    if (has_key(line, "generic:", &value)) type->generic = value;
    if (has_key(line, "compare:", &value)) {
        type->compare = value;
        type->has_compare = true;
    }
    return status;
}

static trail_status read_table(trail_legal_forms *forms, trail_slice table, trail_error *err)
{
    trail_text work = {0};
    type_lines type = {.aliases = trail_vector_of(sizeof(trail_slice))};
    trail_status status = TRAIL_OK;
    size_t from = 0;
    while (from < table.length && status == TRAIL_OK) {
        trail_slice rest = {table.start + from, table.length - from};
        size_t end = trail_slice_find(rest, trail_slice_of("\n"));
        if (end == SIZE_MAX) end = rest.length;
        status = read_line(forms, &type, (trail_slice){rest.start, end}, &work, err);
        from += end + 1;
    }
    if (status == TRAIL_OK) status = finish_type(forms, &type, &work, err);
    trail_vector_clear(&type.aliases);
    trail_text_clear(&work);
    return status;
}

trail_status trail_legal_forms_new(trail_legal_forms **out, trail_error *err)
{
    trail_legal_forms *forms = NULL;
    const trail_legal_form none = {0};
    trail_slice table = {(const char *)trail_org_types, trail_org_types_size};
    *out = NULL;
    trail_status status = trail_alloc_zeroed(&forms, 1, sizeof *forms, err);
    if (status != TRAIL_OK) return status;
    forms->forms = trail_vector_of(sizeof(trail_legal_form));
    status = trail_strings_new(&forms->names, err);
    if (status == TRAIL_OK) status = trail_strings_new(&forms->spellings, err);
    if (status == TRAIL_OK) status = trail_vector_push(&forms->forms, &none, err);
    if (status == TRAIL_OK) status = read_table(forms, table, err);
    if (status == TRAIL_OK) {
        *out = forms;
        forms = NULL;
    }
    trail_legal_forms_free(forms);
    return status;
}

void trail_legal_forms_free(trail_legal_forms *forms)
{
    if (forms == NULL) return;
    trail_strings_free(forms->names);
    trail_strings_free(forms->spellings);
    trail_vector_clear(&forms->forms);
    trail_free(forms);
}

bool trail_legal_forms_find(const trail_legal_forms *forms, trail_slice letters,
                            trail_legal_form *form)
{
    uint32_t id = trail_strings_find(forms->spellings, letters);
    if (id == UINT32_MAX || id == 0) return false;
    *form = *(const trail_legal_form *)trail_vector_at(&forms->forms, id);
    return true;
}
