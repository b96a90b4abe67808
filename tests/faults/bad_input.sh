#!/bin/sh
# Whatever is handed in: one clear line that names it, the exit code that fits, never a crash;
# a wrong case file changes nothing on disk, and the evidence is never touched.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case_folder=$work/case
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# start: a good case with one statement of two rows.
start() {
    rm -rf "$case_folder"
    mkdir -p "$case_folder/received"
    printf 'Date;Amount;Account;Text\n02.09.2024;-5,00;DE38999543210007001234;rent\n30.09.2024;7,50;;wages\n' \
        >"$case_folder/received/a.csv"
    cat >"$case_folder/case.yaml" <<'YAML'
case: BAD-1
title: Bad input
currency: EUR
sources:
  - file: received/a.csv
    profile: bank
    bank: DAKRLV22
    own_account: LV70DAKR0055100010001
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
      counterparty_account: Account
      text: Text
YAML
}

evidence() {
    (cd "$case_folder" && find received -type f -exec sha256sum {} + | LC_ALL=C sort)
}

# expect WHAT EXIT_CODE WORDS: runs the case; some line said must hold the words.
expect() {
    what=$1 wanted=$2 words=$3
    before=$(evidence)
    listed=$(cd "$case_folder" && find . | LC_ALL=C sort)
    timeout 60 "$MONEYTRAIL" run "$case_folder" >"$work/said" 2>&1
    code=$?
    [ "$code" -eq "$wanted" ] || fail "$what: exit code $code, not $wanted: $(head -n 4 "$work/said")"
    grep -Fq -- "$words" "$work/said" || fail "$what: nothing says \"$words\": $(head -n 4 "$work/said")"
    [ "$before" = "$(evidence)" ] || fail "$what: the evidence was changed"
    if [ "$wanted" -eq 2 ]; then
        [ "$listed" = "$(cd "$case_folder" && find . | LC_ALL=C sort)" ] ||
            fail "$what: a wrong case changed the disk"
    else
        "$MONEYTRAIL" verify "$case_folder" >"$work/said" 2>&1 || fail "$what: verify: $(cat "$work/said")"
    fi
}

yaml() { # sed script on case.yaml
    sed -i "$1" "$case_folder/case.yaml"
}

start
expect "a good case" 0 "2    records of payments"

start; rm "$case_folder/received/a.csv"
expect "a missing file" 2 "received/a.csv"
start; rm "$case_folder/received/a.csv"; mkdir "$case_folder/received/a.csv"
expect "a folder in place of a file" 2 "received/a.csv"
start; : >"$case_folder/received/a.csv"
expect "an empty file" 3 "the file is empty"
start; sed -i 2,3d "$case_folder/received/a.csv"
expect "a header only" 0 "0  payments"
start; yaml 's/profile: bank/profile: bnak/'
expect "an unknown profile" 2 "did you mean"
start; yaml 's/amount: Amount/amount: Amuont/'
expect "a wrong column" 3 "Amuont"
start; yaml 's/    currency: EUR/    currency: QQQ/'
expect "an unknown currency in a profile" 2 "QQQ"
start; yaml 's/^title: .*/&\n&/'
expect "a key twice" 2 "case.yaml:3:1"
start
{
    echo 'a: &a [x, x, x, x, x, x, x, x, x]'
    for one in b c d e f g h i j; do
        echo "$one: &$one [*a, *a, *a, *a, *a, *a, *a, *a, *a]" | sed "s/\*a/*$(echo "$one" | tr b-j a-i)/g"
    done
} >>"$case_folder/case.yaml"
expect "an alias bomb" 2 "alias"
start; echo 'accounts: [{number: LV70DAKR0055100010002, opening: 10.00, currency: EUR, origin: clean}]' >>"$case_folder/case.yaml"
expect "an opening of an account that is nowhere" 0 "LV70DAKR0055100010002 stands in no record"
start; gzip -c "$case_folder/received/a.csv" | head -c 5 >"$work/cut" && cp "$work/cut" "$case_folder/received/a.csv"
expect "a gzip cut in its first bytes" 3 "truncated gzip input"
start; printf '02.09.2024;92233720368547758,07;;absurd\n' >>"$case_folder/received/a.csv"
expect "an amount whose sums no number holds" 3 "1    rejected"
start; printf 'PK\003\004\024\000\006\000;1,00;;\n' >"$case_folder/received/a.csv"
expect "a workbook cut to its first bytes" 3 "the file is cut off or damaged"
start; yaml 's/profile: bank/profile: auto/'; printf '%%PDF-1.7\n1 0 obj\n' >"$case_folder/received/a.csv"
expect "a PDF where a table should be guessed" 3 "not read: a PDF document: ask for the table itself"
start; printf 'case: [[[[[[' >"$case_folder/case.yaml"
expect "no YAML" 2 "case.yaml:2:1"
start; head -c 2000 /dev/zero >"$case_folder/case.yaml"
expect "zeros in place of YAML" 2 "case.yaml"
start; : >"$case_folder/case.yaml"
expect "an empty case file" 2 "case.yaml"
start; rm "$case_folder/case.yaml"
expect "no case file" 2 "case.yaml"

start; iconv -f UTF-8 -t UTF-16LE "$case_folder/received/a.csv" >"$work/wide" && cp "$work/wide" "$case_folder/received/a.csv"
expect "UTF-16 that nobody declared and no mark tells" 3 "utf-16"
start; { printf '\377\376'; cat "$work/wide"; } >"$case_folder/received/a.csv"
expect "UTF-16 told by its byte order mark" 0 "2    records of payments"
start; yaml 's/^    delimiter/    encoding: utf-16\n&/'; cp "$work/wide" "$case_folder/received/a.csv"
expect "UTF-16 that is declared" 0 "2    records of payments"
start; yaml '/date_format/d'
printf 'Date;Amount;Account;Text\n01/02/2024;-5,00;;rent\n01/02/2024;7,50;;wages\n' >"$case_folder/received/a.csv"
expect "dates that can be read two ways" 3 "01/02/2024"
start; yaml '/decimal:/d; /group:/d'
printf 'Date;Amount;Account;Text\n02.09.2024;1,234;;rent\n03.09.2024;-2,500;;wages\n' >"$case_folder/received/a.csv"
expect "decimals that can be read two ways" 3 "1,234"
start; printf '\037\213\010\000garbage' >"$case_folder/received/a.csv"
expect "a corrupt gzip" 3 "received/a.csv"
start; head -c 100000 /dev/urandom >"$case_folder/received/a.csv"
expect "noise" 3 "received/a.csv"
start; printf '02.09.2024;-5,00;;"never closed' >>"$case_folder/received/a.csv"
expect "a quote never closed" 3 "1    rejected"
start; sed -i '1i Account statement "of the year" "September' "$case_folder/received/a.csv"
sed -i '1i "Konto' "$case_folder/received/a.csv"
yaml '/own_account:/d; s/^    delimiter/    own_account_line: "Konto:"\n    header: 3\n&/'
expect "a bad quote above the header" 3 "nothing says whose account the statement is of"
start; awk 'BEGIN { for (i = 0; i < 3000000; i++) printf "aaaaaaaaaa" }' >>"$case_folder/received/a.csv"
expect "a line of 30 MB" 3 "1    rejected"

# A path of more than 260 bytes, with blanks and umlauts.
start
long="Fälle und Akten/$(printf '%0100d' 0)/$(printf '%0100d' 1)/$(printf '%080d' 2)"
mkdir -p "$work/$long"
mv "$case_folder" "$work/$long/Öl & Co"
case_folder="$work/$long/Öl & Co"
expect "a long path" 0 "2    records of payments"

[ "$failures" -eq 0 ] && echo "bad input: one clear line each time"
exit "$failures"
