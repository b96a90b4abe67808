#!/bin/sh
# A declared victim is named in file names, own accounts, texts, damaged rows and the reason for the
# run; nothing that the program writes or says may show the name or the accounts.
set -u
"$MONEYTRAIL" help run >/dev/null 2>&1 || {
    echo "skipped: $MONEYTRAIL has no command run"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case_folder=$work/case
said=$work/seen/said
mkdir -p "$case_folder/received/lv" "$case_folder/received/ee" "$work/seen"
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

cat >"$case_folder/received/lv/statement_anna-berzina.csv" <<'CSV'
Date;Amount;Balance;Account;Name;Text
01.03.2025;1200,00;1200,00;LV27HABA0551000000002;SIA Darbs;alga ANNA BERZINA 03/2025
02.03.2025;-1100,00;100,00;LV60HABA0551000000001;Viktors Liels;no Bērziņas Annas / BERZINA ANNA
03.03.2025;-30,00;70,00;;;ATM annaberzina 12345
04.03.2025;xx;70,00;;;nepareiza summa Anna Berzina LV80BANK0000435195001
CSV
printf '05.03.2025;-1,00;69,00;;;B\353rzi\362a Anna; Anna B\353rzi\362a\n' \
    >>"$case_folder/received/lv/statement_anna-berzina.csv"
cat >"$work/boss.csv" <<'CSV'
Date;Amount;Balance;Account;Name;Text
02.03.2025;1100,00;1100,00;LV80 BANK 0000 4351 9500 1;Anna Bērziņa;parāds
03.03.2025;-1000,00;100,00;EE382200221020145685;OÜ Kadri;from an.na bērziņa
03.03.2025;-50,00;50,00;12345;A. Bērziņa;konts 12345 Anna Bērziņa
CSV
gzip -n -c "$work/boss.csv" >"$case_folder/received/ee/boss.csv.gz"
printf 'notes on Anna\n' >"$case_folder/received/ee/LV80BANK0000435195001.txt"
cat >"$case_folder/case.yaml" <<'YAML'
case: PROTECTED-1 Berzina Anna
title: The wages of Anna Berzina
currency: EUR
sources:
  - file: received/lv/statement_anna-berzina.csv
    profile: bank
    own_account: LV80BANK0000435195001
  - file: received/ee/boss.csv.gz
    profile: bank
    own_account: LV60HABA0551000000001
profiles:
  bank:
    layout: statement
    delimiter: ";"
    date_format: DD.MM.YYYY
    decimal: ","
    group: none
    currency: EUR
    columns:
      booking_date: Date
      amount: Amount
      balance: Balance
      counterparty_account: Account
      counterparty_name: Name
      text: [Text]
people:
  - key: worker_01
    name: Anna Bērziņa
    other_names: [Bērziņas Annas]
    role: victim
    accounts: [LV80BANK0000435195001]
  - {key: boss, name: Viktors Liels, role: suspect, accounts: [LV60HABA0551000000001]}
accounts:
  - {number: "12345", holder: worker_01}
proceeds:
  - {id: W1, why: wages of Anna Berzina, select: {from: worker_01, to: boss}}
destinations:
  - {account: EE382200221020145685}
YAML
cat >"$work/declared.txt" <<'TXT'
name: Anna Bērziņa
name: Bērziņas Annas
account: LV80BANK0000435195001
account: 12345
TXT

check() {
    /usr/bin/python3 tests/property/leak_check.py "$2" "$work/declared.txt" >"$work/leaks" ||
        fail "$1: $(cat "$work/leaks")"
}

code=0
"$MONEYTRAIL" run "$case_folder" --reason "complaint of Anna Berzina" >"$said.run" 2>&1 || code=$?
[ "$code" -eq 3 ] || fail "run: exit $code, expected 3: $(cat "$said.run")"
check "outputs" "$case_folder/out"
grep -q '^F-[0-9a-f]*: not read' "$said.run" || fail "a file that is not read is not cited by its hash"
"$MONEYTRAIL" run --json "$case_folder" >"$said.json" 2>&1
"$MONEYTRAIL" verify "$case_folder" >"$said.verify" 2>&1 || fail "verify: $(cat "$said.verify")"
grep -q '"F-' "$case_folder/out/manifest.json" || fail "no file is cited by its hash"
grep -q 'V-[A-Z2-7]*/1' "$case_folder/out/payments.csv" || fail "no pseudonym in payments.csv"
mv "$case_folder/received/lv/statement_anna-berzina.csv" "$work/gone.csv"
"$MONEYTRAIL" verify "$case_folder" >"$said.missing" 2>&1 && fail "a missing file was not noticed"
mv "$work/gone.csv" "$case_folder/received/lv/statement_anna-berzina.csv"
echo >>"$case_folder/received/lv/statement_anna-berzina.csv"
"$MONEYTRAIL" verify "$case_folder" >"$said.changed" 2>&1 && fail "a change was not noticed"
cp "$case_folder/custody.jsonl" "$work/seen/"
check "what was said, and custody.jsonl" "$work/seen"

"$MONEYTRAIL" run --internal "$case_folder" --out "$work/internal" >/dev/null 2>&1
grep -q 'Anna B' "$work/internal/payments.csv" || fail "--internal does not show names"
grep -q '"op":"internal"' "$case_folder/custody.jsonl" || fail "--internal is not logged"
cp "$case_folder/custody.jsonl" "$work/seen/"
check "custody.jsonl after --internal" "$work/seen"

rm "$case_folder/custody.jsonl"
"$MONEYTRAIL" run --internal "$case_folder" >/dev/null 2>&1
cp "$case_folder/custody.jsonl" "$work/seen/"
check "custody.jsonl of a first run with --internal" "$work/seen"

# Numbers too short to be looked for in texts: the program's own sentences must not bring them.
short=$work/short
mkdir -p "$short/received"
cat >"$short/received/a.csv" <<'CSV'
Date,Amount,Balance
2025-03-01,10.00,10.00
2025-03-02,20.00,31.00
CSV
cat >"$short/case.yaml" <<'YAML'
case: PROTECTED-2
currency: EUR
sources:
  - {file: received/a.csv, profile: bank, own_account: "4711"}
profiles:
  bank: {date_format: YYYY-MM-DD, currency: EUR, columns: {booking_date: Date, amount: Amount, balance: Balance}}
people:
  - {key: worker_01, name: Anna Bērziņa, role: victim, accounts: ["4711", "4712"]}
destinations:
  - {person: worker_01}
accounts:
  - {number: "4712", opening: 5.00, currency: EUR, origin: clean}
YAML
"$MONEYTRAIL" run "$short" >"$work/short.said" 2>&1
grep -q 'balance does not follow' "$work/short.said" || fail "no broken balance is told"
grep -q 'no received record names' "$work/short.said" || fail "no missing destination is told"
grep -w -e 4711 -e 4712 "$work/short.said" && fail "a short account number was told"

[ "$failures" -eq 0 ] && echo "nobody protected was named"
exit "$failures"
