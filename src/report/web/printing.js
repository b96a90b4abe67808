// Paper: a plain document made when printing starts, with the network as a picture, the routes with
// every citation in full, the holdings and the files.
import { byId, element, fill } from './element.js';
import { dayText } from './calendar.js';
import { grouped } from './money.js';
import { createCamera } from './camera.js';
import { drawNetwork } from './picture.js';
import { sceneOf } from './network.js';
import { drawFlow } from './flow.js';
import { flowSets, routeFigures, stepRows } from './routes.js';
import { holdingSheet, holdingTables } from './holdings.js';
import { statementPaper } from './statements.js';
import { fileSheet, leftOutSentences } from './files.js';
import { ruleList } from './rules.js';
import { connectedSentence, counted, groupText, ruleSentence } from './words.js';

const pictureWidth = 1000;
const pictureHeight = 720;
const mostRoutesPrinted = 10;

function networkPicture(view) {
  const canvas = element('canvas', { width: pictureWidth * 2, height: pictureHeight * 2 });
  const pen = canvas.getContext('2d');
  const camera = createCamera();
  const frame = { width: pictureWidth, height: pictureHeight };
  const scene = sceneOf({ ...view, state: { ...view.state, chosen: { ...view.state.chosen,
    selection: null } } });
  camera.fit(scene.accounts.length ? scene.accounts : [{ x: 0, y: 0 }], frame, 60, 2);
  pen.setTransform(2, 0, 0, 2, 0, 0);
  drawNetwork(pen, scene, camera, frame, view.density);
  return element('img', { src: canvas.toDataURL('image/png'), class: 'print-map',
    alt: `Network of ${counted(scene.accounts.length, 'account')}` });
}

function printRoutes(view) {
  const { findings } = view;
  const parts = [];
  for (const set of flowSets(findings)) {
    parts.push(element('h2', {}, `Routes of ${set.proceeds.id} \u00b7 ${set.proceeds.why}`),
      drawFlow(view, set.routes.slice(0, 40), 980, null, () => {}));
    for (const route of set.routes.slice(0, mostRoutesPrinted)) {
      parts.push(element('section', { class: 'print-route' },
        element('h3', {}, `Route ${route.at + 1}`), routeFigures(findings, route),
        element('ol', { class: 'step-list' }, stepRows(view, route))));
    }
    if (set.routes.length > mostRoutesPrinted) {
      parts.push(element('p', {}, `${counted(set.routes.length - mostRoutesPrinted, 'route')} `
        + 'more in routes.csv.'));
    }
  }
  return parts;
}

export function paper(view) {
  const { findings, state } = view;
  const { data } = findings;
  return [element('h1', {}, data.case.title || data.case.id),
    element('p', {}, `${data.case.id} \u00b7 ${counted(data.counts.accounts, 'account')} \u00b7 `
      + `${counted(data.counts.payments, 'payment')} \u00b7 ${dayText(data.period.first)} \u2013 `
      + dayText(data.period.last)),
    element('p', { class: 'mono wrap' }, `Evidence digest ${data.evidence_digest}`),
    element('p', {}, data.notice),
    data.notes.map((note) => element('p', { class: 'notice' }, note)),
    leftOutSentences(findings).map((sentence) => element('p', { class: 'notice' }, sentence)),
    data.rules.length && data.traced.payment.length ? element('p', {},
      `Traced amounts: ${ruleSentence(findings, state.chosen.rule)}.`) : null,
    element('h2', {}, 'Network'), networkPicture(view),
    element('p', {}, 'Filled: records received. Hollow: where our records end. Red: traced. '
      + connectedSentence),
    element('p', {}, findings.groups.slice(0, 20).map((group) => `${groupText(group)}${
      group.largest ? ` (${group.largest.label})` : ''}`).join('; ')),
    printRoutes(view),
    data.holdings.length ? element('h2', {}, 'Where the money is at the end of the records') : null,
    holdingTables(findings).map((table) => holdingSheet(view, table, 60)),
    statementPaper(view), element('h2', {}, 'Received files'), fileSheet(findings),
    data.counts.rejects ? element('p', {}, `${grouped(String(data.counts.rejects))} rejects, see `
      + 'rejects.csv.') : null,
    data.rules.length ? [element('h2', {}, 'Tracing rules'), ruleList(findings)] : null];
}

export function createPrinting(view) {
  const sheet = byId('paper');
  window.addEventListener('beforeprint', () => fill(sheet, paper(view)));
  window.addEventListener('afterprint', () => fill(sheet));
  byId('print').addEventListener('click', () => window.print());
}
