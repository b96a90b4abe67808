#!/bin/sh
# What people read is neutral: no output of a run of lantern, no help and no message holds a word
# that judges a person or gives a probability about one; what the console says uses the plain words
# for the technical ones. Lantern's own evidence has none of them.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
judging='mules?|shell|shells|rings?|cohorts?|launderers?|confidence|probability|probabilities|probable|probably|likelihood|suspicious|guilty|culprits?|criminals?|dirty'
technical='tainted|frontiers?|sinks?|hops?|dwell|communit(y|ies)'
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

cp -R samples/lantern "$work/case"
rm -rf "$work/case/out" "$work/case/custody.jsonl"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"
"$MONEYTRAIL" check "$work/case" >"$work/said" 2>&1
"$MONEYTRAIL" run "$work/case" >>"$work/said" 2>&1
[ $? -eq 3 ] || fail "the run: $(tail -n 3 "$work/said")"
"$MONEYTRAIL" verify "$work/case" >>"$work/said" 2>&1
"$MONEYTRAIL" sniff "$work/case/received/cy/mariposa_eur.csv" >>"$work/said" 2>&1
"$MONEYTRAIL" help >>"$work/said" 2>&1
for command in new sniff check run verify; do
    "$MONEYTRAIL" help "$command" >>"$work/said" 2>&1
done

found=$(grep -rowaiE "$judging" "$work/case/out" "$work/case/custody.jsonl" "$work/said" |
    sed "s#^$work/##" | sort | uniq -c)
[ -z "$found" ] || fail "words that judge: $found"
# The names of files and stages may use the technical terms.
found=$(sed 's/[a-z_]*\.csv//g' "$work/said" | grep -owiE "$technical" | sort | uniq -c)
[ -z "$found" ] || fail "technical words on the console: $found"

# The search sees what it is for.
printf 'A shell company, probably.\n' | grep -qowaiE "$judging" || fail "the words go unseen"
[ "$failures" -eq 0 ] && echo "no word that judges in any output"
exit "$failures"
