#!/bin/sh
# A run of samples/lantern against a slow, obvious reader, pairing and tracer of its own
# (tests/differential/oracle.py): payments, totals counted once, traced amounts, holdings, routes.
set -u
cd "$(dirname "$0")/../.."
python=/usr/bin/python3
[ -x "$python" ] || {
    echo "skipped: no $python"
    exit 77
}
export PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R samples/lantern "$work/case"
rm -rf "$work/case/out"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"
"$MONEYTRAIL" run --quiet "$work/case" >"$work/said" 2>&1
[ $? -eq 3 ] || {
    cat "$work/said"
    echo "FAILED: the run of lantern"
    exit 1
}
"$python" tests/differential/oracle.py "$work/case" || exit 1

# What the sample's README expects is what the oracle finds.
"$python" tests/differential/oracle.py --figures "$work/case" >"$work/figures" || exit 1
while IFS= read -r line; do
    grep -Fqx "$line" samples/lantern/README.md && continue
    echo "FAILED: samples/lantern/README.md does not say: $line"
    exit 1
done <"$work/figures"

# The comparison sees a cent: in a traced amount, a balance, a payment, a route.
for table in trace holdings payments routes; do
    cp "$work/case/out/$table.csv" "$work/kept.csv"
    awk 'NR == 9 { match($0, /[0-9]\.[0-9][0-9],/)
        $0 = substr($0, 1, RSTART - 1) "7.77," substr($0, RSTART + RLENGTH) } { print }' \
        "$work/kept.csv" >"$work/case/out/$table.csv"
    "$python" tests/differential/oracle.py "$work/case" >"$work/said" 2>&1 && {
        echo "FAILED: a changed amount in $table.csv goes unseen"
        exit 1
    }
    cp "$work/kept.csv" "$work/case/out/$table.csv"
done
