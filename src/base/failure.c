#include "base/failure.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

/* One line of valid UTF-8, also where a name in it is neither or was cut by the buffer's end. */
static void clean(char *message, bool cut)
{
    size_t length = strlen(message);
    trail_slice text = {message, length};
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t step = trail_utf8_step(text, at, &code);
        if (step == 0 && cut && length - at < 4) {
            message[at] = '\0';
            return;
        }
        if (step == 0)
            step = 1;
        else if (!is_control(code)) {
            at += step;
            continue;
        }
        memset(message + at, '?', step);
        at += step;
    }
}

static void write_message(trail_error *err, const char *format, va_list arguments)
    TRAIL_PRINTF(2, 0);

static void write_message(trail_error *err, const char *format, va_list arguments)
{
    int wanted = vsnprintf(err->message, sizeof err->message, format, arguments);
    if (wanted < 0) err->message[0] = '\0';
}

trail_status trail_fail(trail_error *err, trail_status status, const char *format, ...)
{
    if (err == NULL) return status;
    va_list arguments;
    va_start(arguments, format);
    write_message(err, format, arguments);
    va_end(arguments);
    err->status = status;
    clean(err->message, strlen(err->message) == sizeof err->message - 1);
    return status;
}

static void append_reason(char *message, size_t capacity, int error_number)
{
    char reason[200] = "";
    if (strerror_r(error_number, reason, sizeof reason) != 0 || reason[0] == '\0')
        (void)snprintf(reason, sizeof reason, "error %d", error_number);
    if (reason[0] >= 'A' && reason[0] <= 'Z') reason[0] = (char)(reason[0] - 'A' + 'a');
    size_t length = strlen(message);
    size_t more = strlen(reason) + 2;
    if (length + more >= capacity) /* a very long name gives way to the reason */
        length = capacity - 1 - more;
    (void)snprintf(message + length, capacity - length, ": %s", reason);
}

trail_status trail_fail_system(trail_error *err, int error_number, const char *format, ...)
{
    if (err == NULL) return TRAIL_IO;
    va_list arguments;
    va_start(arguments, format);
    write_message(err, format, arguments);
    va_end(arguments);
    err->status = TRAIL_IO;
    append_reason(err->message, sizeof err->message, error_number);
    clean(err->message, false);
    return TRAIL_IO;
}

trail_status trail_fail_memory(trail_error *err)
{
    return trail_fail(err, TRAIL_NO_MEMORY, "out of memory");
}
