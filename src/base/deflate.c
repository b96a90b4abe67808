#include "base/deflate.h"

#include <zlib.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/zlib_memory.h"

#define GZIP_WINDOW  (15 + 16)
#define GZIP_LEVEL   6 /* 9 takes four times as long for half a percent */
#define MEMORY_LEVEL 8
#define OS_UNKNOWN   255
#define INPUT_STEP   ((size_t)1 << 30)
#define OUTPUT_STEP  ((size_t)64 * 1024)

/* Deflates what the stream was offered; all of it when `flush` is Z_FINISH. */
static trail_status run(z_stream *stream, int flush, trail_text *out, trail_error *err)
{
    int outcome;
    do {
        trail_status status =
            trail_grow(&out->bytes, &out->capacity, out->length + OUTPUT_STEP + 1, 1, err);
        if (status != TRAIL_OK) return status;
        stream->next_out = (Bytef *)out->bytes + out->length;
        stream->avail_out = (uInt)OUTPUT_STEP;
        outcome = deflate(stream, flush);
        if (outcome == Z_STREAM_ERROR)
            return trail_fail(err, TRAIL_INTERNAL, "gzip of the zlib library refused to work");
        out->length += OUTPUT_STEP - stream->avail_out;
        out->bytes[out->length] = '\0';
    } while (flush == Z_FINISH ? outcome != Z_STREAM_END : stream->avail_in > 0);
    return TRAIL_OK;
}

trail_status trail_gzip(trail_slice bytes, trail_text *out, trail_error *err)
{
    z_stream stream = {0};
    gz_header header = {.os = OS_UNKNOWN};
    trail_status status = TRAIL_OK;

    trail_zlib_memory(&stream);
    if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return trail_fail_memory(err);
    (void)deflateSetHeader(&stream, &header);
    while (status == TRAIL_OK && bytes.length > INPUT_STEP) {
        stream.next_in = (z_const Bytef *)bytes.start;
        stream.avail_in = (uInt)INPUT_STEP;
        status = run(&stream, Z_NO_FLUSH, out, err);
        bytes.start += INPUT_STEP;
        bytes.length -= INPUT_STEP;
    }
    stream.next_in = (z_const Bytef *)bytes.start;
    stream.avail_in = (uInt)bytes.length;
    if (status == TRAIL_OK) status = run(&stream, Z_FINISH, out, err);
    (void)deflateEnd(&stream);
    return status;
}

trail_status trail_base64(trail_slice bytes, trail_text *out, trail_error *err)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const uint8_t *from = (const uint8_t *)bytes.start;

    if (bytes.length > SIZE_MAX / 4) return trail_fail_memory(err);
    size_t size = (bytes.length + 2) / 3 * 4;
    trail_status status = trail_grow(&out->bytes, &out->capacity, out->length + size + 1, 1, err);
    if (status != TRAIL_OK) return status;
    char *to = out->bytes + out->length;
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t rest = bytes.length - i;
        uint32_t three = (uint32_t)from[i] << 16;
        three |= rest > 1 ? (uint32_t)from[i + 1] << 8 : 0;
        three |= rest > 2 ? from[i + 2] : 0;
        *to++ = letters[three >> 18];
        *to++ = letters[three >> 12 & 63];
        *to++ = rest > 1 ? letters[three >> 6 & 63] : '=';
        *to++ = rest > 2 ? letters[three & 63] : '=';
    }
    out->length += size;
    out->bytes[out->length] = '\0';
    return TRAIL_OK;
}
