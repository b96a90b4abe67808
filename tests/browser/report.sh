#!/bin/sh
# Opens the report of invented cases in a real browser. Skipped (77) where node, npm or Chromium is
# missing, or the two test packages cannot be installed.
set -eu
for needed in node npm; do
    command -v "$needed" >/dev/null || { echo "skipped: no $needed"; exit 77; }
done
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$browser" ] || { echo "skipped: no Chromium"; exit 77; }
place=$BUILD/browser
mkdir -p "$place/pages"
cp src/report/web/package.json src/report/web/package-lock.json "$place/"
if [ ! -d "$place/node_modules/axe-core" ] || [ ! -d "$place/node_modules/playwright-core" ]; then
    npm ci --prefix "$place" --ignore-scripts --no-audit --no-fund >"$place/npm.log" 2>&1 ||
        { echo "skipped: the test packages could not be installed, see $place/npm.log"; exit 77; }
fi
"$BUILD/tests/report_sample" "$place/pages"
for name in lantern harbour; do
    rm -rf "$place/$name"
    cp -R "samples/$name" "$place/$name"
    rm -rf "$place/$name/out" "$place/$name/custody.jsonl"
    cp samples/test.key "$place/$name/case.key"
    chmod 600 "$place/$name/case.key"
    code=0
    "${MONEYTRAIL:-$BUILD/moneytrail}" run --quiet "$place/$name" >"$place/$name.log" 2>&1 || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { cat "$place/$name.log"; exit 1; }
    cp "$place/$name/out/report.html" "$place/pages/$name.html"
    cp "$place/$name/out/reply-check.html" "$place/pages/$name-reply.html"
done
exec node tests/browser/report.mjs "$browser" "$place"
