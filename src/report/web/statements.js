// The Statements tab: what was asked and what came, which months of which account the records
// cover, whether each statement closes and follows the one before it, and the rows that break it.
import { button, byId, element, facts, fill } from './element.js';
import { createTable } from './table.js';
import { dayText } from './calendar.js';
import { grouped } from './money.js';
import { counted } from './words.js';

const mostGridRows = 300;
const mostGridCells = 18000;
const coverWords = ['complete', 'partial', 'gap', 'none'];
const coverMarks = ['\u2713', '\u25d0', '\u2013', ''];
const verdictWords = ['closes', 'closes but for rows valued after the closing day',
  'does not close', 'cannot be checked'];

function accountText(findings, at, number) {
  return at < 0 ? number || 'not in any record' : findings.accounts[at].label;
}

export function accountButton(view, at, number) {
  return at < 0 ? number || 'not in any record'
    : button(view.findings.accounts[at].label, () => view.state.select('account', at),
      { class: 'link-like' });
}

export function placeText(findings, place) {
  const [file, line, , , , page] = place;
  return `${findings.data.files[file].name}:${line}${page ? `, page ${page}` : ''}`;
}

export function citeOf(findings, place) {
  const [, , ordinal, offset, length] = place;
  return element('span', { class: 'mono wrap', title: `SHA-256 ${
    findings.data.files[place[0]].sha256}` }, `${placeText(findings, place)} (record ${
    grouped(String(ordinal))}, bytes ${grouped(String(offset))}+${length})`);
}

function monthKey(day) {
  const date = new Date(day * 86400000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthText(key) {
  return `${Math.floor(key / 12)}-${String(key % 12 + 1).padStart(2, '0')}`;
}

// A month asked for or held by a file that is not read, in one word.
function cellOf(month) {
  const [, , cover, days, covered, asked, askedCovered, unread] = month;
  const word = unread && cover !== 0 ? 'received, not read' : coverWords[cover];
  const kind = unread && cover !== 0 ? 'unread' : coverWords[cover];
  const mark = kind === 'unread' ? '?' : coverMarks[cover];
  const parts = [`${covered} of ${counted(days, 'day')} covered`];
  if (asked) parts.push(`${askedCovered} of ${counted(asked, 'day')} asked for`);
  return { kind, word, mark, title: parts.join(', ') };
}

function coverageGrid(view) {
  const { findings } = view;
  const rows = findings.data.coverage;
  if (!rows.length) return null;
  let listed = rows.slice(0, mostGridRows);
  const starts = listed.flatMap((row) => row.months.map((month) => monthKey(month[0])));
  const ends = listed.flatMap((row) => row.months.map((month) => monthKey(month[0]) + month[1] - 1));
  let first = Infinity;
  let last = -Infinity;
  for (const start of starts) first = Math.min(first, start);
  for (const end of ends) last = Math.max(last, end);
  last = Math.min(last, first + 239);
  listed = listed.slice(0, Math.max(20, Math.floor(mostGridCells / (last - first + 1))));
  const keys = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const years = [];
  for (const key of keys) {
    const year = Math.floor(key / 12);
    if (years.at(-1)?.year === year) years.at(-1).span++;
    else years.push({ year, span: 1 });
  }
  const body = listed.map((row) => {
    const cells = new Map();
    for (const month of row.months) {
      for (let at = 0; at < Math.min(month[1], 240); at++) cells.set(monthKey(month[0]) + at, month);
    }
    return element('tr', {}, element('th', { scope: 'row' },
      accountButton(view, row.account, row.number)), keys.map((key) => {
      const month = cells.get(key);
      if (!month) return element('td', { class: 'cover-cell' });
      const cell = cellOf(month);
      return element('td', { class: `cover-cell cover-${cell.kind}`,
        title: `${accountText(findings, row.account, row.number)}, ${monthText(key)}: ${cell.word}; ${
          cell.title}` }, cell.mark, element('span', { class: 'unseen' }, cell.word));
    }));
  });
  const inFile = rows.reduce((sum, row) => sum + row.months.length, 0);
  const isCut = listed.length < rows.length || inFile < findings.data.counts.months;
  return element('div', { class: 'sheet', tabindex: 0, role: 'region',
    'aria-label': 'Coverage by month' },
  element('table', { class: 'plain cover-grid' },
    element('caption', {}, 'Which months of which account the records cover'),
    element('thead', {}, element('tr', {}, element('td', {}),
      years.map((one) => element('th', { colspan: one.span, scope: 'colgroup' }, String(one.year)))),
    element('tr', {}, element('th', { scope: 'col' }, 'Account'), keys.map((key) =>
      element('th', { scope: 'col', class: 'cover-head' }, String(key % 12 + 1).padStart(2, '0'))))),
    element('tbody', {}, body)),
  element('p', { class: 'cover-legend' }, [['complete', coverMarks[0], 'complete: every day, or the balances '
    + 'prove that nothing was booked on the others'], ['partial', coverMarks[1], 'partial'],
  ['gap', coverMarks[2], 'gap: nothing, between months that are covered'],
  ['none', '', 'none: before the first or after the last'], ['unread', '?', 'received, not read']]
    .map(([kind, mark, text]) => element('span', {}, element('span', { class: `cover-cell cover-key `
      + `cover-${kind}`, 'aria-hidden': 'true' }, mark), text))),
  isCut ? element('p', { class: 'quiet' }, `${counted(listed.length, 'account')} shown; all of them, `
    + `${counted(findings.data.counts.months, 'month')}, are in coverage.csv.`) : null);
}

function gapList(view) {
  const { gaps, currencies, counts } = view.findings.data;
  if (!gaps.length) return null;
  const rows = gaps.slice(0, 200).map((gap) => element('tr', {},
    element('td', {}, accountButton(view, gap.account)),
    element('td', { class: 'day' }, gap.from > gap.to ? `between ${dayText(gap.to)} and ${dayText(gap.from)}, no `
      + 'day missing' : `${dayText(gap.from)} \u2013 ${dayText(gap.to)}`),
    element('td', { class: 'number' }, gap.moved === null ? 'not known'
      : `${gap.moved.startsWith('-') ? '' : '+'}${grouped(gap.moved)} ${
        currencies[gap.currency].code}`)));
  return element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Gaps' },
    element('table', { class: 'plain' },
      element('caption', {}, 'Between two statements: by how much the balance changed unseen'),
      element('thead', {}, element('tr', {}, ['Account', 'Days', 'Net movement'].map((head, at) =>
        element('th', { scope: 'col', class: at === 2 ? 'number' : null }, head)))),
      element('tbody', {}, rows)),
    counts.gaps > rows.length ? element('p', { class: 'quiet' },
      `${counted(counts.gaps - rows.length, 'gap')} more in coverage.csv.`) : null);
}

function rangeText(noun, range) {
  return range[0] === range[1] ? `${noun} ${range[0]} is missing`
    : `${noun}s ${range[0]} to ${range[1]} are missing`;
}

// What there is to say of a statement beyond its verdict.
function remarksOn(findings, row) {
  const code = row.currency < 0 ? '' : ` ${findings.data.currencies[row.currency].code}`;
  const said = [];
  if (row.why_not) said.push(row.why_not);
  if (row.breaks) said.push(`the balance does not follow in ${counted(row.breaks, 'row')}`);
  if (row.totals_differ) said.push('the sums it states are not those of its rows');
  if (row.unread) said.push(`${counted(row.unread, 'row')} of it could not be read`);
  if (row.pages_missing) said.push(rangeText('page', row.pages_missing));
  if (row.ends_early) said.push('its last page says that another follows');
  if (row.numbers) said.push(`before it, ${rangeText('statement', row.numbers)}`);
  if (row.repeated) said.push('has the number of the one before it');
  if (row.link === 'gap') {
    said.push(`days are missing before it${row.moved === null ? ''
      : `, in which ${grouped(row.moved)}${code} moved, net`}`);
  }
  if (row.link === 'opens with another balance') {
    said.push(`opens with another balance than the one before closed with${row.moved
      ? `: ${grouped(row.moved)}${code}` : ''}`);
  }
  if (row.link === 'repeated') said.push('received before');
  if (row.link === 'overlap') said.push('shares days with the one before');
  if (row.reordered) {
    said.push(`${counted(row.reordered, 'row')} put into the order of the balances`);
  }
  if (row.report) said.push('a report or advice, not a statement');
  return said;
}

export function verdictText(findings, row) {
  const word = verdictWords[row.verdict];
  if (row.verdict !== 2 || row.difference === null) return word;
  return `${word}: ${grouped(row.difference)} ${findings.data.currencies[row.currency].code}`;
}

function statementColumns(view) {
  const { findings } = view;
  const money = (key, title) => ({ title, width: '112px', number: true,
    sort: (row) => row[key] === null ? -Infinity : Number(row[key]),
    cell: (row) => row[key] === null ? '\u00b7' : grouped(row[key]) });
  return [
    { title: 'Account', width: 'minmax(130px,1.2fr)',
      sort: (row) => accountText(findings, row.account), cell: (row) =>
        accountText(findings, row.account) },
    { title: 'No.', width: '74px', sort: (row) => row.number, cell: (row) => row.number },
    { title: 'From', width: '84px', sort: (row) => row.from ?? -1e9, cell: (row) =>
      dayText(row.from) },
    { title: 'To', width: '84px', sort: (row) => row.to ?? -1e9, cell: (row) => dayText(row.to) },
    money('opening', 'Opening'), money('debits', 'Debits'), money('credits', 'Credits'),
    money('closing', 'Closing'),
    { title: '', width: '40px', cell: (row) => row.currency < 0 ? ''
      : findings.data.currencies[row.currency].code },
    { title: 'Rows', width: '54px', number: true, sort: (row) => row.rows,
      cell: (row) => grouped(String(row.rows)) },
    { title: 'Verdict', width: 'minmax(120px,1fr)', sort: (row) => row.verdict, cell: (row) =>
      element('span', { class: row.verdict === 2 ? 'warn' : null, title: verdictText(findings, row) },
        verdictText(findings, row)) },
    { title: 'To be noted', width: 'minmax(150px,1.6fr)', sort: (row) => row.look ? 0 : 1,
      cell: (row) => element('span', { title: remarksOn(findings, row).join('; ') },
        remarksOn(findings, row).join('; ')) },
  ];
}

export function statementView(view, row, heading) {
  const { findings } = view;
  const { data } = findings;
  const code = row.currency < 0 ? '' : data.currencies[row.currency].code;
  const money = (text) => text === null ? 'not stated' : `${grouped(text)} ${code}`;
  const breaks = data.breaks.filter((one) => one.statement === row.no);
  const sources = row.parts.map(([file, line, page]) => element('div', { class: 'mono wrap' },
    `${data.files[file].name}:${line}${page ? `, its page ${page}` : ''}`));
  return [heading(view, `${row.report ? 'Report' : 'Statement'}${row.number ? ` ${row.number}` : ''}`,
    `${dayText(row.from)} \u2013 ${dayText(row.to)}`),
  facts([['Account', accountButton(view, row.account)],
    ['Opening', money(row.opening)], ['Debits', money(row.debits)], ['Credits', money(row.credits)],
    ['Closing', money(row.closing)],
    ['Verdict', verdictText(findings, row), row.verdict === 2 ? { class: 'warn' } : null],
    ['But for', row.excepted ? citeOf(findings, row.excepted) : null],
    ['Balances', row.balances === 'rows' ? 'follow from the balance column' : row.balances],
    ['To be noted', remarksOn(findings, row).map((text) => element('div', {}, text))],
    ['Order', row.newest_first ? 'listed newest first, read oldest first' : null],
    ['Stands in', [sources, row.pages > row.parts.length ? element('div', { class: 'quiet' },
      `and ${row.pages - row.parts.length} more`) : null]]]),
  breaks.length ? element('h3', {}, 'Rows whose balance does not follow') : null,
  breaks.map((one) => element('div', { class: 'record' }, facts([
    ['Row', citeOf(findings, one.record)],
    ['Would be', money(one.expected)], ['Is stated', money(one.stated)],
    ['After', one.before ? citeOf(findings, one.before) : 'the opening balance'],
    ['Between', one.unread ? ['a row that could not be read: ', citeOf(findings, one.unread)] : null],
    ['Payment', one.payment < 0 ? null : button('Show it', () =>
      view.state.select('payment', one.payment), { class: 'link-like' })]]))),
  row.breaks > breaks.length ? element('p', { class: 'quiet' },
    `${counted(row.breaks - breaks.length, 'row')} more in case.sqlite, table statement_break.`)
    : null];
}

function askedDays(request) {
  const end = request.received ?? request.refused;
  if (request.sent === null) return '';
  if (end === null) return 'still open';
  return counted(end - request.sent, 'day');
}

function askedSheet(view) {
  const { asked, reply_states: states } = view.findings.data;
  const requests = asked.filter((one) => one.id !== null);
  if (!requests.length) return null;
  const heads = ['Request', 'Authority', 'Sent', 'Received', 'Open', ...states, 'Open points'];
  const rows = requests.map((one) => element('tr', {},
    element('td', {}, one.id), element('td', {}, [one.state, one.authority].filter(Boolean)
      .join(', ')), element('td', { class: 'day' }, dayText(one.sent)),
    element('td', { class: 'day' }, one.refused !== null ? `refused ${dayText(one.refused)}`
      : dayText(one.received) || 'no reply'),
    element('td', { class: 'day' }, askedDays(one)), one.months.map((count, at) => element('td', {
      class: count && at > 0 && at < 3 ? 'number warn' : 'number' }, count ? grouped(String(count))
      : '\u00b7')),
    element('td', { class: 'number' }, grouped(String(one.lacking)))));
  return [element('h2', {}, 'Asked and received'),
    element('p', { class: 'quiet' }, 'Months of the accounts asked for, by what came. The page to '
      + 'paste into a letter is ', element('a', { href: 'reply-check.html' }, 'reply-check.html'),
    ', beside this file; the same as a table: reply-check.csv.'),
    element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Requests' },
      element('table', { class: 'plain asked' }, element('thead', {}, element('tr', {},
        heads.map((head, at) => element('th', { scope: 'col', class: at > 4 ? 'number' : null },
          head)))), element('tbody', {}, rows))),
    asked.filter((one) => one.lacking).map((one) => element('details', { class: 'sheet lacking' },
      element('summary', {}, `${one.id === null ? 'Files that answer no request'
        : `To be asked for, ${one.id}`} (${grouped(String(one.lacking))})`),
      element('ol', {}, one.sentences.map((text) => element('li', {}, text))),
      one.lacking > one.sentences.length ? element('p', { class: 'quiet' },
        `${grouped(String(one.lacking - one.sentences.length))} more in reply-check.html.`) : null))];
}

// What goes on paper: all but the list of statements, which stands in statements.csv.
export function statementPaper(view) {
  const looks = view.findings.data.statements.filter((row) => row.look).slice(0, 60);
  return [askedSheet(view), coverageGrid(view), gapList(view),
    looks.length ? [element('h3', {}, 'Statements to be looked at'), element('ul', {}, looks.map((row) =>
      element('li', {}, `${accountText(view.findings, row.account)}, ${dayText(row.from)} \u2013 ${
        dayText(row.to)}: ${[verdictText(view.findings, row), ...remarksOn(view.findings, row)]
        .join('; ')}`)))] : null];
}

function summaryOf(findings) {
  const { statements, counts } = findings.data;
  const sums = verdictWords.map((word, at) => [word, statements.filter((row) =>
    !row.report && row.verdict === at).length]).filter(([, count]) => count);
  return `${counted(counts.statements, 'statement')} and reports. `
    + (counts.statements > statements.length
      ? `Listed are ${grouped(String(statements.length))}, those to be looked at first; all are in `
        + 'statements.csv. ' : '')
    + `Of the statements listed: ${sums.map(([word, count]) =>
      `${grouped(String(count))} ${count === 1 ? word : word.replace('closes', 'close')
        .replace('does not', 'do not')}`).join(', ')}.`;
}

export function createStatements(view) {
  const { findings, state } = view;
  const panel = byId('view-statements');
  const { statements, counts } = findings.data;
  const looks = statements.filter((row) => row.look);
  let only = false;
  let table = null;
  const show = () => {
    if (panel.hidden) return;
    if (table) { table.repaint(); return; }
    const toggle = element('button', { type: 'button', class: 'chip', 'aria-pressed': 'false',
      on: { click: () => {
        only = !only;
        toggle.setAttribute('aria-pressed', String(only));
        table.show(only ? looks : statements);
        panel.dataset.rows = String(table.shown.length);
      } } }, `Only those to be looked at (${grouped(String(looks.length))})`);
    table = createTable({ label: 'Statements', columns: statementColumns(view),
      pressRow: (row) => state.select('statement', statements.indexOf(row)),
      isChosen: (row) => state.chosen.selection?.kind === 'statement'
        && statements[state.chosen.selection.at] === row });
    const height = Math.min(14, statements.length) * 27 + 48;
    fill(panel, askedSheet(view), element('h2', {}, 'Coverage'),
      findings.data.coverage.length ? null : element('p', { class: 'quiet' },
        'No statement was received and no request names an account: the records are tables of '
        + 'transfers, and what they cover stands under Files.'),
      coverageGrid(view), gapList(view),
      element('h2', {}, 'Statements'),
      statements.length ? [element('p', { class: 'quiet' }, summaryOf(findings),
        ' A statement closes when its opening balance and its rows give its closing balance.'),
      looks.length && looks.length < statements.length ? element('div', { class: 'chips' }, toggle)
        : null,
      element('div', { class: 'sheet table-sheet', style: { height: `${height}px` } },
        table.element)]
        : element('p', { class: 'quiet' }, 'No statement was received.'),
      counts.breaks > findings.data.breaks.length ? element('p', { class: 'quiet' },
        `${grouped(String(counts.breaks))} rows break a balance; the first ${
          grouped(String(findings.data.breaks.length))} are shown with their statements.`) : null);
    table.show(statements);
    panel.dataset.rows = String(statements.length);
  };
  state.listen(show);
}
