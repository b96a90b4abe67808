/* Failures. Every fallible function returns a trail_status and explains it in the caller's
 * trail_error: the last argument, may be NULL, written where the failure is found and never
 * overwritten on the way up. */
#ifndef MONEYTRAIL_ERROR_H
#define MONEYTRAIL_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum trail_status {
    TRAIL_OK = 0,
    TRAIL_NO_MEMORY, /* an allocation was refused */
    TRAIL_IO,        /* a file could not be opened, read or written */
    TRAIL_USAGE,     /* wrong command line, option or case file: the caller's words are off */
    TRAIL_BAD_DATA,  /* evidence beyond a stated limit, or that contradicts the case file */
    TRAIL_OVERFLOW,  /* an amount left the range of int64 minor units */
    TRAIL_DIFFERS,   /* verify: something is not what the manifest or the custody log says */
    TRAIL_INTERNAL   /* a check on our own work failed, such as conservation of money */
} trail_status;

/* One line of UTF-8 that names the thing, without a full stop or newline. */
typedef struct trail_error {
    trail_status status;
    char message[1000];
} trail_error;

#ifdef __cplusplus
}
#endif
#endif
