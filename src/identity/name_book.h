/* The names of a ledger, folded once each, and how alike two of them are. */
#ifndef TRAIL_IDENTITY_NAME_BOOK_H
#define TRAIL_IDENTITY_NAME_BOOK_H

#include <stdint.h>

#include <moneytrail/error.h>

#include "base/strings.h"
#include "identity/name_compare.h"

typedef struct trail_name_book trail_name_book; /* one thread at a time */

/* `strings` is borrowed, and may grow while the book is in use. */
trail_status trail_name_book_new(trail_name_book **out, const trail_strings *strings,
                                 trail_error *err) TRAIL_MUST_CHECK;
void trail_name_book_free(trail_name_book *book);
/* The folded name of a string id, kept until the book is freed. */
trail_status trail_name_book_fold(trail_name_book *book, uint32_t name,
                                  const trail_folded_name **folded,
                                  trail_error *err) TRAIL_MUST_CHECK;
/* How alike the names of two string ids are, 0 to 1000; TRAIL_NAME_ALIKE and more is alike. The
 * empty name (id 0) is like none. Symmetric. */
trail_status trail_name_book_score(trail_name_book *book, uint32_t name_a, uint32_t name_b,
                                   unsigned *permille, trail_error *err) TRAIL_MUST_CHECK;
/* The same, with why. */
trail_status trail_name_book_match(trail_name_book *book, uint32_t name_a, uint32_t name_b,
                                   trail_name_match *match, trail_error *err) TRAIL_MUST_CHECK;

#endif
