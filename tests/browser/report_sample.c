/* report_sample FOLDER: writes the report of each invented case there, for the browser tests. */
#include <stdio.h>
#include <string.h>

#include "report/report.h"
#include "support/report_case.h"

static int write_one(report_case *made, const char *folder, const char *name)
{
    char path[1024];
    trail_error err = {0};
    trail_status status;

    (void)snprintf(path, sizeof path, "%s/%s.html", folder, name);
    status = trail_report_write(&made->findings, path, &err);
    report_case_clear(made);
    if (status == TRAIL_OK) return 0;
    (void)fprintf(stderr, "%s\n", err.message);
    return 1;
}

int main(int count, char **words)
{
    report_case made;
    int failed = 0;

    if (count != 2) return 2;
    report_case_story(&made);
    failed |= write_one(&made, words[1], "story");
    report_case_without_proceeds(&made);
    failed |= write_one(&made, words[1], "without_proceeds");
    report_case_smallest(&made);
    failed |= write_one(&made, words[1], "smallest");
    report_case_empty(&made);
    failed |= write_one(&made, words[1], "empty");
    report_case_large(&made, 300, 2000);
    failed |= write_one(&made, words[1], "middle");
    report_case_large(&made, 2400, 12000);
    failed |= write_one(&made, words[1], "large");
    return failed;
}
