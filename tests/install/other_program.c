/* Another program on the installed library: it sees the public headers alone. */
#include <stdio.h>
#include <string.h>

#include <moneytrail/case.h>
#include <moneytrail/error.h>
#include <moneytrail/notices.h>
#include <moneytrail/progress.h>
#include <moneytrail/run.h>
#include <moneytrail/sniff.h>
#include <moneytrail/verify.h>
#include <moneytrail/version.h>

static void say(void *context, const char *line)
{
    (void)context;
    puts(line);
}

int main(int argc, char **argv)
{
    trail_notices notices = {say, NULL};
    trail_case_counts counts;
    trail_error err;
    if (argc != 2 || strcmp(trail_version(), TRAIL_VERSION) != 0) return 1;
    if (trail_case_check(argv[1], &counts, &notices, &err) == TRAIL_OK) {
        printf("%zu sources\n", counts.sources);
        return 0;
    }
    printf("%s\n", err.message);
    return 2;
}
