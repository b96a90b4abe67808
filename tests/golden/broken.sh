#!/bin/sh
# Each file of samples/lantern/broken, as the one source of a small case, gives the rejects that
# expected.tsv names (file, line, code), no other, and keeps its good rows: two, or as many as a
# line `FILE payments N` says. `set_aside` and `in_part`: what became of the file as a whole.
set -u
cd "$(dirname "$0")/../.."
expected=samples/lantern/broken/expected.tsv
tab=$(printf '\t')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

write_case() { # file
    rm -rf "$work/case"
    mkdir -p "$work/case/received"
    cp "samples/lantern/broken/$1" "$work/case/received/$1"
    cp samples/test.key "$work/case/case.key"
    chmod 600 "$work/case/case.key"
    cat >"$work/case/case.yaml" <<YAML
case: BROKEN-1
title: One mangled file
currency: EUR
sources:
  - file: received/$1
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
    columns:
      booking_date: Date
      amount: Amount
      mark: Mark
      currency: Currency
      counterparty_account: Account
      text: Text
    signs: {D: debit, C: credit}
YAML
}

number_of() { # name in the JSON
    sed -n "s/.*\"$1\": *\([0-9]*\).*/\1/p" "$work/said" | head -n 1
}

for path in samples/lantern/broken/*.csv samples/lantern/broken/*.csv.gz; do
    file=${path##*/}
    grep -q "^$file$tab" "$expected" || fail "$file is not in expected.tsv"
    write_case "$file"
    "$MONEYTRAIL" run --json "$work/case" >"$work/said" 2>"$work/errors"
    code=$?
    if grep -q "^$file$tab\([0-9]\|set_aside\|in_part\)" "$expected"; then wanted=3; else wanted=0; fi
    [ "$code" -eq "$wanted" ] || fail "$file: exit code $code, not $wanted: $(head -n 3 "$work/errors")"
    LC_ALL=C sed -n "s/^$file$tab\([0-9].*\)/\1/p" "$expected" >"$work/wanted"
    LC_ALL=C awk -F, -v OFS="$tab" 'NR > 1 { print $3, $7 }' "$work/case/out/rejects.csv" >"$work/found"
    cmp -s "$work/wanted" "$work/found" ||
        fail "$file: rejects (line, code): $(diff "$work/wanted" "$work/found" | tr '\n' ' ')"
    for word in set_aside in_part; do
        case $word in set_aside) name=files_set_aside ;; *) name=files_read_in_part ;; esac
        wanted=$(sed -n "s/^$file$tab$word$tab//p" "$expected")
        [ "$(number_of "$name")" = "${wanted:-0}" ] || fail "$file: $name is $(number_of "$name")"
    done
    grep -q "^$file$tab\(set_aside\|in_part\)" "$expected" && continue
    wanted=$(sed -n "s/^$file${tab}payments$tab//p" "$expected")
    [ "$(number_of payments)" = "${wanted:-2}" ] ||
        fail "$file: $(number_of payments) payments, not ${wanted:-2}"
done

# Every name in the list is a file.
cut -f 1 "$expected" | sort -u >"$work/listed"
while read -r file; do
    [ -f "samples/lantern/broken/$file" ] || fail "$file is listed and absent"
done <"$work/listed"

[ "$failures" -eq 0 ] && echo "$(wc -l <"$work/listed") mangled files give what is expected"
exit "$failures"
