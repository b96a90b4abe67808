// The words people read. A traced amount always stands with its rule; nothing here judges anyone.
import { element } from './element.js';
import { decimalOf, grouped, moneyText, short, sizeOf } from './money.js';
import { tracedShown } from './state.js';

export const connectedSentence = 'Being connected or grouped does not mean knowing or taking part.';

const endWords = ['a destination of interest', 'where our records end', 'left as cash',
  'left as card payment', 'left as fee'];
const restingWords = { account: 'Held in the account', transit: 'On the way between two accounts',
  cash: 'Left as cash', card: 'Left as card payments', fee: 'Left as fees', asset: 'In an asset',
  overdraft: 'Paid off an overdraft', good_faith: 'Received in good faith',
  frontier: 'Where our records end' };
const roleWords = { unknown: 'role not stated', suspect: 'suspect', convicted: 'convicted',
  victim: 'victim', 'possible-victim': 'possible victim', witness: 'witness',
  'third-party': 'third party' };

export function ruleText(findings, rule) {
  return rule === null ? 'lowest\u2013highest' : findings.data.rules[rule]?.name || '';
}

export function ruleSentence(findings, rule) {
  if (!findings.data.rules.length) return '';
  if (rule === null) {
    const names = findings.data.rules.map((row) => row.name).join(', ');
    return `lowest\u2013highest over ${names}`;
  }
  return `${findings.data.rules[rule].title} (${findings.data.rules[rule].name})`;
}

export function tracedDecimal(byRule, currency, rule) {
  const { low, high } = tracedShown(byRule, rule);
  const text = (minor) => grouped(decimalOf(minor, currency.exponent));
  return low === high ? text(high) : `${text(low)}\u2013${text(high)}`;
}

export function tracedBrief(byRule, currency, rule) {
  const { low, high } = tracedShown(byRule, rule);
  const text = (minor) => short(sizeOf(minor, currency));
  return low === high || text(low) === text(high) ? text(high) : `${text(low)}\u2013${text(high)}`;
}

// "traced 1,200.00–3,000.00 EUR lowest–highest"
export function tracedText(findings, byRule, currency, rule) {
  return `${tracedDecimal(byRule, currency, rule)} ${currency.code}, ${ruleText(findings, rule)}`;
}

export function tracedMark(findings, byRule, currency, rule) {
  return element('span', {}, element('span', { class: 'traced' },
    `${tracedDecimal(byRule, currency, rule)} ${currency.code}`), ' ',
  element('span', { class: 'rule' }, ruleText(findings, rule)));
}

export function groupText(group) {
  return `Group ${group.number}, ${counted(group.count, 'account')}`;
}

export function counted(count, noun) {
  const plural = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${grouped(String(count))} ${count === 1 ? noun : plural}`;
}

export function endText(findings, route) {
  const place = findings.accounts[route.end_account];
  if (route.end >= 2) return endWords[route.end];
  return place ? `${place.label}, ${endWords[route.end]}` : endWords[route.end];
}

export function restingText(findings, holding) {
  const code = findings.data.currencies[holding.currency].code;
  if (holding.where === 'converted_out') return `Left as ${code}`;
  if (holding.where === 'converted_in') return `Entered as ${code}`;
  const words = restingWords[holding.where] || holding.where;
  return holding.reason ? `${words}: ${holding.reason}` : words;
}

export function roleText(role) {
  return roleWords[role] || role;
}

// The side of a payment that names no account.
export function sideText(findings, at, side) {
  const account = findings[side](at);
  if (account) return account.label;
  const kind = findings.kind(at);
  const isOut = side === 'payee';
  if (kind === 'cash') return isOut ? 'left as cash' : 'cash paid in';
  if (kind === 'card') return isOut ? 'left as card payment' : 'card';
  if (kind === 'fee') return isOut ? 'left as fee' : 'fee';
  if (kind === 'interest') return 'interest';
  return 'account not named';
}

export function shareText(millionths) {
  return `${Number((millionths / 10000).toFixed(1))} %`;
}

export function doubleText(count, minor, currency) {
  if (!count) return null;
  return `includes ${counted(count, 'payment')}, ${moneyText(minor, currency)}, that may be double`;
}

export function explanationOf(findings, term) {
  return findings.data.words.find((word) => word.term === term)?.explanation || '';
}
