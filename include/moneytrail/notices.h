/* Sentences a long operation has to say while it works, handed to the caller and never printed by
 * the library. */
#ifndef MONEYTRAIL_NOTICES_H
#define MONEYTRAIL_NOTICES_H

#ifdef __cplusplus
extern "C" {
#endif

/* `say` gets one line of UTF-8 without a newline, from the thread that runs the operation; the line
 * is borrowed until say returns. A NULL trail_notices, or a NULL say, is fine: nothing is told. */
typedef struct trail_notices {
    void (*say)(void *context, const char *line);
    void *context;
} trail_notices;

#ifdef __cplusplus
}
#endif
#endif
