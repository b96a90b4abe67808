#!/bin/sh
# Functions that hide mistakes or depend on locale, clock or zone are not called; memory comes from
# trail_alloc only; only the command line prints; no unfinished work, no names that say nothing.
set -u
cd "$(dirname "$0")/../.."
failures=0
tests=$(find tests/unit tests/support tests/fuzz -name '*.[ch]' 2>/dev/null)
code=$(find src include bench -name '*.[ch]')

# none WHAT PATTERN FILE...: no line of the files' code matches; comments and texts are cut away.
none() {
    what=$1 pattern=$2
    shift 2
    found=$(awk -v pattern="$pattern" '
        FNR == 1 { comment = 0 }
        {
            line = $0
            gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
            gsub(/\/\*[^*]*\*+([^\/*][^*]*\*+)*\//, "", line)
            if (comment) { if (sub(/.*\*\//, "", line)) comment = 0; else next }
            if (sub(/\/\*.*/, "", line)) comment = 1
            sub(/\/\/.*/, "", line)
            if (line ~ pattern) print FILENAME ":" FNR ": " $0
        }' "$@")
    [ -z "$found" ] && return 1
    echo "$what:"
    echo "$found" | head -n 8
    failures=$((failures + 1))
}

call='(^|[^A-Za-z0-9_.>])'
# The search sees calls, and neither comments nor texts.
example=$(mktemp)
printf '%s\n' 'int a(char *b) /* strcpy(b, c) */' '{' '    return puts("strcpy(b)"); /* and' \
    '    strcpy(b) */' '}' >"$example"
none "an example" "${call}strcpy[(]" "$example" && exit 1
none "an example" "${call}puts[(]" "$example" >/dev/null || {
    echo "FAILED: a banned call goes unseen"
    exit 1
}
rm -f "$example"
failures=0

# shellcheck disable=SC2086
{
    none "unsafe text functions" "$call(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|strtok_r|alloca)[(]" $code $tests
    none "numbers from text without errors, or through doubles" \
        "$call(atoi|atol|atoll|atof|strtod|strtof|strtold|scanf|sscanf|fscanf|vsscanf)[(]" $code $tests
    none "clock, zone and chance" "$call(localtime|localtime_r|gmtime|gmtime_r|mktime|strftime|ctime|asctime|clock|rand|srand|random|drand48|tzset)[(]" \
        $(echo "$code" | grep -v '^src/evidence/custody\.c$')
    none "the clock, outside the custody log and the progress" "$call(time|clock_gettime|gettimeofday)[(]" \
        $(echo "$code" | grep -v -e '^src/evidence/custody' -e '^src/cli/' -e '^bench/')
    # libarchive has no other way to give names as UTF-8 than the locale of the calling thread.
    none "locale, outside the door to libarchive" "$call(uselocale|newlocale)[(]" \
        $(echo "$code" | grep -v '^src/ingest/container\.c$')
    none "locale" "$call(setlocale|strcoll|strxfrm|tolower|toupper|isalpha|isdigit|isalnum|isupper|islower|isspace|ispunct|isprint|iscntrl|isxdigit|isblank|isgraph|mblen|mbtowc|mbstowcs|wcstombs|strcasecmp|strncasecmp)[(]" $code
    none "memory not from trail_alloc" "$call(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|getline|getdelim|free)[(]" \
        $(echo "$code" | grep -v -e '^src/base/memory\.c$')
    none "printing outside the command line" "$call(printf|fprintf|puts|putchar|perror|vprintf|vfprintf)[(]|stdout|stderr" \
        $(echo "$code" | grep -v -e '^src/cli/' -e '^bench/')
    none "ending the process outside the command line" "$call(exit|_exit|abort|system|popen)[(]" \
        $(echo "$code" | grep -v -e '^src/cli/' -e '^bench/')
    none "GNU extensions outside base/attributes.h and base/wide.h" "__extension__|__attribute__|__builtin_|__typeof__|__int128|_GNU_SOURCE" \
        $(echo "$code" | grep -v -e '^src/base/attributes\.h$' -e '^src/base/wide\.h$')
    none "a label other than cleanup" "^ *(goto +[a-z_]*[^;]*;)|^[a-z_]+:( |$)" \
        $(echo "$code" | xargs awk '/goto|^[a-z_]+:/ && !/goto cleanup;/ && !/^cleanup:/ { print FILENAME; nextfile }')
    none "money in a double" "double +[a-z_]*(minor|amount|balance)|float +[a-z_]*(minor|amount|balance)" $code
}

unfinished='TO''DO|FIX''ME|XX''X:|HA''CK'
grep -rnE "(^|[^A-Za-z_])($unfinished)" src include tests samples bench --include='*.[ch]' --include='*.sh' --include='*.py' --include='*.md' --include='CMakeLists.txt' |
    grep -v '^tests/style/words.sh' && failures=$((failures + 1))

vague=$(find src include tests bench -name node_modules -prune -o -type f -print |
    grep -E '/(util|utils|common|helper|helpers|misc|internal|types|stuff|manager)[./_]')
[ -z "$vague" ] || {
    echo "names that say nothing: $vague"
    failures=$((failures + 1))
}

[ "$failures" -eq 0 ] && echo "no banned function or word"
[ "$failures" -eq 0 ]
