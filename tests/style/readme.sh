#!/bin/sh
# The commands that README.md shows run: every ```sh block right under a line `<!-- run -->` is
# executed in order, in one scratch folder that holds a copy of samples/, with moneytrail on the
# PATH. Exit codes 0 and 3 (done with anomalies) are good.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for readme in README.md src/README.md samples/README.md samples/lantern/README.md; do
    [ -f "$readme" ] || continue
    awk -v readme="$readme" -v folder="$work" '
        /^<!-- run -->$/ { wanted = 1; next }
        wanted && /^```sh$/ { inside = 1; wanted = 0; name = sprintf("%s/block%03d.sh", folder, ++count + offset); print "# " readme ":" NR >name; next }
        inside && /^```$/ { inside = 0; close(name); next }
        inside { sub(/^\$ /, ""); print >name }
        !/^$/ { wanted = 0 }
        END { print count + 0 }' offset="$(find "$work" -name 'block*' | wc -l)" "$readme" >/dev/null
done
blocks=$(find "$work" -name 'block*.sh' | LC_ALL=C sort)
[ -n "$blocks" ] || {
    echo "skipped: no block is marked <!-- run -->"
    exit 77
}
mkdir "$work/here" "$work/bin"
cp -R samples "$work/here/samples"
find "$work/here" -name out -type d -prune -exec rm -rf {} +
cp "$MONEYTRAIL" "$work/bin/moneytrail"
failures=0
for block in $blocks; do
    (cd "$work/here" && PATH=$work/bin:$PATH sh -e "$block") >"$work/said" 2>&1
    code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || {
        echo "FAILED with exit code $code: $(cat "$block")"
        tail -n 5 "$work/said"
        failures=$((failures + 1))
    }
done
[ "$failures" -eq 0 ] && echo "$(echo "$blocks" | wc -l) blocks of README commands run"
exit "$failures"
