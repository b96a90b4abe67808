/* The consonants of a word, those of one sound as one: what stays the same when Arabic, Hebrew or
 * Russian names are spelled in Latin letters by different hands. To find pairs, not to judge them.
 */
#ifndef TRAIL_IDENTITY_NAME_SKELETON_H
#define TRAIL_IDENTITY_NAME_SKELETON_H

#include <stdint.h>

#include "base/text.h"

/* The first 12 consonants of a romanised word, 5 bits each; 0 if it has none. */
uint64_t trail_name_skeleton(trail_slice roman);

#endif
