#!/bin/sh
# The code is as clang-format 14 with .clang-format writes it.
set -u
cd "$(dirname "$0")/../.."
command -v clang-format >/dev/null || {
    echo "skipped: no clang-format"
    exit 77
}
clang-format --version | grep -q 'version 14' || {
    echo "skipped: another version of clang-format writes other code"
    exit 77
}
find src include bench tests -name node_modules -prune -o -name '*.[ch]' -print |
    xargs clang-format --dry-run --Werror 2>&1 | grep 'error:' | cut -d : -f 1 | sort | uniq -c >"${TMPDIR:-/tmp}/format.$$"
code=0
[ -s "${TMPDIR:-/tmp}/format.$$" ] && {
    echo "lines that clang-format writes otherwise:"
    cat "${TMPDIR:-/tmp}/format.$$"
    code=1
}
rm -f "${TMPDIR:-/tmp}/format.$$"
exit "$code"
