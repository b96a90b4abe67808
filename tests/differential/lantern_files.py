"""The received files of samples/lantern as entries, read with nothing but this: for oracle.py."""
import csv
import datetime
import gzip
import io
import re

K = 'LV70DAKR0055100010001'
W1 = 'LV21DAKR0055100020001'
F = 'DE65999123450000410022'
C1 = 'DE93999123450088001100'
C2 = 'CY23999000170000000357004410'
C3 = 'CY87999000170000000357004422'
D = 'CY32999000170000000357009001'
E = 'CY35999000170000000357001187'
EMPLOYER = 'DE38999543210007001234'
WORKERS = ('LV91DAKR0055100020002', 'LV64DAKR0055100020003')

LV_FILE = 'received/lv/izraksts_2024-09_2024-12.csv'
LV_WORKER = 'received/lv/izraksts Ilze Ozoliņa.csv.gz'
DE_F = 'received/de/umsaetze_zielke.csv'
DE_C1 = 'received/de/umsaetze_elbdienst.csv'
CY_C2 = 'received/cy/mariposa_eur.csv'
CY_TABLE = 'received/cy/in-house transfers.tsv'
CY_DAMAGED = 'received/cy/heron_damaged.csv'

MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
KINDS = {'MK': 'transfer', 'ATM': 'cash', 'POS': 'card', 'KOM': 'fee', 'CIT': 'other',
         'ÜBERWEISUNG': 'transfer', 'GUTSCHRIFT': 'transfer', 'LASTSCHRIFT': 'transfer',
         'KARTENZAHLUNG': 'card', 'GELDAUTOMAT': 'cash', 'BAREINZAHLUNG': 'cash', 'ENTGELT': 'fee',
         'INT': 'transfer', 'OUT': 'transfer', 'FX': 'own', 'CASH': 'cash', 'CARD': 'card',
         'CHARGE': 'fee'}


def day(text):
    d, m, y = (int(part) for part in text.split('.'))
    return datetime.date(y, m, d)


def minor(text):
    sign = -1 if text.startswith('-') else 1
    whole, _, cents = text.lstrip('-').partition('.')
    return sign * (int(whole) * 100 + int(cents or 0))


class Entry:
    """One row of evidence: a debit on payer, a credit on payee, or both (a transfer row)."""

    def __init__(self, file, line, when, payer, payee, amount, currency, debit, credit, kind,
                 reference='', text='', received=None, time=None, balance=None):
        self.cites = [(file, line)]
        self.debit_day = self.credit_day = when
        self.payer, self.payee = payer, payee
        self.amount, self.currency = amount, currency
        self.received, self.received_currency = received or (amount, currency)
        self.debit, self.credit = debit, credit
        self.kind, self.reference, self.text = kind, reference, text
        self.time, self.balance = time, balance
        self.double = False
        self.pair = None


class Evidence:
    def __init__(self, case):
        self.case = case
        self.entries = []
        self.rows = self.rejected = self.no_payment = self.out_of_scope = 0

    def bytes_of(self, name):
        with open(self.case + '/' + name, 'rb') as file:
            return file.read()

    def statement(self, file, line, own, when, signed, currency, other, kind, reference, text,
                  balance=None):
        out = signed < 0
        self.entries.append(Entry(file, line, when, own if out else other, other if out else own,
                                  abs(signed), currency, out, not out, kind, reference, text,
                                  balance=balance))

    def read_latvian(self, name, own, text):
        for number, line in enumerate(text.split('\r\n'), 1):
            if number <= 4 or not line:
                continue
            when, _, other, _, text, amount, mark, currency, reference, code = line.split(';')
            self.rows += 1
            if day(when) < datetime.date(2024, 9, 1) or day(when) > datetime.date(2024, 12, 31):
                self.out_of_scope += 1
                continue
            value = minor(amount.replace(' ', '').replace(',', '.'))
            self.statement(name, number, own, day(when), -value if mark == 'D' else value,
                           currency, other or None, KINDS[code], reference, text)

    def read_german(self, name, own):
        lines = self.bytes_of(name).decode('cp1252').split('\r\n')
        found = []
        for number, line in enumerate(lines, 1):
            if number == 1 or not line:
                continue
            when, _, kind, _, other, _, text, amount, balance, currency, reference = (
                field[1:-1] for field in line.split(';'))
            self.rows += 1
            if kind == 'VORGEMERKT':
                self.no_payment += 1
                continue
            plain = [minor(x.replace('.', '').replace(',', '.')) for x in (amount, balance)]
            found.append((number, when, plain[0], plain[1], currency, other, kind, reference, text))
        for number, when, amount, balance, currency, other, kind, reference, text in found[::-1]:
            self.statement(name, number, own, day(when), amount, currency, other or None,
                           KINDS[kind], reference, text, balance)

    def read_english(self, name, own):
        text = self.bytes_of(name).decode()
        for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
            if number == 1:
                continue
            when, details, _, other, debit, credit, currency, reference = row
            d, m, y = when.split()
            value = minor((debit or credit).replace(',', ''))
            kind = 'transfer' if other else 'unnamed'
            for words, means in (('card purchase', 'card'), ('atm withdrawal', 'cash'),
                                 ('monthly charge', 'fee')):
                if words in details.lower():
                    kind = means
            self.rows += 1
            self.statement(name, number, own, datetime.date(int(y), MONTHS.index(m) + 1, int(d)),
                           -value if debit else value, currency, other or None, kind, reference,
                           details)

    def read_transfers(self, name):
        for number, line in enumerate(self.bytes_of(name).decode().split('\n'), 1):
            if number == 1 or not line:
                continue
            (posted, payer, _, payee, _, sent, sent_in, received, received_in, reference, details,
             kind) = line.split('\t')
            self.rows += 1
            when = datetime.datetime.strptime(posted, '%Y-%m-%d %H:%M')
            self.entries.append(Entry(name, number, when.date(), payer or None, payee or None,
                                      minor(sent), sent_in, bool(payer), bool(payee), KINDS[kind],
                                      reference, details, (minor(received), received_in),
                                      when.time()))

    def read_damaged(self, name, own):
        """A line counts when every field of it can be read; each other line is one reject."""
        for number, line in enumerate(self.bytes_of(name).split(b'\n'), 1):
            if number == 1 or not line:
                continue
            self.rows += 1
            try:
                fields = line.decode().split(',')
                d, m, y = fields[0].split('/')
                when = datetime.date(int(y), int(m), int(d))
                money = [x for x in fields[3:5] if x]
                good = (len(fields) == 6 and '"' not in line.decode() and b'\0' not in line and
                        len(money) == 1 and re.fullmatch(r'\d+(\.\d{1,2})?', money[0]))
            except ValueError:
                good = False
            if not good:
                self.rejected += 1
                continue
            value = minor(money[0])
            kind = 'card' if 'fuel card' in fields[1].lower() else (
                'transfer' if fields[2] else 'unnamed')
            self.statement(name, number, own, when, -value if fields[3] else value, 'EUR',
                           fields[2] or None, kind, fields[5], fields[1])

    def read(self):
        self.read_latvian(LV_FILE, K, self.bytes_of(LV_FILE).decode())
        self.read_latvian(LV_WORKER, W1, gzip.decompress(self.bytes_of(LV_WORKER)).decode())
        self.read_german(DE_F, F)
        self.read_german(DE_C1, C1)
        self.read_english(CY_C2, C2)
        self.read_transfers(CY_TABLE)
        self.read_damaged(CY_DAMAGED, E)
        self.attesting = len(self.entries)
