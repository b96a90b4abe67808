#!/bin/sh
# decisions.yaml: what was decided is applied, and said with who, when and why; a decision whose
# target is gone is told, never dropped; mistakes in the file are all told with their lines.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}
expect() { # FILE PATTERN
    grep -qF -e "$2" "$1" || fail "$1 does not say: $2"
}

mkdir -p "$work/case/received"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"
cat >"$work/case/case.yaml" <<'YAML'
case: DECIDED-1
currency: EUR
requests:
  - id: DE-1
    state: DE
    scope: {accounts: ["111222333"], from: 2025-01-01, to: 2025-01-31}
sources:
  - file: received/a.csv
    request: DE-1
    profile: bank
    own_account: "111222333"
profiles:
  bank:
    delimiter: ","
    date_format: YYYY-MM-DD
    decimal: "."
    currency: EUR
    columns: {booking_date: date, amount: amount, counterparty_account: other, text: text}
proceeds:
  - id: P1
    why: paid by the first victim
    select: {to: "111222333"}
YAML
cat >"$work/case/received/a.csv" <<'CSV'
date,amount,other,text
2025-01-02,100.00,900,rent
2025-01-03,200.00,901,deposit
2025-01-04,-50.00,,machine 17
2025-02-05,300.00,902,late
CSV
run() { "$MONEYTRAIL" run "$work/case" >"$work/said" 2>&1 || fail "exit code $? of a run: $(cat "$work/said")"; }
column() { # NAME PATTERN: the column of the row of payments.csv that holds PATTERN
    /usr/bin/python3 - "$work/case/out/payments.csv" "$1" "$2" <<'PY'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    if row["text"] == sys.argv[3]:
        print(row[sys.argv[2]])
PY
}

run
[ "$(column kind 'machine 17')" = unnamed ] || fail "an unnamed debit is of kind $(column kind 'machine 17')"
expect "$work/said" "payments marked: 2, together 300.00 EUR"
[ -z "$(column amount late)" ] || fail "a row outside the scope is a payment"
cash=$(column payment 'machine 17') rent=$(column payment rent)
cat >"$work/case/decisions.yaml" <<YAML
- decide: kind
  targets: $cash
  value: cash
  who: A. Analyst
  when: 2025-06-01
  why: the bank says that machine 17 gives out banknotes
- decide: proceeds
  answer: refused
  targets: [$rent]
  value: P1
  who: A. Analyst
  when: 2025-06-01
  why: a rent that the tenant owed
- decide: release
  request: DE-1
  account: "111222333"
  from: 2025-02-01
  to: 2025-02-28
  who: B. Judge
  when: 2025-06-02
  why: supplementary request granted
- decide: kind
  targets: t00000000000000000000000000000000
  value: fee
  who: A. Analyst
  when: 2025-06-01
  why: of an earlier reply
YAML
run
[ "$(column kind 'machine 17')" = cash ] || fail "a decided kind is not taken"
[ "$(column amount late)" = 300.00 ] || fail "a released row is not used"
expect "$work/said" "payments marked: 2, together 500.00 EUR"
expect "$work/said" "Decision 4 (decisions.yaml:22, 2025-06-01): what it is about is not in the records any more"
expect "$work/case/out/decisions.csv" "kind,accepted,$cash,,cash,,,,,A. Analyst,2025-06-01,the bank says that machine 17 gives out banknotes,1,applied"
expect "$work/case/out/decisions.csv" "proceeds,refused,$rent,,P1,,,,,A. Analyst,2025-06-01,a rent that the tenant owed,7,applied"
expect "$work/case/out/decisions.csv" "release,accepted,,,,DE-1,111222333,2025-02-01,2025-02-28,B. Judge,2025-06-02,supplementary request granted,14,applied"
expect "$work/case/out/decisions.csv" "of an earlier reply,22,not in the records any more"

# Pairs: two records that share too little are joined when that is decided, and a pair that records
# prove stays apart when that is.
mkdir -p "$work/pairs/received"
cp samples/test.key "$work/pairs/case.key"
chmod 600 "$work/pairs/case.key"
cat >"$work/pairs/case.yaml" <<'YAML'
case: DECIDED-2
currency: EUR
sources:
  - {file: received/a.csv, profile: bank, own_account: "111222333"}
  - {file: received/b.csv, profile: bank, own_account: "444555666"}
profiles:
  bank:
    delimiter: ","
    date_format: YYYY-MM-DD
    decimal: "."
    currency: EUR
    columns: {booking_date: date, amount: amount, counterparty_account: other, text: text}
YAML
cat >"$work/pairs/received/a.csv" <<'CSV'
date,amount,other,text
2025-01-02,-812.00,,by hand
2025-01-07,-1234.56,444555666,told by both
CSV
cat >"$work/pairs/received/b.csv" <<'CSV'
date,amount,other,text
2025-01-03,790.00,,paid in
2025-01-08,1234.56,111222333,told by both
CSV
run_pairs() {
    "$MONEYTRAIL" run "$work/pairs" >"$work/said" 2>&1 || fail "exit code $? of a run: $(cat "$work/said")"
}
of_pairs() { # NAME PATTERN
    /usr/bin/python3 - "$work/pairs/out/payments.csv" "$1" "$2" <<'PY'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    if row["text"] == sys.argv[3]:
        print(row[sys.argv[2]])
PY
}
run_pairs
[ "$(wc -l <"$work/pairs/out/payments.csv")" -eq 4 ] || fail "not three payments of four rows"
hand=$(of_pairs payment 'by hand') in=$(of_pairs payment 'paid in')
both=$(of_pairs payment 'told by both') other=$(of_pairs other_id 'told by both')
pair() { # ANSWER ID ID
    printf -- '- decide: pair\n  answer: %s\n  targets: [%s, %s]\n  who: A. Analyst\n' "$1" "$2" "$3"
    printf '  when: 2025-06-01\n  why: as the clerk says\n'
}
{
    pair accepted "$hand" "$in"
    pair refused "$both" "$other"
    pair accepted "$hand" t00000000000000000000000000000000
} >"$work/pairs/decisions.yaml"
run_pairs
[ "$(of_pairs class 'by hand')" = decided ] || fail "a decided pair is of class $(of_pairs class 'by hand')"
[ "$(of_pairs received_amount 'by hand')" = 790.00 ] || fail "a decided pair has not both amounts"
[ "$(of_pairs record_count 'told by both' | tr '\n' ' ')" = '1 1 ' ] || fail "a refused pair is joined"
expect "$work/pairs/out/decisions.csv" "pair,accepted,$hand,$in,"
expect "$work/pairs/out/decisions.csv" "pair,refused,$both,$other,"
[ "$(grep -c ',applied' "$work/pairs/out/decisions.csv")" -eq 2 ] || fail "not two pairs were applied"
expect "$work/said" "Decision 3 (decisions.yaml:13, 2025-06-01): what it is about is not in the records any more"

cat >"$work/case/decisions.yaml" <<'YAML'
- decide: pair
  targets: [t1]
  who: A
  when: 2025-02-30
- decide: knd
- decide: release
  request: FR-1
  account: "1"
  who: A
  when: 2025-06-01
  why: x
YAML
"$MONEYTRAIL" check "$work/case" >"$work/said" 2>&1
[ $? -eq 2 ] || fail "mistakes in decisions.yaml do not give exit code 2"
expect "$work/said" "decisions.yaml:2"
expect "$work/said" "'pair' is about 2 ids"
expect "$work/said" "decisions.yaml:4"
expect "$work/said" "is missing: why, in one sentence"
expect "$work/said" "did you mean 'kind'?"
expect "$work/said" "there is no request 'FR-1'"
[ "$failures" -eq 0 ]
