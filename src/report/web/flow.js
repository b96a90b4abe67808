// The flow of a set of routes: one column a step, one band a payment pair, laid out so that bands
// cross little. Layers are known from the routes, so only the order and the packing are sought:
// a few passes by the middle of the neighbours.
import { drawing } from './element.js';
import { colourOfGroup, tracedColour } from './colours.js';
import { short, sizeOf } from './money.js';
import { counted, sideText } from './words.js';
import { shorten } from './labels.js';

const barWidth = 12;
const leastBand = 1.5;

// Sizes in the proceeds' currency: across a conversion by that payment's own two amounts.
function stepSizes(findings, route) {
  let factor = 1;
  return route.steps.map((step) => {
    const size = findings.size(step.payment) * factor;
    const entered = arrivedAs(findings, step);
    if (entered) {
      const out = sizeOf(entered.minor, entered.currency);
      if (out > 0) factor *= findings.size(step.payment) / out;
    }
    return size;
  });
}

// A debit and a credit that may be one payment are one step: it arrives as the credit.
export function arrivalOf(step) {
  return step.twin ?? step.payment;
}

function arrivedAs(findings, step) {
  const entered = findings.entered(step.payment); // a row that converts tells it itself
  if (entered || step.twin === null) return entered;
  return { minor: findings.amount(step.twin), currency: findings.currencyOf(step.twin) };
}

export function flowOf(findings, routes) {
  const nodes = new Map();
  const bands = new Map();
  const nodeAt = (layer, at, side) => {
    const account = findings[side](at);
    const key = `${layer} ${account ? account.at : sideText(findings, at, side)}`;
    if (!nodes.has(key)) {
      nodes.set(key, { key, layer, account, label: sideText(findings, at, side), into: [], out: [],
        hidden: false });
    }
    return nodes.get(key);
  };
  for (const route of routes) {
    const sizes = stepSizes(findings, route);
    route.steps.forEach((step, at) => {
      const from = nodeAt(at, step.payment, 'payer');
      const to = nodeAt(at + 1, arrivalOf(step), 'payee');
      const key = `${from.key}>${to.key}`;
      if (!bands.has(key)) {
        const band = { key, from, to, size: 0, payments: new Set(), routes: new Set() };
        bands.set(key, band);
        from.out.push(band);
        to.into.push(band);
      }
      const band = bands.get(key);
      band.routes.add(route.at);
      if (!band.payments.has(step.payment)) {
        band.payments.add(step.payment);
        band.size += sizes[at];
      }
    });
  }
  const total = (list) => list.reduce((sum, band) => sum + band.size, 0);
  for (const node of nodes.values()) node.size = Math.max(total(node.into), total(node.out));
  const layers = [];
  for (const node of nodes.values()) (layers[node.layer] ||= []).push(node);
  return { layers, bands: [...bands.values()] };
}

function pack(flow, height) {
  const gap = (layer) => Math.min(46, height * 0.4 / Math.max(1, layer.length));
  let unit = Infinity;
  for (const layer of flow.layers) {
    const sum = layer.reduce((size, node) => size + node.size, 0);
    unit = Math.min(unit, (height - gap(layer) * (layer.length - 1)) / Math.max(sum, 1e-9));
  }
  for (const layer of flow.layers) layer.sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1));
  const settle = () => {
    for (const layer of flow.layers) {
      const used = layer.reduce((sum, node) => sum + Math.max(4, node.size * unit), 0)
        + gap(layer) * (layer.length - 1);
      let y = Math.max(0, (height - used) / 2);
      for (const node of layer) {
        node.y = y;
        node.height = Math.max(4, node.size * unit);
        y += node.height + gap(layer);
      }
    }
  };
  const middleOf = (list, side) => {
    const weight = list.reduce((sum, band) => sum + band.size, 0) || 1;
    return list.reduce((sum, band) => sum + band.size * (band[side].y + band[side].height / 2), 0)
      / weight;
  };
  settle();
  for (let pass = 0; pass < 8; pass++) {
    const side = pass % 2 ? 'to' : 'from';
    for (const layer of flow.layers) {
      for (const node of layer) {
        const list = side === 'from' ? node.into : node.out;
        node.wish = list.length ? middleOf(list, side) : node.y + node.height / 2;
      }
      layer.sort((a, b) => a.wish - b.wish || (a.key < b.key ? -1 : 1));
    }
    settle();
  }
  for (const node of flow.layers.flat()) {
    node.out.sort((a, b) => a.to.y - b.to.y || (a.key < b.key ? -1 : 1));
    node.into.sort((a, b) => a.from.y - b.from.y || (a.key < b.key ? -1 : 1));
    let y = node.y;
    for (const band of node.out) { band.y0 = y; band.height = Math.max(leastBand, band.size * unit); y += band.height; }
    y = node.y;
    for (const band of node.into) { band.y1 = y; y += Math.max(leastBand, band.size * unit); }
  }
}

function ribbon(x0, y0, x1, y1, height) {
  const middle = (x0 + x1) / 2;
  return `M${x0},${y0}C${middle},${y0} ${middle},${y1} ${x1},${y1}V${y1 + height}`
    + `C${middle},${y1 + height} ${middle},${y0 + height} ${x0},${y0 + height}Z`;
}

function titleOf(flow, layer) {
  if (layer === 0) return 'Origin';
  const last = flow.layers.length - 1;
  return layer === last ? 'End' : `Stop ${layer}`;
}

// press(kind, at): called for accounts, bands and payments.
export function drawFlow(view, routes, width, chosenRoute, press) {
  const { findings } = view;
  const flow = flowOf(findings, routes);
  const most = Math.max(...flow.layers.map((layer) => layer.length));
  const height = Math.max(180, Math.min(460, 96 * most));
  pack(flow, height);
  const top = 46;
  const left = 10;
  const labelRoom = Math.min(190, width * 0.2);
  const pace = (width - left - labelRoom - barWidth) / Math.max(1, flow.layers.length - 1);
  const x = (layer) => left + layer * pace;
  const code = routes[0].currency.code;
  const picture = drawing('svg', { class: 'flow', width, height: height + top + 16, role: 'group',
    viewBox: `0 0 ${width} ${height + top + 16}`,
    'aria-label': `Flow of ${counted(routes.length, 'route')} by step` });
  flow.layers.forEach((layer, at) => {
    const anchor = 'start';
    const sum = layer.reduce((size, node) => size + node.size, 0);
    picture.append(
      drawing('line', { x1: x(at), x2: x(at), y1: top - 4, y2: height + top + 10, class: 'rail' }),
      drawing('text', { x: x(at), y: 16, 'text-anchor': anchor, class: 'layer' }, titleOf(flow, at)),
      drawing('text', { x: x(at), y: 32, 'text-anchor': anchor, class: 'small' },
        `${short(sum)} ${code}`));
  });
  const lit = (band) => chosenRoute === null || band.routes.has(chosenRoute);
  const bands = [...flow.bands].sort((a, b) => lit(a) - lit(b) || (a.key < b.key ? -1 : 1));
  for (const band of bands) drawBand(view, picture, band, { x, top, code, lit, press });
  for (const node of flow.layers.flat()) {
    drawStop(picture, node, { x, top, code, press, pace, labelRoom, lit,
      isLast: node.layer === flow.layers.length - 1 });
  }
  return picture;
}

function drawBand(view, picture, band, { x, top, code, lit, press }) {
  const { findings } = view;
  const colour = band.from.account ? colourOfGroup(band.from.account.group < 0 ? null
    : findings.groups[band.from.account.group].rank) : colourOfGroup(null);
  const x0 = x(band.from.layer) + barWidth;
  const x1 = x(band.to.layer);
  const payments = [...band.payments];
  const traced = payments.some((at) => view.tracedSize[at] > 0);
  const text = `${band.from.label} to ${band.to.label}, ${short(band.size)} ${code}, `
    + counted(payments.length, 'payment');
  const path = drawing('path', { d: ribbon(x0, band.y0 + top, x1, band.y1 + top, band.height),
    fill: colour, 'fill-opacity': lit(band) ? 0.32 : 0.1, class: 'band', tabindex: 0,
    role: 'button', 'aria-label': text,
    on: { click: () => press('payments', payments),
      keydown: (event) => { if (event.key === 'Enter') press('payments', payments); } } },
  drawing('title', {}, text));
  picture.append(path);
  if (traced && lit(band)) {
    const y0 = band.y0 + top + band.height - 1;
    const y1 = band.y1 + top + band.height - 1;
    const middle = (x0 + x1) / 2;
    picture.append(drawing('path', { d: `M${x0},${y0}C${middle},${y0} ${middle},${y1} ${x1},${y1}`,
      fill: 'none', stroke: tracedColour, 'stroke-width': 2, 'stroke-opacity': 0.85,
      'pointer-events': 'none' }));
  }
  if (band.height >= 9 && x1 - x0 > 150 && lit(band)) {
    picture.append(drawing('text', { x: x1 - 8, y: band.y1 + top + Math.min(15, band.height / 2 + 4),
      'text-anchor': 'end', class: 'band-text' },
    payments.length > 1 ? `${short(band.size)} \u00b7${payments.length}\u00d7` : short(band.size)));
  }
}

// One line, or two broken between words.
function wrapped(text, most) {
  if ([...text].length <= most) return [text];
  let first = '';
  for (const word of text.split(' ')) {
    const longer = first ? `${first} ${word}` : word;
    if ([...longer].length > most) break;
    first = longer;
  }
  return first ? [first, shorten(text.slice(first.length + 1), most)] : [shorten(text, most)];
}

function drawStop(picture, node, { x, top, code, press, pace, labelRoom, lit, isLast }) {
  const at = x(node.layer);
  const y = node.y + top;
  const isLit = [...node.into, ...node.out].some(lit);
  const room = isLast ? labelRoom - 12 : pace - 34;
  const lines = wrapped(node.label, Math.max(8, Math.floor(room / 6.8)));
  const colour = node.account ? node.account.colour : colourOfGroup(null);
  const isHollow = !node.account || !node.account.observed;
  const open = () => { if (node.account) press('account', node.account.at); };
  const below = `${node.account?.country ? `${node.account.country} \u00b7 ` : ''}${
    short(node.size)} ${code}`;
  picture.append(drawing('g', { class: 'stop', opacity: isLit ? 1 : 0.45,
    ...(node.account ? { tabindex: 0, role: 'button', 'aria-label': lines.join(' ') } : {}),
    on: { click: open, keydown: (event) => { if (event.key === 'Enter') open(); } } },
  drawing('rect', { x: at, y, width: barWidth, height: node.height, rx: 2,
    fill: isHollow ? '#fff' : colour, stroke: colour, 'stroke-width': isHollow ? 1.6 : 0 }),
  lines.map((line, index) => drawing('text', { x: at + barWidth + 7, class: 'stop-text',
    y: y + node.height / 2 - 1 - 13 * (lines.length - 1 - index) },
  index < lines.length - 1 ? `${line} ` : line))),
  drawing('text', { x: at + barWidth + 7, y: y + node.height / 2 + 12, class: 'small halo',
    opacity: isLit ? 1 : 0.45 }, below));
}
