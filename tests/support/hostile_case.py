"""hostile_case.py FOLDER: a small invented case whose names and texts try to break every format,
with a conversion, ends in cash, card and fee, an unnamed end, a payment to itself, a possible
double, a gzip file, and a protected person. Its run ends with 3 (one reject)."""
import csv
import gzip
import io
import os
import shutil
import sys

A, B, C = 'DE89370400440532013000', 'FR1420041010050500013M02606', 'GB29NWBK60161331926819'
HOSTILE = [
    '</script><script>alert(1)</script>',
    'She said "no", then \'yes\'; twice',
    ']]> <![CDATA[ &amp; &#0; <!-- -->',
    'two\nlines\r\nand a third',
    'abc \u202egnp.exe\u202c def \u2066x\u2069',
    '=HYPERLINK("http://example.invalid","click")',
    '+1-2@SUM(A1)', '-2+3', '@cmd', '\ttab first',
    '\u0301\u0302 lone combining \u0308',
    'L' + 'o' * 10000 + 'ng',
    'Robert\'); DROP TABLE payment;--',
    '\U0001f4b0 \u5de6\u53f3 \u0627\u0644\u0639\u0631\u0628\u064a\u0629',
    'control \x01\x0b\x1f\x7f\u0085\u2028\u2029\ufffe\uffff end',
    '%s%n%d {0} ${x} `id`', '\\N \\" \\\\', 'node|edge || and 3 more', 'a.csv:3 (record 1)',
]

CASE = f'''case: H-"1" <&>
title: 'Hostile </script> "names" ]]>'
currency: EUR
sources:
  - {{file: "received/a </script>.csv", profile: statement, own_account: {A}, bank: COBADEFF}}
  - {{file: received/b.csv.gz, profile: statement, own_account: {B}, bank: PSSTFRPP}}
  - {{file: received/c.csv, profile: transfers, bank: NWBKGB2L, observes: [{C}]}}
profiles:
  statement:
    layout: statement
    delimiter: ";"
    date_format: YYYY-MM-DD
    decimal: ","
    group: "."
    columns: {{booking_date: Date, amount: Amount, currency: Currency, kind: Code,
              counterparty_account: Account, counterparty_name: Name, text: Text}}
    kinds: {{CASH: cash, CARD: card, FEE: fee, MOVE: transfer}}
  transfers:
    layout: transfers
    delimiter: ","
    date_format: YYYY-MM-DD hh:mm
    decimal: "."
    group: none
    columns: {{booking_date: When, payer_account: From, payer_name: Payer, payee_account: To,
              payee_name: Payee, amount: Sent, currency: SentIn, received_amount: Received,
              received_currency: ReceivedIn, text: Text}}
people:
  - {{key: worker_01, name: "Anneli Tamm", role: victim, accounts: [{B}]}}
proceeds:
  - {{id: 'P"1"', why: "first ]]> </script>", select: {{to: {A}, min: 900.00}}}}
  - {{id: P2, why: second, file: "received/a </script>.csv", line: 32}}
'''


def written(amount):
    whole, _, cents = f'{amount:.2f}'.partition('.')
    groups = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    return '.'.join([whole, *groups]) + ',' + cents


def statement(rows):
    text = io.StringIO()
    out = csv.writer(text, delimiter=';', lineterminator='\r\n')
    out.writerow(['Date', 'Amount', 'Currency', 'Code', 'Account', 'Name', 'Text'])
    for day, amount, code, account, name, words in rows:
        sign = '-' if amount < 0 else ''
        out.writerow([f'2024-03-{day:02}', sign + written(abs(amount)), 'EUR', code, account, name,
                      words])
    return text.getvalue().encode()


def first():
    rows = [(1, 123456.78, '', 'ES9121000418450200051332', 'Source "One" <s@x>', 'in')]
    for i, words in enumerate(HOSTILE):
        account = f'H{i:02}' + 'X' * (i % 5)
        rows.append((2 + i // 4, 1000.01 + i if i % 3 == 0 else -(10.5 + i), 'MOVE', account, words,
                     HOSTILE[-1 - i]))
    rows += [(10, -400, 'MOVE', B, 'Anneli Tamm', 'for Anneli Tamm')] * 2
    rows += [(11, -55, 'CASH', '', '', 'cash machine'), (11, -12.34, 'CARD', '', 'Shop & <Co>', ''),
             (12, -1, 'FEE', '', '', ''), (12, -70, '', '', '', 'no counterparty'),
             (12, 31, 'CASH', '', '', 'paid in'), (13, -2500, 'MOVE', C, 'Gimel', 'on')]
    return statement(rows) + '2024-03-14;=1+1;EUR;MOVE;;"a ]]> reject";=cmd\r\n'.encode()


def second():
    return statement([(10, 400, 'MOVE', A, 'Aleph', 'x')] * 2 +
                     [(15, -300, 'CASH', '', '', 'Anneli Tamm took it')])


def third():
    return (f'When,From,Payer,To,Payee,Sent,SentIn,Received,ReceivedIn,Text\n'
            f'2024-03-13 09:15,{A},Aleph,{C},Gimel,2500.00,EUR,2500.00,EUR,on\n'
            f'2024-03-14 10:00,{C},Gimel,{C},Gimel,1000.00,EUR,1087.65,USD,converted\n'
            f'2024-03-14 11:00,{C},Gimel,{C},Gimel,5.00,EUR,5.00,EUR,to itself\n'
            f'2024-03-15 12:30,{C},Gimel,KY99,"Ltd, ""Off\nshore""",1000.05,USD,920.40,EUR,out\n'
            f'2024-03-16 23:59,{C},Gimel,JPACC,Yen,100.00,USD,15000,JPY,yen\n').encode()


def main():
    folder = sys.argv[1]
    here = os.path.dirname(os.path.abspath(__file__))
    os.makedirs(folder + '/received/a <')  # so that a citation holds </script>
    for name, made in (('case.yaml', CASE.encode()), ('received/a </script>.csv', first()),
                       ('received/c.csv', third())):
        with open(f'{folder}/{name}', 'wb') as file:
            file.write(made)
    with gzip.GzipFile(folder + '/received/b.csv.gz', 'wb', mtime=0) as file:
        file.write(second())
    shutil.copy(here + '/../../samples/test.key', folder + '/case.key')
    os.chmod(folder + '/case.key', 0o600)


main()
