// The Names tab: names that records give, names that may be one, and what was decided.
import { button, byId, element, fill } from './element.js';
import { createTable } from './table.js';
import { dayText } from './calendar.js';
import { grouped } from './money.js';
import { counted } from './words.js';

const decideWords = { pair: 'one payment', same: 'one holder', kind: 'kind', proceeds: 'proceeds',
  release: 'rows outside the request' };

function sideCell(view, name, account, isDeclared) {
  const place = isDeclared ? 'named in the case file' : name === 'not shown' ? ''
    : 'written without an account';
  return [element('div', {}, name), account < 0 ? element('div', { class: 'quiet' }, place)
    : element('div', {},
    button(view.findings.accounts[account].number, () => view.state.select('account', account),
      { class: 'link-like mono' }))];
}

function candidateSheet(view) {
  const { candidates, candidates_left: left } = view.findings.data;
  if (!candidates.length) {
    return element('p', { class: 'quiet' }, 'No two names of different accounts are alike enough to '
      + 'ask.');
  }
  return [element('div', { class: 'sheet', tabindex: 0, role: 'region',
    'aria-label': 'Names that may be one' }, element('table', { class: 'plain candidates' },
    element('thead', {}, element('tr', {}, ['Name and account', 'Name and account',
      'Counterparties of both', 'Decided'].map((head, at) => element('th', { scope: 'col',
      class: at === 2 ? 'number' : null }, head)))),
    element('tbody', {}, candidates.map((one) => element('tr', {},
      element('td', { class: 'wrap-first' }, sideCell(view, one.first, one.first_account,
        one.first_declared)),
      element('td', {}, sideCell(view, one.second, one.second_account, one.second_declared)),
      element('td', { class: 'number' }, grouped(String(one.shared_counterparties))),
      element('td', {}, one.decision || 'open')))))),
  left > 0 ? element('p', { class: 'quiet' }, `${counted(left, 'pair')} more in candidates.csv.`)
    : null];
}

function whatText(one) {
  const parts = [one.value, one.request, one.account];
  if (one.from !== null || one.to !== null) {
    parts.push(`${dayText(one.from) || 'any day'} \u2013 ${dayText(one.to) || 'any day'}`);
  }
  return parts.filter(Boolean).join(', ');
}

function targetCell(view, id) {
  if (!id) return null;
  const payment = view.findings.data.payments.id.indexOf(id);
  return element('div', {}, payment < 0 ? element('span', { class: 'mono wrap' }, id)
    : button(id, () => view.state.select('payment', payment), { class: 'link-like mono wrap' }));
}

function decisionSheet(view) {
  const { decisions } = view.findings.data;
  if (!decisions.length) {
    return element('p', { class: 'quiet' }, 'No decision is logged in decisions.yaml.');
  }
  return element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Decisions' },
    element('table', { class: 'plain' },
      element('thead', {}, element('tr', {}, ['About', 'Decided', 'What', 'Who', 'When', 'Why',
        'What became of it'].map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, decisions.slice(0, 1000).map((one) => element('tr', {},
        element('td', {}, decideWords[one.decide] || one.decide), element('td', {}, one.answer),
        element('td', {}, targetCell(view, one.first), targetCell(view, one.second), whatText(one)),
        element('td', {}, one.who), element('td', {}, one.when), element('td', {}, one.why),
        element('td', { class: one.applied ? null : 'warn' }, one.outcome))))),
    decisions.length > 1000 ? element('p', { class: 'quiet' },
      `${counted(decisions.length - 1000, 'decision')} more in decisions.csv.`) : null);
}

function nameColumns(findings) {
  const account = (row) => row.account < 0 ? null : findings.accounts[row.account];
  return [
    { title: 'Name as the records write it (how many records)', width: 'minmax(260px,3fr)',
      sort: (row) => row.names, cell: (row) => element('span', { title: row.names }, row.names) },
    { title: 'Spellings', width: '80px', number: true, sort: (row) => row.spellings,
      cell: (row) => row.spellings ? String(row.spellings) : '' },
    { title: 'Account', width: 'minmax(180px,1.4fr)', sort: (row) => account(row)?.number || '',
      cell: (row) => account(row) ? element('span', { class: 'mono' }, account(row).number)
        : 'no account named' },
    { title: 'Records', width: '80px', number: true, sort: (row) => row.records,
      cell: (row) => grouped(String(row.records)) },
  ];
}

export function createNames(view) {
  const { findings, state } = view;
  const panel = byId('view-names');
  const { names, names_left: left } = findings.data;
  let table = null;
  state.listen(() => {
    if (panel.hidden) return;
    if (table) { table.repaint(); return; }
    table = createTable({ label: 'Names seen', columns: nameColumns(findings),
      pressRow: (row) => { if (row.account >= 0) state.select('account', row.account); },
      isChosen: () => false });
    table.sortBy(3, true);
    fill(panel, element('h2', {}, 'Names that may be one'),
      element('p', { class: 'quiet' }, 'A question put to the records, not an answer: equal or like '
        + 'names are not the same holder. Nothing is merged by a name; only a decision logged in '
        + 'decisions.yaml joins two.'),
      candidateSheet(view), element('h2', {}, 'Decisions'), decisionSheet(view),
      element('h2', {}, 'Names seen'),
      names.length ? [element('p', { class: 'quiet' }, `${counted(names.length + left, 'name')} at `
        + `accounts, as the records write them.${left > 0 ? ` The first ${grouped(
          String(names.length))} are listed; all are in entities.csv.` : ''}`),
      element('div', { class: 'sheet table-sheet',
        style: { height: `${Math.min(14, names.length) * 27 + 48}px` } }, table.element)]
        : element('p', { class: 'quiet' }, 'No record names a holder.'));
    table.show(names);
  });
}
