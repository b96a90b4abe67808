/* Which moneytrail this is. */
#ifndef MONEYTRAIL_VERSION_H
#define MONEYTRAIL_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

#define TRAIL_VERSION "0.2.0" /* of these headers */

/* Of the library that is linked; static storage. */
const char *trail_version(void);

#ifdef __cplusplus
}
#endif
#endif
