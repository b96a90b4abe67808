"""read_back.py CASE: reads every output of a finished run again with programs that are not ours
(networkx, igraph, xmllint, csv, sqlite3) and compares all of them with payments.csv, and every
citation with the received bytes. Exit code 77 where one of these is missing."""
import collections
import csv
import decimal
import gzip
import hashlib
import io
import os
import re
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree as tree

try:
    import igraph
    import networkx
except ImportError as missing:
    print(f'skipped: {missing} (python3-networkx, python3-igraph)')
    sys.exit(77)

csv.field_size_limit(1 << 30)
NOTICE = 'Protected: '
RNG = '../shared/corpora/schemas/gexf.rng'
CITATION = re.compile(r'^(.*):(\d+) \(record (\d+), bytes (\d+)\+(\d+)\)$', re.S)
failures = []


def check(holds, *what):
    if not holds:
        failures.append(' '.join(str(part) for part in what)[:600])


def same(what, left, right):
    if left == right:
        return
    if isinstance(left, dict) and isinstance(right, dict):
        keys = [key for key in left.keys() | right.keys() if left.get(key) != right.get(key)]
        check(False, what, f'{len(keys)} differ, as', keys[0], left.get(keys[0]),
              right.get(keys[0]))
    else:
        check(False, what, left, '!=', right)


def rows_of(out, name):
    with open(f'{out}/{name}', encoding='utf-8', newline='') as file:
        text = file.read()
    check('\r\n' not in text or name == 'graph/i2.csv', name, 'has CRLF')
    rows = list(csv.reader(io.StringIO(text.removeprefix('\ufeff'), newline=''), strict=True))
    heading = rows[0]
    check(heading[-1].startswith(NOTICE) or not heading[-1] or 'shown' in heading[-1], name,
          'does not end with the notice:', heading[-1])
    check(all(len(row) == len(heading) for row in rows), name, 'rows of other lengths')
    check(len(set(heading)) == len(heading), name, 'a heading twice')
    return [dict(zip(heading, row)) for row in rows[1:]]


def minor_of(amount):
    return int(amount.replace('.', ''))


class Outputs:
    """payments.csv, and the edges and nodes that follow from it."""

    def __init__(self, case):
        self.case, self.out = case, case + '/out'
        self.payments = rows_of(self.out, 'payments.csv')
        self.by_id = {row['payment']: row for row in self.payments}
        check(len(self.by_id) == len(self.payments), 'payments.csv: an id twice')
        self.accounts = {row['account'] for row in rows_of(self.out, 'accounts.csv')}
        self.links = collections.defaultdict(lambda: [0, decimal.Decimal(0), 0, [], []])
        self.touched, self.ends = set(), set()
        for row in self.payments:
            payer, payee = row['payer'], row['payee']
            self.touched |= {payer, payee} - {''}
            if not payer or not payee:
                self.ends.add((payer or payee, row['kind']))
            elif not row['to_itself']:
                link = self.links[payer, payee, row['currency']]
                link[0] += 1
                link[1] += decimal.Decimal(row['amount'])
                link[2] += row['may_be_double'] == 'yes'
                link[3].append(row['booking_date'])
        self.links = {key: (link[0], str(link[1]), link[2], min(link[3]), max(link[3]))
                      for key, link in self.links.items()}
        check(self.touched <= self.accounts, 'payments of accounts that accounts.csv lacks')

    def sums(self, rows, amount='amount'):
        found = collections.defaultdict(lambda: [0, decimal.Decimal(0)])
        for row in rows:
            found[row['currency']][0] += 1
            found[row['currency']][1] += decimal.Decimal(row[amount])
        return {currency: tuple(pair) for currency, pair in found.items()}

    def compare_edge(self, what, name, values, one_line=False):
        row = self.by_id.get(name)
        check(row is not None, what, 'has an edge that is no payment', name)
        if row is None:
            return
        expected = {'booking_date': row['booking_date'], 'booking_time': row['time'],
                    'amount': row['amount'], 'currency': row['currency'],
                    'amount_minor': str(minor_of(row['amount'])),
                    'received_amount': row['received_amount'],
                    'received_currency': row['received_currency'],
                    'payment_kind': row['kind'], 'text': row['text'], 'records': row['records'],
                    'may_be_double': 'true' if row['may_be_double'] else 'false'}
        for field, wanted in expected.items():
            if one_line and field not in values:
                continue
            check(values.get(field, '') == wanted, what, name, field, repr(values.get(field)),
                  'not', repr(wanted))

    def compare_ends(self, what, name, source, target, nodes):
        row = self.by_id.get(name, {})
        for party, node in ((row.get('payer'), source), (row.get('payee'), target)):
            check(node in nodes, what, name, 'ends at a node that is not there', node)
            if party:
                check(party == node, what, name, 'goes to', node, 'not', party)
            else:
                check(nodes.get(node) == ('end', row.get('kind')), what, name, 'end', node)

    def compare_nodes(self, what, nodes, ends):
        same(what + ' nodes', {name for name, kind in nodes.items() if kind[0] == 'account'},
             self.touched)
        same(what + ' ends', sorted(kind[1] for kind in nodes.values() if kind[0] == 'end'),
             sorted(kind for _, kind in self.ends) if ends else [])


def read_xml(out, name):
    """Ids twice and endpoints that are not there, which readers mend silently."""
    root = tree.parse(f'{out}/{name}').getroot()
    local = [(element.tag.rsplit('}', 1)[1], element) for element in root.iter()]
    nodes = [element.get('id') for tag, element in local if tag == 'node']
    edges = [element for tag, element in local if tag == 'edge']
    ids = [edge.get('id') for edge in edges]
    check(len(set(nodes)) == len(nodes), name, 'a node id twice')
    check(len(set(ids)) == len(ids), name, 'an edge id twice')
    check(not set(nodes) & set(ids), name, 'an id for a node and an edge')
    for edge in edges:
        check({edge.get('source'), edge.get('target')} <= set(nodes), name, 'dangling',
              edge.get('id'))
        check(edge.get('label') is None, name, 'an edge with a label attribute')
    return root, local, nodes, edges


def as_text(value):
    if value is None:
        return ''
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if isinstance(value, float):
        return '' if value != value else str(int(value))
    return str(value)


def typed(values):
    return values.get('type'), values.get('end_kind') or ''


def check_graphml(outputs, name, transfers):
    _, _, node_ids, edge_elements = read_xml(outputs.out, name)
    graphs = []
    graph = networkx.read_graphml(f'{outputs.out}/{name}', force_multigraph=True)
    nodes = {node: typed(values) for node, values in graph.nodes(data=True)}
    graphs.append(('networkx', nodes, [(key, source, target, values)
                                       for source, target, key, values
                                       in graph.edges(keys=True, data=True)]))
    graph = igraph.Graph.Read_GraphML(f'{outputs.out}/{name}')
    check(graph.is_directed(), name, 'igraph: not directed')
    names = graph.vs['id']
    nodes = {vertex['id']: typed(vertex.attributes()) for vertex in graph.vs}
    graphs.append(('igraph', nodes, [(edge['id'], names[edge.source], names[edge.target],
                                      edge.attributes()) for edge in graph.es]))
    for reader, nodes, edges in graphs:
        what = f'{name} by {reader}:'
        same(what + ' node count', len(nodes), len(node_ids))
        same(what + ' edge count', len(edges), len(edge_elements))
        outputs.compare_nodes(what, nodes, transfers)
        if transfers:
            same(what + ' payments', {edge[0] for edge in edges}, set(outputs.by_id))
            for edge_id, source, target, values in edges:
                outputs.compare_ends(what, edge_id, source, target, nodes)
                outputs.compare_edge(what, edge_id,
                                     {key: as_text(value) for key, value in values.items()})
        else:
            found = {(source, target, values['currency']):
                     (int(values['payments']), values['amount'],
                      int(values['payments_may_be_double']), values['first_date'],
                      values['last_date']) for _, source, target, values in edges}
            same(what + ' links', found, outputs.links)
            for _, _, _, values in edges:
                same(what + ' minor', int(values['amount_minor']), minor_of(values['amount']))


def check_gexf(outputs):
    name = 'graph/transfers.gexf'
    if os.path.exists(RNG):
        said = subprocess.run(['xmllint', '--noout', '--relaxng', RNG, f'{outputs.out}/{name}'],
                              capture_output=True, text=True)
        check(said.returncode == 0, name, said.stderr[-500:])
    else:
        print(f'not compared with the schema: {RNG} is not there')
    root, local, _, edges = read_xml(outputs.out, name)
    space = {'g': 'http://gexf.net/1.3'}
    graph = root.find('g:graph', space)
    check(graph.get('timeformat') in ('date', 'dateTime'), name, 'timeformat')
    for many, one in (('nodes', 'node'), ('edges', 'edge')):
        same(f'{name} count of {many}', graph.find('g:' + many, space).get('count'),
             str(sum(tag == one for tag, _ in local)))

    def values_of(element):
        return {value.get('for'): value.get('value')
                for value in element.findall('g:attvalues/g:attvalue', space)}
    nodes = {element.get('id'): typed(values_of(element)) for tag, element in local if tag == 'node'}
    outputs.compare_nodes(name, nodes, True)
    same(name + ' payments', {edge.get('id') for edge in edges}, set(outputs.by_id))
    check(len({edge.get('kind') for edge in edges}) == len(edges), name, 'a kind twice')
    for edge in edges:
        row = outputs.by_id.get(edge.get('id'), {})
        same(name + ' start and end', (edge.get('start')[:10], edge.get('end')[:10]),
             (row.get('booking_date'),) * 2)
        outputs.compare_ends(name, edge.get('id'), edge.get('source'), edge.get('target'), nodes)
        outputs.compare_edge(name, edge.get('id'), values_of(edge))


def check_graph_csv(outputs):
    rows = rows_of(outputs.out, 'graph/nodes.csv')
    nodes = {row['Id']: typed(row) for row in rows}
    check(len(nodes) == len(rows), 'nodes.csv: an id twice')
    outputs.compare_nodes('nodes.csv', nodes, True)
    edges = rows_of(outputs.out, 'graph/edges.csv')
    same('edges.csv', sorted(row['Id'] for row in edges), sorted(outputs.by_id))
    for row in edges:
        check(row['Type'] == 'Directed' and row['Kind'] == row['Id'], 'edges.csv', row['Id'])
        outputs.compare_ends('edges.csv', row['Id'], row['Source'], row['Target'], nodes)
        outputs.compare_edge('edges.csv', row['Id'], row)
    same('edges.csv sums', outputs.sums(edges), outputs.sums(outputs.payments))
    return nodes


def check_i2(outputs, nodes):
    with open(outputs.out + '/graph/i2.csv', 'rb') as file:
        received = file.read()
    check(received.startswith(b'\xef\xbb\xbf'), 'i2.csv: no BOM')
    lines = received.count(b'\r\n')
    check(received.endswith(b'\r\n') and lines == received.count(b'\n') == received.count(b'\r') ==
          len(outputs.payments) + 1, 'i2.csv: line breaks inside cells')
    rows = rows_of(outputs.out, 'graph/i2.csv')
    same('i2.csv', sorted(row['link_id'] for row in rows), sorted(outputs.by_id))
    check('amount_minor' not in rows[0] if rows else True, 'i2.csv: minor units')
    for row in rows:
        outputs.compare_ends('i2.csv', row['link_id'], row['from_id'], row['to_id'], nodes)
        for side in ('from', 'to'):
            check((row[side + '_type'] == 'End') == (nodes[row[side + '_id']][0] == 'end'),
                  'i2.csv: type of', row[side + '_id'])
        outputs.compare_edge('i2.csv', row['link_id'], {
            'booking_date': row['date'], 'booking_time': row['time'], 'amount': row['amount'],
            'currency': row['currency'], 'text': row['description'],
            'records': row['source_reference']}, one_line=True)
    same('i2.csv sums', outputs.sums(rows), outputs.sums(outputs.payments))


def check_sqlite(outputs):
    base = sqlite3.connect(f'file:{outputs.out}/case.sqlite?mode=ro', uri=True)
    base.row_factory = sqlite3.Row

    def ask(query):
        return [tuple(row) for row in base.execute(query)]
    same('sqlite integrity', ask('PRAGMA integrity_check'), [('ok',)])
    same('sqlite foreign keys', ask('PRAGMA foreign_key_check'), [])
    for schema, name, kind, _, _, strict in ask('PRAGMA table_list'):
        if kind == 'table' and schema == 'main' and name != 'sqlite_schema':
            check(strict == 1, 'sqlite: not STRICT:', name)
        if not name.startswith('sqlite_'):
            ask(f'SELECT * FROM "{name}"')
    found = {row['payment']: row for row in base.execute('SELECT * FROM payment ORDER BY seq')}
    same('sqlite payments', list(found), [row['payment'] for row in outputs.payments])
    pairs = {'booking_date': 'booking_date', 'booking_time': 'time', 'payer': 'payer',
             'payee': 'payee', 'amount': 'amount', 'currency': 'currency', 'kind': 'kind',
             'credit_date': 'credit_date', 'received_amount': 'received_amount', 'text': 'text',
             'received_currency': 'received_currency', 'reference': 'reference'}
    flags = ('debit_recorded', 'credit_recorded', 'may_be_double', 'to_itself')
    for name, row in found.items():
        wanted = outputs.by_id[name]
        for column, heading in pairs.items():
            check((row[column] or '') == wanted[heading], 'sqlite', name, column,
                  repr(row[column]), 'not', repr(wanted[heading]))
        for flag in flags:
            check(row[flag] == (wanted[flag] == 'yes'), 'sqlite', name, flag)
        same('sqlite minor', (row['amount_minor'], row['received_minor']),
             (minor_of(wanted['amount']), minor_of(wanted['received_amount'])))
    same('sqlite links', {row[:3]: row[3:] for row in ask(
        'SELECT payer, payee, currency, payments, amount_minor, may_be_double, first_date,'
        ' last_date FROM v_link')},
         {key: (link[0], minor_of(link[1]), *link[2:]) for key, link in outputs.links.items()})
    same('sqlite accounts', {row[0] for row in ask('SELECT account FROM account')},
         outputs.accounts)
    cited = collections.defaultdict(list)
    for payment, *cite in ask('SELECT payment, file, line, ordinal, byte_offset, byte_length'
                              ' FROM v_evidence'):
        cited[payment].append('{}:{} (record {}, bytes {}+{})'.format(*cite))
    for row in outputs.payments:
        if ' | and ' not in row['records']:
            same('sqlite evidence', ' | '.join(sorted(cited[row['payment']])),
                 ' | '.join(sorted(row['records'].split(' | '))))
    same('sqlite aliases', dict(ask('SELECT alias, payment FROM payment_alias')),
         {row['other_id']: row['payment'] for row in outputs.payments if row['other_id']})
    for table, name in (('reject', 'rejects.csv'), ('trace', 'trace.csv'),
                        ('holding', 'holdings.csv'), ('possible_double', 'possible_double.csv')):
        same('sqlite rows of ' + table, ask(f'SELECT count(*) FROM {table}')[0][0],
             len(rows_of(outputs.out, name)))
    check_findings(outputs, ask)
    steps = ask('SELECT count(*) FROM route_step')[0][0]
    same('sqlite route steps', (steps, ask('SELECT count(*) FROM v_route_hop')[0][0]),
         (len(rows_of(outputs.out, 'routes.csv')),) * 2)
    same('sqlite sums', {row[0]: row[1:] for row in ask(
        'SELECT currency, count(*), sum(amount_minor) FROM payment GROUP BY currency')},
         {currency: (pair[0], minor_of(str(pair[1])))
          for currency, pair in outputs.sums(outputs.payments).items()})
    check_holdings(outputs, ask)
    return ask


CITE = ("(SELECT file || ':' || line || ' (record ' || ordinal || ', bytes ' || byte_offset || '+' ||"
        " byte_length || ')' FROM record JOIN file USING (file_no) WHERE record_no = {})")


def check_findings(outputs, ask):
    """Each table of case.sqlite that a CSV file shows too, value by value."""
    def alike(name, query, headings):
        wanted = [tuple(row[heading] for heading in headings) for row in rows_of(outputs.out, name)]
        found = [tuple('' if value is None else str(value) for value in row) for row in ask(query)]
        same('sqlite against ' + name, len(found), len(wanted))
        same('sqlite against ' + name, collections.Counter(found) - collections.Counter(wanted),
             collections.Counter())

    alike('duplicates.csv', 'SELECT status, reason, payment, other_payment, '
          '(SELECT file FROM file WHERE file_no = lacking_file_no) FROM duplicate',
          ('status', 'reason', 'payment', 'other_payment', 'lacking_file'))
    alike('reversals.csv', 'SELECT reversal, original, kind, recognised_by, linked_by, extent,'
          f" {CITE.format('reversal.record_no')}, {CITE.format('original_record_no')} FROM reversal",
          ('reversal', 'original', 'kind', 'recognised_by', 'linked_by', 'extent',
           'reversal_record', 'original_record'))
    alike('remarks.csv', 'SELECT file, remark.line, (SELECT ordinal FROM record WHERE record_no ='
          ' remark.record_no), code, message FROM remark JOIN file USING (file_no)',
          ('file', 'line', 'record', 'code', 'message'))
    alike('decisions.csv', 'SELECT decide, answer, first_target, second_target, value, request,'
          ' account, from_date, to_date, who, decided_on, why, line, outcome FROM decision',
          ('decide', 'answer', 'first_target', 'second_target', 'value', 'request', 'account',
           'from', 'to', 'who', 'when', 'why', 'line', 'outcome'))
    reply = rows_of(outputs.out, 'reply-check.csv')
    same('sqlite reply months', collections.Counter(ask(
        "SELECT id, coalesce(account, ''), number, month_start, reply_month.state, days_asked,"
        ' days_covered, rows_outside FROM reply_month JOIN request USING (request_no)')),
         collections.Counter((row['request'], row['account'], row['account_number'], row['month'],
                              row['state'], int(row['days_asked']), int(row['days_covered']),
                              int(row['rows_outside'])) for row in reply if row['row'] == 'month'))
    same('sqlite deficiencies', ask(
        "SELECT coalesce(id, ''), number, kind, coalesce(account, ''), sentence FROM deficiency"
        ' LEFT JOIN request USING (request_no)'),
         [(row['request'], int(row['number']), row['deficiency'], row['account'], row['sentence'])
          for row in reply if row['row'] == 'deficiency'])
    same('sqlite statements', ask(
        "SELECT account, coalesce(statement_number, ''), row_count, verdict, coalesce(opening, ''),"
        " coalesce(closing, ''), coalesce(difference, '') FROM statement ORDER BY statement_no"),
         [(row['account'], row['statement_number'], int(row['rows']), row['verdict'],
           row['opening'], row['closing'], row['difference'])
          for row in rows_of(outputs.out, 'statements.csv')])
    same('sqlite coverage', collections.Counter(ask(
        "SELECT coalesce(account, ''), substr(month_start, 1, 7), months, coverage, days,"
        ' days_covered FROM coverage')), collections.Counter(
            (row['account'], row['month'], int(row['months']), row['coverage'], int(row['days']),
             int(row['days_covered'])) for row in rows_of(outputs.out, 'coverage.csv')))
    same('sqlite breaks', ask('SELECT count(*) FROM statement_break')[0][0],
         sum(int(row['rows_not_following']) for row in rows_of(outputs.out, 'statements.csv')))


def check_holdings(outputs, ask):
    """What the rows of a rule, proceeds and currency sum to is what was introduced there."""
    sums = collections.defaultdict(decimal.Decimal)
    for row in rows_of(outputs.out, 'holdings.csv'):
        sums[row['rule'], row['proceeds'], row['currency']] += decimal.Decimal(row['amount'])
    introduced = {(number, currency): minor for number, currency, minor in
                  ask('SELECT id, currency, amount_minor FROM proceeds')}
    marked = {(number, currency): minor for number, currency, minor in ask(
        'SELECT id, currency, sum(mark.amount_minor) FROM proceeds JOIN mark USING (proceeds_no)'
        ' GROUP BY 1, 2')}
    same('sqlite marks', marked, introduced)
    for (rule, number, currency), total in sums.items():
        same(f'holdings of {rule} {number} {currency}', minor_of(str(total)),
             introduced.get((number, currency), 0))
    rules = [row[0] for row in ask('SELECT rule FROM rule')]
    for number, currency in introduced:
        for rule in rules:
            check((rule, number, currency) in sums, 'no holdings of', rule, number, currency)
    for row in rows_of(outputs.out, 'trace.csv'):
        check(decimal.Decimal(row['left']) <= decimal.Decimal(row['amount']), 'trace.csv', row)


class Received:
    def __init__(self, case, ask):
        self.case, self.bytes, self.hashed = case, {}, {}
        self.hashes = dict(ask('SELECT file, sha256 FROM file'))
        for folder, _, names in os.walk(case + '/received'):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as file:
                    content = file.read()
                plain = gzip.decompress(content) if content[:2] == b'\x1f\x8b' else content
                self.hashed[hashlib.sha256(content).hexdigest()] = plain

    def row(self, citation):
        found = CITATION.match(citation)
        check(found is not None, 'a citation that says nothing:', citation)
        if found is None:
            return b''
        name = found[1]
        line, _, offset, length = (int(part) for part in found.groups()[1:])
        content = self.hashed.get(self.hashes.get(name))
        check(content is not None, 'no such received file:', citation)
        if content is None:
            return b''
        if name not in self.bytes:
            starts = [0]
            starts += [match.end() for match in re.finditer(b'\n', content)]
            self.bytes[name] = starts
        start = self.bytes[name][line - 1] if line <= len(self.bytes[name]) else -1
        if line == 1 and content.startswith(b'\xef\xbb\xbf') and offset == 3:
            start = 3
        check(start == offset, 'another line:', citation)
        check(offset + length == len(content) or content[offset + length:offset + length + 1] in
              (b'\r', b'\n'), 'no whole row:', citation)
        return content[offset:offset + length]


def check_citations(outputs, received):
    """A cited row holds the amount, however its digits are grouped."""
    cited = 0
    for row in outputs.payments:
        wanted = set()
        for amount in (row['amount'], row['received_amount']):
            whole, _, cents = amount.partition('.')
            wanted.add((whole + cents.rstrip('0')).encode())
        for citation in row['records'].split(' | '):
            if re.fullmatch(r'and \d+ more', citation):
                continue
            digits = re.sub(rb"[.,' \xa0\xc2]", b'', received.row(citation))
            check(any(amount in digits for amount in wanted), 'the amount', row['amount'],
                  'is not in', citation, digits[:200])
            cited += 1
    for row in rows_of(outputs.out, 'rejects.csv'):
        name = row['file']
        check(name in received.hashes, 'rejects.csv names no received file:', name)
    return cited


def main():
    outputs = Outputs(sys.argv[1])
    check_graphml(outputs, 'graph/transfers.graphml', True)
    check_graphml(outputs, 'graph/links.graphml', False)
    check_gexf(outputs)
    nodes = check_graph_csv(outputs)
    check_i2(outputs, nodes)
    ask = check_sqlite(outputs)
    cited = check_citations(outputs, Received(outputs.case, ask))
    for failure in failures[:20]:
        print('FAILED:', failure)
    if failures:
        print(f'{len(failures)} failures in {sys.argv[1]}')
        sys.exit(1)
    print(f'{len(outputs.payments)} payments, {len(nodes)} nodes, {len(outputs.links)} links, '
          f'{cited} citations read back')


main()
