// Activity by day along the bottom: all payments and the traced part; drag to choose a period,
// which then filters every view.
import { byId, button, drawing, element, fill } from './element.js';
import { dayMarks, dayOf, dayText } from './calendar.js';
import { minorOf, short, sizeOf } from './money.js';
import { tracedColour } from './colours.js';
import { tracedShown } from './state.js';
import { ruleText } from './words.js';

const edge = { left: 52, right: 14, top: 6, bottom: 20 };
const binNames = { 1: 'day', 7: 'week', 30: '30 days', 90: '90 days', 365: 'year' };

function seriesOf(findings, currencyAt) {
  const currency = findings.data.currencies[currencyAt];
  const { days, traced_days: traced } = findings.data;
  const series = new Map();
  const at = (day) => {
    if (!series.has(day)) {
      series.set(day, { size: 0, count: 0, double: 0,
        traced: new Array(findings.data.rules.length).fill(0n) });
    }
    return series.get(day);
  };
  for (let row = 0; row < days.day.length; row++) {
    if (days.currency[row] !== currencyAt) continue;
    const bin = at(days.day[row]);
    bin.size += sizeOf(minorOf(days.amount[row]), currency);
    bin.count += days.count[row];
    bin.double += days.double[row];
  }
  for (let row = 0; row < traced.day.length; row++) {
    if (traced.currency[row] !== currencyAt) continue;
    at(traced.day[row]).traced[traced.rule[row]] += minorOf(traced.amount[row]);
  }
  return series;
}

function binned(view, currencyAt, width) {
  const { findings, state } = view;
  const { first, last } = findings.data.period;
  const span = last - first + 1;
  const most = Math.max(30, Math.floor(width / 3));
  const pace = [1, 7, 30, 90, 365].find((days) => span / days <= most) || 3650;
  const bins = [];
  for (let day = first; day <= last; day += pace) {
    bins.push({ day, size: 0, double: 0, count: 0,
      traced: new Array(findings.data.rules.length).fill(0n) });
  }
  for (const [day, one] of seriesOf(findings, currencyAt)) {
    const bin = bins[Math.floor((day - first) / pace)];
    bin.size += one.size;
    bin.double += one.double;
    bin.count += one.count;
    one.traced.forEach((minor, rule) => { bin.traced[rule] += minor; });
  }
  const currency = findings.data.currencies[currencyAt];
  for (const bin of bins) {
    bin.tracedSize = sizeOf(tracedShown(bin.traced, state.chosen.rule).high, currency);
  }
  return { bins, pace };
}

export function drawBars(view, currencyAt, width, height) {
  const { findings, state } = view;
  const { first, last } = findings.data.period;
  const code = findings.data.currencies[currencyAt].code;
  const room = width - edge.left - edge.right;
  const { bins, pace } = binned(view, currencyAt, room);
  const most = Math.max(...bins.map((bin) => Math.max(bin.size, bin.tracedSize)), 1);
  const base = height - edge.bottom;
  const tall = (size) => (base - edge.top) * Math.sqrt(Math.max(0, size) / most);
  const dayWidth = room / (last - first + 1);
  const picture = drawing('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
    class: 'activity', 'aria-label': `Payments by ${binNames[pace] || 'bin'} in ${code}` });
  for (const part of [1, 0.25]) {
    const y = base - tall(most * part);
    picture.append(drawing('line', { x1: edge.left, x2: width - edge.right, y1: y, y2: y,
      class: 'rail' }),
    drawing('text', { x: edge.left - 7, y: y + 4, 'text-anchor': 'end', class: 'small' },
      short(most * part)));
  }
  for (const bin of bins) {
    const x = edge.left + (bin.day - first) * dayWidth;
    const wide = Math.max(1, Math.min(48, dayWidth * pace, dayWidth * (last + 1 - bin.day)) - 1);
    const isIn = !state.chosen.period || (bin.day + pace > state.chosen.period[0]
      && bin.day <= state.chosen.period[1]);
    picture.append(drawing('rect', { x, y: base - tall(bin.size), width: wide,
      height: tall(bin.size), fill: '#9fb3c8', opacity: isIn ? 1 : 0.35 }));
    if (bin.tracedSize > 0) {
      const shown = Math.min(bin.tracedSize, bin.size || bin.tracedSize);
      picture.append(drawing('rect', { x, y: base - tall(shown), width: wide, height: tall(shown),
        fill: tracedColour, opacity: isIn ? 1 : 0.35 }));
    }
  }
  for (const mark of dayMarks(first, last, room / 92)) {
    const x = edge.left + (mark.day - first) * dayWidth;
    if (x + 30 > width) continue;
    picture.append(drawing('line', { x1: x, x2: x, y1: base, y2: base + 4, class: 'tick-line' }),
      drawing('text', { x: x + 2, y: base + 15, class: 'small' }, mark.text));
  }
  return { picture, pace, base, bins, toDay: (x) => Math.max(first, Math.min(last,
    first + Math.floor((x - edge.left) / dayWidth))),
  toX: (day) => edge.left + (day - first) * dayWidth };
}

function busiest(findings) {
  const counts = new Map();
  const { days } = findings.data;
  for (let row = 0; row < days.day.length; row++) {
    counts.set(days.currency[row], (counts.get(days.currency[row]) || 0) + days.count[row]);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([currency]) => currency);
}

function periodInputs(view) {
  const { findings, state } = view;
  const { first, last } = findings.data.period;
  const input = (at, text) => element('input', { type: 'text', 'aria-label': `${text}, YYYY-MM-DD`, size: 10,
    maxlength: 10, value: dayText((state.chosen.period || [first, last])[at]),
    on: { change: (event) => {
      const day = dayOf(event.target.value.trim());
      if (day === null) {
        event.target.value = dayText((state.chosen.period || [first, last])[at]);
        return;
      }
      const period = [...(state.chosen.period || [first, last])];
      period[at] = Math.max(first, Math.min(last, day));
      if (period[0] <= period[1]) {
        state.change({ period: period[0] === first && period[1] === last ? null : period });
      }
    } } });
  return [input(0, 'First day shown'), ' \u2013 ', input(1, 'Last day shown')];
}

export function createActivity(view) {
  const { findings, state } = view;
  const panel = byId('activity');
  const currencies = busiest(findings);
  if (!currencies.length || findings.data.period.first === null) { panel.hidden = true; return; }
  const own = findings.data.case.currency;
  let currencyAt = currencies.includes(own) ? own : currencies[0];
  const head = element('div', { class: 'activity-head' });
  const field = element('div', { class: 'activity-field' });
  fill(panel, head, field);
  let bars = null;
  const pick = currencies.length > 1 ? element('select', { 'aria-label': 'Currency of the bars',
    on: { change: (event) => { currencyAt = Number(event.target.value); show(); } } },
  currencies.map((at) => element('option', { value: at }, findings.data.currencies[at].code)))
    : null;
  if (pick) pick.value = String(currencyAt);
  const show = () => {
    const width = field.clientWidth;
    if (!width) return;
    bars = drawBars(view, currencyAt, width, field.clientHeight || 92);
    const { period } = state.chosen;
    if (period) {
      const x = bars.toX(period[0]);
      bars.picture.append(drawing('rect', { x, y: 1, width: bars.toX(period[1] + 1) - x,
        height: bars.base - 1, class: 'period' }));
    }
    fill(field, bars.picture);
    const doubles = bars.bins.reduce((sum, bin) => sum + bin.double, 0);
    fill(head, element('h2', {}, `Activity by ${binNames[bars.pace] || 'period'}`), pick
      || element('span', {}, findings.data.currencies[currencyAt].code),
    element('span', { class: 'period-inputs' }, periodInputs(view)),
    period ? button('Entire period', () => state.change({ period: null }), { class: 'link-like' })
      : null,
    element('span', { class: 'key' }, element('span', { class: 'swatch bar-grey',
      'aria-hidden': 'true' }), 'all payments'),
    findings.data.traced.payment.length ? element('span', { class: 'key' },
      element('span', { class: 'swatch bar-red', 'aria-hidden': 'true' }),
      `traced, ${state.chosen.rule === null ? 'highest of the rules'
        : ruleText(findings, state.chosen.rule)}`) : null,
    element('span', { class: 'quiet' }, 'square-root scale'),
    doubles ? element('span', { class: 'warn' }, `${doubles} may be double`) : null);
  };
  let held = null;
  field.addEventListener('pointerdown', (event) => {
    const box = field.getBoundingClientRect();
    held = { day: bars.toDay(event.clientX - box.left), x: event.clientX };
    field.setPointerCapture(event.pointerId);
  });
  field.addEventListener('pointermove', (event) => {
    if (!held || Math.abs(event.clientX - held.x) < 4) return;
    const day = bars.toDay(event.clientX - field.getBoundingClientRect().left);
    held.period = [Math.min(day, held.day), Math.max(day, held.day)];
    bars.picture.querySelector('.period')?.remove();
    const x = bars.toX(held.period[0]);
    bars.picture.append(drawing('rect', { x, y: 1, width: bars.toX(held.period[1] + 1) - x,
      height: bars.base - 1, class: 'period' }));
  });
  field.addEventListener('pointerup', () => {
    if (held?.period) state.change({ period: held.period });
    held = null;
  });
  state.listen((changed) => { if (changed.has('period') || changed.has('rule')) show(); });
  new ResizeObserver(show).observe(field);
}
