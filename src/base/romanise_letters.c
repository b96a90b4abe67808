#include "base/romanise_letters.h"

#include <stddef.h>

#include "base/attributes.h"

typedef struct spelling {
    uint16_t letter;
    char plain[5];
} spelling;

/* By letter. Cyrillic as passports and newspapers write it (sh, kh, ya), not ISO 9. */
static const spelling spellings[] = {
    {0x0DF, "ss"}, {0x0E0, "a"},  {0x0E1, "a"},   {0x0E2, "a"},  {0x0E3, "a"},    {0x0E4, "a"},
    {0x0E5, "a"},  {0x0E6, "ae"}, {0x0E7, "c"},   {0x0E8, "e"},  {0x0E9, "e"},    {0x0EA, "e"},
    {0x0EB, "e"},  {0x0EC, "i"},  {0x0ED, "i"},   {0x0EE, "i"},  {0x0EF, "i"},    {0x0F0, "d"},
    {0x0F1, "n"},  {0x0F2, "o"},  {0x0F3, "o"},   {0x0F4, "o"},  {0x0F5, "o"},    {0x0F6, "o"},
    {0x0F8, "o"},  {0x0F9, "u"},  {0x0FA, "u"},   {0x0FB, "u"},  {0x0FC, "u"},    {0x0FD, "y"},
    {0x0FE, "th"}, {0x0FF, "y"},  {0x101, "a"},   {0x103, "a"},  {0x105, "a"},    {0x107, "c"},
    {0x109, "c"},  {0x10B, "c"},  {0x10D, "ch"},  {0x10F, "d"},  {0x111, "d"},    {0x113, "e"},
    {0x115, "e"},  {0x117, "e"},  {0x119, "e"},   {0x11B, "e"},  {0x11D, "g"},    {0x11F, "g"},
    {0x121, "g"},  {0x123, "g"},  {0x125, "h"},   {0x127, "h"},  {0x129, "i"},    {0x12B, "i"},
    {0x12D, "i"},  {0x12F, "i"},  {0x131, "i"},   {0x135, "j"},  {0x137, "k"},    {0x13A, "l"},
    {0x13C, "l"},  {0x13E, "l"},  {0x140, "l"},   {0x142, "l"},  {0x144, "n"},    {0x146, "n"},
    {0x148, "n"},  {0x14B, "n"},  {0x14D, "o"},   {0x14F, "o"},  {0x151, "o"},    {0x153, "oe"},
    {0x155, "r"},  {0x157, "r"},  {0x159, "r"},   {0x15B, "s"},  {0x15D, "s"},    {0x15F, "s"},
    {0x161, "sh"}, {0x163, "t"},  {0x165, "t"},   {0x167, "t"},  {0x169, "u"},    {0x16B, "u"},
    {0x16D, "u"},  {0x16F, "u"},  {0x171, "u"},   {0x173, "u"},  {0x175, "w"},    {0x177, "y"},
    {0x17A, "z"},  {0x17C, "z"},  {0x17E, "zh"},  {0x1A1, "o"},  {0x1B0, "u"},    {0x1CE, "a"},
    {0x1D0, "i"},  {0x1D2, "o"},  {0x1D4, "u"},   {0x1E7, "g"},  {0x1F5, "g"},    {0x219, "s"},
    {0x21B, "t"},  {0x259, "a"},  {0x307, ""},    {0x430, "a"},  {0x431, "b"},    {0x432, "v"},
    {0x433, "g"},  {0x434, "d"},  {0x435, "e"},   {0x436, "zh"}, {0x437, "z"},    {0x438, "i"},
    {0x439, "y"},  {0x43A, "k"},  {0x43B, "l"},   {0x43C, "m"},  {0x43D, "n"},    {0x43E, "o"},
    {0x43F, "p"},  {0x440, "r"},  {0x441, "s"},   {0x442, "t"},  {0x443, "u"},    {0x444, "f"},
    {0x445, "kh"}, {0x446, "ts"}, {0x447, "ch"},  {0x448, "sh"}, {0x449, "shch"}, {0x44A, ""},
    {0x44B, "y"},  {0x44C, ""},   {0x44D, "e"},   {0x44E, "yu"}, {0x44F, "ya"},   {0x450, "e"},
    {0x451, "e"},  {0x452, "dj"}, {0x453, "gj"},  {0x454, "ye"}, {0x455, "dz"},   {0x456, "i"},
    {0x457, "yi"}, {0x458, "j"},  {0x459, "lj"},  {0x45A, "nj"}, {0x45B, "c"},    {0x45C, "kj"},
    {0x45D, "i"},  {0x45E, "u"},  {0x45F, "dzh"}, {0x463, "e"},  {0x473, "f"},    {0x475, "i"},
    {0x491, "g"},  {0x493, "g"},  {0x497, "j"},   {0x49B, "k"},  {0x4A3, "n"},    {0x4A5, "n"},
    {0x4AF, "u"},  {0x4B1, "u"},  {0x4B3, "h"},   {0x4B7, "j"},  {0x4BB, "h"},    {0x4D9, "a"},
    {0x4E3, "i"},  {0x4E9, "o"},  {0x4EF, "u"},
};

bool trail_letter_is_ukrainian(uint32_t letter)
{
    return letter == 0x456 || letter == 0x457 || letter == 0x454 || letter == 0x491;
}

const char *trail_letter_spelling(uint32_t letter, bool ukrainian)
{
    if (ukrainian && letter == 0x433) return "h";
    if (ukrainian && letter == 0x438) return "y";
    size_t from = 0;
    size_t to = TRAIL_LENGTH_OF(spellings);
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (spellings[middle].letter == letter) return spellings[middle].plain;
        if (spellings[middle].letter < letter)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}
