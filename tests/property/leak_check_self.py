#!/usr/bin/python3
"""leak_check.py must find a declared person in every kind of file, and nobody in protected ones."""
import base64
import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import leak_check  # noqa: E402

CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "leak_check.py")
DECLARED = """name: Anna Bērziņa
name: Ada
name: Jürgen O'Brien
name: 王小明
account: LV80BANK0000435195001
account: 654321
account: 123
"""
CASE = """case: X
people:
  - key: w1
    name: "Anna Bērziņa"   # a victim
    other_names: [Ada, 'Li Wei']
    role: victim
    accounts: [LV80BANK0000435195001, {number: "654321", bank: X}]
  - {key: boss, name: Viktors Liels, role: suspect, accounts: [EE382200221020145685]}
  - {key: w2, name: Maria Kalnina, role: witness}
accounts:
  - {number: "777888", holder: w2}
  - {number: "999888", holder: boss}
proceeds:
  - {id: W1, select: {from: w1}}
"""
LEAKS = {
    "plain.csv": b"payment,text\n1,alga ANNA BERZINA maijs\n",
    "joined.csv": "text\nx annaberziņa y\n".encode(),
    "turned.txt": b"Berzina, Anna",
    "digits.txt": b"anna.berzina85@mail.example",
    "umlaut.txt": b"Mr. JUERGEN OBRIEN",
    "han.txt": "转账给王小明工资".encode(),
    "escaped.json": b'{"t":"Anna B\\u0113rzi\\u0146a"}',
    "entity.html": "<p>Anna&nbsp;Berzina</p>".encode(),
    "packed.csv.gz": gzip.compress(b"Anna Berzina"),
    "report.html": b'<script type="application/gzip">' +
                   base64.b64encode(gzip.compress(b'{"text":"to Anna Berzina for rent"}' +
                                                  os.urandom(60))) + b"</script>",
    "iban.txt": b"to LV80 BANK 0000 4351 9500 1.",
    "number.txt": b"acc 6543-21;",
    "short.csv": b"payment,payer_account\n1,123\n",
    "ada_2024.txt": b"",
}
INNOCENT = {
    "words.csv": b"text\nCanada Adamant Joanna Berzins Annas 0x3ada9f annab erzina\n",
    "amounts.csv": b"amount,record\n654321.00,123\n1654321.5,123\n",
    "protected.csv": b"payer_account,text\nV-ABCDEFGH/1,to V-ABCDEFGH for rent\n",
    "ids.json": b'{"id":"a1ada2b3c4d5e6f7"}',
    "report.html": base64.b64encode(gzip.compress(b"nobody " * 50)),
}


def run(files, make_database):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        os.mkdir(out)
        declared = os.path.join(folder, "declared.txt")
        with open(declared, "w", encoding="utf-8") as file:
            file.write(DECLARED)
        for name, data in files.items():
            with open(os.path.join(out, name), "wb") as file:
                file.write(data)
        if make_database is not None:
            with sqlite3.connect(os.path.join(out, "case.sqlite")) as database:
                database.execute("create table record (ordinal integer, text text)")
                database.execute("insert into record values (654321, ?)", (make_database,))
        done = subprocess.run(["/usr/bin/python3", CHECK, out, declared], text=True,
                              capture_output=True, check=False)
        return done.returncode, done.stdout + done.stderr


def read_case():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "case.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(CASE)
        declared = leak_check.Declared(path)
    return declared.names, declared.numbers


def main():
    failures = []
    wanted = (["Anna Bērziņa", "Ada", "Li Wei", "Maria Kalnina"],
              ["LV80BANK0000435195001", "654321", "777888"])
    if read_case() != wanted:
        failures.append(f"case.yaml: {read_case()}")
    for name, data in LEAKS.items():
        code, said = run({name: data}, None)
        if code != 1 or name not in said:
            failures.append(f"{name}: not found: {code} {said}")
    code, said = run({}, "Anna Berzina")
    if code != 1 or "case.sqlite" not in said:
        failures.append(f"case.sqlite: not found: {code} {said}")
    code, said = run(INNOCENT, "V-ABCDEFGH")
    if code != 0:
        failures.append(f"found in innocent files: {code} {said}")
    print("\n".join(failures) or "leak_check finds what it must and nothing else")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
