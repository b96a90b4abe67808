#!/bin/sh
# moneytrail new: the case runs as it is, the originals are untouched, nothing is overwritten.
set -u
top=$(mktemp -d)
trap 'chmod -R u+w "$top"; rm -rf "$top"' EXIT
bad=0
fail() { echo "$*"; bad=1; }
new() { # CODE ARGUMENT...
    code=$1
    shift
    "$MONEYTRAIL" new "$@" >"$top/out" 2>"$top/err" </dev/null
    got=$?
    [ $got -eq "$code" ] || { fail "new $*: exit $got, not $code"; cat "$top/out" "$top/err"; }
}
from="$top/replies ä"
mkdir -p "$from/LV bank" "$from/xx"
printf 'Datums;Summa;Konts;Partnera konts;Mērķis;Valūta\n31.01.2025;-1.234,50;LV80BANK0000435195001;LV97HABA0012345678910;īre;EUR\n28.02.2025;2.000,00;LV80BANK0000435195001;LV97HABA0012345678910;alga;EUR\n' \
    >"$from/LV bank/Konta izraksts.csv"
printf 'Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,Payment Currency,Payment Format,Is Laundering\n2022/09/01 00:20,010,8000EBD30,010,8000EBD30,3697.34,US Dollar,3697.34,US Dollar,Reinvestment,0\n2022/09/01 00:21,010,8000EBD30,020,8000F4580,0.01,US Dollar,0.01,US Dollar,Cheque,0\n' \
    >"$from/wires.csv"
gzip -c "$from/wires.csv" >"$from/xx/wires.csv.gz"
printf '%%PDF-1.4\nbinary\001\n' >"$from/xx/letter.pdf"
: >"$from/empty.csv"
before=$(cd "$from" && find . -type f -exec sha256sum {} + | sort)

new 3 "$top/case" --from "$from"
[ "$before" = "$(cd "$from" && find . -type f -exec sha256sum {} + | sort)" ] || fail 'an original changed'
copies=$(cd "$top/case/received" && find . -type f -exec sha256sum {} + | sort)
[ "$before" = "$copies" ] || fail 'the copies differ'
[ -z "$(find "$top/case/received" -type f -perm /222)" ] || fail 'a copy can be written'
[ "$(stat -c %a "$top/case/case.key")" = 600 ] || fail 'case.key is open to others'
[ "$(wc -c <"$top/case/case.key")" = 65 ] || fail 'case.key is not 64 digits'
"$MONEYTRAIL" check -q "$top/case" || { fail 'the new case has mistakes'; cat "$top/case/case.yaml"; }
for words in 'file: "received/LV bank/Konta izraksts.csv"' 'observes: all' 'profile: auto' 'truth: ' \
    'Not decided'; do
    grep -qF -e "$words" "$top/case/case.yaml" || { case $words in
        file:*) grep -qF 'file: received/LV bank/Konta izraksts.csv' "$top/case/case.yaml" ||
            fail "case.yaml lacks: $words" ;;
        *) fail "case.yaml lacks: $words" ;;
        esac; }
done
[ "$(grep -c '^  wires' "$top/case/case.yaml")" = 1 ] || fail 'equal profiles are not shared'

cp "$top/case/case.yaml" "$top/kept"
new 2 "$top/case" --from "$from"
grep -q 'case.yaml is there already' "$top/err" || fail 'an existing case is not named'
cmp -s "$top/kept" "$top/case/case.yaml" || fail 'an existing case.yaml was changed'

rm "$top/case/case.yaml" # as if cut short just before the end
new 3 "$top/case" --from "$from"
cmp -s "$top/kept" "$top/case/case.yaml" || fail 'a second attempt gives another case.yaml'

mkdir -p "$top/inside/received"
cp "$from/wires.csv" "$top/inside/received/"
new 0 "$top/inside" --from "$top/inside/received"
grep -q 'file: received/wires.csv' "$top/inside/case.yaml" || fail 'a file inside the case is not named where it lies'
[ "$(find "$top/inside" -name '*.csv' | wc -l)" = 1 ] || fail 'a file inside the case was copied'

mkdir "$top/open"
printf 'Date,Amount,Currency,Account,Counterparty account,Text\n01/02/2024,-100.00,EUR,LV70DAKR0055100010001,DE65999123450000410022,rent\n03/04/2024,250.50,EUR,LV70DAKR0055100010001,DE93999123450088001100,salary\n' \
    >"$top/open/dates.csv"
new 3 "$top/c4" --from "$top/open"
"$MONEYTRAIL" run --quiet "$top/c4" >"$top/out" 2>&1
[ $? -eq 3 ] || { fail 'a file with dates both ways is not set aside'; cat "$top/out"; }
for table in "$top"/c4/out/*.csv "$top"/c4/out/graph/*.graphml "$top"/c4/out/graph/*.gexf "$top"/c4/out/graph/i2.csv; do
    head -n 4 "$table" | grep -q 'Set aside: received/dates.csv: .*01/02/2024 is .* paste: date_format' ||
        fail "${table##*/} does not say on top what was set aside"
done
sed -i 's/^    # date_format: DD/    date_format: DD/' "$top/c4/case.yaml"
"$MONEYTRAIL" run --quiet "$top/c4" >"$top/out" 2>&1 ||
    { fail 'the line chosen in the profile does not settle it'; cat "$top/out"; }
grep -q ',2024-02-01,' "$top/c4/out/payments.csv" || fail 'the dates are not read as chosen'

mkdir "$top/links"
cp "$top/open/dates.csv" "$top/links/"
ln -s /etc/passwd "$top/links/Anna.csv"
new 3 "$top/c5" --from "$top/links"
grep -q 'Anna.csv is left out' "$top/out" "$top/err" || fail 'a link is passed over in silence'
[ ! -e "$top/c5/received/Anna.csv" ] || fail 'a link was followed'
grep -q 'dates.csv' "$top/c5/custody.jsonl" && fail 'the log shows the name of a file before anybody is declared'
ln -s ../../open/dates.csv "$top/c5/received/linked.csv"
"$MONEYTRAIL" run "$top/c5" >"$top/out" 2>&1
grep -q 'linked.csv: not read: a link' "$top/out" || fail 'a link among the received files is passed over in silence'
sed -i 's/received.dates.csv/received\/linked.csv/; /In the profile\|to be settled/d; s/^    # date_format/    date_format/' "$top/c5/case.yaml"
"$MONEYTRAIL" run --quiet "$top/c5" >"$top/out" 2>&1
"$MONEYTRAIL" verify "$top/c5" >"$top/out" 2>&1 || { fail 'a linked source does not verify'; cat "$top/out"; }

mkdir "$top/void"
new 2 "$top/c3" --from "$top/void"
new 2 "$top/c3" --from "$top/nowhere"
new 2 "$top/c3"
[ ! -e "$top/c3" ] || fail 'a refused case left a folder'
exit $bad
