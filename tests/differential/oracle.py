#!/usr/bin/python3
"""oracle.py CASE: reads the received files of samples/lantern by itself, pairs, traces under five
rules, looks for routes, and compares with CASE/out/payments.csv, possible_double.csv, trace.csv,
holdings.csv, routes.csv and rejects.csv. `oracle.py --figures CASE` prints what it found instead.

Slow and obvious on purpose: layouts of lantern only, every pocket a plain list of layers, every
pair of entries looked at. Shares no code, no table and no order of work with the program; the rules are
those of Clayton's Case and its companions as README.md of the sample states them. Standard
library only.
"""
import csv
import datetime
import hashlib
import re
import sys
from collections import defaultdict
from fractions import Fraction

from lantern_files import (C1, C2, C3, CY_C2, CY_DAMAGED, CY_TABLE, D, DE_C1, DE_F, E, EMPLOYER, F,
                           K, LV_WORKER, W1, WORKERS, Evidence, minor)

RULES = ('fifo', 'lifo', 'prorata', 'libr', 'tfo')
SOURCES = ('P1', 'P2', 'P3', 'P4')
P2_AMOUNT = 480000
DESTINATIONS = (D, 'MT82NAVA99999000000000000020417')


# --- pairing ---------------------------------------------------------------------------------

def in_window(debit, credit):
    return (debit.amount == credit.amount and debit.currency == credit.currency and
            0 <= (credit.credit_day - debit.debit_day).days <= 3)


def same_payment(debit, credit):
    if not in_window(debit, credit):
        return False
    named = (debit.payee is not None and debit.payee == credit.payee and
             credit.payer is not None and credit.payer == debit.payer)
    shared = debit.reference != '' and debit.reference == credit.reference
    return named or (shared and debit.payer != credit.payee)


def alike(debit, credit):
    """One names the other, and the other names nobody."""
    return in_window(debit, credit) and debit.payer != credit.payee and (
        (debit.payee == credit.payee and credit.payer is None) or
        (credit.payer == debit.payer and debit.payee is None))


def twins(debits, fits):
    """Equal debits of one day and as many equal credits of one day, that fit nothing else, in the
    order they happened: the recruiter's bank lists the newest first."""
    found, groups = [], defaultdict(list)
    for d in debits:
        if len(fits[d]) > 1 and len({c.credit_day for c in fits[d]}) == 1:
            groups[d.debit_day, tuple(c.cites[0] for c in fits[d])].append(d)
    for group in groups.values():
        credits = sorted(fits[group[0]], key=lambda c: c.cites, reverse=True)
        if len(group) == len(credits):
            found += zip(sorted(group, key=lambda d: d.cites), credits)
    return found


def pair(entries):
    debits = [e for e in entries if e.debit and not e.credit]
    credits = [e for e in entries if e.credit and not e.debit]
    fits = {d: [c for c in credits if same_payment(d, c)] for d in debits}
    wanted = defaultdict(list)
    for d in debits:
        for c in fits[d]:
            wanted[c].append(d)
    payments = [e for e in entries if e.debit and e.credit]
    pairs = [(d, fits[d][0]) for d in debits
             if len(fits[d]) == 1 and len(wanted[fits[d][0]]) == 1]
    pairs += twins(debits, fits)
    for d, c in pairs:
        d.pair = c.pair = True
    doubles = []
    for test in (same_payment, alike):
        for d in sorted(debits, key=lambda e: e.debit_day):
            for c in sorted(credits, key=lambda e: (e.credit_day, e.cites)):
                if not (d.pair or c.pair or d.double or c.double) and test(d, c):
                    d.double = c.double = True
                    doubles.append((d, c))
    for d, c in pairs:
        d.credit, d.credit_day, d.payee, d.credit_cite = True, c.credit_day, c.payee, c.cites[0]
        d.cites = d.cites + c.cites
        d.reference = d.reference or c.reference
    payments += debits + [c for c in credits if not c.pair]
    return payments, pairs, doubles


# --- order -----------------------------------------------------------------------------------

def main_order(payments, entries):
    """Day by day; within a day every account keeps its own order, and a payment's debit comes
    before its credit. Legs are (payment, 'debit' | 'credit' | 'both')."""
    position = {e.cites[0]: i for i, e in enumerate(entries)}
    legs = []
    for p in payments:
        if p.pair:
            legs.append((p.debit_day, position[p.cites[0]], p, 'debit', {p.payer}))
            legs.append((p.credit_day, position[p.credit_cite], p, 'credit', {p.payee}))
        elif p.debit and p.credit:
            legs.append((p.debit_day, position[p.cites[0]], p, 'both', {p.payer, p.payee}))
        elif p.debit:
            legs.append((p.debit_day, position[p.cites[0]], p, 'debit', {p.payer}))
        else:
            legs.append((p.credit_day, position[p.cites[0]], p, 'credit', {p.payee}))
    legs.sort(key=lambda leg: leg[:2])
    order, done = [], set()
    while legs:
        for i, leg in enumerate(legs):
            if leg[0] != legs[0][0]:
                raise SystemExit('oracle: the order within %s has a cycle' % legs[0][0])
            free = all(leg[4].isdisjoint(before[4]) for before in legs[:i])
            if free and (leg[3] != 'credit' or not leg[2].pair or leg[2] in done):
                break
        done.add(leg[2])
        order.append((leg[2], leg[3]))
        legs.pop(i)
    return order


# --- observation -----------------------------------------------------------------------------

def span(entries, file):
    days = [e.debit_day for e in entries if e.cites[0][0] == file]
    return min(days), max(days)


def observations(entries):
    year = datetime.date
    return {K: (year(2024, 9, 1), year(2024, 12, 31)), W1: (year(2024, 9, 1), year(2024, 12, 31)),
            F: (year(2024, 9, 1), year(2024, 12, 15)), C1: (year(2024, 9, 1), year(2024, 12, 15)),
            C2: span(entries, CY_C2), C3: span(entries, CY_TABLE), D: span(entries, CY_TABLE),
            E: span(entries, CY_DAMAGED)}


def where_it_ends(payment, observed):
    if payment.payee is None:
        if payment.kind in ('cash', 'card', 'fee'):
            return payment.payer, payment.kind, ''
        return payment.payer, 'frontier', 'counterparty not named'
    if payment.payee not in observed:
        return payment.payee, 'frontier', 'not received'
    first, last = observed[payment.payee]
    inside = first <= payment.debit_day <= last
    return payment.payee, 'frontier', ('no matching credit in the records' if inside
                                       else 'outside period')


# --- tracing ---------------------------------------------------------------------------------

def half_up(a, b, c):
    return (2 * a * b + c) // (2 * c)


def shares(parts, amount):
    """How much of each origin is in `amount` out of parts in proportion: all sources together
    half up; between sources down, what is left to the largest fractions, ties to the first."""
    total = sum(n for n, _ in parts)
    held = defaultdict(int)
    for n, origin in parts:
        held[origin] += n
    sources = [s for s in SOURCES if held[s]]
    tainted = half_up(amount, sum(held[s] for s in sources), total)
    out = {s: amount * held[s] // total for s in sources}
    rest = tainted - sum(out.values())
    for s in sorted(sources, key=lambda s: (-(amount * held[s] % total), SOURCES.index(s)))[:rest]:
        out[s] += 1
    out['rest'] = amount - sum(out[s] for s in sources)
    return out, held


def scaled(parts, amount):
    """`amount` in the mix of parts, in their order."""
    wanted, held = shares(parts, amount)
    passed, given, out = defaultdict(int), defaultdict(int), []
    for n, origin in parts:
        passed[origin] += n
        upto = wanted[origin] * passed[origin] // held[origin]
        out.append([upto - given[origin], origin])
        given[origin] = upto
    return [part for part in out if part[0]]


class Pocket:
    def __init__(self, opening):
        self.layers = [[opening, 'rest']] if opening > 0 else []
        self.overdraft = 0

    def credit(self, parts):
        """Parts on top, after the overdraft; returns what the overdraft swallowed by origin."""
        swallowed = {}
        owed = min(self.overdraft, sum(n for n, _ in parts))
        if owed:
            swallowed, _ = shares(parts, owed)
            self.overdraft -= owed
            left = dict(swallowed)
            rest = []
            for n, origin in parts:
                paid = min(n, left[origin])
                left[origin] -= paid
                rest.append([n - paid, origin])
            parts = rest
        self.layers += [[n, origin] for n, origin in parts if n]
        return swallowed

    def debit(self, amount, rule):
        have = sum(n for n, _ in self.layers)
        take = min(amount, have)
        if rule == 'prorata' and take:
            wanted, _ = shares(self.layers, take)
            parts = [[n, origin] for origin, n in wanted.items() if n]
            for origin, n in wanted.items():
                self.remove(self.layers, origin, n)
        else:
            parts, left = [], take
            for layer in self.queue(rule):
                used = min(layer[0], left)
                layer[0] -= used
                left -= used
                if used:
                    parts.append([used, layer[1]])
        self.layers = [layer for layer in self.layers if layer[0]]
        if amount > take:
            parts.append([amount - take, 'rest'])
            self.overdraft += amount - take
        return parts

    @staticmethod
    def remove(layers, origin, amount):
        for layer in layers:
            if layer[1] == origin:
                used = min(layer[0], amount)
                layer[0] -= used
                amount -= used

    def queue(self, rule):
        if rule == 'fifo':
            return list(self.layers)
        if rule == 'lifo':
            return self.layers[::-1]
        own = [layer for layer in self.layers if layer[1] == 'rest']
        traced = [layer for layer in self.layers if layer[1] != 'rest']
        return own + traced if rule == 'libr' else traced + own


class Trace:
    def __init__(self, rule, order, openings, observed, marks):
        self.rule, self.observed, self.marks = rule, observed, marks
        self.pockets = {}
        self.openings = openings
        self.rows = defaultdict(lambda: [0, 0])
        self.held = defaultdict(int)
        self.introduced = defaultdict(int)
        on_the_way = {}
        for payment, side in order:
            if side in ('debit', 'both') and payment.payer in observed:
                parts = self.leave(payment)
            elif side == 'credit' and payment.pair:
                parts = on_the_way.pop(payment)
            else:
                parts = self.come_in(payment)
            if side == 'debit' and payment.pair:
                on_the_way[payment] = parts
            elif payment.payee in observed and side != 'debit':
                self.arrive(payment, parts)
            else:
                self.end(payment, parts)
        for (account, currency), pocket in self.pockets.items():
            for n, origin in pocket.layers:
                self.hold(origin, currency, account, 'account', '', n)

    def pocket(self, account, currency):
        if (account, currency) not in self.pockets:
            self.pockets[account, currency] = Pocket(self.openings.get((account, currency), 0))
        return self.pockets[account, currency]

    def hold(self, source, currency, account, where, reason, amount):
        if source != 'rest':
            self.held[source, currency, account, where, reason] += amount

    def hold_parts(self, parts, currency, account, where, reason='', sign=1):
        for n, origin in parts:
            self.hold(origin, currency, account, where, reason, sign * n)

    def note(self, payment, parts, column):
        for n, origin in parts:
            if origin != 'rest':
                self.rows[origin, payment][column] += n

    def leave(self, payment):
        parts = self.pocket(payment.payer, payment.currency).debit(payment.amount, self.rule)
        if payment in self.marks:
            source, _ = self.marks[payment]
            for part in parts:
                if part[1] == 'rest':
                    part[1] = source
                    self.introduced[source] += part[0]
        self.note(payment, parts, 0)
        return parts

    def come_in(self, payment):
        parts = [[payment.received, 'rest']]
        if payment in self.marks:
            source, amount = self.marks[payment]
            parts = [[payment.received - amount, 'rest'], [amount, source]]
            self.introduced[source] += amount
        self.note(payment, parts, 0)
        return [part for part in parts if part[0]]

    def changed(self, payment, parts):
        """What arrives of parts after charges or a conversion on the way."""
        if payment.currency != payment.received_currency:
            arriving = scaled(parts, payment.received)
            return arriving
        if payment.received < payment.amount:
            charge = scaled(parts, payment.amount - payment.received)
            self.hold_parts(charge, payment.currency, payment.payer, 'fee')
            gone = defaultdict(int)
            for n, origin in charge:
                gone[origin] += n
            for part in parts:
                used = min(part[0], gone[part[1]])
                gone[part[1]] -= used
                part[0] -= used
        return parts

    def arrive(self, payment, parts):
        arriving = self.changed(payment, [list(part) for part in parts])
        if payment.currency != payment.received_currency:
            self.hold_parts(parts, payment.currency, payment.payer, 'converted_out')
            self.hold_parts(arriving, payment.received_currency, payment.payee, 'converted_in',
                            sign=-1)
        self.note(payment, arriving, 1)
        swallowed = self.pocket(payment.payee, payment.received_currency).credit(arriving)
        for origin, n in swallowed.items():
            self.hold(origin, payment.received_currency, payment.payee, 'overdraft', '', n)

    def end(self, payment, parts):
        arriving = self.changed(payment, [list(part) for part in parts])
        self.note(payment, arriving, 1)
        account, where, reason = where_it_ends(payment, self.observed)
        self.hold_parts(arriving, payment.currency, account, where, reason)


def openings(order, entries):
    """K: as the case file says. F and C1: the first balance less the first amount. Others: the
    least that pays every debit."""
    out = {(K, 'EUR'): 35000}
    for account, file in ((F, DE_F), (C1, DE_C1)):
        first = next(e for e in entries if e.cites[0][0] == file)
        out[account, 'EUR'] = first.balance + (first.amount if first.payer == account
                                               else -first.amount)
    running = defaultdict(int)
    for payment, side in order:
        if side in ('debit', 'both'):
            pocket = payment.payer, payment.currency
            running[pocket] -= payment.amount
            if pocket not in ((K, 'EUR'), (F, 'EUR'), (C1, 'EUR')):
                out[pocket] = max(out.get(pocket, 0), -running[pocket])
        if side in ('credit', 'both'):
            running[payment.payee, payment.received_currency] += payment.received
    return out


def choose_marks(order):
    marks, left = {}, P2_AMOUNT
    for payment, side in order:
        if side == 'credit' and payment.pair:
            continue
        text = payment.text.casefold()
        if payment.payer == W1 and payment.payee == K:
            marks[payment] = 'P1', payment.amount
        elif payment.payee == K and payment.credit and 'īre un ceļš' in text and (
                100000 <= payment.amount <= 120000) and left:
            marks[payment] = 'P2', min(left, payment.amount)
            left -= marks[payment][1]
        elif payment.payer == EMPLOYER and payment.payee == K and 'lohn' in text:
            marks[payment] = 'P3', payment.amount
        elif payment.cites == [(DE_F, 21)]:
            marks[payment] = 'P4', payment.amount
    return marks


# --- routes ----------------------------------------------------------------------------------

class Routes:
    """Every way on from every marked payment, tried one by one."""

    def __init__(self, payments, order, observed, marks, doubles):
        self.payments, self.observed = payments, observed
        self.twin = dict(doubles)
        self.place = {}
        for i, (payment, side) in enumerate(order):
            if side != 'credit':
                self.place[payment, 'debit'] = i
            if side != 'debit' or not payment.pair:
                self.place[payment, 'credit'] = i
        self.found = []
        for payment, (source, amount) in marks.items():
            self.go_on([payment], source, [Fraction(amount)], Fraction(1))

    def shows(self, account, when):
        return account in self.observed and (
            self.observed[account][0] <= when <= self.observed[account][1])

    def follow(self, path):
        last = self.twin.get(path[-1], path[-1])
        seen = {p.payer for p in path} | {p.payee for p in path}
        for p in self.payments:
            held = (p.debit_day - last.credit_day).days
            if (p.debit and p.payer == last.payee and p.currency == last.received_currency and
                    0 <= held <= 3 and self.place[p, 'debit'] > self.place[last, 'credit'] and
                    5 * p.amount >= 4 * last.received and
                    (p.payee not in seen or p.payee == p.payer != path[-1].payer)):
                yield p

    def ends(self, path):
        last = path[-1]
        if last.payee is None or last.payee in DESTINATIONS:
            return True
        if last.credit or last in self.twin:
            return not self.shows(last.payee, last.credit_day) and not list(self.follow(path))
        return self.shows(last.payee, last.debit_day) or not list(self.follow(path))

    def go_on(self, path, source, amounts, back):
        """`back`: what one unit of the currency now is in the currency of the proceeds."""
        if self.ends(path):
            self.found.append((source, tuple(key_of(p) for p in path), int(min(amounts))))
            return
        if len(path) == 8:
            return
        if path[-1].currency != path[-1].received_currency:
            back *= Fraction(path[-1].amount, path[-1].received)
        for p in self.follow(path):
            self.go_on(path + [p], source, amounts + [p.amount * back], back)


# --- comparing -------------------------------------------------------------------------------

def decimal(amount):
    return '%s%d.%02d' % ('-' if amount < 0 else '', abs(amount) // 100, abs(amount) % 100)


class Comparison:
    def __init__(self, evidence):
        self.evidence = evidence
        self.failures = 0
        shown = hashlib.sha256(evidence.bytes_of(LV_WORKER)).hexdigest()[:12]
        self.real = {'F-' + shown: LV_WORKER}

    def fail(self, words):
        self.failures += 1
        print('differs: ' + words)

    def same(self, what, ours, theirs):
        for key in sorted(set(ours) | set(theirs), key=str):
            if ours.get(key) != theirs.get(key):
                self.fail('%s %s: oracle %s, program %s' % (what, key, ours.get(key),
                                                            theirs.get(key)))

    def table(self, name):
        with open(self.evidence.case + '/out/' + name, encoding='utf-8', newline='') as file:
            return list(csv.DictReader(file))

    def cites(self, text):
        found = []
        for one in text.split(' | '):
            file, line = re.fullmatch(r'(.*):(\d+) \(record \d+, bytes \d+\+\d+\)', one).groups()
            found.append((self.real.get(file, file), int(line)))
        return tuple(sorted(found))


def key_of(payment):
    return tuple(sorted(payment.cites))


def shown_number(number, protected):
    return '(protected)' if number in protected else number or ''


def compare_payments(compare, payments, protected):
    ours, theirs, accounts = {}, {}, {}
    for p in payments:
        ours[key_of(p)] = (
            str(p.debit_day), decimal(p.amount), p.currency, str(p.credit_day),
            decimal(p.received), p.received_currency, shown_number(p.payer, protected),
            shown_number(p.payee, protected), p.kind, p.reference,
            p.debit, p.credit, p.double)
    for row in compare.table('payments.csv'):
        key = compare.cites(row['records'])
        numbers = ['(protected)' if re.fullmatch('[VW]-.*/1', row[n]) else row[n]
                   for n in ('payer_number', 'payee_number')]
        theirs[key] = (row['booking_date'], row['amount'], row['currency'], row['credit_date'],
                       row['received_amount'], row['received_currency'], *numbers, row['kind'],
                       row['reference'], row['debit_recorded'] == 'yes',
                       row['credit_recorded'] == 'yes', row['may_be_double'] == 'yes')
        p = next((p for p in payments if key_of(p) == key), None)
        if p is not None:
            accounts[row['payer']] = p.payer
            accounts[row['payee']] = p.payee
    compare.same('payment', ours, theirs)
    return accounts


def compare_totals(compare, evidence, pairs):
    """Rows of the received files, added up, less one leg of each pair = the program's payments."""
    ours, theirs = defaultdict(int), defaultdict(int)
    for e in evidence.entries:
        ours[e.currency] += e.amount
    for d, _ in pairs:
        ours[d.currency] -= d.amount
    for row in compare.table('payments.csv'):
        theirs[row['currency']] += minor(row['amount'])
    compare.same('total of payments in', ours, theirs)
    return ours


def compare_trace(compare, traces, accounts):
    ours, theirs = {}, {}
    for rule, trace in traces.items():
        for (source, p), (left, entered) in trace.rows.items():
            ours[rule, source, key_of(p)] = decimal(p.amount), decimal(left), decimal(entered)
    for row in compare.table('trace.csv'):
        theirs[row['rule'], row['proceeds'], compare.cites(row['records'])] = (
            row['amount'], row['left'], row['entered'])
    compare.same('traced', ours, theirs)
    ours, theirs = {}, {}
    for rule, trace in traces.items():
        for key, amount in trace.held.items():
            if amount:
                ours[(rule,) + key] = decimal(amount)
    for row in compare.table('holdings.csv'):
        theirs[row['rule'], row['proceeds'], row['currency'],
               accounts.get(row['account'], row['account']), row['where'],
               row['reason']] = row['amount']
    compare.same('holding', ours, theirs)


def compare_routes(compare, routes):
    ours = {route: True for route in routes.found}
    steps = defaultdict(list)
    for row in compare.table('routes.csv'):
        steps[row['route'], row['proceeds'], minor(row['got_through'])].append(
            (int(row['step']), compare.cites(row['records'])))
    theirs = {(source, tuple(cites for _, cites in sorted(found)), got): True
              for (_, source, got), found in steps.items()}
    compare.same('route', ours, theirs)


def check_conservation(compare, traces):
    for rule, trace in traces.items():
        sums = defaultdict(int)
        for (source, currency, *_), amount in trace.held.items():
            sums[source, currency] += amount
        for (source, currency), amount in sums.items():
            wanted = trace.introduced[source] if currency == 'EUR' else 0
            if amount != wanted:
                compare.fail('oracle: %s %s %s: %d introduced, %d found' % (rule, source, currency,
                                                                            wanted, amount))


def print_figures(evidence, payments, pairs, doubles, totals, traces):
    """Lines of the tables in samples/lantern/README.md: the test looks for each of them there."""
    print('| %d | %d | %d | %d | %d |' % (evidence.rows, evidence.attesting, evidence.rejected,
                                          evidence.no_payment, evidence.out_of_scope))
    print('| %d | %d | %d | %s | %s | %s | %s |' % (
        len(payments), len(pairs), len(doubles), decimal(sum(d.amount for d, _ in doubles)),
        decimal(sum(e.amount for e in evidence.entries if e.currency == 'EUR')),
        decimal(totals['EUR']), decimal(totals['USD'])))
    places = ('account', 'cash', 'card', 'fee', 'overdraft', 'frontier', 'converted_out',
              'converted_in')
    for rule, trace in traces.items():
        sums = defaultdict(int)
        for (source, currency, _, where, _), amount in trace.held.items():
            sums[source, currency, where] += amount
        for source in SOURCES:
            for currency in ('EUR', 'USD'):
                row = [sums[source, currency, where] for where in places]
                if any(row):
                    print('| %s | %s | %s | %s | %s |' % (
                        rule, source, currency,
                        ' | '.join(decimal(n) if n else '' for n in row), decimal(sum(row))))


def main():
    figures = sys.argv[1] == '--figures'
    evidence = Evidence(sys.argv[-1])
    evidence.read()
    payments, pairs, doubles = pair(evidence.entries)
    order = main_order(payments, evidence.entries)
    observed = observations(evidence.entries)
    marks = choose_marks(order)
    opening = openings(order, evidence.entries)
    traces = {rule: Trace(rule, order, opening, observed, marks) for rule in RULES}
    compare = Comparison(evidence)
    protected = (W1,) + WORKERS + ('LV47DAKR0055100030009',)
    accounts = compare_payments(compare, payments, protected)
    totals = compare_totals(compare, evidence, pairs)
    if figures:
        return print_figures(evidence, payments, pairs, doubles, totals, traces)
    compare_trace(compare, traces, accounts)
    routes = Routes(payments, order, observed, marks, doubles)
    compare_routes(compare, routes)
    check_conservation(compare, traces)
    theirs = {compare.cites(row['debit_records']) + compare.cites(row['credit_records'])
              for row in compare.table('possible_double.csv')}
    for missing in theirs ^ {key_of(d) + key_of(c) for d, c in doubles}:
        compare.fail('possible double %s' % (missing,))
    rejects = len(compare.table('rejects.csv'))
    if rejects != evidence.rejected:
        compare.fail('rejects: oracle %d, program %d' % (evidence.rejected, rejects))
    if evidence.rows != (evidence.attesting + evidence.rejected + evidence.no_payment +
                         evidence.out_of_scope):
        compare.fail('the rows do not add up')
    if compare.failures:
        sys.exit('%d differences' % compare.failures)
    print('%d payments, %d routes, %d traced rows, %d holdings agree' % (
        len(payments), len(routes.found), sum(len(t.rows) for t in traces.values()),
        sum(1 for t in traces.values() for n in t.held.values() if n)))


main()
