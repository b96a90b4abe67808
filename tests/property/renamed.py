#!/usr/bin/python3
"""renamed.py: what files are called, and in which order they are listed, changes nothing. One reply
of every kind (MT940, camt.053 and .052, MT103 with its cover, pacs.008, tables that overlap and one
received twice, a reversal, a conflict, damaged rows) is run under several sets of names; every
table is the same but for the places that it cites."""
import csv
import os
import shutil
import subprocess
import sys
import tempfile

MT940 = """{1:F01HVNBNL2AXXXX0000000000}{2:I940KLANTNL2AXXXXN}{4:
:20:HV1
:25:NL65HVNB0417164001EUR
:28C:1/1
:60F:C241231EUR1000,00
:61:2501020102D150,00NTRFE-1//B1
:86:/TRTP/X/IBAN/DE92999555000004711200/NAME/Portside Trading/EREF/E-1
:61:2501060106D15,00NMSCF1//B2
:86:/TRTP/X/NAME/Harbour Kiosk/REMI/KIOSK
:61:2501070107RD15,00NMSCF1//B3
:86:/TRTP/X/NAME/Harbour Kiosk/REMI/KIOSK
:61:2501090109D70,00NTRFM-1//B4
:86:/TRTP/X/REMI/INVOICE 7
:61:25023001D1,00NTRFbad
:86:bad
:62F:C250131EUR780,00
-}
"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.05{kind}.001.08"><{root}><GrpHdr><MsgId>M{kind}</MsgId></GrpHdr><{part}>
<Id>S{kind}</Id><FrToDt><FrDtTm>2025-01-01T00:00:00</FrDtTm><ToDtTm>2025-01-31T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>DE92999555000004711200</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Portside Trading</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-01-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">235.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-01-31</Dt></Dt></Bal>
<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-01-03</Dt></BookgDt><AcctSvcrRef>P1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Haven Works</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>NL65HVNB0417164001</IBAN></Id></DbtrAcct></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><NtryRef>2</NtryRef><Amt Ccy="EUR">80.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-01-05</Dt></BookgDt><AcctSvcrRef>P2</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Harbor Kiosk</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><NtryRef>3</NtryRef><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-01-05</Dt></BookgDt><AcctSvcrRef>P3</AcctSvcrRef></Ntry>
<Ntry><NtryRef>4</NtryRef><Amt Ccy="EUR">5x</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-01-06</Dt></BookgDt></Ntry>
</{part}></{root}></Document>
"""
MT103 = """{4:
:20:M-1
:23B:CRED
:32A:250109EUR70,00
:50K:/NL65HVNB0417164001
HAVEN WORKS
:59:/GB33BUKB20201555555555
THAMES SUPPLY
:70:INVOICE 7
:71A:SHA
-}
{1:F01HVNBNL2AXXXX0000000000}{2:I202BUKBGB22XXXXN}{3:{119:COV}}{4:
:20:C-1
:21:M-1
:32A:250109EUR70,00
:58A:BUKBGB22
:50K:/NL65HVNB0417164001
HAVEN WORKS
:59:/GB33BUKB20201555555555
THAMES SUPPLY
-}
{4:
:20:M-2
:23B:CRED
:32A:250110EUR33,00
:50K:/FR7630006000011234567890189
ATELIER NORD
:59:/GB33BUKB20201555555555
THAMES SUPPLY
:71A:SHA
-}
"""
PACS = """<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>E-1</EndToEndId><TxId>TX9</TxId></PmtId><IntrBkSttlmAmt Ccy="EUR">150.00</IntrBkSttlmAmt><IntrBkSttlmDt>2025-01-02</IntrBkSttlmDt><Dbtr><Nm>Haven Works</Nm></Dbtr><DbtrAcct><Id><IBAN>NL65HVNB0417164001</IBAN></Id></DbtrAcct><Cdtr><Nm>Portside Trading</Nm></Cdtr><CdtrAcct><Id><IBAN>DE92999555000004711200</IBAN></Id></CdtrAcct></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>
"""
TABLE = """Date;Amount;Balance;Account;Name;Text;Ref
"""
FIRST = TABLE + """2025-01-02;-20.00;480.00;GB33BUKB20201555555555;Thames Supply;rope;R1
2025-01-02;-20.00;460.00;GB33BUKB20201555555555;Thames Supply;rope;R1
2025-01-03;-4.00;456.00;;Kiosk;coffee;
2025-01-04;-33.00;423.00;;Bakery;bread;R4
2025-01-05;x;423.00;;Bakery;bread;R5
"""
SECOND = TABLE + """2025-01-03;-4.00;456.00;;Kiosk;coffee;
2025-01-04;-35.00;421.00;;Bakery;bread;R4
2025-01-06;21.00;442.00;GB33BUKB20201555555555;Thames Supply;back;R6
2025-01-07;-1.50;440.50;;Kiosk;tea;
"""
# name -> content, source keys; `again` is the second table under another name
PARTS = [
    ("haven", "sta", MT940, ""),
    ("statement", "xml", CAMT.format(kind=3, root="BkToCstmrStmt", part="Stmt"), ""),
    ("report", "xml", CAMT.format(kind=2, root="BkToCstmrAcctRpt", part="Rpt"), ""),
    ("wires", "fin", MT103, ""),
    ("wires_again", "fin", MT103, ""),
    ("pacs", "xml", PACS, ""),
    ("first", "csv", FIRST, ", profile: bank, own_account: LV05OSTA0099100020003, period: {from: 2025-01-01, to: 2025-01-05}"),
    ("second", "csv", SECOND, ", profile: bank, own_account: LV05OSTA0099100020003, period: {from: 2025-01-03, to: 2025-01-10}"),
    ("again", "csv", SECOND, ", profile: bank, own_account: LV05OSTA0099100020003, period: {from: 2025-01-03, to: 2025-01-10}"),
]
REST = """profiles:
  bank: {layout: statement, delimiter: ";", date_format: YYYY-MM-DD, decimal: ".", group: none, currency: EUR, columns: {booking_date: Date, amount: Amount, balance: Balance, counterparty_account: Account, counterparty_name: Name, text: Text, reference: Ref}}
requests:
  - id: R1
    state: NL
    sent: 2025-02-01
    due: 2025-04-01
    scope: {accounts: [NL65HVNB0417164001, DE92999555000004711200, LV05OSTA0099100020003], from: 2025-01-01, to: 2025-02-28}
people:
  - {key: haven, name: Haven Works, role: suspect, accounts: [NL65HVNB0417164001]}
proceeds:
  - {id: P1, why: an invented reason, select: {from: haven}}
"""
TABLES = ["payments", "accounts", "possible_same", "possible_double", "statements", "coverage",
          "duplicates", "reversals", "matches", "entities", "candidates", "reply-check", "rejects",
          "remarks", "trace", "holdings", "routes", "communities"]
CITES = {"records", "record", "other_record", "debit_records", "credit_records", "other_records",
         "reversal_record", "original_record", "file", "files", "lacking_file", "not_read",
         "why", "number", "sentence"}


def make(folder, key, name_of, backwards):
    os.makedirs(folder + "/received")
    shutil.copy(key, folder + "/case.key")
    os.chmod(folder + "/case.key", 0o600)
    lines = []
    for name, ending, content, keys in PARTS:
        path = f"received/{name_of(name)}.{ending}"
        with open(f"{folder}/{path}", "w", encoding="utf-8") as file:
            file.write(content)
        lines.append(f"  - {{file: {path}, request: R1{keys}}}")
    if backwards:
        lines.reverse()
    with open(folder + "/case.yaml", "w", encoding="utf-8") as file:
        file.write("case: NAMES-1\ncurrency: EUR\nsources:\n" + "\n".join(lines) + "\n" + REST)


def rows(folder, table):
    with open(f"{folder}/out/{table}.csv", encoding="utf-8", newline="") as file:
        return [tuple(sorted((k, v) for k, v in row.items() if k not in CITES))
                for row in csv.DictReader(file)]


def main():
    program, key = os.environ["MONEYTRAIL"], "samples/test.key"
    names = [name for name, *_ in PARTS]
    turned = {name: f"{chr(ord('z') - i)}_{name}" for i, name in enumerate(sorted(names))}
    mixed = {name: f"{(i * 5 + 3) % 9}{name[::-1]}" for i, name in enumerate(names)}
    failures = 0
    with tempfile.TemporaryDirectory() as work:
        cases = [("named", lambda n: n, False), ("turned", turned.get, True),
                 ("mixed", mixed.get, False)]
        for case, name_of, backwards in cases:
            make(f"{work}/{case}", key, name_of, backwards)
            ran = subprocess.run([program, "run", "--quiet", f"{work}/{case}"],
                                 capture_output=True, text=True, check=False)
            if ran.returncode != 3:
                print(f"FAILED: {case}: exit {ran.returncode}: {ran.stdout}{ran.stderr}")
                return 1
        for table in TABLES:
            expected = rows(f"{work}/named", table)
            for case in ("turned", "mixed"):
                found = rows(f"{work}/{case}", table)
                if table in ORDERED and found == expected:
                    continue
                if table not in ORDERED and sorted(found) == sorted(expected):
                    continue
                failures += 1
                print(f"FAILED: {table}.csv under other names ({case}):")
                for row in [r for r in expected if r not in found][:3]:
                    print("  lacks", dict(row))
                for row in [r for r in found if r not in expected][:3]:
                    print("  has  ", dict(row))
        told = {r: rows(f"{work}/named", r) for r in ("duplicates", "reversals", "matches",
                                                      "rejects", "candidates", "statements")}
        for table, found in told.items():
            if not found:
                failures += 1
                print(f"FAILED: {table}.csv is empty: the case proves nothing of it")
        whole = [dict(row) for row in rows(f"{work}/named", "payments")]
        records = sum(int(row["record_count"]) for row in whole)
        if records != 4 + 3 + 3 + 2 + 2 + 1 + 4 + 4 + 4:
            failures += 1
            print(f"FAILED: payments are attested by {records} records")
        covered = [row["record_count"] for row in whole if row["amount"] == "70.00"]
        if covered != ["5"]:
            failures += 1
            print(f"FAILED: one leg, a message and its cover, received twice: {covered}")
    if failures == 0:
        print("other names, the same tables")
    return failures != 0


# Tables that do not follow the order of the files.
ORDERED = {"payments", "accounts", "possible_same", "possible_double", "coverage", "trace",
           "holdings", "routes", "communities", "matches", "entities", "candidates"}

sys.exit(main())
