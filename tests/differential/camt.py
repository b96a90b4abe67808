#!/usr/bin/env python3
"""camt.py DUMP FOLDER: each .xml of the folder is read or refused with a reason, and what its .json
expects of it is compared field by field, as far as the model holds the field. Prints a table of
statements; exits 1 on any difference."""
import json
import pathlib
import subprocess
import sys

dump, folder = sys.argv[1], pathlib.Path(sys.argv[2])
differences = compared = 0


def lines_of(path):
    text = subprocess.run([dump, str(path.resolve())], capture_output=True, text=True, check=True).stdout
    lines = []
    for line in text.splitlines():
        what, *parts = line.split(" | ")
        said = {"what": what, "bare": [part for part in parts if "=" not in part]}
        for part in parts:
            key, _, value = part.partition("=")
            said.setdefault(key, value)
        lines.append(said)
    return lines


def same(where, field, found, wanted):
    global differences, compared
    compared += 1
    if found != wanted:
        differences += 1
        print(f"DIFFERS {where}: {field} is {found!r}, expected {wanted!r}")


def money(value):
    return int(value["getAmount"]), value["getCurrency"]["getCode"]


def minor(text):
    """'+8.85 EUR' as it stands in the smallest unit."""
    amount, currency = text.split(" ")
    return int(amount.replace(".", "").replace("+", "")), currency


def day(value):
    return value["0"][:10] if value else None



def records_of(message):
    """A record stands whole where it is first met, and as a mark where it is met again."""
    found = [entry["getRecord"] for entry in message["getEntries"] if isinstance(entry["getRecord"], dict)]
    return found + [record for record in message["getRecords"] if isinstance(record, dict)]


def compare_statement(where, said, record):
    same(where, "account", said["account"].split("/")[-1], record["getAccount"]["getIdentification"])
    same(where, "reference", said.get("reference"), record["getId"] or None)
    number = record["getElectronicSequenceNumber"] or record["getLegalSequenceNumber"]
    same(where, "number", said.get("number"), number)
    for field, getter in (("from", "getFromDate"), ("to", "getToDate")):
        if record.get(getter):
            same(where, field, said.get(field), day(record[getter]))
    ours = {"opening": "opening", "closing": "closing"}
    chosen = set()
    for balance in record.get("getBalances", []):
        key = ours.get(balance["getType"])
        amount, currency = money(balance["getAmount"])
        if key is None or key in chosen or currency != said["currency"]:
            continue
        chosen.add(key)
        kind, on, figure = said[key].split(" ")
        if kind == "booked":
            same(where, f"{key} balance", minor(f"{figure} {currency}"), (amount, currency))
            same(where, f"{key} day", on, day(balance["getDate"]))


def compare_parties(where, said, detail, own):
    for party in detail.get("getRelatedParties") or []:
        if not isinstance(party, dict):
            continue
        kind = party["getRelatedPartyType"]["__CLASS__"].split("\\")[-1]
        side = {"Debtor": "payer", "Creditor": "payee"}.get(kind)
        if side is None or side == own:
            continue  # the own side is the statement's account, whatever the detail says of it
        same(where, f"{side} name", said.get(f"{side}_name"), party["getRelatedPartyType"]["getName"] or None)
        if isinstance(party["getAccount"], dict):
            same(where, f"{side} account", said.get(f"{side}_number"), party["getAccount"]["getIdentification"])


def compare_detail(where, said, detail, own):
    reference = detail.get("getReference")
    if isinstance(reference, dict):
        for field, getter in (("end_to_end", "getEndToEndId"), ("instruction", "getInstructionId"),
                              ("transaction", "getTransactionId"), ("mandate", "getMandateId"),
                              ("uetr", "getUuidEndToEndReference")):
            same(where, field, said.get(field), reference[getter])
    remittance = detail.get("getRemittanceInformation")
    if isinstance(remittance, dict) and remittance["getMessage"]:
        same(where, "remittance", remittance["getMessage"] in said.get("text", ""), True)
    compare_parties(where, said, detail, own)


def compare_entry(where, said, entry):
    if said["what"] == "no_payment":
        return same(where, "status", entry["getStatus"] in ("PDNG", "INFO"), True)
    if said["what"] == "reject":
        same(where, "code", said["code"], "date_missing")
        return same(where, "days", (entry["getBookingDate"], entry["getValueDate"]), (None, None))
    same(where, "status", entry["getStatus"], "BOOK")
    same(where, "amount", minor(said["amount"]), money(entry["getAmount"]))
    same(where, "sign", said["amount"][0], "+" if entry["getCreditDebitIndicator"] == "CRDT" else "-")
    booked = entry["getBookingDate"]
    same(where, "booking day", said["day"], day(booked) if booked else day(entry["getValueDate"]))
    same(where, "value day", said.get("value"), day(entry["getValueDate"]))
    wanted = entry["getAccountServicerReference"] or entry["getReference"]
    same(where, "reference", said.get("reference"), wanted)
    if entry["getBatchPaymentId"]:
        same(where, "batch", said.get("batch"), entry["getBatchPaymentId"])
    same(where, "reversal", "reversal" in said, bool(entry["getReversalIndicator"]))
    details = [entry.get("getTransactionDetail")] + list(entry.get("getTransactionDetails") or [])
    details = [detail for detail in details if isinstance(detail, dict)]
    if len(details) == 1:
        compare_detail(where, said, details[0], "payee" if said["amount"][0] == "+" else "payer")


def statement_of(entry, statements):
    before = [line for line in statements if int(line["line"]) <= int(entry["line"])]
    return before[-1].get("reference")


def main():
    count = 0
    for path in sorted(folder.glob("*.xml")):
        lines = lines_of(path)
        count += 1
        (file,) = [line for line in lines if line["what"] == "file"]
        statements = [line for line in lines if line["what"] == "statement"]
        entries = [line for line in lines if line["what"] in ("movement", "no_payment", "reject")]
        entries.sort(key=lambda line: int(line["line"]))
        verdicts = "; ".join(line["verdict"] for line in statements) or file.get("reason", "")
        kinds = [line["what"] for line in entries]
        print(f"{path.name}\t{file['bare'][0]}\t{len(statements)}\t{kinds.count('movement')}\t"
              f"{kinds.count('no_payment')}\t{kinds.count('reject')}\t{verdicts}")
        expected = path.with_suffix(".json")
        if not expected.exists():
            same(path.name, "refused", file["bare"][0], "aside")
            continue
        same(path.name, "read", file["bare"][0], "read")
        message = json.loads(expected.read_text())
        records = records_of(message)
        # A statement stands under its id; a file of several keeps only the last in its .json.
        for record in records_of(message):
            where = f"{path.name} statement {record['getId']}"
            of_id = [line for line in statements if line.get("reference") == record["getId"]]
            same(path.name, "statement", len(of_id), 1)
            for said in of_id:
                compare_statement(where, said, record)
        told = [line for line in entries if statement_of(line, statements) in
                {record["getId"] for record in records_of(message)}]
        same(path.name, "entries", len(told), len(message["getEntries"]))
        for index, (said, entry) in enumerate(zip(told, message["getEntries"])):
            compare_entry(f"{path.name} entry {index + 1}", said, entry)
    print(f"{count} files, {compared} fields compared, {differences} differ")
    return 1 if differences or count == 0 else 0


sys.exit(main())
