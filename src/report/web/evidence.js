// Evidence cards: what a payment is, and the exact place of each record that shows it.
import { element } from './element.js';
import { grouped, decimalOf } from './money.js';
import { momentText } from './calendar.js';
import { paymentFlags } from './findings.js';
import { ruleText, sideText, tracedDecimal } from './words.js';

export function citation(record) {
  return `${record.file.name}:${record.line}${record.page ? `, page ${record.page}` : ''}`;
}

export function placeOf(record) {
  return `record ${grouped(String(record.ordinal))} \u00b7 bytes ${grouped(String(record.offset))}`
    + `+${record.length} \u00b7 sha256 ${record.file.sha256.slice(0, 8)}`;
}

export function recordLines(findings, at) {
  return findings.recordsOf(at).map((record) => element('div', { class: 'cite' },
    element('span', { class: 'place' }, citation(record)),
    element('span', { class: 'bytes', title: `SHA-256 ${record.file.sha256}` }, placeOf(record))));
}

function marksOf(findings, at) {
  const marks = [];
  if (findings.has(at, paymentFlags.mayBeDouble)) marks.push('may be double');
  if (findings.has(at, paymentFlags.orderOpen)) marks.push('order within the day open');
  if (findings.has(at, paymentFlags.orderAdjusted)) marks.push('debit booked after its credit');
  if (findings.has(at, paymentFlags.messageOnly)) marks.push('message only');
  if (findings.has(at, paymentFlags.reversed)) marks.push('taken back');
  if (findings.has(at, paymentFlags.expectedAbsent)) marks.push('expected and absent');
  return marks.map((mark) => element('span', { class: 'mark' }, mark));
}

// `own`: the account whose view this is; then the card says in or out and names the other side.
export function paymentCard(view, at, own) {
  const { findings, state } = view;
  const { payments } = findings.data;
  const currency = findings.currencyOf(at);
  const entered = findings.entered(at);
  const from = sideText(findings, at, 'payer');
  const to = sideText(findings, at, 'payee');
  let sides = [element('span', {}, `${from} \u2192 ${to}`)];
  if (own) {
    const isIn = payments.payee[at] === own.at;
    sides = [element('span', { class: isIn ? 'way in' : 'way out' }, isIn ? 'in' : 'out'),
      element('span', {}, isIn ? from : to)];
  }
  const amount = `${grouped(decimalOf(findings.amount(at), currency.exponent))} ${currency.code}`;
  return element('li', { class: 'card' },
    element('button', { type: 'button', class: 'card-body',
      on: { click: () => state.select('payment', at) } },
    element('span', { class: 'row' },
      element('span', { class: 'when' }, momentText(payments.day[at], payments.time[at])),
      element('span', { class: 'amount' }, amount)),
    element('span', { class: 'row' }, element('span', { class: 'sides' }, sides),
      entered ? element('span', { class: 'entered' }, 'entered as '
        + `${grouped(decimalOf(entered.minor, entered.currency.exponent))} `
        + entered.currency.code) : null),
    findings.isTraced(at) ? element('span', { class: 'row' },
      element('span', { class: 'rule' }, `traced, ${ruleText(findings, state.chosen.rule)}`),
      element('span', { class: 'traced' },
        tracedDecimal(findings.tracedLeft(at), currency, state.chosen.rule))) : null,
    marksOf(findings, at).length ? element('span', { class: 'marks' }, marksOf(findings, at))
      : null),
    recordLines(findings, at));
}

export function cardList(view, list, own, most) {
  return element('ol', { class: 'cards' },
    list.slice(0, most).map((at) => paymentCard(view, at, own)));
}
