// The Accounts tab: every account with what it received, sent and what of it is traced.
import { byId, element, fill } from './element.js';
import { createTable } from './table.js';
import { decimalOf, grouped, sizeOf } from './money.js';
import { tracedShown } from './state.js';
import { counted, ruleText, tracedDecimal } from './words.js';

// One row for each account and currency, because nothing is added across currencies.
function accountRows(findings, words) {
  const rows = [];
  for (const account of findings.accounts) {
    const text = `${account.label} ${account.number} ${account.bank} ${account.nameSeen}`
      .toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    if (!account.sums.length) rows.push({ account, sum: null });
    for (const sum of account.sums) rows.push({ account, sum });
  }
  return rows;
}

function tracedIn(row) {
  const traced = row.sum ? row.account.traced.get(row.sum.currency) : null;
  return traced && traced.in.some((minor) => minor > 0n) ? traced : null;
}

function accountColumns(view) {
  const { findings, state } = view;
  const digits = (minor, currency) => grouped(decimalOf(minor, currency.exponent));
  const money = (key) => ({
    number: true, width: '120px', sort: (row) => row.sum ? sizeOf(row.sum[key], row.sum.currency) : 0,
    cell: (row) => row.sum ? digits(row.sum[key], row.sum.currency) : '\u00b7',
  });
  return [
    { title: 'Account', width: 'minmax(140px,1.5fr)', sort: (row) => row.account.label,
      cell: (row) => [element('span', { class: row.account.observed ? 'dot' : 'dot hollow',
        'aria-hidden': 'true', style: { '--colour': row.account.colour } }), row.account.label] },
    { title: 'Number', width: 'minmax(140px,1.4fr)', sort: (row) => row.account.number,
      cell: (row) => element('span', { class: 'mono' }, row.account.number) },
    { title: 'Bank', width: 'minmax(70px,0.8fr)', sort: (row) => row.account.bank,
      cell: (row) => row.account.bank },
    { title: 'Group', width: '62px', number: true, sort: (row) => row.account.group < 0 ? 1e9
      : findings.groups[row.account.group].number,
    cell: (row) => row.account.group < 0 ? '' : String(findings.groups[row.account.group].number) },
    { title: 'Records', width: '100px', sort: (row) => row.account.observed ? 0 : 1,
      cell: (row) => row.account.observed ? 'received' : 'none' },
    { title: 'Received', ...money('in') },
    { title: 'Sent', ...money('out') },
    { title: '', width: '42px', cell: (row) => row.sum ? row.sum.currency.code : '' },
    { title: 'Traced in', width: '170px', number: true,
      sort: (row) => tracedIn(row) ? sizeOf(tracedShown(tracedIn(row).in, state.chosen.rule).high,
        row.sum.currency) : -1,
      cell: (row) => tracedIn(row) ? element('span', { class: 'traced' },
        tracedDecimal(tracedIn(row).in, row.sum.currency, state.chosen.rule)) : '\u00b7' },
    { title: 'May be double', width: '104px', number: true,
      sort: (row) => row.sum ? row.sum.doubleCount : 0,
      cell: (row) => row.sum?.doubleCount ? String(row.sum.doubleCount) : '' },
  ];
}

export function createAccounts(view) {
  const { findings, state } = view;
  const panel = byId('view-accounts');
  const note = element('p', { class: 'table-note' });
  const table = createTable({ label: 'Accounts', columns: accountColumns(view),
    pressRow: (row) => state.select('account', row.account.at),
    isChosen: (row) => state.chosen.selection?.kind === 'account'
      && state.chosen.selection.at === row.account.at });
  table.sortBy(findings.data.traced.payment.length ? 8 : 5, true);
  fill(panel, note, table.element);
  const show = () => {
    if (panel.hidden) return;
    const words = state.chosen.query.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const { group, tracedOnly } = state.chosen;
    const rows = accountRows(findings, words).filter((row) => (group === null
      || row.account.group === group) && (!tracedOnly || row.account.weight > 0));
    const left = findings.data.counts.accounts - findings.accounts.length;
    fill(note, `${counted(new Set(rows.map((row) => row.account)).size, 'account')}`
      + ' \u00b7 one row for each account and currency, over all its payments',
    findings.data.traced.payment.length
      ? ` \u00b7 Traced in: ${ruleText(findings, state.chosen.rule)}` : '',
    left > 0 ? ` \u00b7 ${counted(left, 'account')} not in this file, see accounts.csv` : '');
    table.show(rows);
  };
  state.listen((changed) => {
    if (changed.size === 1 && changed.has('selection')) table.repaint();
    else show();
  });
}
