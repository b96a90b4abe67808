#!/bin/sh
# Each file of samples/*/broken, as the one source of the small case beside it (case.yaml, with FILE
# for its name), gives what expected.tsv says and nothing else. Lines of expected.tsv, by tabs:
#   FILE LINE CODE            a reject; all of them are named, in order
#   FILE remark LINE CODE     a remark; the same
#   FILE records N            rows that attest payments: what was readable stays. Two, if not said
#   FILE set_aside|in_part|not_read N   what became of files or members
#   FILE exit 3               if nothing of the above says it: rejects, files set aside …
#   FILE says WORDS           these words stand in what the run says, or in a reject or remark
#   FILE source LINE          a line more in the file's source
# Every run: verify finds nothing, and no output names the folder it ran in.
set -u
cd "$(dirname "$0")/../.."
tab=$(printf '\t')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0 files=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

listed() { # FILE WORD: what the lines "FILE WORD …" say behind the word
    LC_ALL=C awk -F "$tab" -v file="$1" -v word="$2" '$1 == file && $2 == word {
        sub(/^[^\t]*\t[^\t]*\t/, ""); print }' "$expected"
}

write_case() { # SAMPLE PATH
    rm -rf "$work/case"
    mkdir -p "$work/case/received"
    cp "$2" "$work/case/received/${2##*/}"
    cp samples/test.key "$work/case/case.key"
    chmod 600 "$work/case/case.key"
    listed "${2##*/}" source >"$work/more"
    awk -v file="${2##*/}" -v more="$work/more" '
        { found = sub(/FILE/, file); print }
        found { while ((getline line <more) > 0) print "    " line }' \
        "samples/$1/broken/case.yaml" >"$work/case/case.yaml"
}

number_of() { # name in the JSON
    sed -n "s/.*\"$1\": *\([0-9]*\).*/\1/p" "$work/said" | head -n 1
}

columns() { # TABLE COLUMN COLUMN: of a CSV whose first seven columns hold no quotes
    LC_ALL=C awk -F, -v OFS="$tab" -v a="$2" -v b="$3" 'NR > 1 { print $a, $b }' "$1"
}

compare() { # FILE WHAT
    cmp -s "$work/wanted" "$work/found" ||
        fail "$1: $2: $(diff "$work/wanted" "$work/found" | tr '\n' ' ')"
}

check() { # SAMPLE PATH
    file=${2##*/} files=$((files + 1))
    grep -q "^$file$tab" "$expected" || fail "$file is not in $expected"
    write_case "$1" "$2"
    timeout 300 "$MONEYTRAIL" run --json "$work/case" >"$work/said" 2>"$work/errors"
    code=$?
    wanted=$(listed "$file" exit)
    if grep -q "^$file$tab\([0-9]\|set_aside\|in_part\|not_read\)" "$expected"; then wanted=3; fi
    [ "$code" -eq "${wanted:-0}" ] ||
        fail "$file: exit code $code, not ${wanted:-0}: $(head -n 3 "$work/errors")"
    LC_ALL=C sed -n "s/^$file$tab\([0-9].*\)/\1/p" "$expected" >"$work/wanted"
    columns "$work/case/out/rejects.csv" 3 7 >"$work/found"
    compare "$file" "rejects (line, code)"
    listed "$file" remark >"$work/wanted"
    columns "$work/case/out/remarks.csv" 2 4 >"$work/found"
    compare "$file" "remarks (line, code)"
    for word in set_aside in_part not_read; do
        case $word in in_part) name=files_read_in_part ;; *) name=files_$word ;; esac
        wanted=$(listed "$file" $word)
        [ "$(number_of "$name")" = "${wanted:-0}" ] || fail "$file: $name is $(number_of "$name")"
    done
    wanted=$(listed "$file" records)
    [ "$(number_of rows_attesting)" = "${wanted:-2}" ] ||
        fail "$file: $(number_of rows_attesting) records, not ${wanted:-2}"
    cat "$work/errors" "$work/case/out/rejects.csv" "$work/case/out/remarks.csv" >"$work/all"
    listed "$file" says >"$work/wanted"
    while IFS= read -r words; do
        grep -Fq -- "$words" "$work/all" || fail "$file: nothing says \"$words\""
    done <"$work/wanted"
    grep -rq -- "$work" "$work/case/out" && fail "$file: an output names the folder"
    "$MONEYTRAIL" verify "$work/case" >"$work/said" 2>&1 ||
        fail "$file: verify: $(head -n 3 "$work/said")"
}

# What is too large to be kept here: camt of a million elements, one in the other, never closed.
make_large() {
    mkdir -p "$work/large"
    awk 'BEGIN {
        printf "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
        printf "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">\n"
        for (i = 0; i < 1000000; i++) printf "<a>"
    }' >"$work/large/deep.xml"
}

make_large
for folder in samples/*/broken; do
    sample=${folder#samples/} sample=${sample%/broken}
    expected=$folder/expected.tsv
    for path in "$folder"/*; do
        case ${path##*/} in case.yaml | expected.tsv | README.md) continue ;; esac
        check "$sample" "$path"
    done
    # Every name in the list is a file.
    cut -f 1 "$expected" | sort -u >"$work/listed"
    while read -r file; do
        [ -f "$folder/$file" ] && continue
        if [ -f "$work/large/$file" ]; then
            check "$sample" "$work/large/$file"
        else
            fail "$folder/$file is listed and absent"
        fi
    done <"$work/listed"
done

[ "$failures" -eq 0 ] && echo "$files mangled files give what is expected"
exit "$failures"
