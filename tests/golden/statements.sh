#!/bin/sh
# Small statements through a whole run: an altered row, a gap, an overlap, a file received twice, the
# newest row first, a tolerance; an account asked for of which nothing was received, a file not used.
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
cd "$work/case/received" || exit 1
cat >jan.csv <<'CSV'
Date,Amount,Balance,Account
2024-01-02,100.00,1100.00,LV90B
2024-01-15,-40.00,1060.00,LV90C
2024-01-31,10.00,1070.00,LV90B
CSV
cp jan.csv jan_again.csv
cat >mid_jan.csv <<'CSV'
Date,Amount,Balance,Account
2024-01-31,10.00,1070.00,LV90B
2024-01-15,-40.00,1060.00,LV90C
CSV
cat >march.csv <<'CSV'
Date,Amount,Balance,Account
2024-03-01,5.00,1205.00,LV90B
2024-03-04,-5.00,1199.90,LV90C
2024-03-04,7.00,1206.95,LV90B
CSV
printf 'not a table' >april.csv
cd "$OLDPWD" || exit 1

# write_case TOLERANCE
write_case() {
    cat >"$work/case/case.yaml" <<YAML
case: S-1
title: statements
currency: EUR
requests:
  - {id: R1, state: LV, scope: {accounts: [LV90A, LV90Z], from: 2024-01-01, to: 2024-04-30}}
sources:
  - {file: received/jan.csv, profile: p, own_account: LV90A, request: R1, period: {from: 2024-01-01, to: 2024-01-31}}
  - {file: received/jan_again.csv, profile: p, own_account: LV90A, request: R1, period: {from: 2024-01-01, to: 2024-01-31}}
  - {file: received/mid_jan.csv, profile: p, own_account: LV90A, request: R1}
  - {file: received/march.csv, profile: p, own_account: LV90A, request: R1}
  - {file: received/april.csv, profile: p, own_account: LV90A, request: R1, period: {from: 2024-04-01, to: 2024-04-30}}
profiles:
  p: {layout: statement, delimiter: ",", date_format: YYYY-MM-DD, decimal: ".", currency: EUR,
      columns: {booking_date: Date, amount: Amount, balance: Balance, counterparty_account: Account}}
parameters: {balance_tolerance: $1}
YAML
}

# columns NAME...: those columns of statements.csv or coverage.csv, one row a line.
columns() {
    /usr/bin/python3 - "$work/case/out/$@" <<'PYTHON'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    print("|".join(row[name] for name in sys.argv[2:]))
PYTHON
}

expect() {
    [ "$2" = "$3" ] || fail "$1:
$2
instead of
$3"
}

write_case 0
"$MONEYTRAIL" run "$work/case" >"$work/said" 2>&1
expect "exit code" $? 3
expect "statements" "$(columns statements.csv files line rows newest_first verdict difference to_previous moved_unseen rows_not_following)" \
'received/jan.csv|2|3||closes|0.00|first||0
received/jan_again.csv|2|3||closes|0.00|repeated||0
received/mid_jan.csv|2|2|yes|closes|0.00|overlap||0
received/march.csv|2|3||does not close|-0.05|gap|130.00|2'
expect "the altered row" "$(columns statements.csv first_break would_follow stated_balance | tail -n 1 | sed 's/ (.*)|/|/')" \
    'received/march.csv:3|1200.00|1199.90'
expect "coverage" "$(columns coverage.csv number month coverage days_covered unseen_movement not_read)" \
'LV90A|2024-01|complete|31||
LV90A|2024-02|gap|0|2024-02-01..2024-02-29: +130.00 EUR|
LV90A|2024-03|partial|4||
LV90A|2024-04|none|0||received/april.csv
LV90Z|2024-01|none|0||
LV90Z|2024-02|none|0||
LV90Z|2024-03|none|0||
LV90Z|2024-04|none|0||'
grep -q 'the balance does not follow at received/march.csv line 3: 1200.00 EUR would follow, 1199.90 is stated' \
    "$work/said" || fail "the altered row is not told: $(cat "$work/said")"

write_case 0.10
"$MONEYTRAIL" run --quiet "$work/case" >"$work/said" 2>&1
expect "verdict within the tolerance" "$(columns statements.csv verdict difference | tail -n 1)" 'closes|-0.05'

write_case 1001
"$MONEYTRAIL" run --quiet "$work/case" >"$work/said" 2>&1
expect "exit code of an absurd tolerance" $? 2
grep -q "balance_tolerance: '1001' is not an amount from 0 to 1000" "$work/said" || fail "$(cat "$work/said")"

[ "$failures" -eq 0 ] && echo "statements close, break and follow as they must"
exit "$failures"
