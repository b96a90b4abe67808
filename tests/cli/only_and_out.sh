#!/bin/sh
# `run --only STAGE` writes the files of that stage and no other, each as a whole run writes it;
# `run --out DIR` leaves out/ as it was.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

cp -R samples/lantern "$work/case"
rm -rf "$work/case/out" "$work/case/custody.jsonl"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"

wanted_code=3 # lantern holds a damaged file
run() {
    "$MONEYTRAIL" run --quiet "$@" "$work/case" >"$work/said" 2>&1
    code=$?
    [ "$code" -eq "$wanted_code" ] ||
        fail "run $*: exit code $code, not $wanted_code: $(tail -n 2 "$work/said")"
}

files() {
    (cd "$1" && find . -type f | LC_ALL=C sort | sed 's|^\./||' | tr '\n' ' ')
}

run
cp -R "$work/case/out" "$work/whole"

# only STAGE FILE...
only() {
    stage=$1
    shift
    rm -rf "$work/part"
    run --only "$stage" --out "$work/part"
    wanted=$(printf '%s\n' "$@" manifest.json | LC_ALL=C sort | tr '\n' ' ')
    [ "$(files "$work/part")" = "$wanted" ] ||
        fail "--only $stage wrote $(files "$work/part")and not $wanted"
    for file in "$@"; do
        cmp -s "$work/part/$file" "$work/whole/$file" || fail "--only $stage: another $file"
    done
    diff -r "$work/whole" "$work/case/out" >/dev/null || fail "--only $stage --out: out/ changed"
}

wanted_code=0 # nothing is read yet
only receive
wanted_code=3
only read rejects.csv remarks.csv
only reconcile conflicts.csv coverage.csv duplicates.csv matches.csv payments.csv possible_double.csv \
    possible_same.csv reply-check.csv reply-check.html reversals.csv statements.csv sums.csv
only identify candidates.csv entities.csv
only proceeds
only trace holdings.csv trace.csv
only routes routes.csv
only groups accounts.csv communities.csv
only report case.sqlite decisions.csv graph/edges.csv graph/i2-guide.txt graph/i2.csv \
    graph/links.graphml graph/nodes.csv graph/transfers.gexf graph/transfers.graphml report.html

# A whole run elsewhere, once with each number of threads, and again over itself.
for threads in 1 2; do
    run --threads "$threads" --out "$work/elsewhere"
    diff -r "$work/whole" "$work/elsewhere" >"$work/difference" 2>&1 ||
        fail "--out with $threads threads: $(head -n 3 "$work/difference")"
done
run
diff -r "$work/whole" "$work/case/out" >"$work/difference" 2>&1 ||
    fail "a second run: $(head -n 3 "$work/difference")"

# In the case folder, --only replaces out/ and says in the manifest what it holds.
run --only read
[ "$(files "$work/case/out")" = 'manifest.json rejects.csv remarks.csv ' ] ||
    fail "--only read left $(files "$work/case/out")"
"$MONEYTRAIL" verify "$work/case" >"$work/said" 2>&1 || fail "verify: $(cat "$work/said")"

[ "$failures" -eq 0 ]
