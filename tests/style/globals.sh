#!/bin/sh
# No mutable globals or file statics: the objects of the library and the program hold no symbol in
# .data or .bss (constant tables stand in .rodata or .data.rel.ro).
set -u
objects=$(find "$BUILD/src" -name '*.o')
[ -n "$objects" ] || {
    echo "no objects below $BUILD/src"
    exit 1
}
command -v objdump >/dev/null || {
    echo "skipped: no objdump"
    exit 77
}
grep -q '^MONEYTRAIL_SANITIZE:STRING=.' "$BUILD/CMakeCache.txt" && {
    echo "skipped: sanitizers add their own data"
    exit 77
}
grep -q '^MONEYTRAIL_COVERAGE:BOOL=ON' "$BUILD/CMakeCache.txt" && {
    echo "skipped: coverage adds its own counters"
    exit 77
}
# shellcheck disable=SC2086
found=$(objdump -t $objects | awk '
    /file format/ { file = $1 }
    / O / {
        for (i = 1; i <= NF; i++) {
            if ($i == "*COM*" || $i ~ /^\.(data|bss|tdata|tbss)/ && $i !~ /^\.data\.rel\.ro/) print file " " $NF " in " $i
        }
    }')
[ -z "$found" ] || {
    echo "mutable globals:"
    echo "$found"
    exit 1
}
echo "$(echo "$objects" | wc -l) objects without mutable globals"
