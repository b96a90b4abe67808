#!/bin/sh
# Public data through the whole pipeline: Berka's ledger (cut in mid-row), plain and gzip, and
# AMLSim's 123,078 transfers; then the case that `moneytrail new` makes of each.
set -u
cd "$(dirname "$0")/../.."
corpora=$PWD/../shared/corpora
berka=$corpora/berka/trans.asc.gz
amlsim=$corpora/amlsim-123k/transactions.csv.gz
for file in "$berka" "$amlsim"; do
    [ -f "$file" ] || {
        echo "skipped: $file is not there"
        exit 77
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# expect WHAT FOUND WANTED
expect() {
    [ "$2" = "$3" ] || fail "$1: $2, not $3"
}

# begin NAME FILE: a case folder with that file received, and the test key.
begin() {
    mkdir -p "$work/$1/received"
    cp "$2" "$work/$1/received/"
    cp samples/test.key "$work/$1/case.key"
    chmod 600 "$work/$1/case.key"
}

# run NAME WANTED-CODE OPTION...: the summary is left in $work/json.
run() {
    name=$1
    wanted=$2
    shift 2
    "$MONEYTRAIL" run --quiet --json "$@" "$work/$name" >"$work/json" 2>"$work/said"
    expect "exit code of $name" $? "$wanted"
}

# count NAME: a number of the summary.
count() {
    sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/json"
}

# all_rows_told NAME: every row is a record of a payment, a reject, no payment or out of scope.
all_rows_told() {
    expect "rows of $1" "$(count rows_in)" \
        $(($(count rows_attesting) + $(count rows_rejected) + $(count rows_no_payment) +
            $(count rows_out_of_scope)))
}

write_berka() {
    cat >"$work/$1/case.yaml" <<YAML
case: BERKA
title: Berka
currency: CZK
sources:
  - {file: received/$2, profile: berka, bank: BERKA}
profiles:
  berka:
    layout: statement
    delimiter: ";"
    date_format: YYMMDD
    decimal: "."
    group: none
    currency: CZK
    columns: {booking_date: date, amount: amount, mark: type, balance: balance,
              own_account: account_id, counterparty_account: account, counterparty_bank: bank,
              text: k_symbol, kind: [k_symbol, operation]}
    signs: {PRIJEM: credit, VYDAJ: debit, VYBER: debit}
    kinds: {SLUZBY: fee, UROK: interest, VKLAD: cash, VYBER: cash, VYBER KARTOU: card}
    empty_accounts: ["0"]
YAML
}

# berka NAME: what every run of it must give.
berka() {
    run "$1" 3
    all_rows_told "$1"
    expect "$1: rows" "$(count rows_in)" 49103
    expect "$1: payments" "$(count payments)" 49102
    expect "$1: rejects" "$(count rows_rejected)" 1
    expect "$1: observed accounts" "$(count accounts_observed)" 1229
    expect "$1: statements that do not close" "$(count statements_not_closing)" 887
    sed 1d "$work/$1/out/rejects.csv" >"$work/rejects"
    expect "$1: reject" "$(cut -d, -f2-7 "$work/rejects")" \
        '49103,49104,3145701,4,type,quote_not_closed'
    expect "$1: text of the reject" "$(grep -c '"3526882;11021;940331;""PRIJE",$' "$work/rejects")" 1
    # No counterparty: payer (6) or payee (10) empty; kind in column 19; no quoted field stands before.
    expect "$1: kinds without counterparty" "$(awk -F, '
        NR > 1 && ($6 == "" || $10 == "") { count[$19]++ }
        END { printf "%d %d %d %d", count["cash"], count["card"], count["fee"], count["interest"]
            for (kind in count) all += count[kind]
            printf " of %d", all }' "$work/$1/out/payments.csv")" "$2"
    "$MONEYTRAIL" verify "$work/$1" >"$work/said" 2>&1 || fail "$1: verify: $(cat "$work/said")"
}

kinds='24067 12 5445 9463 of 38987' # the first kind column with a meaning decides
begin berka_gz "$berka"
write_berka berka_gz trans.asc.gz
berka berka_gz "$kinds"
begin berka_plain "$berka"
gzip -d "$work/berka_plain/received/trans.asc.gz"
write_berka berka_plain trans.asc
berka berka_plain "$kinds"
for table in payments accounts; do
    sed 's/trans\.asc\.gz/trans.asc/' "$work/berka_gz/out/$table.csv" >"$work/$table.csv"
    cmp -s "$work/$table.csv" "$work/berka_plain/out/$table.csv" ||
        fail "$table.csv of gzip and plain differ"
done
rm -rf "$work/berka_gz" "$work/berka_plain"

begin amlsim "$amlsim"
cat >"$work/amlsim/case.yaml" <<'YAML'
case: AMLSIM
title: AMLSim
currency: USD
sources:
  - {file: received/transactions.csv.gz, profile: amlsim, bank: AMLSIM, observes: all}
profiles:
  amlsim:
    layout: transfers
    delimiter: ","
    date_format: "YYYY-MM-DDThh:mm:ss"
    decimal: "."
    group: none
    currency: USD
    truth: [is_sar, alert_id]
    columns: {booking_date: tran_timestamp, amount: base_amt, payer_account: orig_acct,
              payee_account: bene_acct, reference: tran_id, kind: tx_type}
    kinds: {TRANSFER: transfer}
proceeds:
  - {id: P1, why: what one account sent, select: {from: "2937"}}
destinations:
  - {account: "5"}
YAML
run amlsim 0
all_rows_told amlsim
expect "amlsim: payments" "$(count payments)" 123078
expect "amlsim: rejects" "$(count rows_rejected)" 0
expect "amlsim: sum" "$(awk -F, 'NR > 1 { sub(/\./, "", $14); sum += $14 } END { printf "%.0f", sum }' \
    "$work/amlsim/out/payments.csv")" \
    "$(gzip -dc "$amlsim" | awk -F, 'NR > 1 { split($5, part, ".")
        sum += part[1] * 100 + substr(part[2] "00", 1, 2) } END { printf "%.0f", sum }')"
# What holdings.csv sums to for each rule is what was marked.
awk -F, 'NR > 1 { sub(/\./, "", $8); sum[$1] += $8 }
    END { for (rule in sum) printf "%.0f\n", sum[rule] }' "$work/amlsim/out/holdings.csv" |
    sort -u >"$work/sums"
expect "amlsim: one sum for all rules" "$(wc -l <"$work/sums")" 1
expect "amlsim: introduced" "$(cat "$work/sums")" "$(gzip -dc "$amlsim" | awk -F, '
    $2 == 2937 { split($5, part, "."); sum += part[1] * 100 + substr(part[2] "00", 1, 2) }
    END { printf "%.0f", sum }')"
# The answers in the file are not read: turning all of them over changes nothing but the citations.
grep -lE 'is_sar|alert_id' "$work/amlsim/out/"*.csv && fail "amlsim: a truth column was read"
cut -d, -f1-27 "$work/amlsim/out/payments.csv" | sort >"$work/payments"
gzip -dc "$amlsim" | sed 's/,False,-1$/,True,7/' | gzip >"$work/amlsim/received/transactions.csv.gz"
run amlsim 0 --only reconcile
cut -d, -f1-27 "$work/amlsim/out/payments.csv" | sort | cmp -s - "$work/payments" ||
    fail "amlsim: payments follow the truth columns"

# The cases that `new` makes run as they are.
for name in berka amlsim; do
    mkdir -p "$work/from_$name"
    eval "cp \"\$$name\" \"\$work/from_\$name/\""
    "$MONEYTRAIL" new --quiet "$work/new_$name" --from "$work/from_$name" >"$work/said" 2>&1 ||
        fail "new of $name: $(cat "$work/said")"
done
run new_berka 3 --only reconcile
expect "new_berka: payments" "$(count payments)" 49102
expect "new_berka: observed accounts" "$(count accounts_observed)" 1229
run new_amlsim 0 --only reconcile
expect "new_amlsim: payments" "$(count payments)" 123078

[ "$failures" -eq 0 ] && echo "Berka and AMLSim give what they must"
exit "$failures"
