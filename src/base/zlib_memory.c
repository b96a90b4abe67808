#include "base/zlib_memory.h"

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

static voidpf take(voidpf opaque, uInt count, uInt size)
{
    (void)opaque;
    if (size == 0 || count > SIZE_MAX / size) return NULL;
    return trail_alloc(NULL, (size_t)count * size);
}

static void give_back(voidpf opaque, voidpf memory)
{
    (void)opaque;
    trail_free(memory);
}

void trail_zlib_memory(z_stream *stream)
{
    stream->zalloc = take;
    stream->zfree = give_back;
    stream->opaque = NULL;
}
