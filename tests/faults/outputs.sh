#!/bin/sh
# Whatever goes wrong while a run writes, the outputs of the run before stay whole, and one clear
# line says what happened: a kill at any moment, a full disk, a folder that may not be written to.
set -u
"$MONEYTRAIL" help run >/dev/null 2>&1 || {
    echo "skipped: $MONEYTRAIL has no command run"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case_folder=$work/case
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# make_case ROWS: a statement of that many rows, and a case file that reads it.
make_case() {
    mkdir -p "$case_folder/received"
    awk -v rows="$1" 'BEGIN {
        print "Date;Amount;Account;Text"
        for (i = 1; i <= rows; i++)
            printf "%02d.%02d.2025;%d,%02d;ACC%05d;rent %d\n", i % 28 + 1, i % 12 + 1, \
                i % 2 ? -i : i, i % 100, i % 977, i
    }' >"$case_folder/received/a.csv"
    cat >"$case_folder/case.yaml" <<'YAML'
case: FAULTS-1
title: Faults
currency: EUR
sources:
  - file: received/a.csv
    profile: bank
    own_account: LV60HABA0551000000001
    bank: HABALV22
profiles:
  bank:
    layout: statement
    delimiter: ";"
    date_format: DD.MM.YYYY
    decimal: ","
    group: none
    currency: EUR
    columns: {booking_date: Date, amount: Amount, counterparty_account: Account, text: [Text]}
YAML
}

# run ...: the exit code is 0 or 3 when all is well.
run() {
    "$MONEYTRAIL" run --quiet "$case_folder" "$@" >"$work/said" 2>&1
    code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ]
}

expect_whole() {
    [ -f "$case_folder/out/manifest.json" ] || fail "$1: no manifest.json"
    "$MONEYTRAIL" verify "$case_folder" >"$work/said" 2>&1 ||
        fail "$1: verify: $(cat "$work/said")"
}

expect_one_line() {
    [ "$(wc -l <"$work/said")" -eq 1 ] || fail "$1: not one line: $(cat "$work/said")"
}

make_case 20000
run || fail "first run: $(cat "$work/said")"
expect_whole "first run"
before=$(sha256sum <"$case_folder/out/manifest.json")

for pause in 0.01 0.03 0.05 0.08 0.12 0.17 0.23 0.30 0.40 0.55; do
    "$MONEYTRAIL" run --quiet "$case_folder" >/dev/null 2>&1 &
    running=$!
    sleep "$pause"
    kill -9 "$running" 2>/dev/null
    wait "$running" 2>/dev/null
    [ -d "$case_folder/out" ] && expect_whole "killed after $pause s"
done
run || fail "run after kills: $(cat "$work/said")"
expect_whole "run after kills"
[ "$before" = "$(sha256sum <"$case_folder/out/manifest.json")" ] ||
    fail "the outputs after kills are not those before"
for left in out.part out.earlier out.lock; do
    [ ! -e "$case_folder/$left" ] || fail "$left is left over"
done

# A disk that fills up: no file may grow beyond 64 blocks.
(
    trap '' XFSZ
    ulimit -f 64
    "$MONEYTRAIL" run --quiet "$case_folder" >"$work/said.full" 2>&1
)
code=$?
head -c 2000 "$work/said.full" >"$work/said"
[ "$code" -eq 1 ] || fail "full disk: exit $code: $(cat "$work/said")"
expect_one_line "full disk"
expect_whole "full disk"

# A case folder that may not be written to, as somebody who is not root.
unprivileged=""
[ "$(id -u)" -ne 0 ] || unprivileged="setpriv --reuid 65534 --clear-groups"
if [ -z "$unprivileged" ] || command -v setpriv >/dev/null; then
    chmod 755 "$work" "$case_folder"
    [ -z "$unprivileged" ] || chown -R 65534 "$case_folder"
    chmod 555 "$case_folder"
    $unprivileged "$MONEYTRAIL" run --quiet "$case_folder" >"$work/said" 2>&1
    code=$?
    [ "$code" -eq 1 ] || fail "folder not writable: exit $code: $(cat "$work/said")"
    expect_one_line "folder not writable"
    chmod 755 "$case_folder"
    expect_whole "folder not writable"

    chmod 000 "$case_folder/received/a.csv"
    $unprivileged "$MONEYTRAIL" run --quiet "$case_folder" >"$work/said" 2>&1
    code=$?
    [ "$code" -eq 1 ] || fail "evidence not readable: exit $code: $(cat "$work/said")"
    expect_one_line "evidence not readable"
    chmod 644 "$case_folder/received/a.csv"
    expect_whole "evidence not readable"

    chmod 644 "$case_folder/case.key"
    $unprivileged "$MONEYTRAIL" run --quiet "$case_folder" >"$work/said" 2>&1
    code=$?
    [ "$code" -eq 2 ] || fail "key readable by others: exit $code: $(cat "$work/said")"
    chmod 600 "$case_folder/case.key"
else
    echo "setpriv is missing: permissions not tested"
fi

[ "$failures" -eq 0 ] && echo "the outputs before stayed whole every time"
exit "$failures"
