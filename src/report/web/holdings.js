// Where the money is: for each proceeds and currency, one column a tracing rule; every column adds
// up to what came in.
import { button, byId, element, fill } from './element.js';
import { decimalOf, grouped, minorOf, moneyText } from './money.js';
import { counted, explanationOf, restingText } from './words.js';

const mostPlaces = 200;

// One table for each proceeds and currency; rows are places, columns rules.
export function holdingTables(findings) {
  const tables = new Map();
  for (const holding of findings.data.holdings) {
    // The proceeds' own currency first, then those into which it was converted.
    const isOwn = findings.data.proceeds[holding.proceeds].currency === holding.currency;
    const key = `${String(holding.proceeds).padStart(6, '0')} ${isOwn ? 0 : 1} ${
      findings.data.currencies[holding.currency].code}`;
    if (!tables.has(key)) {
      tables.set(key, { proceeds: findings.data.proceeds[holding.proceeds],
        currency: findings.data.currencies[holding.currency], rows: new Map(),
        sums: new Array(findings.data.rules.length).fill(0n) });
    }
    const table = tables.get(key);
    const place = `${holding.where} ${holding.reason} ${holding.account}`;
    if (!table.rows.has(place)) {
      table.rows.set(place, { holding, account: findings.accounts[holding.account] || null,
        amounts: new Array(findings.data.rules.length).fill(0n) });
    }
    const minor = minorOf(holding.amount);
    table.rows.get(place).amounts[holding.rule] += minor;
    table.sums[holding.rule] += minor;
  }
  const order = ['account', 'transit', 'asset', 'cash', 'card', 'fee', 'overdraft', 'good_faith',
    'frontier', 'converted_out', 'converted_in'];
  const largest = (row) => row.amounts.reduce((most, minor) => {
    const size = minor < 0n ? -minor : minor;
    return size > most ? size : most;
  }, 0n);
  return [...tables].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, table]) => ({ ...table,
    rows: [...table.rows.values()].sort((a, b) => order.indexOf(a.holding.where)
      - order.indexOf(b.holding.where) || (largest(b) > largest(a) ? 1
      : largest(b) < largest(a) ? -1 : 0)) }));
}

function holdingHead(findings, chosenRule) {
  return element('thead', {}, element('tr', {},
    element('th', { scope: 'col' }, 'Where'), element('th', { scope: 'col' }, 'Account'),
    findings.data.rules.map((rule, at) => element('th', { scope: 'col', title: rule.summary,
      class: at === chosenRule ? 'number chosen' : 'number' }, rule.name))));
}

export function holdingSheet(view, table, most) {
  const { findings, state } = view;
  const { rule } = state.chosen;
  const digits = (minor) => minor === 0n ? '\u00b7'
    : grouped(decimalOf(minor, table.currency.exponent));
  const cells = (amounts, kind) => amounts.map((minor, at) => element('td', {
    class: `number${kind}${at === rule ? ' chosen' : ''}` },
  kind ? digits(minor) : grouped(decimalOf(minor, table.currency.exponent))));
  let before = '';
  const rows = table.rows.slice(0, most).map((row) => {
    const where = restingText(findings, row.holding);
    const isNew = where !== before;
    before = where;
    return element('tr', { class: isNew ? 'first' : null },
      element('td', {}, isNew ? where : element('span', { class: 'unseen' }, where)),
      element('td', {}, row.account ? button(row.account.label, () =>
        state.select('account', row.account.at), { class: 'link-like' }) : ''),
      cells(row.amounts, ' traced'));
  });
  return element('div', { class: 'sheet', tabindex: 0, role: 'region',
    'aria-label': `Where ${table.proceeds.id} is, ${table.currency.code}` },
  element('table', { class: 'plain holdings' },
    element('caption', {}, element('strong', {}, table.proceeds.id), ` \u00b7 ${table.proceeds.why}`,
      ` \u00b7 ${table.currency.code}`),
    holdingHead(findings, rule), element('tbody', {}, rows),
    element('tfoot', {}, element('tr', {}, element('th', { scope: 'row', colspan: 2 },
      `Adds up to the proceeds in ${table.currency.code}`), cells(table.sums, '')))),
  table.rows.length > most ? element('p', { class: 'quiet' },
    `${counted(table.rows.length - most, 'place')} more in holdings.csv.`) : null);
}

function markedText(findings, proceeds) {
  const currency = findings.data.currencies[proceeds.currency];
  return `${proceeds.id}: ${proceeds.why}. ${moneyText(minorOf(proceeds.amount), currency)} on `
    + `${counted(proceeds.marks, 'payment')}.`;
}

export function markHelp() {
  return [element('p', {}, 'Tracing starts at the payments through which the proceeds entered. '
    + 'Mark them in case.yaml under proceeds, for example:'),
  element('pre', {}, 'proceeds:\n  - id: P1\n    why: payments of the victims\n'
    + '    select: {to: ACCOUNT NUMBER, between: [2025-01-01, 2025-03-31]}'),
  element('p', {}, 'Then run the case again. Everything that needs no proceeds is already here.')];
}

export function createHoldings(view) {
  const { findings, state } = view;
  const panel = byId('view-holdings');
  const tables = holdingTables(findings);
  const show = () => {
    if (panel.hidden) return;
    if (!tables.length) {
      fill(panel, element('div', { class: 'empty' }, element('h2', {}, findings.data.proceeds.length
        ? 'Nothing was traced' : 'No proceeds are marked'), markHelp()));
      return;
    }
    fill(panel, element('h2', {}, 'Where the money is at the end of the records'),
      element('p', { class: 'quiet' }, 'Each column is one tracing rule; each adds up to the '
        + 'proceeds. A conversion is shown as left in one currency and entered in the other. '
        + `Where our records end: ${explanationOf(findings, 'frontier')}`),
      element('ul', { class: 'plain-list' }, findings.data.proceeds.map((proceeds) =>
        element('li', {}, markedText(findings, proceeds)))),
      tables.map((table) => holdingSheet(view, table, mostPlaces)));
  };
  state.listen((changed) => {
    if (['tab', 'rule'].some((key) => changed.has(key))) show();
  });
}
