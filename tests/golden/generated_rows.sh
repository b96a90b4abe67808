#!/bin/sh
# The rows of the benchmarks are the same everywhere: old results stay comparable.
set -eu
generate=$BUILD/bench/bench_generate
[ -x "$generate" ] || { echo "skipped: the benchmarks are not built"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$generate" 20000 1 > "$folder/rows.csv"
cat > "$folder/expected.csv" <<'ROWS'
Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,Payment Currency,Payment Format,Is Laundering
2022/09/01 00:00,018211,81AF14C10,024699,81C31D210,277.48,Rupee,277.48,Rupee,Cash,0
2022/09/01 00:01,01846,8585D4560,028903,80B79A8D0,18721.06,Brazil Real,18721.06,Brazil Real,Cash,0
2022/09/01 00:02,022727,811200B30,015589,881FC7710,5517.00,Yen,5517.00,Yen,Wire,0
2022/09/01 00:03,015201,84BEA27D0,014294,8E2C504C0,10132.20,Ruble,10132.20,Ruble,Bitcoin,0
2022/09/01 00:05,024315,8F67BA7F0,018211,81AF14C10,18812.58,Mexican Peso,18812.58,Mexican Peso,ACH,0
ROWS
head -n 6 "$folder/rows.csv" | cmp - "$folder/expected.csv"
sum=$(cksum < "$folder/rows.csv")
[ "$sum" = "972688716 1915485" ] || { echo "20000 rows of seed 1 differ: $sum"; exit 1; }

"$generate" 20000 2 | cmp -s - "$folder/rows.csv" && { echo "seeds 1 and 2 give the same rows"; exit 1; }
lines=$("$generate" 0 1 | wc -l)
[ "$lines" -eq 1 ] || { echo "no rows asked for, $lines lines given"; exit 1; }
status=0
"$generate" 10 2> "$folder/usage" || status=$?
[ "$status" -eq 2 ] && grep -q usage "$folder/usage"
