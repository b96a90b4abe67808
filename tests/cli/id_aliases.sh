#!/bin/sh
# A reply in another format that says the same again leaves decisions standing: the payment's id, or
# its alias, is still what it was when only one of the two files was there.
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
cat >"$work/case/received/a.csv" <<'CSV'
date,amount,ref,other,text
2025-01-15,-50.00,R15,,atm lane 7
2025-01-16,-60.00,R16,,atm lane 8
CSV
printf ':20:S1\r\n:25:111222333\r\n:28C:1/1\r\n:60F:C250114EUR500,00\r\n:61:2501150115D50,00NMSCNONREF//R15\r\n:86:cash dispenser\r\n:61:2501160116D60,00NMSCNONREF//R16\r\n:86:cash dispenser\r\n:62F:C250116EUR390,00\r\n-\r\n' \
    >"$work/case/received/b.sta"
write_case() { # FILE...: the sources
    {
        echo 'case: ALIAS-1'
        echo 'currency: EUR'
        echo 'sources:'
        for source in "$@"; do
            case $source in
            csv) echo '  - {file: received/a.csv, profile: bank, own_account: "111222333"}' ;;
            fin) echo '  - {file: received/b.sta, own_account: "111222333"}' ;;
            esac
        done
        echo 'profiles:'
        echo '  bank:'
        echo '    delimiter: ","'
        echo '    date_format: YYYY-MM-DD'
        echo '    decimal: "."'
        echo '    currency: EUR'
        echo '    columns: {booking_date: date, amount: amount, reference: ref, counterparty_account: other, text: text}'
    } >"$work/case/case.yaml"
}
run() {
    "$MONEYTRAIL" run "$work/case" >"$work/said" 2>&1
    case $? in 0 | 3) ;; *) fail "a run: $(cat "$work/said")" ;; esac
}
id_of() { # AMOUNT
    /usr/bin/python3 - "$work/case/out/payments.csv" "$1" <<'PY'
import csv, sys
print("".join(row["payment"] for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if row["amount"] == sys.argv[2]))
PY
}
write_case csv
run
by_csv=$(id_of 50.00)
write_case fin
run
by_fin=$(id_of 50.00)
[ "$by_csv" != "$by_fin" ] || fail "the two formats give one id: nothing is tested"
for id in $by_csv $by_fin; do
    cat >"$work/case/decisions.yaml" <<YAML
- {decide: kind, targets: $id, value: cash, who: A, when: 2025-06-01, why: says the bank}
YAML
    write_case csv fin
    run
    [ "$(wc -l <"$work/case/out/payments.csv")" -eq 3 ] || fail "the two files are not taken as one"
    grep -q "$id.*,applied" "$work/case/out/decisions.csv" || fail "the decision on $id is lost"
done
smaller=$(printf '%s\n%s\n' "$by_csv" "$by_fin" | LC_ALL=C sort | head -n 1)
[ "$(id_of 50.00)" = "$smaller" ] || fail "the payment's id is not the smaller one"
[ "$failures" -eq 0 ]
