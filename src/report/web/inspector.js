// The inspector on the right: the same for an account, a link, a payment, a route and a group;
// every number leads to the records behind it.
import { button, byId, element, facts, fill } from './element.js';
import { decimalOf, grouped, minorOf, moneyText, short, sizeOf } from './money.js';
import { dayText, momentText } from './calendar.js';
import { cardList } from './evidence.js';
import { paymentFlags } from './findings.js';
import { routeFacts, stepRows } from './routes.js';
import { citeOf, statementView } from './statements.js';
import { tracedShown } from './state.js';
import { connectedSentence, counted, doubleText, endText, groupText, restingText, roleText,
  ruleText, sideText, tracedBrief, tracedMark } from './words.js';

const mostCards = 60;
const mostSides = 8;

function heading(view, text, number, badge) {
  return element('div', { class: 'inspector-head' }, badge || null,
    element('div', {}, element('h2', {}, text), number
      ? element('p', { class: 'mono' }, number) : null),
    button('\u00d7', () => view.state.select(null), { class: 'close', 'aria-label': 'Close' }));
}

function badgeOf(account) {
  return element('span', { class: account.observed ? 'badge' : 'badge hollow',
    'aria-hidden': 'true', style: { '--colour': account.colour } },
  account.person?.type === 'company' ? '\u25a6' : account.person?.type === 'person' ? '\u25cf' : '');
}

function tracedFirst(view, list) {
  return [...list].sort((a, b) => view.tracedSize[b] - view.tracedSize[a]
    || view.findings.size(b) - view.findings.size(a) || a - b);
}

// Bars of other sides: {label, account, size, traced, text}.
function barList(view, rows) {
  const most = Math.max(...rows.map((row) => row.size), 0);
  return element('ul', { class: 'bars' }, rows.map((row) => element('li', {},
    element('button', { type: 'button', class: 'bar-row', on: { click: row.press } },
      element('span', { class: row.account?.observed === false ? 'dot hollow' : 'dot',
        'aria-hidden': 'true', style: { '--colour': row.account?.colour || '#b9c2cb' } }),
      element('span', { class: 'bar-label' }, row.label),
      element('span', { class: row.traced ? 'bar-amount traced' : 'bar-amount' }, row.text)),
    element('span', { class: 'bar', 'aria-hidden': 'true' },
      [[row.size, 'bar-part'], [row.traced ? row.size : row.tracedSize || 0, 'bar-part red']]
        .map(([size, name]) => size > 0 ? element('span', { class: name,
          style: { width: `${Math.max(0.5, 100 * size / most)}%` } }) : null)))));
}

function accountSums(view, account) {
  const { findings, state } = view;
  const rows = [];
  for (const sum of account.sums) {
    const code = sum.currency.code;
    const digits = (minor) => grouped(decimalOf(minor, sum.currency.exponent));
    rows.push([`Received ${code}`, `${digits(sum.in)} in ${counted(sum.inCount, 'payment')}`]);
    rows.push([`Sent ${code}`, `${digits(sum.out)} in ${counted(sum.outCount, 'payment')}`]);
    const doubles = doubleText(sum.doubleCount, sum.double, sum.currency);
    if (doubles) rows.push(['', doubles, { class: 'warn' }]);
    const traced = account.traced.get(sum.currency);
    if (traced?.in.some((minor) => minor > 0n)) {
      rows.push([`Traced in`, tracedMark(findings, traced.in, sum.currency, state.chosen.rule)]);
    }
    if (traced?.out.some((minor) => minor > 0n)) {
      rows.push([`Traced on`, tracedMark(findings, traced.out, sum.currency, state.chosen.rule)]);
    }
  }
  return rows;
}

function counterparties(view, account, list) {
  const { findings, state } = view;
  const sides = new Map();
  for (const at of list) {
    const isOut = findings.payer(at) === account;
    const other = isOut ? findings.payee(at) : findings.payer(at);
    const label = sideText(findings, at, isOut ? 'payee' : 'payer');
    const currency = findings.currencyOf(at);
    const key = `${other ? other.at : label} ${currency.code}`;
    if (!sides.has(key)) {
      sides.set(key, { label, account: other, currency, minor: 0n, tracedSize: 0,
        press: () => { if (other) state.select('account', other.at); } });
    }
    const side = sides.get(key);
    side.minor += findings.amount(at);
    side.tracedSize += view.tracedSize[at];
  }
  const rows = [...sides.values()].map((side) => ({ ...side,
    size: sizeOf(side.minor, side.currency),
    text: `${short(sizeOf(side.minor, side.currency))} ${side.currency.code}` }));
  return { rows: rows.sort((a, b) => b.size - a.size || (a.label < b.label ? -1 : 1)) };
}

function holdingsOf(view, account) {
  const { findings, state } = view;
  const places = new Map();
  for (const holding of findings.data.holdings) {
    if (holding.account !== account.at) continue;
    const key = `${holding.where} ${holding.reason} ${holding.currency}`;
    if (!places.has(key)) {
      places.set(key, { holding, amounts: new Array(findings.data.rules.length).fill(0n) });
    }
    places.get(key).amounts[holding.rule] += minorOf(holding.amount);
  }
  return [...places.values()].map((place) => [restingText(findings, place.holding),
    tracedMark(findings, place.amounts, findings.data.currencies[place.holding.currency],
      state.chosen.rule)]);
}

function accountView(view, account) {
  const { findings, state } = view;
  const list = tracedFirst(view, [...new Set(findings.paymentsOf(account))]
    .filter((at) => state.inPeriod(findings.data.payments.day[at])));
  const sides = counterparties(view, account, list).rows;
  const places = holdingsOf(view, account);
  const group = account.group < 0 ? null : findings.groups[account.group];
  return [heading(view, account.label, account.number === account.label ? null : account.number,
    badgeOf(account)),
  facts([
    ['Bank', account.bank], ['Country', account.country],
    ['Holder', account.person ? `${account.person.label} (case file; ${
      roleText(account.person.role)})` : null],
    ['Name seen', account.nameSeen && account.nameSeen !== account.person?.label
      ? `${account.nameSeen} (as written in the records)` : null],
    ['Group', group ? button(groupText(group), () => state.select('group', group.at),
      { class: 'link-like' }) : null],
    ['Records', account.observed ? 'received' : 'none received: where our records end'],
    ...accountSums(view, account)]),
  places.length ? [element('h3', {}, 'Traced, at the end of the records'), facts(places)] : null,
  element('div', { class: 'buttons' },
    button('Centre', () => { state.change({ tab: 'network' }); view.network.centre(account); }),
    button('Timeline', () => state.change({ tab: 'timeline' })),
    button('All rows', () => state.change({ rowsOf: account.at, tab: 'payments' }))),
  sides.length ? [element('h3', {}, 'Paid and was paid by'),
    barList(view, sides.slice(0, mostSides)),
    sides.length > mostSides ? element('p', { class: 'quiet' },
      `${sides.length - mostSides} more in All rows.`) : null] : null,
  element('h3', {}, `Evidence \u00b7 ${counted(list.length, 'payment')}, most traced first`),
  cardList(view, list, account, mostCards),
  list.length > mostCards ? element('p', { class: 'quiet' },
    `The first ${mostCards} are shown; All rows lists every one.`) : null];
}

function linkView(view, link) {
  const { findings, state } = view;
  const list = tracedFirst(view, link.payments.filter((at) =>
    state.inPeriod(findings.data.payments.day[at])));
  return [heading(view, `${link.payer.label} \u2192 ${link.payee.label}`),
    facts([
      ['Payments', grouped(String(link.count))], ['In all', moneyText(link.amount, link.currency)],
      ['', doubleText(link.doubleCount, 0n, link.currency) ? counted(link.doubleCount, 'payment')
        + ' of it may be double' : null, { class: 'warn' }],
      ['First, last', `${dayText(link.first)} \u2013 ${dayText(link.last)}`]]),
    element('h3', {}, `Evidence \u00b7 ${counted(list.length, 'payment')}, most traced first`),
    cardList(view, list, null, mostCards)];
}

function tracedTable(view, at) {
  const { findings } = view;
  const { traced, rules, proceeds } = findings.data;
  const rows = [...findings.tracedRowsOf(at)];
  if (!rows.length) return null;
  const currency = findings.currencyOf(at);
  const entered = findings.entered(at);
  return [element('h3', {}, 'Traced, by rule'),
    element('table', { class: 'plain small-table' },
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Rule'),
        element('th', { scope: 'col' }, 'Proceeds'),
        element('th', { scope: 'col', class: 'number' }, `Left ${currency.code}`),
        entered ? element('th', { scope: 'col', class: 'number' },
          `Entered ${entered.currency.code}`) : null)),
      element('tbody', {}, rows.map((row) => element('tr', {},
        element('td', {}, rules[traced.rule[row]].name),
        element('td', {}, proceeds[traced.proceeds[row]].id),
        element('td', { class: 'number traced' }, grouped(traced.left[row])),
        entered ? element('td', { class: 'number traced' }, grouped(traced.entered[row])) : null))))];
}

const copyWords = { 'same file': 'the same file received once more',
  'overlapping files': 'the same row in another file of these days',
  'another format': 'the same data in another format',
  'same reference': 'the same transfer and reference in another file' };

function recordTable(findings, at) {
  return findings.recordsOf(at).map((record) => element('div', { class: 'record' }, facts([
    ['', record.what ? copyWords[record.what] || record.what : null, { class: 'mark-line' }],
    ['File', element('span', { class: 'mono wrap' }, record.file.name)],
    ['Page', record.page ? String(record.page) : null],
    ['Line', grouped(String(record.line))], ['Record', grouped(String(record.ordinal))],
    ['Bytes', `${grouped(String(record.offset))} + ${grouped(String(record.length))}`],
    ['SHA-256', element('span', { class: 'mono wrap' }, record.file.sha256)]])));
}

const matchWords = {
  decided: 'both sides\u2019 records, joined by a logged decision',
  certain: 'both sides\u2019 records, joined: a reference of its own ties them, or reference, '
    + 'account and amount agree',
  clear: 'both sides\u2019 records, joined: what they share agrees, and no other pair comes near',
  interchangeable: 'both sides\u2019 records; equal payments exist, and which row belongs to which '
    + 'changes nothing',
  ambiguous: 'could be one payment with more than one other: could not be decided, left apart',
  message: 'a payment message only: no statement received shows it',
  unmatched: 'seen by one bank only',
};

// How the records make one payment, in plain words.
function tiedText(findings, at) {
  const has = (flag) => findings.has(at, flag);
  const match = findings.data.match_classes?.[findings.data.payments.match?.[at]];
  if (has(paymentFlags.expectedAbsent)) {
    return 'seen by one bank only: expected in records we hold of the other side, and absent there';
  }
  if (match) return matchWords[match] || match;
  if (has(paymentFlags.messageOnly)) return matchWords.message;
  if (has(paymentFlags.ambiguous)) return matchWords.ambiguous;
  if (has(paymentFlags.twoRecords)) return 'both sides\u2019 records, joined';
  if (has(paymentFlags.debit) && has(paymentFlags.credit)) return 'one record shows both sides';
  return matchWords.unmatched;
}

// Where the payee's bank shows another amount than the payer's: which, and why.
function differenceText(findings, at) {
  const found = findings.data.differences.find((row) => row[0] === at);
  if (!found) return null;
  const [, why, amount, currency] = found;
  return `${grouped(amount)} ${findings.data.currencies[currency].code}; ${why}`;
}

function otherPayment(view, at, file) {
  if (at < 0) return `a payment that this file leaves out, see ${file}`;
  const { findings, state } = view;
  return button(`${dayText(findings.data.payments.day[at])}, ${moneyText(findings.amount(at),
    findings.currencyOf(at))}`, () => state.select('payment', at), { class: 'link-like' });
}

// Reversals and conflicts that name this payment.
function relationRows(view, at) {
  const { reversals, conflicts } = view.findings.data;
  const rows = [];
  for (const one of reversals) {
    if (one.reversal !== at && one.original !== at) continue;
    const isOriginal = one.original === at;
    const other = otherPayment(view, isOriginal ? one.reversal : one.original, 'reversals.csv');
    const how = one.kind === 'undecided' ? ' (one of several it could be: not decided)'
      : one.kind === 'booked in error' ? ' (booked in error, neither counts)'
        : one.exact ? '' : ' (in part)';
    rows.push([isOriginal ? 'Taken back by' : 'Takes back', [other, how]]);
  }
  for (const one of conflicts) {
    if (one.payment !== at && one.other !== at) continue;
    const isOwn = one.payment === at;
    const record = isOwn ? one.other_record : one.record;
    rows.push(['Contradicted', [`in ${one.difference} by `, citeOf(view.findings, record),
      one.payment === one.other ? null : [', ', otherPayment(view, isOwn ? one.other : one.payment,
        'duplicates.csv')]], { class: 'warn' }]);
  }
  return rows;
}

function sideButton(view, at, side) {
  const account = view.findings[side](at);
  const text = sideText(view.findings, at, side);
  return account ? button(text, () => view.state.select('account', account.at),
    { class: 'link-like' }) : text;
}

function paymentView(view, at) {
  const { findings, state } = view;
  const { payments, doubles } = findings.data;
  const currency = findings.currencyOf(at);
  const entered = findings.entered(at);
  const has = (flag) => findings.has(at, flag);
  const partners = doubles.filter((row) => row[0] === at || row[1] === at)
    .map((row) => ({ other: row[0] === at ? row[1] : row[0], reason: row[2] }));
  return [heading(view, `Payment of ${moneyText(findings.amount(at), currency)}`),
    facts([
      ['From', sideButton(view, at, 'payer')], ['To', sideButton(view, at, 'payee')],
      ['Booked', momentText(payments.day[at], payments.time[at])],
      ['Credited', payments.entered_day[at] !== null && payments.entered_day[at]
        !== payments.day[at] ? dayText(payments.entered_day[at]) : null],
      ['Left as', entered ? moneyText(findings.amount(at), currency) : null],
      ['Entered as', entered ? moneyText(entered.minor, entered.currency) : null],
      ['Kind', findings.kind(at)], ['Text', findings.text(at)],
      ['Reference', findings.reference(at)],
      ['Seen by', [has(paymentFlags.debit) ? 'the payer\u2019s records' : null,
        has(paymentFlags.credit) ? 'the payee\u2019s records' : null].filter(Boolean).join(' and ')],
      ['Received', differenceText(findings, at)],
      ['Records', tiedText(findings, at)], ...relationRows(view, at),
      ['Order', has(paymentFlags.orderOpen) ? 'its place within the day is not decided by the records'
        : null],
      ['', has(paymentFlags.orderAdjusted) ? 'debit booked after its credit: taken just before it'
        : null],
      ['Routes', findings.routesOf(at).length ? findings.routesOf(at).slice(0, 12).map((route) =>
        button(`Route ${route + 1}`, () => state.change({ selection: { kind: 'route', at: route },
          tab: 'routes' }), { class: 'route-mark' })) : null],
      ['Id', element('span', { class: 'mono wrap' }, payments.id[at])]]),
    has(paymentFlags.mayBeDouble) ? element('div', { class: 'notice' }, element('p', {},
      'May be double: another record may show the same payment. Totals may contain both.'),
    partners.map((partner) => element('p', {}, button('The other', () =>
      state.select('payment', partner.other), { class: 'link-like' }), ` \u2013 ${partner.reason}`)))
      : null,
    tracedTable(view, at),
    element('h3', {}, findings.recordsOf(at).length > 1 ? 'Records of the payment'
      : 'Record of the payment'),
    recordTable(findings, at)];
}

function routeView(view, route) {
  const { state } = view;
  return [heading(view, `Route ${route.at + 1}`),
    routeFacts(view.findings, route),
    element('div', { class: 'buttons' },
      button('Flow', () => state.change({ tab: 'routes' })),
      button('Timeline', () => state.change({ tab: 'timeline' })),
      button('On the network', () => state.change({ tab: 'network' }))),
    element('h3', {}, 'Evidence, step by step'),
    element('ol', { class: 'step-list narrow' }, stepRows(view, route))];
}

function groupView(view, group) {
  const { findings, state } = view;
  const rows = group.flows.flatMap((flow) => [
    [`Inside ${flow.currency.code}`, `${grouped(flow.inside)} in ${
      counted(flow.inside_count, 'payment')}`],
    ['Came in', `${grouped(flow.in)} in ${counted(flow.in_count, 'payment')}`],
    ['Went out', `${grouped(flow.out)} in ${counted(flow.out_count, 'payment')}`]]);
  for (const [currency, traced] of group.traced) {
    rows.push(['Traced into it', tracedMark(findings, traced.in, currency, state.chosen.rule)]);
  }
  const members = [...group.members].sort((a, b) => b.weight - a.weight || b.turnover - a.turnover
    || a.at - b.at);
  return [heading(view, groupText(group), null, element('span', { class: 'badge',
    'aria-hidden': 'true', style: { '--colour': group.colour } }, String(group.number))),
  facts([['Largest', group.largest ? group.largest.label : null], ...rows]),
  element('p', { class: 'quiet' }, connectedSentence),
  element('h3', {}, 'Accounts'),
  barList(view, members.slice(0, 40).map((account) => memberRow(view, account))),
  members.length > 40 ? element('p', { class: 'quiet' },
    `${members.length - 40} more in Accounts.`) : null];
}

function memberRow(view, account) {
  const own = view.findings.data.currencies[view.findings.data.case.currency];
  let best = null;
  for (const [currency, traced] of account.traced) {
    const { high } = tracedShown(traced.in, view.state.chosen.rule);
    const size = sizeOf(high, currency);
    // Amounts of two currencies are not compared: the currency of the case comes first.
    if (size > 0 && (!best || currency === own)) {
      best = { size, text: `${tracedBrief(traced.in, currency, view.state.chosen.rule)} ${
        currency.code}` };
    }
  }
  return { label: account.label, account, size: best ? account.weight : 0, traced: Boolean(best),
    text: best ? best.text : '', press: () => view.state.select('account', account.at) };
}

function someView(view, list) {
  return [heading(view, counted(list.length, 'payment')),
    cardList(view, tracedFirst(view, list), null, mostCards)];
}

function overview(view) {
  const { findings, state } = view;
  const parts = [element('h2', {}, 'Findings')];
  if (!findings.data.proceeds.length) {
    parts.push(element('p', {}, 'No proceeds are marked, so nothing is traced yet. Mark the payments '
      + 'through which the proceeds entered under proceeds in case.yaml; Routes shows how.'));
  } else if (findings.routes.length) {
    parts.push(element('p', { class: 'quiet' }, 'Routes, largest got through first. Choose one to '
      + 'see it on the network.'),
    element('ul', { class: 'route-cards' }, findings.routes.slice(0, 6).map((route) =>
      routeCard(view, route))),
    findings.routes.length > 6 ? button(`All ${grouped(String(findings.routes.length))} routes`,
      () => state.change({ tab: 'routes' }), { class: 'link-like' }) : null);
  } else {
    parts.push(element('p', { class: 'quiet' }, 'No routes were found within the limits of the '
      + 'case file.'));
  }
  const traced = findings.accounts.filter((account) => account.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.at - b.at).slice(0, 10);
  if (traced.length) {
    parts.push(element('h3', {}, `Most traced in \u00b7 ${ruleText(findings, state.chosen.rule)}`),
      barList(view, traced.map((account) => memberRow(view, account))));
  }
  return parts;
}

function routeCard(view, route) {
  const { findings, state } = view;
  return element('li', {}, element('button', { type: 'button', class: 'route-card',
    on: { click: () => state.select('route', route.at) } },
  element('span', { class: 'row' }, element('strong', {}, `Route ${route.at + 1}`),
    element('strong', {}, moneyText(route.got, route.currency))),
  element('span', { class: 'sub' }, `${findings.data.proceeds[route.proceeds].id} to ${
    endText(findings, route)}`),
  element('span', { class: 'sub' }, `${counted(route.steps.length, 'step')} \u00b7 ${
    counted(route.days, 'day')}`)));
}

export function createInspector(view) {
  const { findings, state } = view;
  const panel = byId('inspector');
  const views = {
    account: (at) => accountView(view, findings.accounts[at]),
    link: (at) => linkView(view, findings.links[at]),
    payment: (at) => paymentView(view, at),
    payments: (list) => someView(view, list),
    route: (at) => routeView(view, findings.routes[at]),
    group: (at) => groupView(view, findings.groups[at]),
    statement: (at) => statementView(view, findings.data.statements[at], heading),
  };
  const wide = new Set(['payments', 'accounts', 'holdings', 'files', 'rules',
    'statements', 'names']);
  const show = (changed) => {
    const { selection, tab } = state.chosen;
    document.body.classList.toggle('wide', !selection && wide.has(tab));
    if (changed && !['selection', 'rule', 'period'].some((key) => changed.has(key))) return;
    fill(panel, selection ? views[selection.kind](selection.at) : overview(view));
    panel.scrollTop = 0;
  };
  state.listen(show);
  show(null);
}
