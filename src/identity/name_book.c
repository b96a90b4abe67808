#include "identity/name_book.h"

#include "base/map64.h"
#include "base/memory.h"
#include "base/vector.h"

struct trail_name_book {
    const trail_strings *strings;
    trail_name_folder *folder;
    trail_map64 places; /* string id -> place in names */
    trail_arena arena;
    trail_vector names; /* of trail_folded_name * */
};

trail_status trail_name_book_new(trail_name_book **out, const trail_strings *strings,
                                 trail_error *err)
{
    trail_name_book *book = NULL;
    *out = NULL;
    trail_status status = trail_alloc_zeroed(&book, 1, sizeof *book, err);
    if (status != TRAIL_OK) return status;
    book->strings = strings;
    book->names = trail_vector_of(sizeof(trail_folded_name *));
    status = trail_name_folder_new(&book->folder, err);
    if (status != TRAIL_OK) {
        trail_name_book_free(book);
        return status;
    }
    *out = book;
    return TRAIL_OK;
}

void trail_name_book_free(trail_name_book *book)
{
    if (book == NULL) return;
    trail_name_folder_free(book->folder);
    trail_map64_clear(&book->places);
    trail_arena_clear(&book->arena);
    trail_vector_clear(&book->names);
    trail_free(book);
}

trail_status trail_name_book_fold(trail_name_book *book, uint32_t name,
                                  const trail_folded_name **folded, trail_error *err)
{
    uint32_t place = 0;
    if (trail_map64_find(&book->places, name, &place)) {
        *folded = *(trail_folded_name **)trail_vector_at(&book->names, place);
        return TRAIL_OK;
    }
    trail_folded_name *fresh = trail_arena_alloc(&book->arena, sizeof *fresh, err);
    if (fresh == NULL) return TRAIL_NO_MEMORY;
    trail_status status = trail_name_fold(book->folder, trail_strings_get(book->strings, name),
                                          &book->arena, fresh, err);
    if (status == TRAIL_OK) status = trail_vector_push(&book->names, &fresh, err);
    if (status != TRAIL_OK) return status;
    if (trail_map64_at(&book->places, name, (uint32_t)(book->names.count - 1), err) == NULL)
        return TRAIL_NO_MEMORY;
    *folded = fresh;
    return TRAIL_OK;
}

trail_status trail_name_book_match(trail_name_book *book, uint32_t name_a, uint32_t name_b,
                                   trail_name_match *match, trail_error *err)
{
    const trail_folded_name *a = NULL;
    const trail_folded_name *b = NULL;
    *match = (trail_name_match){0};
    trail_status status = trail_name_book_fold(book, name_a, &a, err);
    if (status == TRAIL_OK) status = trail_name_book_fold(book, name_b, &b, err);
    if (status == TRAIL_OK) trail_name_compare(a, b, match);
    return status;
}

trail_status trail_name_book_score(trail_name_book *book, uint32_t name_a, uint32_t name_b,
                                   unsigned *permille, trail_error *err)
{
    trail_name_match match;
    trail_status status = trail_name_book_match(book, name_a, name_b, &match, err);
    *permille = match.permille;
    return status;
}
