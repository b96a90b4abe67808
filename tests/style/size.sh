#!/bin/sh
# Sources of at most 500 lines, headers of at most 200, functions of at most 60. Exceptions stand in
# size_exceptions.txt with a reason, and the list only shrinks.
set -u
cd "$(dirname "$0")/../.."
exceptions=tests/style/size_exceptions.txt
files=$(find src include bench tests -name node_modules -prune -o -name '*.[ch]' -print | LC_ALL=C sort)

# shellcheck disable=SC2086
found=$(awk '
    function end() {
        cap = file ~ /\.h$/ ? 200 : 500
        if (lines > cap) print file ": " lines " lines, at most " cap
    }
    FNR == 1 { if (file != "") end(); file = FILENAME; start = 0; signature = 0 }
    { lines = FNR }
    /^[a-zA-Z].*\(/ && !/;$/ { signature = FNR }
    /^\{$/ { start = signature > 0 ? signature : FNR }
    /^\}/ && start > 0 {
        if (FNR - start + 1 > 60) print file ":" start ": a function of " FNR - start + 1 " lines, at most 60"
        start = 0; signature = 0
    }
    END { end() }' $files)

failures=0
echo "$found" | while IFS= read -r line; do
    [ -n "$line" ] || continue
    grep -v '^#' "$exceptions" | cut -d ' ' -f 1 | grep -Fqx "${line%%:*}" && continue
    echo "$line"
done >"${TMPDIR:-/tmp}/trail_size.$$"
[ -s "${TMPDIR:-/tmp}/trail_size.$$" ] && {
    cat "${TMPDIR:-/tmp}/trail_size.$$"
    failures=1
}
rm -f "${TMPDIR:-/tmp}/trail_size.$$"
for file in $(grep -v '^#' "$exceptions" | cut -d ' ' -f 1); do
    echo "$found" | grep -q "^$file:" || {
        echo "$exceptions: $file needs no exception any more"
        failures=1
    }
done
[ "$failures" -eq 0 ] && echo "$(echo "$files" | wc -l) files, none too long"
exit "$failures"
