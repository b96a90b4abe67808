#!/bin/sh
# In every sample with declared victims or witnesses, no output names them.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checked=0
failures=0
for case_file in samples/*/case.yaml; do
    [ -f "$case_file" ] || continue
    sample=$(basename "$(dirname "$case_file")")
    cp -R "samples/$sample" "$work/"
    cp samples/test.key "$work/$sample/case.key"
    chmod 600 "$work/$sample/case.key"
    mkdir -p "$work/$sample/seen"
    code=0
    "$MONEYTRAIL" run "$work/$sample" >"$work/$sample/seen/said" 2>&1 || code=$?
    if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
        echo "FAILED: $sample: exit $code: $(cat "$work/$sample/seen/said")"
        failures=$((failures + 1))
        continue
    fi
    cp "$work/$sample/custody.jsonl" "$work/$sample/seen/"
    declared=$work/$sample/case.yaml
    [ ! -f "$work/$sample/people.csv" ] || declared=$work/$sample/people.csv
    for folder in out seen; do
        /usr/bin/python3 tests/property/leak_check.py "$work/$sample/$folder" "$declared" ||
            failures=$((failures + 1))
    done
    checked=$((checked + 1))
done
[ "$checked" -gt 0 ] || [ "$failures" -gt 0 ] || {
    echo "skipped: there is no sample case"
    exit 77
}
[ "$failures" -eq 0 ] && echo "$checked samples name nobody protected"
exit "$failures"
