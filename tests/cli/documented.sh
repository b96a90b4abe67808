#!/bin/sh
# Every command and option of the program stands in the man page and in the completion.
set -eu
bad=0
want() { # FILE WORD
    sed 's/\\-/-/g' "$1" | grep -qw -e "$2" || { echo "$1 does not know $2"; bad=1; }
}
commands=$("$MONEYTRAIL" help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
[ -n "$commands" ]
for command in $commands; do
    want src/cli/moneytrail.1 "$command"
    want src/cli/moneytrail.bash "$command"
    for option in $("$MONEYTRAIL" help "$command" | sed -n 's/^  \(--[a-z]*\) .*/\1/p'); do
        want src/cli/moneytrail.1 "$option"
        want src/cli/moneytrail.bash "$option"
    done
done
bash -n src/cli/moneytrail.bash
[ "$("$MONEYTRAIL" --version)" = "$(sed -n '1s/.*"\(moneytrail [0-9.]*\)".*/\1/p' src/cli/moneytrail.1)" ] ||
    { echo "the man page is of another version"; bad=1; }
exit $bad
