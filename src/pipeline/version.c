#include <moneytrail/version.h>

const char *trail_version(void)
{
    return TRAIL_VERSION;
}
