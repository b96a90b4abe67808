// The network as a picture: areas, links, accounts, labels, in this order, on a 2D canvas. Used
// for the screen and, larger, for print.
import { colourOfGroup, inkColour, plainColour, quietColour, tracedColour, withAlpha }
  from './colours.js';
import { areaOf, traceArea } from './areas.js';
import { placeLabels, shorten } from './labels.js';
import { groupText } from './words.js';

const arrowLength = 8;

export function radiusOf(account, zoom) {
  const grow = Math.min(1.7, Math.max(0.55, zoom));
  return (account.weight > 0 ? 7 + 7.5 * account.weight : 2.6 + 2.6 * account.turnover) * grow;
}

function linkShape(link, from, to, zoom) {
  const across = { x: to.x - from.x, y: to.y - from.y };
  const length = Math.hypot(across.x, across.y) || 1;
  const bend = Math.min(26, length * 0.09);
  const middle = { x: (from.x + to.x) / 2 - across.y / length * bend,
    y: (from.y + to.y) / 2 + across.x / length * bend };
  const reach = (point, radius) => {
    const way = Math.hypot(middle.x - point.x, middle.y - point.y) || 1;
    return { x: point.x + (middle.x - point.x) / way * radius,
      y: point.y + (middle.y - point.y) / way * radius };
  };
  return { start: reach(from, radiusOf(link.payer, zoom) + 1.5),
    end: reach(to, radiusOf(link.payee, zoom) + 2.5), middle, length };
}

function strokeLink(pen, shape, width, colour, hasArrow) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(shape.start.x, shape.start.y);
  pen.quadraticCurveTo(shape.middle.x, shape.middle.y, shape.end.x, shape.end.y);
  pen.stroke();
  if (!hasArrow || shape.length < 14) return;
  const angle = Math.atan2(shape.end.y - shape.middle.y, shape.end.x - shape.middle.x);
  const size = arrowLength + width * 0.8;
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(shape.end.x, shape.end.y);
  pen.lineTo(shape.end.x - size * Math.cos(angle - 0.36), shape.end.y - size * Math.sin(angle - 0.36));
  pen.lineTo(shape.end.x - size * Math.cos(angle + 0.36), shape.end.y - size * Math.sin(angle + 0.36));
  pen.closePath();
  pen.fill();
}

function drawSymbol(pen, type, x, y, r) {
  pen.fillStyle = '#fff';
  const u = r / 10;
  pen.beginPath();
  if (type === 'person') {
    pen.arc(x, y - 2.2 * u, 2.6 * u, 0, 7);
    pen.fill();
    pen.beginPath();
    pen.arc(x, y + 5 * u, 4.6 * u, Math.PI, 0);
    pen.closePath();
    pen.fill();
  } else if (type === 'company') {
    pen.rect(x - 4 * u, y - 5 * u, 5 * u, 10 * u);
    pen.rect(x + 1.8 * u, y - 1.4 * u, 2.8 * u, 6.4 * u);
    pen.fill();
  }
}

function drawAccount(pen, account, spot, zoom, dim) {
  const r = radiusOf(account, zoom);
  const colour = dim ? '#d5dbe1' : account.colour;
  pen.lineWidth = 1;
  if (account.weight > 0) {
    const rim = (1.6 + 2.6 * account.share) * Math.min(1.4, Math.max(0.7, zoom));
    pen.fillStyle = '#fff';
    pen.beginPath();
    pen.arc(spot.x, spot.y, r, 0, 7);
    pen.fill();
    pen.strokeStyle = dim ? '#ecd3d1' : tracedColour;
    pen.lineWidth = rim;
    pen.beginPath();
    pen.arc(spot.x, spot.y, r - rim / 2, 0, 7);
    pen.stroke();
    drawBody(pen, account, spot, r - rim - 1.2, colour);
  } else {
    drawBody(pen, account, spot, r, colour);
  }
}

function drawBody(pen, account, spot, r, colour) {
  pen.beginPath();
  pen.arc(spot.x, spot.y, Math.max(1.2, r - (account.observed ? 0 : 0.8)), 0, 7);
  if (account.observed) {
    pen.fillStyle = colour;
    pen.fill();
    if (r >= 5.5) drawSymbol(pen, account.person?.type, spot.x, spot.y, r);
  } else {
    pen.fillStyle = '#fff';
    pen.fill();
    pen.strokeStyle = colour;
    pen.lineWidth = 1.6;
    pen.stroke();
  }
}

// scene: {accounts, links, groups, focus: Set of accounts or null, focusLinks: Set or null,
// chosen: account or null, areas, hasTraced}
export function drawNetwork(pen, scene, camera, frame, zoom) {
  pen.clearRect(0, 0, frame.width, frame.height);
  const captions = [];
  if (scene.areas) {
    for (const group of scene.groups) {
      const members = group.members.filter((account) => account.drawn && scene.shown.has(account));
      if (members.length < 3) continue;
      const area = areaOf(members, 24 / camera.scale * Math.min(1.4, Math.max(0.6, zoom)));
      const dim = scene.focus !== null && group !== scene.litGroup;
      traceArea(pen, area, camera.place);
      pen.fillStyle = withAlpha(group.colour, dim ? 0.04 : 0.085);
      pen.fill();
      const top = camera.place({ x: area.centre.x, y: area.top });
      const bottom = camera.place({ x: area.centre.x, y: area.bottom });
      captions.push({ text: groupText(group), x: top.x, top: top.y, bottom: bottom.y,
        colour: withAlpha(group.colour, dim ? 0.55 : 1) });
    }
  }
  const spots = new Map(scene.accounts.map((account) => [account, camera.place(account)]));
  drawLinks(pen, scene, spots, zoom);
  for (const account of scene.accounts) {
    const dim = scene.focus !== null && !scene.focus.has(account);
    drawAccount(pen, account, spots.get(account), zoom, dim);
  }
  if (scene.chosen && spots.has(scene.chosen)) {
    const spot = spots.get(scene.chosen);
    pen.strokeStyle = '#0b5cad';
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(spot.x, spot.y, radiusOf(scene.chosen, zoom) + 4, 0, 7);
    pen.stroke();
  }
  drawLabels(pen, scene, spots, captions, frame, zoom);
}

function drawLinks(pen, scene, spots, zoom) {
  const crowd = scene.links.length > 3000 ? 0.55 : scene.links.length > 600 ? 0.75 : 1;
  const faint = Math.max(0.13, 0.4 - scene.links.length / 5000);
  const inFocus = (link) => scene.focusLinks === null || scene.focusLinks.has(link);
  for (const link of scene.links) {
    if (link.traced > 0n || (scene.focusLinks !== null && inFocus(link))) continue;
    const shape = linkShape(link, spots.get(link.payer), spots.get(link.payee), zoom);
    const dim = scene.focusLinks !== null;
    strokeLink(pen, shape, (0.6 + 1.5 * link.weight) * crowd,
      dim ? 'rgba(160,172,184,0.13)' : withAlpha(link.payer.colour, faint),
      !dim && scene.links.length < 400);
  }
  for (const link of scene.links) {
    if (link.traced <= 0n && (scene.focusLinks === null || !inFocus(link))) continue;
    const shape = linkShape(link, spots.get(link.payer), spots.get(link.payee), zoom);
    if (!inFocus(link)) {
      strokeLink(pen, shape, 1, withAlpha(tracedColour, 0.1), false);
    } else if (link.traced > 0n) {
      strokeLink(pen, shape, 1.1 + 2.6 * link.tracedWeight,
        withAlpha(tracedColour, scene.focusLinks ? 0.95 : 0.66), true);
    } else {
      strokeLink(pen, shape, 1 + 1.6 * link.weight, '#33475b', true);
    }
  }
}

function drawLabels(pen, scene, spots, captions, frame, zoom) {
  const nodes = scene.accounts.map((account) => ({
    account, sx: spots.get(account).x, sy: spots.get(account).y, r: radiusOf(account, zoom),
    inFocus: scene.focus !== null && scene.focus.has(account),
    text: shorten(account.label, 30),
  })).filter((node) => node.sx > -20 && node.sy > -20 && node.sx < frame.width + 20
    && node.sy < frame.height + 20);
  for (const node of nodes) {
    node.bold = node.inFocus;
    node.forced = node.account === scene.chosen
      || (node.inFocus && scene.focus.size <= 12);
    node.order = (node.account === scene.chosen ? 1000 : 0) + (node.inFocus ? 100 : 0)
      + (scene.focus !== null && !node.inFocus ? -100 : 0)
      + 10 * node.account.weight + node.account.turnover;
    if (scene.focus !== null && !node.inFocus) node.text = '';
    else if (node.account.weight === 0 && !node.inFocus && nodes.length > 60 && zoom < 1.5) {
      node.text = '';
    }
  }
  nodes.sort((a, b) => b.order - a.order || a.account.at - b.account.at);
  const list = { font: '600 11.5px system-ui, sans-serif', list: captions };
  pen.lineJoin = 'round';
  for (const label of placeLabels(pen, nodes, list, frame, 70)) {
    pen.font = label.caption ? list.font
      : label.node.bold ? '600 12px system-ui, sans-serif' : '12px system-ui, sans-serif';
    pen.lineWidth = 3.5;
    pen.strokeStyle = 'rgba(255,255,255,0.88)';
    pen.strokeText(label.text, label.x, label.y);
    pen.fillStyle = label.caption ? label.caption.colour : inkColour;
    pen.fillText(label.text, label.x, label.y);
  }
}

export function colourAccounts(findings) {
  for (const group of findings.groups) group.colour = colourOfGroup(group.rank);
  for (const account of findings.accounts) {
    account.colour = account.group < 0 ? (account.weight > 0 ? plainColour : quietColour)
      : findings.groups[account.group].colour;
  }
}
