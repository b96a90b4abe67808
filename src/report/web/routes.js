// The Routes tab: how the proceeds can have moved in time, largest first, each step with its
// payment and the record that shows it.
import { button, byId, element, facts, fill } from './element.js';
import { decimalOf, grouped, moneyText } from './money.js';
import { momentText } from './calendar.js';
import { recordLines } from './evidence.js';
import { arrivalOf, drawFlow } from './flow.js';
import { counted, endText, ruleText, shareText, sideText, tracedDecimal }
  from './words.js';

const mostDrawn = 60;
const mostListed = 300;

// One flow for each proceeds and currency.
export function flowSets(findings) {
  const sets = new Map();
  for (const route of findings.routes) {
    const key = `${route.proceeds} ${route.currency.code}`;
    if (!sets.has(key)) {
      sets.set(key, { proceeds: findings.data.proceeds[route.proceeds], currency: route.currency,
        index: route.proceeds, routes: [] });
    }
    sets.get(key).routes.push(route);
  }
  return [...sets.values()].sort((a, b) => a.index - b.index
    || (a.currency.code < b.currency.code ? -1 : 1));
}

export function flowChips(view, sets) {
  const { state } = view;
  return element('div', { class: 'chips', role: 'group', 'aria-label': 'Proceeds' },
    sets.map((set, at) => button([element('strong', {}, set.proceeds.id),
      element('span', { class: 'chip-text' }, set.proceeds.why), element('span', { class: 'count' }, counted(set.routes.length, 'route'))],
    () => state.change({ flow: at, selection: null }),
    { class: 'chip', 'aria-pressed': String(state.chosen.flow === at) })));
}

export function routeMarks(findings, route) {
  const marks = [];
  if (route.steps.some((step) => step.may_be_double)) marks.push('a step may be double');
  if (route.steps.some((step) => step.payer_not_observed)) marks.push('a stop without records');
  if (route.steps.some((step) => step.same_day)) marks.push('same-day step');
  return marks;
}

export function stepMarks(findings, step) {
  const marks = [];
  if (step.same_day) marks.push('order known only as the same day');
  if (step.payer_not_observed) marks.push('no records of the stop before');
  if (step.may_be_double) marks.push('may be double');
  return marks;
}

function heldText(step, at) {
  if (at === 0) return 'origin';
  return step.days_held === 0 ? 'held under a day' : `held ${counted(step.days_held, 'day')}`;
}

export function stepRows(view, route) {
  const { findings, state } = view;
  const { payments } = findings.data;
  return route.steps.map((step, at) => {
    const currency = findings.currencyOf(step.payment);
    const entered = findings.entered(step.payment);
    const traced = findings.isTraced(step.payment);
    return element('li', { class: 'step' },
      element('span', { class: 'step-number', 'aria-hidden': 'true' }, String(at + 1)),
      element('div', { class: 'step-body' },
        element('button', { type: 'button', class: 'link-like',
          on: { click: () => state.select('payment', step.payment) } },
        `${sideText(findings, step.payment, 'payer')} \u2192 `
          + sideText(findings, arrivalOf(step), 'payee')),
        element('div', { class: 'quiet' },
          [momentText(payments.day[step.payment], payments.time[step.payment]), heldText(step, at),
            at === 0 ? null : `share kept ${shareText(step.share_kept)}`,
            ...stepMarks(findings, step)].filter(Boolean).join(' \u00b7 ')),
        recordLines(findings, step.payment),
        step.twin === null ? null : recordLines(findings, step.twin)),
      element('div', { class: 'step-money' },
        element('div', { class: 'amount' }, moneyText(findings.amount(step.payment), currency)),
        entered ? element('div', { class: 'quiet' },
          `entered as ${moneyText(entered.minor, entered.currency)}`) : null,
        traced ? element('div', {}, element('span', { class: 'traced' },
          tracedDecimal(findings.tracedLeft(step.payment), currency, state.chosen.rule)), ' ',
        element('span', { class: 'rule' }, ruleText(findings, state.chosen.rule))) : null));
  });
}

function figure(label, value, isWide) {
  return element('div', { class: isWide ? 'figure wide' : 'figure' }, element('span', { class: 'figure-label' }, label),
    element('span', { class: 'figure-value' }, value));
}

export function routeFigures(findings, route) {
  const least = route.steps.slice(1).reduce((share, step) => Math.min(share, step.share_kept),
    1000000);
  return element('div', { class: 'figures' },
    figure('Got through', moneyText(route.got, route.currency)),
    figure('Steps', String(route.steps.length)),
    figure('Days', String(route.days)),
    figure('Least share kept in a step', shareText(least)),
    figure('Ends at', endText(findings, route), true));
}

function setFigures(findings, set) {
  const ends = new Set(set.routes.map((route) => endText(findings, route)));
  return element('div', { class: 'figures' },
    figure('Proceeds', `${grouped(set.proceeds.amount)} ${
      findings.data.currencies[set.proceeds.currency].code}`),
    figure('Routes', grouped(String(set.routes.length))),
    figure('Largest got through', moneyText(set.routes[0].got, set.currency)),
    figure('Steps, at most', String(Math.max(...set.routes.map((route) => route.steps.length)))),
    figure('Ends', grouped(String(ends.size))));
}

function routeList(view, set) {
  const { findings, state } = view;
  const { selection } = state.chosen;
  const rows = set.routes.slice(0, mostListed).map((route) => {
    const isChosen = selection?.kind === 'route' && selection.at === route.at;
    return element('tr', { class: isChosen ? 'chosen' : null },
      element('td', {}, button(`Route ${route.at + 1}`, () => state.select('route', route.at),
        { class: 'link-like', 'aria-pressed': String(isChosen) })),
      element('td', { class: 'number' }, moneyText(route.got, route.currency)),
      element('td', { class: 'number' }, String(route.steps.length)),
      element('td', { class: 'number' }, String(route.days)),
      element('td', {}, endText(findings, route)),
      element('td', { class: 'quiet' }, routeMarks(findings, route).join(', ')));
  });
  return element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Routes' },
    element('table', { class: 'plain' },
      element('caption', {}, 'Routes, largest got through first'),
      element('thead', {}, element('tr', {}, ['Route', 'Got through', 'Steps', 'Days', 'Ends at', '']
        .map((head, at) => element('th', { scope: 'col', class: at > 0 && at < 4 ? 'number' : null },
          head || element('span', { class: 'unseen' }, 'Marks'))))),
      element('tbody', {}, rows)),
    set.routes.length > mostListed ? element('p', { class: 'quiet' },
      `${counted(set.routes.length - mostListed, 'route')} more in routes.csv.`) : null);
}

export function noRoutes(findings) {
  if (!findings.data.proceeds.length) {
    return element('div', { class: 'empty' }, element('h2', {}, 'No proceeds are marked'),
      element('p', {}, 'Routes start at the payments through which the proceeds entered. Mark them '
        + 'in case.yaml under proceeds, for example:'),
      element('pre', {}, 'proceeds:\n  - id: P1\n    why: payments of the victims\n'
        + '    select: {to: ACCOUNT NUMBER, between: [2025-01-01, 2025-03-31]}'),
      element('p', {}, 'Then run the case again.'));
  }
  return element('div', { class: 'empty' }, element('h2', {}, 'No routes were found'),
    element('p', {}, `From the marked payments nothing moved on within ${
      findings.data.limits.window_days} days a stop with at least ${
      shareText(findings.data.limits.share_kept)} kept. Where the money is lists what each rule `
      + 'finds.'));
}

// What the list of routes does not hold.
export function cutText(findings) {
  const { counts } = findings.data;
  const parts = [];
  if (counts.routes > findings.routes.length) {
    parts.push(`${counted(counts.routes - findings.routes.length, 'route')} more in routes.csv.`);
  }
  if (counts.routes_left_out) {
    parts.push(`${counted(counts.routes_left_out, 'smaller route')} found and not kept.`);
  }
  if (counts.starts_cut) {
    parts.push(`The search from ${counted(counts.starts_cut, 'payment')} was cut: there may be more.`);
  }
  return parts.join(' ');
}

export function createRoutes(view) {
  const { findings, state } = view;
  const panel = byId('view-routes');
  const sets = flowSets(findings);
  const show = () => {
    if (panel.hidden) return;
    if (!sets.length) { fill(panel, noRoutes(findings)); return; }
    const { selection } = state.chosen;
    const route = selection?.kind === 'route' ? findings.routes[selection.at] : null;
    const set = route ? sets.find((one) => one.routes.includes(route)) : sets[state.chosen.flow];
    const drawn = set.routes.slice(0, mostDrawn);
    if (route && !drawn.includes(route)) drawn.push(route);
    const width = Math.max(560, panel.clientWidth - 64);
    const press = (kind, at) => {
      if (kind === 'account') state.select('account', at);
      else state.select(at.length === 1 ? 'payment' : 'payments', at.length === 1 ? at[0] : at);
    };
    const limits = findings.data.limits;
    fill(panel, flowChips(view, sets),
      element('h2', {}, route ? `Route ${route.at + 1} of ${set.proceeds.id}`
        : `${set.proceeds.id} \u00b7 ${set.proceeds.why}`),
      route ? routeFigures(findings, route) : setFigures(findings, set),
      element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Flow' },
        drawFlow(view, drawn, width, route ? route.at : null, press)),
      element('p', { class: 'quiet' },
        `Band width follows the amount in ${set.currency.code}; columns are steps in time order; `
        + 'colour is the payer\u2019s group; a red edge marks traced money '
        + `(${ruleText(findings, state.chosen.rule)}). `
        + (set.routes.length > mostDrawn ? `The ${mostDrawn} largest routes are drawn. ` : '')
        + `A route holds money at most ${limits.window_days} days a stop, keeps at least `
        + `${shareText(limits.share_kept)} a step and has at most ${limits.max_steps} steps.`),
      route ? element('ol', { class: 'step-list', 'aria-label': 'Steps' }, stepRows(view, route))
        : null,
      routeList(view, set),
      cutText(findings) ? element('p', { class: 'quiet' }, cutText(findings)) : null);
  };
  state.listen(show);
  new ResizeObserver(show).observe(panel);
}

export function routeFacts(findings, route) {
  return facts([
    ['Proceeds', findings.data.proceeds[route.proceeds].id],
    ['Got through', `${grouped(decimalOf(route.got, route.currency.exponent))} ${
      route.currency.code}`],
    ['Steps', String(route.steps.length)],
    ['Days', String(route.days)],
    ['Ends at', endText(findings, route)],
    ['Marks', routeMarks(findings, route).join(', ')],
  ]);
}
