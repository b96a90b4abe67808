#include "export/words.h"

#include <string.h>

#include "base/attributes.h"

const trail_word trail_words[] = {
    {"tainted", "traced",
     "Money that one rule follows from the proceeds; another rule may differ."},
    {"frontier", "where our records end",
     "The received data do not show what happened to this money next."},
    {"sink", "left as cash / fee / card", "The money left the accounts in this form."},
    {"witness", "record of the payment", "A row or message in which a bank shows the payment."},
    {"hop", "step", "One payment of a route."},
    {"dwell", "days held", "Days between money coming in and going on."},
    {"community", "group of accounts",
     "Accounts that pay each other more than they pay others. Being connected or grouped does not "
     "mean knowing or taking part."},
    {"bounds", "at least / at most", "What holds under any rule that conserves money."},
    {"range", "lowest\xe2\x80\x93highest",
     "The lowest and highest traced amount over the rules that were run; not a bound for any other "
     "rule."},
};
const size_t trail_word_count = TRAIL_LENGTH_OF(trail_words);

const char *trail_word_shown(const char *term)
{
    for (size_t i = 0; i < trail_word_count; i++) {
        if (strcmp(trail_words[i].term, term) == 0) return trail_words[i].shown;
    }
    return term;
}
