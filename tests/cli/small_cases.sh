#!/bin/sh
# What one small case shows at once: an account that the case file says is observed, under a bank
# that no record names; amounts of zero on both sides of one account; outputs that do not depend on
# the mask of permissions.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

mkdir -p "$work/case/received"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"
cat >"$work/case/case.yaml" <<'YAML'
case: SMALL-1
title: A small case
currency: EUR
sources:
  - file: received/a.csv
    profile: bank
    own_account: "111222333"
profiles:
  bank:
    layout: statement
    delimiter: ","
    header: 1
    date_format: YYYY-MM-DD
    decimal: "."
    currency: EUR
    columns: {booking_date: date, amount: amount, mark: side, counterparty_account: other}
    signs: {D: debit, C: credit}
accounts:
  - number: "111222333"
    bank: SOMEBANK
    observed: yes
YAML
cat >"$work/case/received/a.csv" <<'CSV'
date,amount,side,other
2024-01-02,0.00,D,
2024-01-02,0.00,C,
2024-01-03,5.00,D,444555666
CSV

"$MONEYTRAIL" run --quiet "$work/case" >"$work/said" 2>&1 ||
    fail "run: exit code $?: $(tail -n 2 "$work/said")"
ids=$(cut -d , -f 1 "$work/case/out/payments.csv" | sort -u | wc -l)
[ "$ids" -eq 4 ] || fail "three payments and a heading have $ids ids"
grep -q ',111222333,.*,yes,,,received/a.csv | the case file says so,' \
    "$work/case/out/accounts.csv" || fail "accounts.csv: $(cat "$work/case/out/accounts.csv")"
grep -q ',444555666,.*,no,,,no received file observes this account,' \
    "$work/case/out/accounts.csv" || fail "accounts.csv: $(cat "$work/case/out/accounts.csv")"

(umask 077 && "$MONEYTRAIL" run --quiet --out "$work/other" "$work/case") >"$work/said" 2>&1 ||
    fail "run under another mask: exit code $?: $(tail -n 2 "$work/said")"
diff -r "$work/case/out" "$work/other" >"$work/said" || fail "masks differ: $(cat "$work/said")"

[ "$failures" -eq 0 ]
