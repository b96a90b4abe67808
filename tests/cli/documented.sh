#!/bin/sh
# Every command and option of the program stands in the man page and in the completion; every key of
# the case file, every column, table and reject code in the README.
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
explained() { # WHAT WORD...
    what=$1
    shift
    [ "$#" -gt 3 ] || { echo "only $# words: $what"; bad=1; }
    for word in "$@"; do
        grep -qE "\`([^\`]*[^a-z_\`])?$word([^a-z_\`][^\`]*)?\`" README.md ||
            { echo "README.md does not explain $what $word"; bad=1; }
    done
}
# shellcheck disable=SC2046
{
    explained "the key" $(sed -n 's/.*\.name = "\([a-z_]*\)".*/\1/p' src/pipeline/case_tables.c \
        src/pipeline/case_profile.c | sort -u)
    explained "the profile's column" $(sed -n 's|.*TRAIL_COLUMN_[A-Z_]*\( = 0\)*, */\* \([a-z_]*\).*|\2|p' \
        src/ingest/profile.h)
    explained "the column" $(for table in tests/golden/lantern/*.csv tests/golden/lantern/graph/*.csv; do
        sed '1!d; s/^\xef\xbb\xbf//; s/,"Protected.*//' "$table" | tr ',' '\n'
    done | grep -vE '^traced_' | sort -u)
    explained "the reject" $(cat src/ingest/*.c | tr -d '\n' |
        grep -oE '(refuse\([^;]*|_(EMPTY|SCIENTIFIC|PRECISE|OVERFLOW|AMOUNT|CLOSED|MISPLACED|LONG|FIELDS|BYTE)\] =[^,]*,)' |
        grep -oE '"[a-z]+(_[a-z]+)+"' | tr -d '"' | sort -u)
    explained "the table" $(sed -n 's/.*"CREATE [A-Z]* \([a-z_]*\).*/\1/p' src/export/case_schema.c)
    explained "the operation" $(sed -n 's/^#define TRAIL_CUSTODY_[A-Z]* *"\([a-z]*\)".*/\1/p' \
        src/evidence/custody.h | grep -v export)
    explained "the stage" $("$MONEYTRAIL" help run | sed -n '/^stages:/,$s/^  \([a-z]*\) .*/\1/p')
    explained "the option" $("$MONEYTRAIL" help run | sed -n 's/^  \(--[a-z]*\) .*/\1/p')
}
exit $bad
