#!/bin/sh
# A payment message that names no account on either side: it is a payment in payments.csv with the names
# it has, and an edge between unnamed ends in the graphs; nothing else depends on an account.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/case/received"
cp samples/test.key "$work/case/case.key"
chmod 600 "$work/case/case.key"
printf '{1:F01AAAALV22AXXX0000000000}{2:I103BBBBDEFFXXXXN}{4:\r\n:20:T1\r\n:23B:CRED\r\n:32A:250102EUR5,00\r\n:50K:ANNA\r\n:59:OTTO\r\n:71A:SHA\r\n-}' \
    >"$work/case/received/m.fin"
printf 'case: ALONE-1\ncurrency: EUR\nsources:\n  - {file: received/m.fin}\n' >"$work/case/case.yaml"
code=0
"$MONEYTRAIL" run "$work/case" >"$work/said" 2>&1 || code=$?
[ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { cat "$work/said"; exit 1; }
grep -q 'ANNA.*OTTO.*5.00,EUR' "$work/case/out/payments.csv"
grep -q 'account not named",end' "$work/case/out/graph/nodes.csv"
[ "$(wc -l <"$work/case/out/graph/edges.csv")" -eq 2 ]
