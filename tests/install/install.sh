#!/bin/sh
# Installs into a temporary folder and builds another program against what is there.
set -eu
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
cmake --install "$BUILD" --prefix "$top/usr" >"$top/log" || { cat "$top/log"; exit 1; }
pc=$(find "$top/usr" -name moneytrail.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
for file in bin/moneytrail include/moneytrail/case.h share/man/man1/moneytrail.1 \
    share/bash-completion/completions/moneytrail; do
    [ -f "$top/usr/$file" ] || { echo "not installed: $file"; exit 1; }
done
for stray in $(find "$top/usr" -name '*.h' -not -path "$top/usr/include/moneytrail/*"); do
    echo "installed by mistake: $stray"; exit 1
done
# shellcheck disable=SC2046
${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Werror -o "$top/other" tests/install/other_program.c \
    $(pkg-config --cflags --libs moneytrail) ${SANITIZE_FLAGS:-}
mkdir "$top/case"
printf 'case: A\ncurrency: EUR\nsources: [{file: a.csv}]\n' >"$top/case/case.yaml"
: >"$top/case/a.csv"
[ "$("$top/other" "$top/case")" = "1 sources" ]
rm "$top/case/a.csv"
"$top/other" "$top/case" >"$top/said" && exit 1
grep -q "case.yaml:3:18: error: sources\[1\].file: there is no file 'a.csv'" "$top/said"
[ "$("$top/usr/bin/moneytrail" --version)" = "moneytrail $(pkg-config --modversion moneytrail)" ]
if command -v c++ >/dev/null; then
    for header in "$top"/usr/include/moneytrail/*.h; do
        echo "#include <moneytrail/$(basename "$header")>"
    done >"$top/all.cc"
    c++ -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$top/usr/include" "$top/all.cc"
fi
