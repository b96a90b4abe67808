#!/bin/sh
# A reply received twice changes nothing but the citations: lantern with one file again under
# another name, one again as gzip, and one that overlaps itself, gives the same payments, ids,
# traced amounts and balances as without; taking the first copy away leaves them too.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

make_case() {
    mkdir -p "$1"
    cp -R samples/lantern/. "$1"
    rm -rf "$1/out" "$1/custody.jsonl"
    cp samples/test.key "$1/case.key"
    chmod 600 "$1/case.key"
}

run() {
    "$MONEYTRAIL" run --quiet "$1" >"$work/said" 2>&1
    [ $? -eq 3 ] || fail "run $1: $(tail -n 3 "$work/said")"
}

# again CASE FILE COPY: the source of FILE once more, as COPY.
again() {
    /usr/bin/python3 - "$@" <<'END'
import sys
case, name, copy = sys.argv[1:]
text = open(case + '/case.yaml', encoding='utf-8').read()
start = text.index('  - file: ' + name)
end = text.find('  - file:', start + 5)
block = text[start:end]
text = text[:end] + block.replace(name, copy) + text[end:]
open(case + '/case.yaml', 'w', encoding='utf-8').write(text)
END
}

# same A B TABLE: equal but for the columns that cite records.
same() {
    /usr/bin/python3 - "$@" <<'END' || fail "$3.csv differs: $2"
import csv, sys
first, second, table = sys.argv[1:]
def rows(case):
    with open(f'{case}/out/{table}.csv', encoding='utf-8', newline='') as lines:
        return [{k: v for k, v in row.items() if 'record' not in k} for row in csv.DictReader(lines)]
sys.exit(rows(first) != rows(second))
END
}

make_case "$work/once"
run "$work/once"

zielke=received/de/umsaetze_zielke.csv
mariposa=received/cy/mariposa_eur.csv
elbdienst=received/de/umsaetze_elbdienst.csv
make_case "$work/twice"
cp "$work/twice/$zielke" "$work/twice/received/de/zz_again.csv"
again "$work/twice" "$zielke" received/de/zz_again.csv
gzip -c "$work/twice/$mariposa" >"$work/twice/received/cy/aa_again.csv.gz"
again "$work/twice" "$mariposa" received/cy/aa_again.csv.gz
run "$work/twice"
copies=$(grep -c '^already known,same file,' "$work/twice/out/duplicates.csv")
[ "$copies" -gt 20 ] || fail "only $copies rows are known to be repeated"
for table in payments trace holdings possible_double routes communities; do
    same "$work/once" "$work/twice" "$table"
done
# A row that is the credit of a payment with two legs is told under its own account.
/usr/bin/python3 - "$work/twice/out/duplicates.csv" <<'END' || fail "a repeated row is told under another account"
import csv, sys
with open(sys.argv[1], encoding='utf-8', newline='') as lines:
    rows = [r for r in csv.DictReader(lines) if 'mariposa_eur' in r['record'] + r['other_record']]
sys.exit(not rows or any(r['account_number'] != 'CY23999000170000000357004410' for r in rows))
END

# The first copy withdrawn: the second carries the rows.
make_case "$work/withdrawn"
mv "$work/withdrawn/$zielke" "$work/withdrawn/received/de/zz_again.csv"
sed -i "s,$zielke,received/de/zz_again.csv," "$work/withdrawn/case.yaml"
run "$work/withdrawn"
for table in payments trace holdings; do
    same "$work/twice" "$work/withdrawn" "$table"
done

# The last rows left out of a second copy: the two overlap, and nothing new is in it.
make_case "$work/overlap"
lines=$(wc -l <"$work/overlap/$elbdienst")
head -n $((lines - 4)) "$work/overlap/$elbdienst" >"$work/overlap/received/de/part.csv"
again "$work/overlap" "$elbdienst" received/de/part.csv
run "$work/overlap"
copies=$(grep -c '^already known,overlapping files,' "$work/overlap/out/duplicates.csv")
[ "$copies" -gt 2 ] || fail "only $copies rows are known to overlap"
for table in payments trace holdings; do
    same "$work/once" "$work/overlap" "$table"
done

[ "$failures" -eq 0 ] || exit 1
echo "what was received twice counts once"
