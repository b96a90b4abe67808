#!/bin/sh
# bench/run.sh [ROWS] [RUNS]: builds the release profile, makes ROWS (10,000,000) payments in the
# AMLworld layout with a fixed seed, and times the way to the finished ledger RUNS (3) times, plain and
# gzip. Nothing is kept in the repository: copy what you want to keep into bench/results/.
set -eu
cd "$(dirname "$0")/.."
rows=${1:-10000000}
runs=${2:-3}
build=build/bench
mkdir -p build
cmake -C .ci/profiles/release.cmake -S . -B "$build" -DMONEYTRAIL_TESTS=OFF >"$build.log" 2>&1 &&
    cmake --build "$build" -j "$(getconf _NPROCESSORS_ONLN)" >>"$build.log" 2>&1 || {
    tail -n 20 "$build.log"
    exit 1
}

file=$build/aml-$rows.csv
[ -f "$file" ] || "$build/bench/bench_generate" "$rows" 7 >"$file"
[ -f "$file.gz" ] || gzip -1 -k "$file"

echo "machine: $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | sed 's/^ //'), $(getconf _NPROCESSORS_ONLN) processors, $(uname -r)"
echo "input:   $rows rows, $(wc -c <"$file") bytes, SHA-256 $(sha256sum "$file" | cut -c1-16)..."
i=1
while [ "$i" -le "$runs" ]; do
    for input in "$file" "$file.gz"; do
        echo
        echo "run $i: $(basename "$input")"
        "$build/bench/bench_ledger" "$input"
    done
    i=$((i + 1))
done
