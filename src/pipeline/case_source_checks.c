/* Sources: the files, the requests they answer, the profiles they are read by. */
#include <string.h>

#include "base/path.h"
#include "base/unicode.h"
#include "pipeline/case_references.h"
#include "pipeline/name_index.h"

typedef struct checker {
    const trail_case_reading *reading;
    trail_case *read_case;
    const char *case_folder;
    trail_name_index files, requests, profiles;
} checker;

/* Without "./" and doubled slashes, so that one file has one name. */
static trail_status tidy_file(checker *c, trail_source *source)
{
    const char *from = source->file;
    char *tidy = trail_arena_copy(c->reading->arena, trail_slice_of(from), c->reading->err);
    size_t length = 0;
    if (tidy == NULL) return TRAIL_NO_MEMORY;
    while (*from != '\0') {
        bool at_start = length == 0 || tidy[length - 1] == '/';
        if (at_start && length > 0 && *from == '/') {
            from++;
        } else if (at_start && from[0] == '.' && from[1] == '/') {
            from += 2;
        } else {
            tidy[length++] = *from++;
        }
    }
    tidy[length] = '\0';
    source->file = tidy;
    return TRAIL_OK;
}

static bool leaves_folder(const char *file)
{
    if (file[0] == '/') return true;
    for (const char *part = file; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        if (part[0] == '.' && part[1] == '.' && (part[2] == '/' || part[2] == '\0')) return true;
    }
    return false;
}

static trail_status look_for_file(checker *c, trail_case_spot spot, const trail_source *source)
{
    trail_text path = {0};
    char quotable[TRAIL_QUOTABLE];
    trail_status status = TRAIL_OK;
    if (c->case_folder == NULL) return TRAIL_OK;
    status = trail_path_join(&path, c->case_folder, source->file, c->reading->err);
    if (status == TRAIL_OK && !trail_path_exists(path.bytes)) {
        status = trail_case_note_at(c->reading, spot, "file", "there is no file '%s'",
                                    trail_quotable(source->file, quotable));
    } else if (status == TRAIL_OK && trail_path_is_folder(path.bytes)) {
        status = trail_case_note_at(c->reading, spot, "file",
                                    "'%s' is a folder: each file is a source of its own",
                                    trail_quotable(source->file, quotable));
    }
    trail_text_clear(&path);
    return status;
}

static trail_status check_file(checker *c, trail_case_spot spot, trail_source *source)
{
    char quotable[TRAIL_QUOTABLE];
    size_t earlier = TRAIL_NO_NAME;
    trail_text whole = {0};
    trail_status status = TRAIL_OK;
    if (source->file == NULL) return TRAIL_OK;
    if ((status = tidy_file(c, source)) != TRAIL_OK) return status;
    if (leaves_folder(source->file)) {
        return trail_case_note_at(c->reading, spot, "file",
                                  "'%s' lies outside the case folder: copy it into received/",
                                  trail_quotable(source->file, quotable));
    }
    status = trail_text_add_format(&whole, c->reading->err, "%s!%s!%s", source->file,
                                   source->member == NULL ? "" : source->member,
                                   source->sheet == NULL ? "" : source->sheet);
    const char *key =
        status != TRAIL_OK
            ? NULL
            : trail_arena_copy(c->reading->arena, trail_text_slice(&whole), c->reading->err);
    trail_text_clear(&whole);
    if (key == NULL) return TRAIL_NO_MEMORY;
    status = trail_name_index_put(&c->files, trail_slice_of(key), spot.number, &earlier,
                                  c->reading->err);
    if (status != TRAIL_OK) return status;
    if (earlier != TRAIL_NO_NAME) {
        return trail_case_note_at(c->reading, spot, "file",
                                  "'%s' is a source already: sources[%zu]",
                                  trail_quotable(source->file, quotable), earlier);
    }
    return look_for_file(c, spot, source);
}

/* Is `number` one of the request's accounts? By the letters and digits alone. */
static bool in_scope(const trail_request *request, const char *number)
{
    char wanted[TRAIL_ACCOUNT_KEY_LIMIT], given[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t wanted_length = 0, given_length = 0;
    const char *const *accounts = request->accounts.items;
    if (request->accounts.count == 0) return true;
    if (!trail_account_key((trail_slice){0}, trail_slice_of(number), given, &given_length)) {
        return true;
    }
    for (size_t i = 0; i < request->accounts.count; i++) {
        wanted_length = 0;
        if (trail_account_key((trail_slice){0}, trail_slice_of(accounts[i]), wanted,
                              &wanted_length) &&
            wanted_length == given_length && memcmp(wanted, given, given_length) == 0) {
            return true;
        }
    }
    return false;
}

static trail_status check_request(checker *c, trail_case_spot spot, trail_source *source)
{
    const char *const *observed = source->observed.items;
    const trail_request *request = NULL;
    const char *nearest = NULL;
    char quotable[TRAIL_QUOTABLE];
    size_t index = 0;
    trail_status status = TRAIL_OK;
    if (source->request == NULL) return TRAIL_OK;
    index = trail_name_index_find(&c->requests, source->request);
    if (index == TRAIL_NO_NAME) {
        nearest = trail_name_index_nearest(&c->requests, source->request);
        return trail_case_note_absent(c->reading, spot, "request", "there is no request",
                                      source->request, nearest);
    }
    request = trail_vector_at(&c->read_case->mandate.requests, index);
    source->state = request->state;
    source->scope_accounts = request->accounts;
    source->scope_from = request->from;
    source->scope_to = request->to;
    if (source->own_account != NULL && !in_scope(request, source->own_account)) {
        status = trail_case_note_at(c->reading, spot, "own_account",
                                    "'%s' is not in the scope of request %s",
                                    trail_quotable(source->own_account, quotable), request->id);
    }
    for (size_t i = 0; i < source->observed.count && status == TRAIL_OK; i++) {
        if (in_scope(request, observed[i])) continue;
        status = trail_case_note_at(c->reading, spot, "observes",
                                    "'%s' is not in the scope of request %s",
                                    trail_quotable(observed[i], quotable), request->id);
    }
    return status;
}

/* The profile by name; *given is false for none, auto, or a mistake. */
static trail_status check_profile(checker *c, trail_case_spot spot, trail_source *source)
{
    const trail_node *node = trail_node_find(spot.item, "profile");
    const char *nearest = NULL;
    size_t index = 0;
    if (trail_node_is_empty(node) || node->shape != TRAIL_SHAPE_SCALAR) return TRAIL_OK;
    if (strcmp(node->text, "auto") == 0) return TRAIL_OK;
    index = trail_name_index_find(&c->profiles, node->text);
    if (index != TRAIL_NO_NAME) {
        source->profile = trail_vector_at(&c->read_case->profiles, index);
        return TRAIL_OK;
    }
    nearest = trail_name_index_nearest(&c->profiles, node->text);
    return trail_case_note_absent(c->reading, spot, "profile", "there is no profile", node->text,
                                  nearest);
}

static trail_status check_layout(checker *c, trail_case_spot spot, const trail_source *source)
{
    const trail_profile *profile = source->profile;
    trail_status status = TRAIL_OK;
    if (profile == NULL || profile->columns.count == 0) return TRAIL_OK;
    if (profile->layout == TRAIL_LAYOUT_TRANSFERS) {
        if (source->observes == TRAIL_OBSERVES_DEFAULT && source->bank == NULL) {
            status = trail_case_note_at(c->reading, spot, NULL,
                                        "a table of transfers needs observes or bank: whose "
                                        "accounts does it show in full?");
        }
        if (status == TRAIL_OK && source->own_account != NULL) {
            status =
                trail_case_note_at(c->reading, spot, "own_account",
                                   "is for statements; %s is a table of transfers", profile->name);
        }
    } else if (source->own_account == NULL && profile->own_account_line == NULL &&
               !trail_case_profile_has(profile, TRAIL_COLUMN_OWN_ACCOUNT)) {
        status = trail_case_note_at(c->reading, spot, NULL,
                                    "whose statement is it? Give own_account here, or in the "
                                    "profile own_account_line or the column own_account");
    }
    if (status == TRAIL_OK && source->currency == NULL && profile->currency == NULL &&
        !trail_case_profile_has(profile, TRAIL_COLUMN_CURRENCY)) {
        status = trail_case_note_at(c->reading, spot, NULL,
                                    "no currency: give currency here, or in the profile currency "
                                    "or the column currency");
    }
    return status;
}

static trail_status check_encoding(const trail_case_reading *reading, trail_case_spot spot,
                                   const char *encoding)
{
    trail_decoder *decoder = NULL;
    trail_error unknown = {0};
    char quotable[TRAIL_QUOTABLE];
    trail_status status = TRAIL_OK;
    if (encoding == NULL) return TRAIL_OK;
    status = trail_decoder_new(&decoder, encoding, &unknown);
    trail_decoder_free(decoder);
    if (status == TRAIL_USAGE) {
        return trail_case_note_at(reading, spot, "encoding",
                                  "'%s' is no encoding that is known, such as utf-8 or "
                                  "windows-1257",
                                  trail_quotable(encoding, quotable));
    }
    if (status != TRAIL_OK && reading->err != NULL) *reading->err = unknown;
    return status;
}

static trail_status check_source(checker *c, trail_case_spot spot, trail_source *source)
{
    trail_status status = check_file(c, spot, source);
    if (status == TRAIL_OK) status = check_profile(c, spot, source);
    if (status == TRAIL_OK) status = check_request(c, spot, source);
    if (status == TRAIL_OK) status = check_layout(c, spot, source);
    if (status == TRAIL_OK) status = check_encoding(c->reading, spot, source->encoding);
    if (status == TRAIL_OK && source->from != TRAIL_NO_DAY && source->to != TRAIL_NO_DAY &&
        source->from > source->to) {
        status = trail_case_note_at(c->reading, spot, "period.from", "is after to");
    }
    return status;
}

static trail_status check_days(const trail_case_reading *reading, trail_case_spot spot,
                               const trail_request *request)
{
    trail_status status = TRAIL_OK;
    const struct {
        const char *key, *other;
        int32_t day, not_before;
    } orders[] = {
        {"scope.to", "scope.from", request->to, request->from},
        {"due", "sent", request->due, request->sent},
        {"received", "sent", request->received, request->sent},
        {"refused", "sent", request->refused, request->sent},
        {"retain_until", "received", request->retain_until, request->received},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(orders) && status == TRAIL_OK; i++) {
        if (orders[i].day == TRAIL_NO_DAY || orders[i].not_before == TRAIL_NO_DAY) continue;
        if (orders[i].day >= orders[i].not_before) continue;
        status = trail_case_note_at(reading, spot, orders[i].key, "is before %s", orders[i].other);
    }
    if (status == TRAIL_OK && request->received != TRAIL_NO_DAY &&
        request->refused != TRAIL_NO_DAY) {
        status = trail_case_note_at(reading, spot, "refused", "received is given too");
    }
    return status;
}

static trail_status index_requests(checker *c, const trail_node *root)
{
    const trail_node *node = trail_node_find(root, "requests");
    const trail_request *requests = c->read_case->mandate.requests.items;
    trail_status status = TRAIL_OK;
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < c->read_case->mandate.requests.count && status == TRAIL_OK;
         i++, node = node->next) {
        trail_case_spot spot = {.list = "requests", .number = i + 1, .item = node};
        size_t earlier = TRAIL_NO_NAME;
        char quotable[TRAIL_QUOTABLE];
        if ((status = check_days(c->reading, spot, &requests[i])) != TRAIL_OK) return status;
        if (requests[i].id == NULL) continue;
        status = trail_name_index_put(&c->requests, trail_slice_of(requests[i].id), i, &earlier,
                                      c->reading->err);
        if (status == TRAIL_OK && earlier != TRAIL_NO_NAME) {
            status = trail_case_note_at(c->reading, spot, "id",
                                        "'%s' is given twice: requests[%zu] has it already",
                                        trail_quotable(requests[i].id, quotable), earlier + 1);
        }
    }
    return status;
}

static trail_status index_profiles(checker *c, const trail_node *root)
{
    const trail_node *node = trail_node_find(root, "profiles");
    const trail_profile *profiles = c->read_case->profiles.items;
    trail_status status = TRAIL_OK;
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < c->read_case->profiles.count && status == TRAIL_OK;
         i++, node = node->next) {
        trail_case_spot spot = {.list = "profiles", .name = profiles[i].name, .item = node};
        size_t earlier = TRAIL_NO_NAME;
        status = trail_name_index_put(&c->profiles, trail_slice_of(profiles[i].name), i, &earlier,
                                      c->reading->err);
        if (status == TRAIL_OK) {
            status = check_encoding(c->reading, spot, profiles[i].encoding);
        }
    }
    return status;
}

trail_status trail_case_check_sources(const trail_case_reading *reading, const trail_node *root,
                                      trail_case *read_case, const char *case_folder)
{
    checker c = {.reading = reading, .read_case = read_case, .case_folder = case_folder};
    const trail_node *node = trail_node_find(root, "sources");
    trail_source *sources = read_case->sources.items;
    trail_status status = trail_name_index_init(&c.files, reading->err);
    if (status == TRAIL_OK) status = trail_name_index_init(&c.requests, reading->err);
    if (status == TRAIL_OK) status = trail_name_index_init(&c.profiles, reading->err);
    if (status == TRAIL_OK) status = index_requests(&c, root);
    if (status == TRAIL_OK) status = index_profiles(&c, root);
    if (status == TRAIL_OK && node != NULL && node->shape == TRAIL_SHAPE_LIST && node->count == 0) {
        status = trail_case_note_at(reading, (trail_case_spot){.item = root}, "sources",
                                    "is empty: at least one received file is needed");
    }
    node = node == NULL ? NULL : node->first;
    for (size_t i = 0; i < read_case->sources.count && status == TRAIL_OK; i++, node = node->next) {
        trail_case_spot spot = {.list = "sources", .number = i + 1, .item = node};
        status = check_source(&c, spot, &sources[i]);
    }
    trail_name_index_clear(&c.files);
    trail_name_index_clear(&c.requests);
    trail_name_index_clear(&c.profiles);
    return status;
}
