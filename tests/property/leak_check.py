#!/usr/bin/python3
"""Looks for protected people in everything a run wrote.

    leak_check.py OUT DECLARED

DECLARED holds lines `name: Anna Berzina` and `account: LV80...`, or is a people.csv of a case
(columns name, other_names, role, accounts; lists separated by ;), or a case.yaml whose people are
written as in the samples. Every file below OUT is opened as
what it is: plain, gzip, base64 blocks (also of gzip) in HTML, JSON and HTML escapes, SQLite. The
rule is the program's, written anew: whole words, without case and accents, joined or apart, in
any turn of the words; account numbers as whole tokens, also in groups. Prints each leak; exit 1 if
there is any."""
import base64
import csv
import gzip
import html
import io
import os
import re
import sqlite3
import sys
import unicodedata
import zlib

ACCENTS = [(0x300, 0x36F), (0x483, 0x489), (0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F),
           (0x670, 0x670), (0x6D6, 0x6ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
           (0xFE20, 0xFE2F)]
PLAIN = str.maketrans({"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i",
                       "ł": "l", "ŋ": "n", "œ": "oe", "ŧ": "t", "ß": "ss"})
IGNORED = re.compile("[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                     "\ufe00-\ufe0f\ufeff]")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff"
                      "\u3400-\u9fff\uac00-\ud7af]")
SHORT_NUMBER = 6


def fold(text):
    """Case, width, accents and invisible characters away."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", IGNORED.sub("", text)).casefold()
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    kept = (c for c in text if not any(low <= ord(c) <= high for low, high in ACCENTS))
    return "".join(kept).translate(PLAIN)


def spelled_out(name):
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
             "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
    return "".join(pairs.get(c, c) for c in unicodedata.normalize("NFC", name))


def name_patterns(name):
    for form in {name, spelled_out(name)}:
        words = re.findall(r"[^\W_]+", fold(form))
        letters = "".join(words)
        if not re.search(r"[^\W\d_]", letters):
            continue
        orders = [words[i:] + words[:i] for i in range(len(words))] + [words[::-1]]
        beside = r"[^\W\d_]" if len(letters) >= 6 else r"[^\W_]"
        bounded = not UNSPACED.search(letters)
        for order in orders:
            body = r"[\W_]{0,67}?".join(map(re.escape, order))
            yield re.compile(f"(?<!{beside}){body}(?!{beside})" if bounded else body)


def number_pattern(number):
    letters = re.sub(r"[\W_]", "", fold(number))
    if len(letters) < SHORT_NUMBER:
        return None
    if len(letters) >= 10:
        body = r"[ \u00a0\u2010\u2011-]?".join(map(re.escape, letters))
    else:
        fours = [re.escape(letters[i:i + 4]) for i in range(0, len(letters), 4)]
        body = r"[ \u00a0\u2010\u2011-]?".join(fours)
    guard = r"(?![.,]\d{1,2}(?!\d))" if letters[-1].isdigit() else ""
    return re.compile(rf"(?<![a-z0-9]){body}(?![a-z0-9]){guard}")


class Declared:
    def __init__(self, path):
        self.names, self.numbers = [], []
        with open(path, encoding="utf-8-sig", newline="") as file:
            if path.endswith(".csv"):
                self.from_people(csv.DictReader(file))
            elif path.endswith(".yaml"):
                self.from_case(file.read())
            else:
                self.from_lines(file)
        self.rules = [(f"name {n!r}", p) for n in self.names for p in name_patterns(n)]
        self.rules += [(f"account {n!r}", p) for n in self.numbers
                       for p in [number_pattern(n)] if p]
        self.fields = {re.sub(r"[\W_]", "", fold(n)): n for n in self.numbers}

    def from_people(self, rows):
        for row in rows:
            if row.get("role") not in ("victim", "possible-victim", "witness"):
                continue
            self.names += [n for n in [row.get("name")] if n]
            self.names += [n.strip() for n in (row.get("other_names") or "").split(";") if n.strip()]
            self.numbers += [n.strip() for n in (row.get("accounts") or "").split(";") if n.strip()]

    def from_case(self, text):
        def part(name):
            found = re.search(rf"^{name}:[^\n]*\n((?:[ \t#-].*\n|\n)*)", text + "\n", re.M)
            return re.split(r"^ *- ", found.group(1), flags=re.M)[1:] if found else []

        def scalar(item, key):
            found = re.search(rf"(?:^|[\s{{,]){key}: *(\"[^\"]*\"|'[^']*'|[^,}}\n#]+)", item)
            return found.group(1).strip().strip("\"'") if found else ""

        def items(item, key):
            found = re.search(rf"(?:^|[\s{{,]){key}: *\[(.*?)\]", item, re.S)
            inside = re.sub(r"\{[^}]*?number: *([^,}]+)[^}]*\}", r"\1", found.group(1)) if found else ""
            return [v.strip().strip("\"'") for v in inside.split(",") if v.strip()]

        protected = set()
        for item in part("people"):
            if scalar(item, "role") in ("victim", "possible-victim", "witness"):
                protected.add(scalar(item, "key"))
                self.names += [n for n in [scalar(item, "name")] if n] + items(item, "other_names")
                self.numbers += items(item, "accounts")
        self.numbers += [scalar(item, "number") for item in part("accounts")
                         if scalar(item, "holder") in protected]

    def from_lines(self, lines):
        for line in lines:
            kind, _, value = line.strip().partition(":")
            if kind == "name":
                self.names.append(value.strip())
            elif kind == "account":
                self.numbers.append(value.strip())

    def find(self, text):
        folded = fold(text)
        for what, pattern in self.rules:
            found = pattern.search(folded)
            if found:
                yield what, folded[max(0, found.start() - 30):found.end() + 30]


BLOCK = re.compile(rb"[A-Za-z0-9+/]{60,}={0,2}")


def unescape_json(text):
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), text)
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t")


def texts_of(data, depth=0):
    """Every text the bytes hold, opened layer by layer."""
    if depth > 4:
        return
    if data[:2] == b"\x1f\x8b":
        try:
            yield from texts_of(gzip.decompress(data), depth + 1)
        except (OSError, EOFError, zlib.error):
            yield data.decode("utf-8", "replace")
        return
    for block in BLOCK.findall(data):
        try:
            inner = base64.b64decode(block + b"=" * (-len(block) % 4))
        except ValueError:
            continue
        if inner[:2] == b"\x1f\x8b":
            yield from texts_of(inner, depth + 1)
    text = BLOCK.sub(b" ", data).decode("utf-8", "replace")
    yield text
    for decode in (html.unescape, unescape_json):
        other = decode(text)
        if other != text:
            yield other


def sqlite_texts(path):
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
        database.text_factory = lambda raw: raw.decode("utf-8", "replace")
        tables = [row[0] for row in database.execute(
            "select name from sqlite_master where type in ('table', 'view')")]
        for table in tables:
            cursor = database.execute(f'select * from "{table}"')
            for row in cursor:
                yield "\n".join(value for value in row if isinstance(value, str))


def csv_numbers(data):
    """Whole account fields: cells of columns that hold accounts."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
    wanted = None
    for row in rows:
        if wanted is None:
            wanted = [i for i, name in enumerate(row)
                      if re.search(r"account|number|payer|payee|from|to$", name.lower())]
            continue
        for i in wanted:
            if i < len(row):
                yield row[i]


def check(out, declared):
    leaks = []
    for folder, _, names in sorted(os.walk(out)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            shown = os.path.relpath(path, out)
            with open(path, "rb") as file:
                data = file.read()
            if data[:16] == b"SQLite format 3\0":
                texts = sqlite_texts(path)
            else:
                texts = texts_of(data)
            for text in (t for source in ([shown], texts) for t in source):
                leaks += [(shown, what, where) for what, where in declared.find(text)]
            if name.endswith(".csv"):
                leaks += [(shown, f"account field {declared.fields[key]!r}", cell)
                          for cell in csv_numbers(data)
                          for key in [re.sub(r"[\W_]", "", fold(cell))]
                          if key in declared.fields]
    return leaks


def main():
    if len(sys.argv) != 3 or not os.path.isdir(sys.argv[1]):
        print(__doc__)
        sys.exit(2)
    declared = Declared(sys.argv[2])
    if not declared.rules:
        print(f"{sys.argv[2]} declares nobody: nothing was checked")
        sys.exit(2)
    leaks = check(sys.argv[1], declared)
    for shown, what, where in leaks:
        print(f"{shown}: {what}: …{where!r}")
    sys.exit(1 if leaks else 0)


if __name__ == "__main__":
    main()
