#!/bin/sh
# A whole run over a zip that holds a table, a workbook, a bomb and a name that leads out: what can be
# read is read and cited by member, the rest is named; verify resolves the members again.
set -u
cd "$(dirname "$0")/../.."
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || { echo "needs python3-openpyxl"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
mkdir -p "$work/received"
/usr/bin/python3 - "$work/received/reply.zip" <<'PY'
import datetime, io, sys, zipfile
import openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.title = 'Konto'
sheet['A1'] = 'Statement of account'
sheet.merge_cells('A1:C1')
sheet.append(['Date', 'Amount', 'Currency', 'Text'])
for day, amount in ((3, -10.5), (24, 1234.5678), (25, 7)):
    sheet.append([datetime.date(2024, 1, day), round(amount, 2), 'EUR', 'a\nb'])
sheet['B5'] = '=1+2'
book.create_sheet('Notes')['A1'] = 'nothing'
held = io.BytesIO()
book.save(held)
reply = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
reply.writestr('w.xlsx', held.getvalue())
reply.writestr('a.csv', 'Date;Amount;Currency\n13.01.2024;-10,00;EUR\n')
reply.writestr('../evil.csv', 'x')
reply.writestr('bomb.csv', b'0' * 40000000)
reply.writestr('scan.pdf', '%PDF-1.4 <</Type/Pages/Count 1>> <</Type /Page>>')
reply.close()
PY
cat >"$work/case.yaml" <<'YAML'
case: ZIP-1
currency: EUR
sources:
  - file: received/reply.zip
    own_account: "111222333"
YAML
said=$("$MONEYTRAIL" run "$work" 2>&1)
[ $? -eq 3 ] || { echo "FAILED: exit code: $said"; failures=1; }
want() { # FILE WORDS
    grep -qF -e "$2" "$work/out/$1" || { echo "FAILED: $1 has no $2"; failures=1; }
}
want payments.csv 'received/reply.zip!a.csv:2 (record 1, bytes 21+21)'
want payments.csv 'received/reply.zip!w.xlsx!Konto:3 (record 1'
want rejects.csv 'received/reply.zip!w.xlsx!Konto,3,5,'
want remarks.csv formula_without_value
want remarks.csv merged_cells
want remarks.csv sheet_without_table
case $said in *"reply.zip!bomb.csv: set aside: it unpacks to more than 250 times"*) ;; *) failures=1; echo "FAILED: bomb" ;; esac
case $said in *"reply.zip!../evil.csv: set aside: its name leads out"*) ;; *) failures=1; echo "FAILED: slip" ;; esac
case $said in *"reply.zip!scan.pdf: not read: a PDF document"*"(1 page)"*) ;; *) failures=1; echo "FAILED: pdf" ;; esac
"$MONEYTRAIL" verify "$work" >/dev/null 2>&1 || { echo "FAILED: verify"; failures=1; }
exit $failures
