#!/bin/sh
# sample.sh NAME [--renew]: a run of samples/NAME gives the tables kept in tests/golden/NAME byte for
# byte, and the same whole out/ again: with 1 or 2 threads, in another time zone, locale and folder,
# over an earlier out/, and with the sources listed in another order. --renew writes the tables
# anew: look at `git diff tests/golden` before committing it.
set -u
cd "$(dirname "$0")/../.."
sample=$1
golden=$PWD/tests/golden/$sample
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# make_case FOLDER
make_case() {
    mkdir -p "$1"
    cp -R samples/$sample/. "$1"
    rm -rf "$1/out" "$1/custody.jsonl"
    cp samples/test.key "$1/case.key"
    chmod 600 "$1/case.key"
}

# run FOLDER OPTION...: the samples hold damaged records, so the exit code is 3. $within: a command that
# sets the surroundings.
within=
run() {
    folder=$1
    shift
    $within "$MONEYTRAIL" run --quiet "$@" "$folder" >"$work/said" 2>&1
    code=$?
    [ "$code" -eq 3 ] || fail "run $folder $*: exit code $code, not 3: $(tail -n 3 "$work/said")"
}

tables() {
    (cd "$1" && find . -name '*.csv' | LC_ALL=C sort)
}

# same WHAT FOLDER: its out/ is that of the first run.
same() {
    diff -r "$work/first/out" "$2/out" >"$work/difference" 2>&1 ||
        fail "$1: $(head -c 600 "$work/difference")"
}

make_case "$work/first"
run "$work/first"

if [ "${2:-}" = --renew ]; then
    [ "$failures" -eq 0 ] || exit 1
    rm -rf "$golden"
    for table in $(tables "$work/first/out"); do
        mkdir -p "$golden/$(dirname "$table")"
        cp "$work/first/out/$table" "$golden/$table"
    done
    echo "wrote $(tables "$golden" | wc -l) tables to tests/golden/$sample"
    exit 0
fi

[ "$(tables "$golden")" = "$(tables "$work/first/out")" ] ||
    fail "other tables than in tests/golden/$sample: $(tables "$work/first/out" | tr '\n' ' ')"
for table in $(tables "$golden"); do
    cmp -s "$golden/$table" "$work/first/out/$table" && continue
    fail "$table differs from tests/golden/$sample (sh tests/golden/sample.sh $sample --renew, if meant)"
    diff "$golden/$table" "$work/first/out/$table" | head -n 6 | cut -c 1-300
done
"$MONEYTRAIL" verify "$work/first" >"$work/said" 2>&1 || fail "verify: $(cat "$work/said")"

cp -R "$work/first" "$work/again"
run "$work/again"
same "a second run over the first" "$work/again"

make_case "$work/one"
run "$work/one" --threads 1
same "one thread" "$work/one"

make_case "$work/two"
within="env TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8"
run "$work/two" --threads 2
same "two threads, Tokyo, Turkish" "$work/two"

make_case "$work/name with blanks/Ķēde — 鎖"
within="env -C / TZ=America/St_Johns LC_ALL=C"
run "$work/name with blanks/Ķēde — 鎖"
within=
same "another folder, locale C" "$work/name with blanks/Ķēde — 鎖"

# The sources in reverse: only the hash of case.yaml may differ, which the manifest holds.
make_case "$work/reversed"
awk '
    /^sources:/ { print; inside = 1; next }
    inside && /^  - / { block[++count] = $0; next }
    inside && /^    / { block[count] = block[count] "\n" $0; next }
    inside { while (count > 0) print block[count--]; inside = 0 }
    { print }' "samples/$sample/case.yaml" >"$work/reversed/case.yaml"
cmp -s "samples/$sample/case.yaml" "$work/reversed/case.yaml" && fail "the sources were not reversed"
run "$work/reversed"
for out in first reversed; do
    rm -rf "$work/compared_$out"
    cp -R "$work/$out/out" "$work/compared_$out"
    rm "$work/compared_$out/manifest.json"
done
diff -r "$work/compared_first" "$work/compared_reversed" >"$work/difference" 2>&1 ||
    fail "sources in another order: $(head -c 600 "$work/difference")"

[ "$failures" -eq 0 ] && echo "$sample gives the same tables every time"
exit "$failures"
