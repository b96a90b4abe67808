#include "identity/name_skeleton.h"

#include <stdbool.h>

/* kh, h, x and q sound alike somewhere, so do ts, c and tz, sh and s, j and zh, w and v; vowels,
 * y and a silent h say nothing. */
static unsigned sound_of(char c, char next)
{
    static const unsigned char sounds[26] = {
        /* a */ 0,  /* b */ 1,  /* c */ 9,  /* d */ 3,  /* e */ 0,  /* f */ 15, /* g */ 5,
        /* h */ 7,  /* i */ 0,  /* j */ 10, /* k */ 6,  /* l */ 11, /* m */ 12, /* n */ 13,
        /* o */ 0,  /* p */ 2,  /* q */ 6,  /* r */ 14, /* s */ 8,  /* t */ 4,  /* u */ 0,
        /* v */ 16, /* w */ 16, /* x */ 7,  /* y */ 0,  /* z */ 8};
    if (c < 'a' || c > 'z') return c >= '0' && c <= '9' ? 17 + (unsigned)(c - '0') : 0;
    if (c == 'k' && next == 'h') return 7;
    if (c == 't' && (next == 's' || next == 'z')) return 9;
    if (c == 'c' && next == 'k') return 6;
    if (c == 'p' && next == 'h') return 15;
    if (c == 'z' && next == 'h') return 10;
    return sounds[c - 'a'];
}

static bool eats_next(char c, char next)
{
    return next == 'h' ? c != 'a' && c != 'e' && c != 'i' && c != 'o' && c != 'u'
                       : (c == 't' && (next == 's' || next == 'z')) || (c == 'c' && next == 'k');
}

uint64_t trail_name_skeleton(trail_slice roman)
{
    uint64_t skeleton = 0;
    unsigned last = 0;
    unsigned count = 0;
    for (size_t i = 0; i < roman.length && count < 12; i++) {
        char c = roman.start[i];
        char next = i + 1 < roman.length ? roman.start[i + 1] : '\0';
        unsigned sound = sound_of(c, next);
        if (eats_next(c, next)) i++;
        if (sound != 0 && sound != last) {
            skeleton = skeleton << 5 | sound;
            count++;
        }
        last = sound;
    }
    return skeleton;
}
