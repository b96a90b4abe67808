#!/bin/sh
# What the program says and the codes it exits with, command line by command line.
set -u
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
bad=0
expect() { # CODE WORDS-OF-STDOUT WORDS-OF-STDERR ARGUMENT...
    code=$1 out=$2 err=$3
    shift 3
    "$MONEYTRAIL" "$@" >"$top/out" 2>"$top/err" </dev/null
    got=$?
    [ $got -eq "$code" ] || { echo "$*: exit $got, not $code"; cat "$top/err"; bad=1; }
    for pair in "out:$out" "err:$err"; do
        stream=${pair%%:*} words=${pair#*:}
        if [ -z "$words" ]; then
            [ ! -s "$top/$stream" ] || { echo "$*: std$stream is not empty:"; cat "$top/$stream"; bad=1; }
        else
            grep -qF -e "$words" "$top/$stream" ||
                { echo "$*: std$stream lacks: $words"; cat "$top/$stream"; bad=1; }
        fi
    done
    if grep -q "$(printf '\033')" "$top/out" "$top/err"; then
        echo "$*: colour although this is no terminal"; bad=1
    fi
}
mkdir "$top/good" "$top/wrong"
printf 'case: A\ncurrency: EUR\nsources: [{file: "\303\244 b.csv"}]\n' >"$top/good/case.yaml"
: >"$top/good/ä b.csv"
printf 'case: A\ncurency: EUR\nsources: [{file: a.csv}]\n' >"$top/wrong/case.yaml"

expect 0 'moneytrail 0.' '' --version
expect 0 'usage: moneytrail COMMAND' '' --help
expect 2 'usage: moneytrail COMMAND' ''
expect 0 'look for mistakes' '' help
expect 0 'usage: moneytrail check CASE' '' help check
expect 0 'usage: moneytrail check CASE' '' check --help
expect 2 '' "there is no command 'chek' — did you mean 'check'?" chek
expect 2 '' "there is no command 'zzzzzz': moneytrail help lists them" help zzzzzz
expect 2 '' 'there is no option --jsn — did you mean --json?' check --jsn "$top/good"
expect 2 '' 'there is no option -x' check -x "$top/good"
expect 2 '' 'check needs CASE' check
expect 2 '' "check takes no 'b'" check a b
expect 2 '' '--quiet takes no value' check --quiet=yes "$top/good"
expect 0 'no mistakes (1 sources' '' check "$top/good"
expect 0 '' '' check --quiet "$top/good"
expect 0 '{"command":"check","sources":1,' '' check --json "$top/good"
expect 2 '' "there is no case folder -nowhere" check -- -nowhere
expect 2 '' 'case.yaml:2:1: error: curency: is no key that is known here — did you mean' \
    check "$top/wrong"
expect 2 '' 'moneytrail: error: case.yaml: 3 mistakes' check -q "$top/wrong"
expect 2 '"error":"case.yaml: 3 mistakes"' 'error: currency: is missing' check -j "$top/wrong"
[ "$(ls "$top/wrong")" = case.yaml ] || { echo "check left something behind"; bad=1; }
if [ -w /dev/full ]; then
    "$MONEYTRAIL" help >/dev/full 2>"$top/err"
    [ $? -eq 1 ] || { echo "a full disk behind the standard output is no failure"; bad=1; }
fi
exit $bad
