#!/bin/sh
# The outputs of samples/lantern and of a case of hostile names, read by programs that are not ours
# (tests/differential/read_back.py); then changed outputs, which must be noticed.
set -u
cd "$(dirname "$0")/../.."
python=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
[ -x "$python" ] || {
    echo "skipped: no $python"
    exit 77
}
command -v xmllint >/dev/null || {
    echo "skipped: no xmllint (libxml2-utils)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

cp -R samples/lantern "$work/lantern"
rm -rf "$work/lantern/out" "$work/lantern/custody.jsonl"
cp samples/test.key "$work/lantern/case.key"
chmod 600 "$work/lantern/case.key"
"$python" tests/support/hostile_case.py "$work/hostile" || exit 1
for case in lantern hostile; do
    "$MONEYTRAIL" run --quiet "$work/$case" >"$work/said" 2>&1
    [ $? -eq 3 ] || fail "the run of $case: $(tail -n 3 "$work/said")"
    "$python" tests/differential/read_back.py "$work/$case" >"$work/said" 2>&1
    code=$?
    cat "$work/said"
    [ "$code" -eq 77 ] && exit 77
    [ "$code" -eq 0 ] || fail "$case"
done

# noticed FILE SED-SCRIPT: the change is seen by read_back.py.
out=$work/hostile/out
noticed() {
    cp "$out/$1" "$work/kept"
    sed -i "$2" "$out/$1"
    cmp -s "$work/kept" "$out/$1" && fail "nothing was changed in $1"
    "$python" tests/differential/read_back.py "$work/hostile" >"$work/said" 2>&1 &&
        fail "a change in $1 goes unseen: $2"
    cp "$work/kept" "$out/$1"
}

noticed graph/transfers.graphml '0,/>2500\.00</s//>2500.01</'
noticed graph/transfers.graphml '0,/ target="a/s// target="b/'
noticed graph/links.graphml '0,/<data key="e3">1</s//<data key="e3">2</'
noticed graph/transfers.gexf '0,/value="1087\.65"/s//value="1087.66"/'
noticed graph/edges.csv 's/,31\.00,EUR,3100,/,31.00,EUR,3101,/'
noticed graph/nodes.csv '$d'
noticed graph/i2.csv 's/,12\.34,/,12.35,/'
noticed graph/i2.csv '3s/\r$//'
noticed holdings.csv 's/1087\.65,$/1087.64,/'
noticed payments.csv 's/bytes 475+80/bytes 474+80/'

[ "$failures" -eq 0 ]
