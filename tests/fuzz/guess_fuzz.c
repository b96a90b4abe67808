/* Any bytes as an unknown table. Never a crash; what is called decided names a date and an amount;
 * and all of it can be written down. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "ingest/guess_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_decided(const trail_guess *guess)
{
    const trail_guess_column *date = trail_guess_find(guess, TRAIL_COLUMN_BOOKING_DATE);
    bool amount = trail_guess_find(guess, TRAIL_COLUMN_AMOUNT) != NULL;
    bool pair = trail_guess_find(guess, TRAIL_COLUMN_DEBIT) != NULL &&
                trail_guess_find(guess, TRAIL_COLUMN_CREDIT) != NULL;
    if (guess->profile.delimiter == 0 || date == NULL || (!amount && !pair)) abort();
    if (date->date.outcome != TRAIL_STYLE_DECIDED || guess->profile.date_format == NULL) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    trail_guess guess = {0};
    trail_text text = {0};
    trail_output *out = NULL;
    trail_slice all = {(const char *)bytes, size};
    if (trail_guess_bytes(&guess, all, NULL, NULL) != TRAIL_OK) abort();
    if (trail_guess_decided(&guess)) check_decided(&guess);
    if (trail_output_into(&out, &text, NULL) != TRAIL_OK) abort();
    trail_guess_write_words(&guess, "# ", out);
    trail_guess_write_profile(&guess, "  ", out);
    trail_guess_write_json(&guess, "file", out);
    if (trail_output_finish(out, NULL, NULL) != TRAIL_OK) abort();
    trail_text_clear(&text);
    trail_guess_clear(&guess);
    return 0;
}
