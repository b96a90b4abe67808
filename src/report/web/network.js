// The Network tab: the map, its camera, picking and dragging. Layout and groups come finished from
// the program; this only draws.
import { byId, button, element, fill } from './element.js';
import { createCamera } from './camera.js';
import { drawNetwork, radiusOf } from './picture.js';
import { moneyText, sizeOf } from './money.js';
import { connectedSentence, counted, tracedText } from './words.js';

function linkInPeriod(view, link) {
  const { findings, state } = view;
  if (!state.chosen.period) return true;
  return link.payments.some((at) => state.inPeriod(findings.data.payments.day[at]));
}

export function sceneOf(view) {
  const { findings, state } = view;
  const { chosen } = state;
  const links = findings.links.filter((link) => link.payer.drawn && link.payee.drawn
    && link.payer !== link.payee
    && (!chosen.tracedOnly || link.traced > 0n)
    && sizeOf(link.amount, link.currency) >= chosen.leastAmount && linkInPeriod(view, link));
  let accounts = findings.accounts.filter((account) => account.drawn);
  const touched = new Set(links.flatMap((link) => [link.payer, link.payee]));
  if (chosen.tracedOnly || chosen.period || chosen.leastAmount > 0) {
    accounts = accounts.filter((account) => touched.has(account)
      || (chosen.tracedOnly && account.weight > 0));
  }
  const scene = { links, accounts, shown: new Set(accounts), groups: findings.groups,
    areas: chosen.areas, litGroup: null, focus: null, focusLinks: null, chosen: null };
  focusOn(view, scene);
  accounts.sort((a, b) => a.weight - b.weight || a.turnover - b.turnover || a.at - b.at);
  return scene;
}

function focusOn(view, scene) {
  const { findings, state } = view;
  const { selection } = state.chosen;
  if (!selection) return;
  const isFocus = { account: (link) => link.payer.at === selection.at
      || link.payee.at === selection.at,
    link: (link) => link.at === selection.at,
    group: (link) => link.payer.group === selection.at && link.payee.group === selection.at,
    payment: (link) => link.payments.includes(selection.at) };
  let wanted = isFocus[selection.kind];
  if (selection.kind === 'route') {
    const steps = new Set(findings.routes[selection.at].steps.map((step) =>
      findings.linkOf(step.payment)));
    wanted = (link) => steps.has(link);
  }
  if (!wanted) return;
  scene.focusLinks = new Set(scene.links.filter(wanted));
  scene.focus = new Set([...scene.focusLinks].flatMap((link) => [link.payer, link.payee]));
  if (selection.kind === 'account') {
    scene.chosen = findings.accounts[selection.at];
    scene.focus.add(scene.chosen);
  }
  if (selection.kind === 'group') {
    scene.litGroup = findings.groups[selection.at];
    for (const account of scene.litGroup.members) scene.focus.add(account);
  }
}

export function zoomOf(camera, base) {
  return Math.sqrt(camera.scale / base);
}

function nearestLink(scene, camera, point) {
  let best = null;
  let distance = 6;
  for (const link of scene.links) {
    if (scene.focusLinks !== null && !scene.focusLinks.has(link)) continue;
    const a = camera.place(link.payer);
    const b = camera.place(link.payee);
    const across = { x: b.x - a.x, y: b.y - a.y };
    const length = Math.hypot(across.x, across.y) || 1;
    const bend = Math.min(26, length * 0.09);
    for (let at = 1; at < 12; at++) {
      const t = at / 12;
      const bow = 2 * t * (1 - t) * bend;
      const off = Math.hypot(a.x + across.x * t - across.y / length * bow - point.x,
        a.y + across.y * t + across.x / length * bow - point.y);
      const near = off - Math.min(4, length / 24 * 0.2);
      if (near < distance) { distance = near; best = link; }
    }
  }
  return best;
}

export function createNetwork(view) {
  const { findings, state } = view;
  const panel = byId('view-network');
  const canvas = element('canvas', { role: 'img', class: 'map' });
  const tip = element('div', { class: 'tip', hidden: true });
  const count = element('p', { class: 'map-count' });
  const holder = element('div', { class: 'map-holder' });
  const camera = createCamera();
  const pen = canvas.getContext('2d');
  let frame = { width: 0, height: 0 };
  let scene = sceneOf(view);
  let base = 1;
  let waiting = false;

  const draw = () => {
    waiting = false;
    const ratio = window.devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawNetwork(pen, scene, camera, frame, zoomOf(camera, base) * view.density);
  };
  const redraw = () => {
    if (waiting || panel.hidden) return;
    waiting = true;
    requestAnimationFrame(draw);
  };
  const fitAll = () => {
    if (!frame.width) return;
    camera.fit(scene.accounts.length ? scene.accounts : [{ x: 0, y: 0 }], frame, 62, 2.2);
    base = camera.scale;
    redraw();
  };
  const middle = () => ({ x: frame.width / 2, y: frame.height / 2 });
  const zoom = (factor, at) => { camera.zoom(factor, at); redraw(); };

  const describe = () => {
    const accounts = scene.accounts.length;
    const left = findings.data.counts.accounts - findings.accounts.filter((a) => a.drawn).length;
    fill(count, `${counted(accounts, 'account')} \u00b7 ${counted(scene.links.length, 'link')} shown`,
      accounts ? '' : findings.data.counts.accounts ? '. Nothing passes the choices on the left.'
        : '. No account was read yet; see Files.',
      left > 0 ? ` \u00b7 ${counted(left, 'account')} not drawn, see Files` : '');
    canvas.setAttribute('aria-label', `Network of ${counted(accounts, 'account')} and `
      + `${counted(scene.links.length, 'link')}. The Accounts and Payments tabs list the same.`);
    canvas.dataset.accounts = String(accounts);
    canvas.dataset.links = String(scene.links.length);
  };

  const pick = (point) => {
    const z = zoomOf(camera, base) * view.density;
    for (let at = scene.accounts.length - 1; at >= 0; at--) {
      const spot = camera.place(scene.accounts[at]);
      if (Math.hypot(spot.x - point.x, spot.y - point.y)
        <= Math.max(7, radiusOf(scene.accounts[at], z) + 2)) {
        return { account: scene.accounts[at] };
      }
    }
    const link = nearestLink(scene, camera, point);
    return link ? { link } : {};
  };

  listenToPointer({ canvas, camera, pick, redraw, zoom, tip, state, view,
    frameOf: () => frame });

  fill(panel, fill(holder, canvas, count,
    element('div', { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
      button('+', () => zoom(1.35, middle()), { 'aria-label': 'Larger' }),
      button('\u2212', () => zoom(1 / 1.35, middle()), { 'aria-label': 'Smaller' }),
      button('\u2922', fitAll, { 'aria-label': 'Fit all' })), tip),
  legendStrip(findings));

  new ResizeObserver(() => {
    const box = holder.getBoundingClientRect();
    if (!box.width || (box.width === frame.width && box.height === frame.height)) return;
    const first = frame.width === 0;
    const ratio = window.devicePixelRatio || 1;
    // The corner with the count and the zoom buttons stays free of labels.
    frame = { width: box.width, height: box.height, kept: [{ x: 0, y: 0, w: 52, h: 120 },
      { x: 0, y: 0, w: 70 + count.offsetWidth, h: 38 }] };
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
    if (first || Math.abs(camera.scale - base) < 1e-9) fitAll();
    else redraw();
  }).observe(holder);

  state.listen(() => { scene = sceneOf(view); describe(); redraw(); });
  describe();
  return {
    centre(account) { camera.centre(account, frame); redraw(); },
    fit: fitAll,
  };
}

function legendStrip(findings) {
  const swatch = (name) => element('span', { class: `swatch ${name}`, 'aria-hidden': 'true' });
  const traced = findings.data.traced.payment.length > 0;
  return element('div', { class: 'map-legend' },
    element('span', {}, swatch('filled'), 'records received'),
    element('span', {}, swatch('hollow'), 'where our records end'),
    traced ? element('span', {}, swatch('rim'), 'rim and size = traced amount') : null,
    traced ? element('span', {}, swatch('red-line'), 'traced, width = amount') : null,
    element('span', {}, swatch('line'), 'other payments'),
    element('span', { class: 'sentence' }, connectedSentence));
}

function tipText(view, found) {
  const { findings, state } = view;
  if (found.account) {
    const { account } = found;
    const lines = [account.label];
    if (account.number !== account.label) lines.push(account.number);
    for (const [currency, traced] of account.traced) {
      if (traced.in.some((minor) => minor > 0n)) {
        lines.push(`traced in ${tracedText(findings, traced.in, currency, state.chosen.rule)}`);
      }
    }
    return lines;
  }
  const { link } = found;
  return [`${link.payer.label} \u2192 ${link.payee.label}`,
    `${counted(link.count, 'payment')}, ${moneyText(link.amount, link.currency)}`
    + (link.doubleCount ? `, ${link.doubleCount} may be double` : '')];
}

function listenToPointer(parts) {
  const { canvas, camera, pick, redraw, zoom, tip, state, view } = parts;
  let held = null;
  const at = (event) => ({ x: event.offsetX, y: event.offsetY });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * 0.0015), at(event));
  }, { passive: false });
  canvas.addEventListener('pointerdown', (event) => {
    held = { point: at(event), found: pick(at(event)), moved: false };
    canvas.setPointerCapture(event.pointerId);
    tip.hidden = true;
  });
  canvas.addEventListener('pointermove', (event) => {
    const point = at(event);
    if (!held) {
      const found = pick(point);
      canvas.style.cursor = found.account || found.link ? 'pointer' : 'grab';
      tip.hidden = !(found.account || found.link);
      if (!tip.hidden) {
        fill(tip, tipText(view, found).map((line) => element('div', {}, line)));
        const right = point.x > parts.frameOf().width - 260;
        tip.style.left = `${right ? Math.max(0, point.x - 250) : point.x + 14}px`;
        tip.style.top = `${Math.min(point.y + 14, parts.frameOf().height - 70)}px`;
      }
      return;
    }
    const right = point.x - held.point.x;
    const down = point.y - held.point.y;
    if (!held.moved && Math.hypot(right, down) < 4) return;
    held.moved = true;
    if (held.found.account) {
      held.found.account.x += right / camera.scale;
      held.found.account.y += down / camera.scale;
    } else {
      camera.move(right, down);
    }
    held.point = point;
    redraw();
  });
  canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
  canvas.addEventListener('pointerup', () => {
    if (held && !held.moved) {
      if (held.found.account) state.select('account', held.found.account.at);
      else if (held.found.link) state.select('link', held.found.link.at);
      else state.select(null);
    }
    held = null;
  });
}
