#!/usr/bin/python3
"""protected_reply.py: a protected name and account in every place of a reply where one can stand
(names of files, members and sheets, statements, entries, messages, fields that are refused,
remarks, decisions, the cut end of a long row): no table, page or sentence shows them."""
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

ACCOUNT = "LV80BANK0000435195001"
MT940 = """{1:F01HABALV22AXXX0000000000}{2:I940KLANTNL2AXXXXN}{4:
:20:BERZINA ANNA
:25:LV80BANK0000435195001EUR
:28C:1/1
:60F:C241231EUR1000,00
:61:2501020102C500,00NTRFANNABERZINA//ANNA BERZINA
:86:/TRTP/X/IBAN/LV60HABA0551000000001/NAME/Boss SIA/REMI/alga Anna Berzina
:61:2501ANNA BERZINA
:86:anna berzina LV80BANK0000435195001
:61:2502300102D10,00NTRFx
:86:Anna Berzina
:ZZ:Anna Berzina
:62F:C250131EUR1400,00
-}
"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>Anna Berzina</MsgId></GrpHdr>
<Stmt><Id>Anna Bērziņa 1</Id><Acct><Id><IBAN>LV80BANK0000435195001</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Anna Bērziņa</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-02-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">140.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-02-28</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>Anna Berzina</Cd></CdOrPrtry></Tp><Amt Ccy="Anna Berzina">1x40.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-02-28</Dt></Dt></Bal>
<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">640.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>Anna Berzina</Cd></Sts><BookgDt><Dt>2025-02-02</Dt></BookgDt><AcctSvcrRef>Anna Berzina</AcctSvcrRef></Ntry>
<Ntry><NtryRef>2</NtryRef><Amt Ccy="Anna Berzina">64.00</Amt><CdtDbtInd>LV80BANK0000435195001</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-02-03</Dt></BookgDt></Ntry>
<Ntry><NtryRef>3</NtryRef><Amt Ccy="EUR">60.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-02-03</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>Anna Berzina</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Berzina Anna SIA</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>LV60HABA0551000000001</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Anna Bērziņa</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""
WIRE = """{4:
:20:REF-1
:23B:CRED
:32A:250306EUR4485,00
:50K:/NL65HVNB0417164001
HAVEN WORKS
:59:/LV80BANK0000435195001
ANNA BERZINA
:70:FEE Anna Berzina
:71A:ANNA BERZINA
:71F:Anna Berzina
-}
"""
TABLE = "Date;Amount;Account;Name;Text\n2025-03-01;1200.00;LV27HABA0551000000002;SIA Darbs;alga ANNA BERZINA\n2025-03-02;Anna Bērziņa;;x;" + "y" * 9960 + " " + ACCOUNT + "\n"
CELLS = [["Date", "Amount", "Account", "Name", "Text"],
         ["2025-03-05", "5.00", ACCOUNT, "Anna Bērziņa", "no Anna Berzina"],
         ["2025-03-06", "Anna Bērziņa", "", "", ""]]
CASE = """case: PROTECTED-3
currency: EUR
requests:
  - id: R1
    state: LV
    sent: 2025-01-01
    authority: the court that heard Anna Berzina
    scope: {accounts: [LV80BANK0000435195001, LV60HABA0551000000001], from: 2025-01-01, to: 2025-04-30}
sources:
  - {file: received/anna-berzina.sta, request: R1}
  - {file: received/camt.xml, request: R1}
  - {file: received/wires.fin, request: R1}
  - {file: received/reply.zip, member: Anna Bērziņa LV80BANK0000435195001.csv, request: R1, profile: bank, own_account: LV60HABA0551000000001}
  - {file: received/reply.zip, member: anna-berzina.pdf, request: R1}
  - {file: received/book.xlsx, sheet: Anna Bērziņa, request: R1, profile: bank, own_account: LV60HABA0551000000001}
profiles:
  bank: {layout: statement, date_format: YYYY-MM-DD, decimal: ".", group: none, currency: EUR, columns: {booking_date: Date, amount: Amount, counterparty_account: Account, counterparty_name: Name, text: Text}}
people:
  - {key: worker_01, name: Anna Bērziņa, role: victim, accounts: [LV80BANK0000435195001]}
  - {key: boss, name: Viktors Liels, role: suspect, accounts: [LV60HABA0551000000001]}
proceeds:
  - {id: W1, why: wages of Anna Berzina, select: {to: worker_01}}
"""
DECISIONS = """- decide: release
  account: LV80BANK0000435195001
  request: R1
  who: Anna Berzina
  when: 2025-06-01
  why: because Anna Bērziņa said so
"""


def put_book(path):
    rows = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) +
                   "</row>" for row in CELLS)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{types}"/>')
        book.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="r1" '
                      f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet '
                      'name="Anna Bērziņa" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}"><Relationship '
                      f'Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
                      '</Relationships>')
        book.writestr("xl/worksheets/sheet1.xml",
                      f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>')


def make(folder, key):
    os.makedirs(folder + "/received")
    shutil.copy(key, folder + "/case.key")
    os.chmod(folder + "/case.key", 0o600)
    for name, text in [("case.yaml", CASE), ("decisions.yaml", DECISIONS),
                       ("received/anna-berzina.sta", MT940), ("received/camt.xml", CAMT),
                       ("received/wires.fin", WIRE)]:
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    with zipfile.ZipFile(folder + "/received/reply.zip", "w") as reply:
        reply.writestr(f"Anna Bērziņa {ACCOUNT}.csv", TABLE)
        reply.writestr("anna-berzina.pdf", "%PDF-1.4\n")
        reply.writestr("other/anna_berzina.txt", "x")
    put_book(folder + "/received/book.xlsx")


def main():
    program, key = os.environ["MONEYTRAIL"], "samples/test.key"
    check = os.path.join(os.path.dirname(os.path.abspath(__file__)), "leak_check.py")
    with tempfile.TemporaryDirectory() as work:
        folder, seen = work + "/case", work + "/seen"
        make(folder, key)
        os.mkdir(seen)
        with open(work + "/declared.txt", "w", encoding="utf-8") as file:
            file.write(f"name: Anna Bērziņa\naccount: {ACCOUNT}\n")
        for command in (["run", folder], ["verify", folder]):
            ran = subprocess.run([program, *command], capture_output=True, text=True, check=False)
            with open(f"{seen}/{command[0]}", "w", encoding="utf-8") as file:
                file.write(ran.stdout + ran.stderr)
            if ran.returncode not in (0, 3):
                print(f"FAILED: {command[0]}: exit {ran.returncode}: {ran.stdout}{ran.stderr}")
                return 1
        shutil.copy(folder + "/custody.jsonl", seen)
        with open(folder + "/out/rejects.csv", encoding="utf-8") as file:
            refused = file.read()
        failures = 0
        if refused.count("\n") < 6:
            failures += 1
            print("FAILED: the damaged rows are not refused: " + refused[:3000])
        if "LV80" in refused:
            failures += 1
            print("FAILED: a part of the account number is left at a cut")
        for place in (folder + "/out", seen):
            failures += subprocess.run(["/usr/bin/python3", check, place, work + "/declared.txt"],
                                       check=False).returncode
    if failures == 0:
        print("a reply of every kind names nobody protected")
    return failures != 0


sys.exit(main())
