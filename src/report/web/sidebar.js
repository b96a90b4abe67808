// The left side: groups of accounts, the rule whose amounts are shown, display choices.
import { button, byId, element, fill } from './element.js';
import { short, sizeOf } from './money.js';
import { tracedShown } from './state.js';
import { connectedSentence, groupText, ruleSentence, ruleText, tracedBrief }
  from './words.js';

const mostGroups = 14;
const amountSteps = [0, 10, 50, 100, 500, 1000, 5000, 10000, 50000, 100000, 500000, 1000000];

function groupTraced(view, group) {
  const rows = [...group.traced].map(([currency, traced]) => ({ currency, traced,
    size: sizeOf(tracedShown(traced.in, view.state.chosen.rule).high, currency) }))
    .filter((row) => row.size > 0);
  // Amounts of two currencies are not compared: the currency of the case comes first.
  const own = view.findings.data.currencies[view.findings.data.case.currency];
  rows.sort((a, b) => (b.currency === own) - (a.currency === own)
    || (a.currency.code < b.currency.code ? -1 : 1));
  if (!rows.length) return null;
  return `${tracedBrief(rows[0].traced.in, rows[0].currency, view.state.chosen.rule)} ${
    rows[0].currency.code}${rows.length > 1 ? ' +' : ''}`;
}

function groupRows(view, all) {
  const { findings, state } = view;
  const list = all ? findings.groups : findings.groups.slice(0, mostGroups);
  const { selection } = state.chosen;
  return list.map((group) => {
    const traced = groupTraced(view, group);
    const isChosen = selection?.kind === 'group' && selection.at === group.at;
    return element('li', {}, element('button', { type: 'button', class: 'group-row',
      'aria-pressed': String(isChosen),
      title: group.largest ? `largest account: ${group.largest.label}` : null,
      on: { click: () => state.select(isChosen ? null : 'group', group.at) } },
    element('span', { class: 'group-line' },
      element('span', { class: 'dot', 'aria-hidden': 'true', style: { '--colour': group.colour } }),
      element('span', { class: 'group-name' }, groupText(group))),
    element('span', { class: 'group-line second' },
      element('span', { class: 'group-largest' }, group.largest ? group.largest.label : ''),
      traced ? element('span', { class: 'traced' }, traced) : null)));
  });
}

function groupPart(view, isOpen, toggle) {
  const { findings, state } = view;
  if (!findings.groups.length) {
    return [element('h2', {}, 'Groups'), element('p', { class: 'quiet' },
      'No groups of accounts were found.')];
  }
  const traced = findings.data.traced.payment.length > 0;
  return [element('h2', {}, traced
    ? `Groups \u00b7 traced in, ${ruleText(findings, state.chosen.rule)}`
    : 'Groups'),
  element('ul', { class: 'group-list' }, groupRows(view, isOpen)),
  findings.groups.length > mostGroups ? button(isOpen ? 'Fewer' : `All ${findings.groups.length}`,
    toggle, { class: 'link-like' }) : null,
  element('p', { class: 'quiet small-print' }, connectedSentence)];
}

function rulePart(view) {
  const { findings, state } = view;
  const { rules } = findings.data;
  if (!rules.length || !findings.data.traced.payment.length) return null;
  const pick = element('select', { id: 'rule', on: { change: (event) =>
    state.change({ rule: event.target.value === '' ? null : Number(event.target.value) }) } },
  element('option', { value: '' }, 'lowest\u2013highest'),
  rules.map((rule, at) => element('option', { value: at }, `${rule.name}: ${rule.title}`)));
  pick.value = state.chosen.rule === null ? '' : String(state.chosen.rule);
  const rule = state.chosen.rule === null ? null : rules[state.chosen.rule];
  return [element('h2', {}, element('label', { for: 'rule' }, 'Traced amounts shown')), pick,
    element('p', { class: 'quiet small-print' }, rule ? rule.summary
      : `${ruleSentence(findings, null)}.`),
    rule ? element('p', { class: 'quiet small-print' }, rule.authority) : null,
    findings.data.case.display_rule === state.chosen.rule && state.chosen.rule !== null
      ? element('p', { class: 'quiet small-print' }, 'Chosen by display_rule in the case file.')
      : null];
}

function displayPart(view) {
  const { findings, state } = view;
  const tick = (key, text) => {
    const box = element('input', { type: 'checkbox', id: `show-${key}`,
      on: { change: (event) => state.change({ [key]: event.target.checked }) } });
    box.checked = state.chosen[key];
    return element('label', { class: 'tick', for: `show-${key}` }, box, ` ${text}`);
  };
  const at = Math.max(0, amountSteps.indexOf(state.chosen.leastAmount));
  const value = element('output', { for: 'least' }, at ? `${short(amountSteps[at])} or more`
    : 'any');
  const range = element('input', { type: 'range', id: 'least', min: 0, max: amountSteps.length - 1,
    step: 1, on: { input: (event) => {
      const least = amountSteps[Number(event.target.value)];
      value.textContent = least ? `${short(least)} or more` : 'any';
      state.change({ leastAmount: least });
    } } });
  range.value = String(at);
  return [element('h2', {}, 'Display'),
    element('label', { class: 'range-label', for: 'least' }, 'Amount ', value), range,
    findings.data.traced.payment.length ? tick('tracedOnly', 'Traced only') : null,
    findings.groups.length ? tick('areas', 'Group areas') : null];
}

function symbolPart(findings) {
  const types = new Set(findings.data.people.map((person) => person.type).filter(Boolean));
  if (!types.size) return null;
  const symbols = { person: '\u25cf', company: '\u25a6' };
  return [element('h2', {}, 'Holder, by the case file'),
    element('ul', { class: 'symbol-list' }, ['person', 'company'].filter((type) => types.has(type))
      .map((type) => element('li', {}, element('span', { class: `symbol ${type}`,
        'aria-hidden': 'true' }, symbols[type]), type === 'person' ? 'Person' : 'Company')))];
}

export function createSidebar(view) {
  const { state, findings } = view;
  const groups = element('section', { 'aria-label': 'Groups' });
  const rule = element('section', { 'aria-label': 'Rule' });
  const display = element('section', { 'aria-label': 'Display' });
  let isOpen = false;
  const show = () => {
    fill(groups, groupPart(view, isOpen, () => { isOpen = !isOpen; show(); }));
  };
  fill(byId('sidebar'), groups, rule, display,
    element('section', { 'aria-label': 'Symbols' }, symbolPart(findings)));
  fill(rule, rulePart(view));
  fill(display, displayPart(view));
  show();
  state.listen((changed) => {
    if (changed.has('rule')) {
      fill(rule, rulePart(view));
      byId('rule')?.focus();
    }
    if (changed.has('rule') || changed.has('selection')) show();
  });
}

