#!/bin/sh
# The public camt corpus: each file is read or refused with a reason, and compared with the result
# that it carries.
set -u
cd "$(dirname "$0")/../.."
folder=$PWD/../shared/corpora/camt/genkgo
[ -d "$folder" ] || {
    echo "skipped: $folder is not there"
    exit 77
}
exec /usr/bin/python3 tests/differential/camt.py "$BUILD/tests/reading_dump" "$folder"
