#!/bin/sh
# What the program says and the codes it exits with, command line by command line.
set -u
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
bad=0
expect() { # CODE WORDS-OF-STDOUT WORDS-OF-STDERR ARGUMENT...
    code=$1 out=$2 err=$3
    shift 3
    "$MONEYTRAIL" "$@" >"$top/out" 2>"$top/err" </dev/null
    got=$?
    [ $got -eq "$code" ] || { echo "$*: exit $got, not $code"; cat "$top/err"; bad=1; }
    for pair in "out:$out" "err:$err"; do
        stream=${pair%%:*} words=${pair#*:}
        if [ -z "$words" ]; then
            [ ! -s "$top/$stream" ] || { echo "$*: std$stream is not empty:"; cat "$top/$stream"; bad=1; }
        else
            grep -qF -e "$words" "$top/$stream" ||
                { echo "$*: std$stream lacks: $words"; cat "$top/$stream"; bad=1; }
        fi
    done
    if grep -q "$(printf '\033')" "$top/out" "$top/err"; then
        echo "$*: colour although this is no terminal"; bad=1
    fi
}
mkdir "$top/good" "$top/wrong"
printf 'case: A\ncurrency: EUR\nsources: [{file: "\303\244 b.csv"}]\n' >"$top/good/case.yaml"
: >"$top/good/ä b.csv"
printf 'case: A\ncurency: EUR\nsources: [{file: a.csv}]\n' >"$top/wrong/case.yaml"

expect 0 'moneytrail 0.' '' --version
expect 0 'usage: moneytrail COMMAND' '' --help
expect 2 'usage: moneytrail COMMAND' ''
expect 0 'look for mistakes' '' help
expect 0 'usage: moneytrail check CASE' '' help check
expect 0 'usage: moneytrail check CASE' '' check --help
expect 2 '' "there is no command 'chek' — did you mean 'check'?" chek
expect 2 '' "there is no command 'zzzzzz': moneytrail help lists them" help zzzzzz
expect 2 '' 'there is no option --jsn — did you mean --json?' check --jsn "$top/good"
expect 2 '' 'there is no option -x' check -x "$top/good"
expect 2 '' 'check needs CASE' check
expect 2 '' "check takes no 'b'" check a b
expect 2 '' '--quiet takes no value' check --quiet=yes "$top/good"
expect 0 'no mistakes (1 sources' '' check "$top/good"
expect 0 '' '' check --quiet "$top/good"
expect 0 '{"command":"check","sources":1,' '' check --json "$top/good"
expect 2 '' "there is no case folder -nowhere" check -- -nowhere
expect 2 '' 'case.yaml:2:1: error: curency: is no key that is known here — did you mean' \
    check "$top/wrong"
expect 2 '' 'moneytrail: error: case.yaml: 3 mistakes' check -q "$top/wrong"
expect 2 '"error":"case.yaml: 3 mistakes"' 'error: currency: is missing' check -j "$top/wrong"
[ "$(ls "$top/wrong")" = case.yaml ] || { echo "check left something behind"; bad=1; }

mkdir "$top/run"
printf 'Date;Amount;Own;Other\n31.01.2025;-1234,50;A1;B2\n31.02.2025;5,00;A1;B2\n' >"$top/run/a.csv"
printf '%s\n' 'case: A' 'currency: EUR' 'sources: [{file: a.csv, profile: p}]' 'profiles:' '  p:' \
    '    delimiter: ";"' '    date_format: DD.MM.YYYY' '    decimal: ","' '    currency: EUR' \
    '    columns: {booking_date: Date, amount: Amount, own_account: Own, counterparty_account: Other}' \
    >"$top/run/case.yaml"
expect 3 "report: $top/run/out/report.html" 'case.key was absent' run "$top/run"
expect 3 '"rows_in":2,"rows_attesting":1,"rows_rejected":1' '' run --json --quiet "$top/run"
expect 3 '' '' run --quiet --threads 2 --reason 'a "reason"' "$top/run"
expect 3 "results: $top/elsewhere" '' run --only read --out "$top/elsewhere" "$top/run"
for stage in receive read reconcile proceeds trace routes groups report; do
    "$MONEYTRAIL" run --quiet --only $stage --out "$top/only" "$top/run" >"$top/out" 2>&1
    got=$?
    case $stage-$got in receive-0 | *-3) ;; *) echo "--only $stage: exit $got"; cat "$top/out"; bad=1 ;; esac
    "$MONEYTRAIL" verify --quiet --out "$top/only" "$top/run" || { echo "--only $stage: differs"; bad=1; }
done
expect 0 'as recorded' '' verify "$top/run"
expect 2 '' "there is no stage 'tracee' — did you mean 'trace'?" run --only tracee "$top/run"
expect 2 '' "--threads must be from 1 to 1000, not '0'" run --threads 0 "$top/run"
expect 2 '' '--out needs a value: --out DIR' run "$top/run" --out
expect 2 '' '--out is given twice' run --out a --out=b "$top/run"
expect 0 'hash every received file' '' help run
expect 2 '' 'error: currency: is missing' run --quiet "$top/wrong"
[ "$(ls "$top/wrong")" = case.yaml ] || { echo "a run of a wrong case changed the disk"; bad=1; }
cp -R "$top/run" "$top/twice"
echo 'proceeds: [{id: P, why: w, select: {to: B2}}, {id: Q, why: w, select: {from: A1}}]' >>"$top/twice/case.yaml"
expect 3 'report: ' 'fifo, proceeds P, EUR: introduced 1234.50 = where our records end 1234.50' run "$top/twice"
expect 3 'report: ' 'proceeds Q, EUR: introduced 0.00 of 1234.50 marked: the rest keeps an earlier mark' run "$top/twice"
# A selection that selects nothing is found only after reading: it too leaves the disk as it was.
mkdir "$top/nothing"
printf 'Date,Amount,Account\n2024-01-02,5.00,123\n' >"$top/nothing/a.csv"
cat >"$top/nothing/case.yaml" <<'YAML'
case: A
currency: EUR
sources: [{file: a.csv, profile: p, own_account: "9"}]
profiles:
  p: {layout: statement, date_format: YYYY-MM-DD, decimal: ".", currency: EUR, delimiter: ",",
      columns: {booking_date: Date, amount: Amount, counterparty_account: Account}}
proceeds: [{id: P, why: a test, select: {from: "777"}}]
YAML
expect 2 '' '777' run --quiet "$top/nothing"
[ "$(ls -A "$top/nothing" | tr '\n' ' ')" = 'a.csv case.yaml ' ] ||
    { echo "a run that selects nothing left something on disk:"; ls -A "$top/nothing"; bad=1; }
echo x >>"$top/run/a.csv"
expect 1 '' 'a.csv' verify "$top/run"
# Colour only where a pseudo-terminal can be had.
if command -v script >/dev/null && script -qec true /dev/null >/dev/null 2>&1; then
    for colour in '' 1; do
        NO_COLOR=$colour TERM=xterm script -qec "'$MONEYTRAIL' check '$top/wrong'" /dev/null >"$top/tty"
        case $colour-$(grep -c "$(printf '\033')" "$top/tty") in
        -0) echo "no colour on a terminal"; bad=1 ;;
        1-0 | -*) ;;
        *) echo "colour in spite of NO_COLOR"; bad=1 ;;
        esac
    done
fi
if [ -w /dev/full ]; then
    "$MONEYTRAIL" help >/dev/full 2>"$top/err"
    [ $? -eq 1 ] || { echo "a full disk behind the standard output is no failure"; bad=1; }
fi
exit $bad
