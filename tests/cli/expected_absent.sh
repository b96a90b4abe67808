#!/bin/sh
# A payment names an account whose statement covers the days and does not show it: flagged and told
# in a sentence. Where that account's month is missing, nothing is expected of it.
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
case: ABSENT-1
currency: EUR
sources:
  - {file: received/payer.csv, profile: bank, own_account: "111222333"}
  - {file: received/payee-01.csv, profile: bank, own_account: "444555666"}
  - {file: received/payee-03.csv, profile: bank, own_account: "444555666"}
  - {file: received/third.sta, format: fin}
profiles:
  bank:
    delimiter: ","
    date_format: YYYY-MM-DD
    decimal: "."
    currency: EUR
    columns: {booking_date: date, amount: amount, counterparty_account: other, text: text}
YAML
cat >"$work/case/received/payer.csv" <<'CSV'
date,amount,other,text
2025-01-10,-100.00,444555666,january
2025-02-10,-200.00,444555666,february
2025-03-10,-300.00,444555666,march
2025-01-13,-11.00,777888999,third january
2025-02-13,-22.00,777888999,third february
2025-03-13,-33.00,777888999,third march
CSV
cat >"$work/case/received/payee-01.csv" <<'CSV'
date,amount,other,text
2025-01-02,-1.00,,first
2025-01-11,100.00,111222333,january
2025-01-31,-1.00,,last
CSV
cat >"$work/case/received/payee-03.csv" <<'CSV'
date,amount,other,text
2025-03-03,-1.00,,first
2025-03-31,-1.00,,last
CSV
# One file, the statements of January and March: February is missing inside it.
cat >"$work/case/received/third.sta" <<'STA'
:20:S1
:25:777888999
:28C:1/1
:60F:C250101EUR50,00
:61:2501150115D1,00NMSCNONREF
:62F:C250131EUR49,00
-
:20:S3
:25:777888999
:28C:3/1
:60F:C250301EUR49,00
:61:2503150315D1,00NMSCNONREF
:62F:C250331EUR48,00
-
STA
"$MONEYTRAIL" run "$work/case" >"$work/said" 2>&1
code=$?
[ "$code" -eq 0 ] || [ "$code" -eq 3 ] || fail "exit code $code: $(cat "$work/said")"
absent=$(/usr/bin/python3 - "$work/case/out/payments.csv" <<'PY'
import csv, sys
print(*sorted(row["text"] for row in csv.DictReader(open(sys.argv[1], encoding="utf-8"))
              if row["expected_absent"]), sep=", ")
PY
)
[ "$absent" = 'march, third january, third march' ] ||
    fail "expected and absent: $absent"
grep -q '3 payments name an account whose records we hold for these days, and which do not show them' \
    "$work/said" || fail "no sentence: $(cat "$work/said")"
[ "$failures" -eq 0 ]
