#!/bin/sh
# The floor table of src/CMakeLists.txt is kept: a file includes its own header first, then only its
# own floor and those its floor USES; the command line sees <moneytrail/...> and its own headers
# only; an external library is included only on floors that list its door; the table has no cycle
# and names every source file.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The table as lines: floor FLOOR USES|LINKS|SOURCES item
awk '
    { sub(/#.*/, ""); gsub(/\)/, " ) "); gsub(/\(/, " ( ") }
    { for (i = 1; i <= NF; i++) {
        if ($i == "trail_floor" || $i == "trail_house") { wanted = 1; continue }
        if ($i == "(") continue
        if ($i == ")") { floor = ""; wanted = 0; continue }
        if (wanted) { floor = $i; wanted = 0; print floor, "FLOOR", floor; continue }
        if ($i == "USES" || $i == "LINKS" || $i == "SOURCES") { kind = $i; continue }
        if (floor != "") print floor, kind, $i
    } }' src/CMakeLists.txt >"$work/table"

grep -rn '^ *# *include' src include --include='*.c' --include='*.h' >"$work/includes"

cat >"$work/check.awk" <<'AWK'
function bad(words) { print words; failures++ }
BEGIN {
    door["csv.h"] = "csv"; door["zlib.h"] = "zlib"; door["igraph"] = "igraph"
    door["yaml.h"] = "yaml"; door["openssl"] = "crypto"; door["sqlite3.h"] = "sqlite"
    door["unicode"] = "icu"; door["expat.h"] = "expat"
}
FILENAME ~ /table$/ {
    if ($2 == "FLOOR") { floors[$3] = ++count; next }
    if ($2 == "USES") {
        uses[$1, $3] = 1
        if (!($3 in floors)) bad("src/CMakeLists.txt: " $1 " uses " $3 ", which does not stand before it")
    }
    if ($2 == "LINKS") links[$1, $3] = 1
    if ($2 == "SOURCES" && $3 !~ /^[$]/) listed["src/" $3] = 1
    next
}
{
    file = $0; sub(/:.*/, "", file)
    what = $0; sub(/^[^:]*:[0-9]*: *# *include */, "", what)
    name = substr(what, 2); sub(/[>"].*/, "", name)
    split(file, part, "/")
    floor = part[1] == "include" ? "include" : part[2]
    top = name; sub(/\/.*/, "", top)
    first = !(file in seen); seen[file] = 1
    if (floor != "include" && !(floor in floors)) bad(file ": " floor " is not in the floor table")
    own = file; sub(/^src\//, "", own); sub(/\.c$/, ".h", own)
    if (file ~ /\.c$/ && floor != "cli" && first && (("src/" own) in headers) && name != own)
        bad(file ": includes " name " before its own header")
    if (what ~ /^</) {
        if (top == "moneytrail") {
            if (!(("include/" name) in headers)) bad(file ": no header <" name ">")
        } else if (floor == "include") {
            if (name !~ /^std(bool|def|int)\.h$/) bad(file ": a public header includes <" name ">")
        } else if (top in door && !((floor, door[top]) in links))
            bad(file ": includes <" name ">, but " floor " does not list the door " door[top])
        next
    }
    if (floor == "include") { bad(file ": includes \"" name "\""); next }
    if (floor == "cli") {
        if (name ~ /\// || !(("src/cli/" name) in headers)) bad(file ": includes \"" name "\"")
        next
    }
    if (name !~ /\//) { if (name !~ /\.(inc|h)$/ || top in headers) bad(file ": includes \"" name "\" without its floor"); next }
    if (top != floor && !((floor, top) in uses)) bad(file ": includes \"" name "\", but " floor " does not use " top)
    if (!(("src/" name) in headers)) bad(file ": no header " name)
}
END {
    for (file in sources) if (!(file in listed)) bad(file " is not in src/CMakeLists.txt")
    for (file in listed) if (!(file in sources)) bad(file " is in src/CMakeLists.txt and absent")
    exit failures > 0
}
AWK
# Which headers and sources exist, as the beginning of the program.
{
    echo 'BEGIN {'
    find src include -name '*.h' | sed 's/.*/    headers["&"] = 1/'
    find src -name '*.c' | sed 's/.*/    sources["&"] = 1/'
    echo '}'
} >"$work/files.awk"

check() {
    awk -f "$work/files.awk" -f "$work/check.awk" "$work/table" "$1"
}
check "$work/includes" >"$work/said" || {
    head -n 40 "$work/said"
    exit 1
}

# The check sees what it is for.
missed=0
expect() {
    echo "$1" >"$work/wrong"
    check "$work/wrong" >/dev/null && {
        echo "FAILED: goes unseen: $1"
        missed=1
    }
}
expect 'src/base/text.h:3:#include "model/money.h"'
expect 'src/cli/main.c:3:#include "model/money.h"'
expect 'src/model/money.h:3:#include <zlib.h>'
expect 'src/trace/trace.c:1:#include "base/text.h"'
expect 'include/moneytrail/run.h:4:#include "base/text.h"'
[ "$missed" -eq 0 ] && echo "$(wc -l <"$work/includes") includes keep to the floors"
exit "$missed"
