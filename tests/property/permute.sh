#!/bin/sh
# Evidence in other pieces is the same evidence: each file of lantern cut in two between days, as
# two sources, listed forwards and backwards, gives the same payments, traced amounts and balances;
# only the citations differ.
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

# cut FILE HEADER_LINES: FILE.1 and FILE.2, both with the header, parted where the date changes
# first after half of the rows. Says how many rows FILE.1 has.
cut_in_two() {
    total=$(wc -l <"$1")
    LC_ALL=C awk -v header="$2" -v half=$((($2 + total) / 2)) -v name="$1" '
        NR <= header { print >(name ".1"); print >(name ".2"); next }
        { day = substr($0, 1, 12) }
        part == "" { part = 1 }
        part == 1 && NR > half && day != before { part = 2; print NR - 1 - header }
        { before = day; print >(name "." part) }' "$1"
    rm "$1"
}

# Everything but where it was read.
without_citations() {
    sed 's/"[^"]*(record [0-9]*, bytes [^"]*"/cited/g' "$1"
}

make_case "$work/whole"
run "$work/whole"

make_case "$work/cut"
received=$work/cut/received
gzip -d "$received/lv/izraksts Ilze Ozoliņa.csv.gz" || fail "gzip"
cut_in_two "$received/lv/izraksts Ilze Ozoliņa.csv" 4 >/dev/null
gzip -n "$received/lv/izraksts Ilze Ozoliņa.csv.1" "$received/lv/izraksts Ilze Ozoliņa.csv.2"
cut_in_two "$received/lv/izraksts_2024-09_2024-12.csv" 4 >/dev/null
moved=$(cut_in_two "$received/de/umsaetze_zielke.csv" 1)
cut_in_two "$received/de/umsaetze_elbdienst.csv" 1 >/dev/null
cut_in_two "$received/cy/mariposa_eur.csv" 1 >/dev/null
cut_in_two "$received/cy/in-house transfers.tsv" 1 >/dev/null

# Each source twice; the row that is cited as proceeds stands in the second piece now.
LC_ALL=C awk -v moved="$moved" '
    function flush(    i, piece, text) {
        for (i = 1; i <= count; i++) {
            if (block[i] ~ /damaged/) { print block[i]; continue }
            for (piece = 1; piece <= 2; piece++) {
                text = block[i]
                if (text ~ /\.csv\.gz/) sub(/\.csv\.gz/, ".csv." piece ".gz", text)
                else if (text ~ /\.csv/) sub(/\.csv/, ".csv." piece, text)
                else sub(/\.tsv/, ".tsv." piece, text)
                print text
            }
        }
        count = 0
    }
    /^sources:/ { print; inside = 1; next }
    inside && /^  - / { block[++count] = $0; next }
    inside && /^    / { block[count] = block[count] "\n" $0; next }
    inside { flush(); inside = 0 }
    /^    file: / { sub(/\.csv/, ".csv.2") }
    /^    line: / { $0 = "    line: " ($2 - moved) }
    { print }' samples/lantern/case.yaml >"$work/cut/case.yaml"
cp -R "$work/cut" "$work/cut_backwards"
awk '
    /^sources:/ { print; inside = 1; next }
    inside && /^  - / { block[++count] = $0; next }
    inside && /^    / { block[count] = block[count] "\n" $0; next }
    inside { while (count > 0) print block[count--]; inside = 0 }
    { print }' "$work/cut/case.yaml" >"$work/cut_backwards/case.yaml"

for pieces in cut cut_backwards; do
    run "$work/$pieces"
    for table in payments possible_double trace holdings; do
        without_citations "$work/whole/out/$table.csv" >"$work/expected"
        without_citations "$work/$pieces/out/$table.csv" >"$work/found"
        cmp -s "$work/expected" "$work/found" ||
            fail "$pieces: $table.csv: $(diff "$work/expected" "$work/found" | head -n 4)"
    done
done
[ "$(grep -c 'umsaetze_zielke.csv.2' "$work/cut/out/payments.csv")" -gt 5 ] ||
    fail "the files were not cut"
[ "$failures" -eq 0 ] && echo "cut and permuted, the same payments, traced amounts and balances"
exit "$failures"
