// The Timeline tab: one line for each account, one arrow for each payment, by booking day.
import { byId, drawing, element, fill } from './element.js';
import { dayMarks, dayText, momentText } from './calendar.js';
import { short } from './money.js';
import { flowChips, flowSets } from './routes.js';
import { tracedColour } from './colours.js';
import { counted, ruleText } from './words.js';
import { shorten } from './labels.js';

const mostLanes = 30;
const mostArrows = 400;

function wantedPayments(view, sets) {
  const { findings, state } = view;
  const { selection } = state.chosen;
  const days = findings.data.payments.day;
  let title = 'Largest payments';
  let list;
  if (selection?.kind === 'route') {
    const route = findings.routes[selection.at];
    title = `Route ${route.at + 1}`;
    list = route.steps.map((step) => step.payment);
  } else if (selection?.kind === 'account') {
    const account = findings.accounts[selection.at];
    title = account.label;
    list = findings.paymentsOf(account);
  } else if (selection?.kind === 'link') {
    const link = findings.links[selection.at];
    title = `${link.payer.label} \u2192 ${link.payee.label}`;
    list = link.payments;
  } else if (sets.length) {
    const set = sets[state.chosen.flow];
    title = `${set.proceeds.id} \u00b7 ${set.proceeds.why}`;
    list = set.routes.flatMap((route) => route.steps.map((step) => step.payment));
  } else {
    list = findings.data.payments.day.map((day, at) => at);
  }
  list = [...new Set(list)].filter((at) => findings.payer(at) && findings.payee(at)
    && findings.payer(at) !== findings.payee(at) && state.inPeriod(days[at]));
  const all = list.length;
  if (!sets.length && !selection) {
    list = list.sort((a, b) => findings.size(b) - findings.size(a) || a - b).slice(0, 60);
  } else if (list.length > mostArrows) {
    list = list.sort((a, b) => view.tracedSize[b] - view.tracedSize[a]
      || findings.size(b) - findings.size(a) || a - b).slice(0, mostArrows);
  }
  return { title, list: list.sort((a, b) => a - b), all };
}

function lanesOf(findings, list) {
  const lanes = new Map();
  for (const at of list) {
    for (const account of [findings.payer(at), findings.payee(at)]) {
      lanes.set(account, (lanes.get(account) || 0) + 1);
    }
  }
  return new Set([...lanes].sort((a, b) => b[1] - a[1] || a[0].at - b[0].at)
    .slice(0, mostLanes).map(([account]) => account));
}

function drawLanes(view, picture, accounts, x0, width, laneHeight, top) {
  accounts.forEach((account, at) => {
    const y = top + at * laneHeight + laneHeight / 2;
    const hasRoom = laneHeight > 26;
    const name = shorten(account.label, 27);
    const below = shorten([account.country, account.bank].filter(Boolean).join(' \u00b7 '), 32);
    picture.append(
      drawing('line', { x1: x0, x2: width - 12, y1: y, y2: y, stroke: account.colour,
        'stroke-width': 1.2, 'stroke-opacity': 0.75 }),
      drawing('circle', { cx: x0 - 12, cy: y, r: 4.5, stroke: account.colour, 'stroke-width': 1.6,
        fill: account.observed ? account.colour : '#fff' }),
      drawing('g', { class: 'stop', role: 'button', tabindex: 0,
        'aria-label': name,
        on: { click: () => view.state.select('account', account.at),
          keydown: (event) => {
            if (event.key === 'Enter') view.state.select('account', account.at);
          } } },
      drawing('text', { x: x0 - 24, y: y + (hasRoom ? -1 : 4), 'text-anchor': 'end',
        class: 'stop-text' }, name)),
      hasRoom ? drawing('text', { x: x0 - 24, y: y + 12, 'text-anchor': 'end', class: 'small' },
        below) : '');
  });
}

export function drawTimeline(view, list, width) {
  const { findings, state } = view;
  const { day: days, time } = findings.data.payments;
  const kept = lanesOf(findings, list);
  const shown = list.filter((at) => kept.has(findings.payer(at)) && kept.has(findings.payee(at)));
  const accounts = [];
  for (const at of shown) {
    for (const account of [findings.payer(at), findings.payee(at)]) {
      if (!accounts.includes(account)) accounts.push(account);
    }
  }
  const first = Math.min(...shown.map((at) => days[at]));
  const last = Math.max(...shown.map((at) => days[at]));
  const x0 = 232;
  const top = 34;
  const laneHeight = Math.max(24, Math.min(54, 520 / accounts.length));
  const height = top + laneHeight * accounts.length + 14;
  const dayWidth = (width - x0 - 34) / (last - first + 1);
  const picture = drawing('svg', { class: 'lanes', width, height, role: 'group',
    viewBox: `0 0 ${width} ${height}`, 'aria-label': 'Payments in time, one line an account' });
  for (const mark of dayMarks(first, last, (width - x0) / 74)) {
    const x = x0 + 10 + (mark.day - first) * dayWidth;
    picture.append(drawing('line', { x1: x, x2: x, y1: top - 6, y2: height - 10, class: 'rail' }),
      drawing('text', { x: x + 3, y: 18, class: 'small' }, mark.text));
  }
  drawLanes(view, picture, accounts, x0, width, laneHeight, top);
  // Within a day payments stand in their order, side by side: most have no time of day.
  const perDay = new Map();
  for (const at of shown) perDay.set(days[at], (perDay.get(days[at]) || 0) + 1);
  const used = new Map();
  const largest = Math.max(...shown.map((at) => findings.size(at)));
  const labels = [];
  for (const at of shown) {
    const place = used.get(days[at]) || 0;
    used.set(days[at], place + 1);
    const x = x0 + 10 + (days[at] - first + (place + 0.5) / perDay.get(days[at])) * dayWidth;
    const y0 = top + (accounts.indexOf(findings.payer(at)) + 0.5) * laneHeight;
    const y1 = top + (accounts.indexOf(findings.payee(at)) + 0.5) * laneHeight;
    const way = Math.sign(y1 - y0);
    const colour = view.tracedSize[at] > 0 ? tracedColour : '#5d6f81';
    const thick = 1.2 + 2.4 * Math.sqrt(findings.size(at) / largest);
    const text = `${momentText(days[at], time[at])}: ${findings.payer(at).label} to `
      + `${findings.payee(at).label}, ${findings.data.payments.amount[at]} `
      + findings.currencyOf(at).code;
    const open = () => state.select('payment', at);
    picture.append(drawing('g', { class: 'arrow', role: 'button', tabindex: 0, 'aria-label': text,
      on: { click: open, keydown: (event) => { if (event.key === 'Enter') open(); } } },
    drawing('title', {}, text),
    drawing('line', { x1: x, x2: x, y1: y0, y2: y1 - way * 9, stroke: colour,
      'stroke-width': thick }),
    drawing('circle', { cx: x, cy: y0, r: 2.6, fill: colour }),
    drawing('path', { d: `M${x - 4.5},${y1 - way * 10}h9l-4.5,${way * 8.5}z`, fill: colour })));
    labels.push({ x: x + 5, y: (y0 + y1) / 2 + 4, text: short(findings.size(at)), colour });
  }
  placeAmounts(picture, labels, width);
  return { picture, shown: shown.length };
}

function placeAmounts(picture, labels, width) {
  const placed = [];
  for (const label of labels) {
    const box = { x: label.x, y: label.y - 10, w: label.text.length * 6.4, h: 13 };
    if (box.x + box.w > width) continue;
    const meets = placed.some((other) => box.x < other.x + other.w && other.x < box.x + box.w
      && box.y < other.y + other.h && other.y < box.y + box.h);
    if (meets) continue;
    placed.push(box);
    picture.append(drawing('text', { x: label.x, y: label.y, class: 'arrow-text',
      fill: label.colour }, label.text));
  }
}

export function createTimeline(view) {
  const { findings, state } = view;
  const panel = byId('view-timeline');
  const sets = flowSets(findings);
  const show = () => {
    if (panel.hidden) return;
    const { title, list, all } = wantedPayments(view, sets);
    const chips = sets.length ? flowChips(view, sets) : null;
    if (!list.length) {
      fill(panel, chips, element('h2', {}, title), element('p', { class: 'empty' },
        'No payments between two accounts here, or none in the chosen period.'));
      return;
    }
    const { picture, shown } = drawTimeline(view, list, Math.max(620, panel.clientWidth - 64));
    const days = findings.data.payments.day;
    fill(panel, chips, element('h2', {}, title),
      element('p', { class: 'quiet' },
        `${counted(shown, 'payment')}${shown < all ? ` of ${all.toLocaleString('en-GB')}` : ''}, `
        + `${dayText(days[list[0]])} to ${dayText(days[list[list.length - 1]])}.`),
      element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Timeline' },
        picture),
      element('p', { class: 'quiet' }, 'One line for each account, one arrow for each payment, by '
        + 'booking day; within a day payments stand in their order. Width follows the amount. Red: '
        + `traced (${ruleText(findings, state.chosen.rule)}). Choose an account, a link or a route `
        + 'to see its payments alone.'));
  };
  state.listen(show);
  new ResizeObserver(show).observe(panel);
}
