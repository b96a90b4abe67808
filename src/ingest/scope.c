#include "ingest/scope.h"

#include <string.h>

#include "model/account.h"
#include "model/calendar.h"

trail_slice trail_scope_number(trail_slice key)
{
    const char *end = memchr(key.start, '\x1f', key.length);
    if (end == NULL) return key;
    return (trail_slice){end + 1, key.length - (size_t)(end + 1 - key.start)};
}

static trail_status put_number(trail_strings **numbers, const char *number, trail_error *err)
{
    char key[TRAIL_ACCOUNT_KEY_LIMIT];
    size_t length = 0;
    uint32_t id = 0;
    trail_status status = TRAIL_OK;
    if (*numbers == NULL && (status = trail_strings_new(numbers, err)) != TRAIL_OK) return status;
    if (!trail_account_key((trail_slice){"", 0}, trail_slice_of(number), key, &length)) {
        return TRAIL_OK;
    }
    return trail_strings_put(*numbers, trail_scope_number((trail_slice){key, length}), &id, err);
}

trail_status trail_scope_init(trail_scope *scope, const trail_source *source, trail_error *err)
{
    trail_status status = TRAIL_OK;
    const char *const *asked = source->scope_accounts.items;
    const trail_release *releases = source->releases.items;
    *scope = (trail_scope){.source = source};
    for (size_t i = 0; i < source->scope_accounts.count && status == TRAIL_OK; i++) {
        status = put_number(&scope->numbers, asked[i], err);
    }
    for (size_t i = 0; i < source->releases.count && status == TRAIL_OK; i++) {
        status = put_number(&scope->released, releases[i].account, err);
    }
    if (status != TRAIL_OK) trail_scope_clear(scope);
    return status;
}

void trail_scope_clear(trail_scope *scope)
{
    trail_strings_free(scope->numbers);
    trail_strings_free(scope->released);
    *scope = (trail_scope){0};
}

static bool is_released(const trail_scope *scope, int32_t day, trail_slice number)
{
    const trail_release *releases = scope->source->releases.items;
    if (trail_strings_find(scope->released, number) == UINT32_MAX) return false;
    for (size_t i = 0; i < scope->source->releases.count; i++) {
        char key[TRAIL_ACCOUNT_KEY_LIMIT];
        size_t length = 0;
        if (trail_account_key((trail_slice){"", 0}, trail_slice_of(releases[i].account), key,
                              &length) &&
            trail_slice_equal(trail_scope_number((trail_slice){key, length}), number) &&
            (releases[i].from == TRAIL_NO_DAY || day >= releases[i].from) &&
            (releases[i].to == TRAIL_NO_DAY || day <= releases[i].to)) {
            return true;
        }
    }
    return false;
}

bool trail_scope_admits(const trail_scope *scope, int32_t day, const trail_slice *keys,
                        size_t count)
{
    const trail_source *source = scope->source;
    bool in_days = (source->scope_from == TRAIL_NO_DAY || day >= source->scope_from) &&
                   (source->scope_to == TRAIL_NO_DAY || day <= source->scope_to);
    if (in_days && scope->numbers == NULL) return true;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].length == 0) continue;
        trail_slice number = trail_scope_number(keys[i]);
        if (in_days && trail_strings_find(scope->numbers, number) != UINT32_MAX) return true;
        if (scope->released != NULL && is_released(scope, day, number)) return true;
    }
    return false;
}
