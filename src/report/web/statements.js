// Statements and coverage, shown under Files: does each statement close and follow the one before,
// and which months of which account the received files cover.
import { element } from './element.js';
import { dayText } from './calendar.js';
import { grouped } from './money.js';
import { counted } from './words.js';

function numberRange(pair) {
  return pair[0] === pair[1] ? String(pair[0]) : `${pair[0]} to ${pair[1]}`;
}

function signed(amount) {
  return amount.startsWith('-') ? grouped(amount) : `+${grouped(amount)}`;
}

// What there is to say of a statement, in sentences.
function remarks(findings, statement) {
  const { files } = findings.data;
  const list = [];
  const money = (amount) => `${grouped(amount)} ${statement.currency}`;
  if (statement.first_break) {
    const place = statement.first_break;
    list.push(`The balance does not follow at ${files[place.file].name} line ${place.line}: `
      + `${money(place.would_follow)} would follow, ${grouped(place.stated)} is stated`
      + (place.rejected_between ? '; a row before it could not be read' : '')
      + (statement.breaks > 1 ? ` (${counted(statement.breaks, 'such row')}).` : '.'));
  } else if (statement.verdict === 'does not close') {
    list.push(`Its rows do not lead to the closing balance: ${money(statement.difference)} are `
      + 'between them.');
  }
  if (statement.totals_differ) list.push('The sums it states are not those of its rows.');
  if (statement.link === 'gap') {
    list.push('Days are missing before it' + (statement.moved === null ? '.'
      : `; ${signed(statement.moved)} ${statement.currency} moved in them, net.`));
  }
  if (statement.link === 'opens with another balance') {
    list.push('It opens with another balance than the one before closed with'
      + (statement.moved === null ? '.' : `: ${signed(statement.moved)} ${statement.currency}.`));
  }
  if (statement.link === 'repeated') list.push('It was received more than once.');
  if (statement.missing_numbers.length) {
    list.push(`Missing before it: number ${numberRange(statement.missing_numbers)}.`);
  }
  if (statement.number_repeated) list.push('It has the number of the one before it.');
  if (statement.missing_pages.length) {
    list.push(`Missing before it: page ${numberRange(statement.missing_pages)}.`);
  }
  if (statement.ends_early) list.push('Its last page says that another follows.');
  if (statement.why_not) list.push(`Not checked: ${statement.why_not}.`);
  return list;
}

export function statementSheet(findings) {
  const { statements, files } = findings.data;
  const all = findings.data.statement_count;
  if (!statements.length) return null;
  const heads = ['Account', 'File:line', 'Number', 'From', 'To', 'Opening', 'Closing', 'Rows',
    'Verdict', 'Remarks'];
  const isNumber = (at) => at >= 5 && at <= 7;
  const balance = (statement, amount) => statement.balances === 'not stated' ? ''
    : `${grouped(amount)} ${statement.currency}`;
  return element('div', { class: 'sheet', tabindex: 0, role: 'region',
    'aria-label': 'Statements' },
  element('table', { class: 'plain' },
    element('caption', {}, 'Statements: do opening and rows give the closing balance, and does each '
      + 'follow the one before'),
    element('thead', {}, element('tr', {}, heads.map((head, at) => element('th', { scope: 'col',
      class: isNumber(at) ? 'number' : null }, head)))),
    element('tbody', {}, statements.map((statement) => element('tr', {},
      element('td', { class: 'mono' }, statement.number),
      element('td', { class: 'mono' }, `${files[statement.file].name}:${statement.line}`),
      element('td', {}, statement.statement_number),
      element('td', {}, dayText(statement.from)), element('td', {}, dayText(statement.to)),
      element('td', { class: 'number' }, balance(statement, statement.opening)),
      element('td', { class: 'number' }, balance(statement, statement.closing)),
      element('td', { class: 'number' }, grouped(String(statement.rows))),
      element('td', { class: statement.verdict === 'does not close' ? 'warn' : null },
        statement.verdict),
      element('td', {}, remarks(findings, statement).map((sentence) =>
        element('div', {}, sentence))))))),
  all > statements.length ? element('p', { class: 'quiet' },
    `${counted(all - statements.length, 'statement')} more in statements.csv.`) : null);
}

function monthText(day) {
  return dayText(day).slice(0, 7);
}

// Months of the same kind beside each other become one phrase.
function phrases(months) {
  const runs = [];
  for (const month of months) {
    const last = runs[runs.length - 1];
    if (last && last.cover === month.cover && month.cover !== 'partial' && !month.unread
      && !last.unread) {
      last.to = month.day;
    } else {
      runs.push({ ...month, to: month.day });
    }
  }
  return runs.map((run) => `${run.cover}: ${monthText(run.day)}`
    + (run.to === run.day ? '' : ` to ${monthText(run.to)}`)
    + (run.cover === 'partial' ? ` (${run.covered} of ${run.days} days)` : '')
    + (run.unread ? ` (${counted(run.unread, 'file')} received, not read)` : ''));
}

function unseen(months) {
  const seen = new Set();
  for (const month of months) {
    for (const gap of month.gaps) {
      const days = gap.from > gap.to ? dayText(gap.to) : `${dayText(gap.from)} to ${dayText(gap.to)}`;
      seen.add(`${days}: ${gap.moved === null ? 'unknown' : `${signed(gap.moved)} ${gap.currency}`}`);
    }
  }
  return [...seen];
}

export function monthSheet(findings) {
  const { coverage } = findings.data;
  if (!coverage.length) return null;
  return element('div', { class: 'sheet', tabindex: 0, role: 'region',
    'aria-label': 'Months covered' },
  element('table', { class: 'plain' },
    element('caption', {}, 'Months that the received files cover; gap: nothing between covered '
      + 'months; none: nothing before or after them'),
    element('thead', {}, element('tr', {}, ['Account', 'Months', 'Moved unseen, net']
      .map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, coverage.map((account) => element('tr', {},
      element('td', { class: 'mono' }, account.number),
      element('td', {}, phrases(account.months).map((phrase) => element('div', {}, phrase))),
      element('td', {}, unseen(account.months).map((line) => element('div', {}, line))))))));
}
