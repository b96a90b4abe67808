#!/bin/sh
# From a fresh Debian 12 to the sample case's report: installs what the build needs, builds, runs a
# copy of samples/lantern. Nothing outside this folder is changed but installed packages.
set -eu
cd "$(dirname "$0")/.."

sh tests/support/packages.sh build

echo "Building ..."
cmake -C .ci/profiles/release.cmake -S . -B build/release -DMONEYTRAIL_TESTS=OFF \
    -DMONEYTRAIL_BENCH=OFF >build-quickstart.log 2>&1 &&
    cmake --build build/release -j "$(getconf _NPROCESSORS_ONLN)" >>build-quickstart.log 2>&1 || {
    tail -n 20 build-quickstart.log
    echo "The build failed; all of it is in build-quickstart.log"
    exit 1
}
rm -f build-quickstart.log

case_folder=build/quickstart/lantern
rm -rf build/quickstart
mkdir -p build/quickstart
cp -R samples/lantern "$case_folder"
cp samples/test.key "$case_folder/case.key"
chmod 600 "$case_folder/case.key"

echo
echo "\$ moneytrail run $case_folder"
code=0
build/release/moneytrail run "$case_folder" || code=$?
echo
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
    echo "moneytrail ended with $code: something is wrong"
    exit 1
fi
echo "Done (exit code $code: 3 means done with anomalies; this sample holds a damaged file on purpose)."
echo "  Report:   $PWD/$case_folder/out/report.html   (open it in a browser; it works offline)"
echo "  Tables:   $PWD/$case_folder/out/*.csv"
echo "  Graphs:   $PWD/$case_folder/out/graph/"
echo "  Database: $PWD/$case_folder/out/case.sqlite"
echo "  Program:  $PWD/build/release/moneytrail"
