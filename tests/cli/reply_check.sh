#!/bin/sh
# What was asked and what came: months received, partly, missing and outside the request; and a
# numbered list of what to ask for, in sentences that name account, days, file and line.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}
expect() { grep -qF -e "$2" "$1" || fail "$1 does not say: $2"; }

mkdir -p "$work/case/received"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"
cat >"$work/case/case.yaml" <<'YAML'
case: REPLY-1
currency: EUR
requests:
  - {id: DE-1, state: DE, sent: 2025-05-01, received: 2025-06-15, scope: {accounts: ["111222333", "777"], from: 2025-01-01, to: 2025-04-30}}
  - {id: FR-1, state: FR, sent: 2025-05-01, due: 2025-08-01}
  - {id: IT-1, state: IT, sent: 2025-05-01, refused: 2025-05-20}
sources:
  - {file: received/jan.csv, request: DE-1, profile: bank, own_account: "111222333", period: {from: 2025-01-01, to: 2025-01-31}}
  - {file: received/mar.csv, request: DE-1, profile: bank, own_account: "111222333", period: {from: 2025-03-01, to: 2025-04-20}}
people:
  - {key: w, name: Dace Liepa, role: victim, accounts: ["777"]}
profiles:
  bank:
    delimiter: ","
    date_format: YYYY-MM-DD
    decimal: "."
    currency: EUR
    columns: {booking_date: date, amount: amount, balance: balance, counterparty_account: other, text: text}
YAML
cat >"$work/case/received/jan.csv" <<'CSV'
date,amount,balance,other,text
2025-01-02,100.00,1100.00,900,a
2025-01-03,200.00,1300.00,901,b
CSV
cat >"$work/case/received/mar.csv" <<'CSV'
date,amount,balance,other,text
2025-03-04,-50.00,1900.00,903,c
2025-03-05,-20.00,1850.00,904,altered
2025-03-06,12x,1840.00,905,unreadable
2025-05-02,10.00,1860.00,906,later
CSV
"$MONEYTRAIL" run "$work/case" >"$work/said" 2>&1
[ $? -eq 3 ] || fail "the run says: $(cat "$work/said")"
csv="$work/case/out/reply-check.csv" page="$work/case/out/reply-check.html"
expect "$csv" ',111222333,2025-01-01,received,31,31,0,'
expect "$csv" ',111222333,2025-02-01,missing,28,0,0,'
expect "$csv" ',111222333,2025-04-01,partly,30,20,0,'
expect "$csv" ',111222333,2025-05-01,outside the request,0,0,1,'
expect "$csv" 'Account 111222333: no record covers 2025-02-01 to 2025-02-28.'
expect "$csv" 'Account 111222333: no record covers 2025-04-21 to 2025-04-30.'
expect "$csv" 'the balance changed by 650.00 EUR between 2025-01-31 and 2025-03-01, and no record shows how.'
expect "$csv" 'in received/mar.csv, line 3, the balance 1850.00 EUR does not follow from the rows; 1880.00 EUR would.'
expect "$csv" 'File received/mar.csv: records that could not be read: 1, the first in line 4'
expect "$csv" 'deficiency,FR-1,,,,,,,,1,no_reply,No reply has been received; it was due on 2025-08-01.'
expect "$csv" 'deficiency,IT-1,,,,,,,,1,refused,The request was refused on 2025-05-20.'
expect "$page" '<td>45</td>'
expect "$page" '<td>still open</td>'
expect "$page" "default-src 'none'"
grep -qF 777 "$csv" "$page" && fail "a protected account stands in the reply check"
expect "$csv" 'deficiency,DE-1,,V-'
[ "$failures" -eq 0 ]
