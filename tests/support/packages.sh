#!/bin/sh
# packages.sh build|tests: installs from Debian what is missing, as root or through sudo.
set -eu

build="gcc libc6-dev cmake make pkg-config libcsv-dev zlib1g-dev libigraph-dev libyaml-dev libssl-dev
    libsqlite3-dev libicu-dev libarchive-dev libexpat1-dev"
tests="ninja-build libcmocka-dev python3 python3-networkx python3-igraph python3-openpyxl libxml2-utils sqlite3 procps util-linux locales-all"

wanted=$build
[ "$1" = tests ] && wanted="$build $tests"

missing=
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        missing="$missing $package"
done
# A browser and node come in many packages: only install them where the command is absent.
if [ "$1" = tests ]; then
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
    command -v node >/dev/null 2>&1 || missing="$missing nodejs"
    command -v npm >/dev/null 2>&1 || missing="$missing npm"
fi
[ -z "$missing" ] && exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "These packages are missing, and neither root nor sudo is here to install them:$missing"
        exit 1
    }
    as_root=sudo
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
{ $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } \
    >"$log" 2>&1 || {
    tail -n 20 "$log"
    rm -f "$log"
    echo "Installing failed"
    exit 1
}
rm -f "$log"
