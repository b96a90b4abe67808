#!/bin/sh
# A table typed up from paper: each record is cited by document, page, line and who typed it, and a row
# whose balance does not follow is named for a second look.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/case/received"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"
cat >"$work/case/received/typed.csv" <<'CSV'
date,amount,balance,text,document,page,line,by
2025-01-02,100.00,600.00,rent,Auszug 4.pdf,3,12,A. Clerk
2025-01-03,-50.00,550.00,market,Auszug 4.pdf,3,13,A. Clerk
2025-01-04,-20.00,520.00,bus,Auszug 4.pdf,4,1,A. Clerk
CSV
cat >"$work/case/case.yaml" <<'YAML'
case: TYPED-1
currency: EUR
sources:
  - {file: received/typed.csv, profile: typed, own_account: "111222333"}
profiles:
  typed:
    delimiter: ","
    date_format: YYYY-MM-DD
    decimal: "."
    currency: EUR
    columns: {booking_date: date, amount: amount, balance: balance, text: text, source_file: document, page: page, page_line: line, transcribed_by: by}
YAML
code=0
"$MONEYTRAIL" run "$work/case" >"$work/said" 2>&1 || code=$?
[ "$code" -eq 3 ] || { cat "$work/said"; exit 1; }
grep -q 'typed.csv:2 (page 3 line 12 of Auszug 4.pdf, transcribed by A. Clerk, record 1, bytes ' \
    "$work/case/out/payments.csv"
grep 'row_needs_second_look' "$work/case/out/remarks.csv" | grep -q 'typed.csv,4,'
