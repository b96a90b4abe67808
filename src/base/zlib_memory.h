/* zlib's memory, taken from trail_alloc like all other. */
#ifndef TRAIL_BASE_ZLIB_MEMORY_H
#define TRAIL_BASE_ZLIB_MEMORY_H

#include <zlib.h>

/* Sets the two functions of a zeroed stream, before inflateInit2 or deflateInit2. */
void trail_zlib_memory(z_stream *stream);

#endif
