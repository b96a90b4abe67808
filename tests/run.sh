#!/bin/sh
# Installs what the tests need, builds, runs every test: the ordinary build, then the unit tests and
# the runs of the sample again under ASan and UBSan. The last line says how many passed.
set -u
cd "$(dirname "$0")/.."
jobs=$(getconf _NPROCESSORS_ONLN)

sh tests/support/packages.sh tests || exit 1
if [ -f src/report/web/package-lock.json ] && [ ! -d src/report/web/node_modules ]; then
    (cd src/report/web && npm ci --silent --no-audit --no-fund) ||
        echo "npm could not install the browser tests' packages: they will be skipped"
fi

build() { # folder, profile, more options
    folder=$1 profile=$2
    shift 2
    cmake -G Ninja -C ".ci/profiles/$profile.cmake" -S . -B "$folder" "$@" >"$folder.log" 2>&1 &&
        cmake --build "$folder" -j "$jobs" >>"$folder.log" 2>&1 && return 0
    tail -n 40 "$folder.log"
    echo "The $profile build failed"
    exit 1
}

passed=0 failed=0 skipped=0
run() { # folder, more ctest options
    folder=$1
    shift
    (cd "$folder" && ctest -j "$jobs" --output-on-failure --timeout 900 "$@") | tee "$folder.tests.log"
    total=$(grep -cE '^ *[0-9]+/[0-9]+ Test ' "$folder.tests.log")
    bad=$(grep -cE '^ *[0-9]+/[0-9]+ Test .*(\*\*\*Failed|\*\*\*Timeout|\*\*\*Exception|\*\*\*Not Run)' "$folder.tests.log")
    left=$(grep -cE '^ *[0-9]+/[0-9]+ Test .*\*\*\*Skipped' "$folder.tests.log")
    passed=$((passed + total - bad - left)) failed=$((failed + bad)) skipped=$((skipped + left))
    [ "$total" -gt 0 ] || failed=$((failed + 1))
}

mkdir -p build
build build/tests release -DMONEYTRAIL_TESTS=ON
run build/tests
build build/asan asan -DMONEYTRAIL_TESTS=ON -DMONEYTRAIL_BENCH=OFF
run build/asan -R '^(unit|golden|differential)/|^faults/bad_input'

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
