#!/bin/sh
# Every header compiles alone and twice, strictly; the public ones with nothing but include/.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc=${CC:-cc}
failures=0 count=0

try() { # include as written, file, more options
    printf '#include %s\n#include %s\nextern int trail_style_%s;\n' "$1" "$1" "$count" >"$work/one.c"
    file=$2
    shift 2
    "$cc" -std=c17 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Werror -Wstrict-prototypes \
        -fsyntax-only -Iinclude "$@" "$work/one.c" >"$work/said" 2>&1 || {
        echo "$file does not compile alone and twice:"
        head -n 4 "$work/said"
        failures=$((failures + 1))
    }
    count=$((count + 1))
}

for header in include/moneytrail/*.h; do
    try "<${header#include/}>" "$header"
done
# Doors' headers are found as the build found them.
doors="$(pkg-config --cflags igraph zlib yaml-0.1 libcrypto sqlite3 icu-uc 2>/dev/null | sed 's/-I/-isystem /g')"
for header in $(find src -name '*.h' | LC_ALL=C sort); do
    # shellcheck disable=SC2086
    try "\"${header#src/}\"" "$header" -Isrc -Isrc/cli -I"$BUILD/generated" $doors
done
[ "$count" -gt 20 ] || {
    echo "only $count headers were found"
    failures=1
}
[ "$failures" -eq 0 ] && echo "$count headers compile alone and twice"
[ "$failures" -eq 0 ]
