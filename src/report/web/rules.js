// Rules and words: every tracing rule with its authority, and what each word here means.
import { byId, element, fill } from './element.js';
import { connectedSentence, ruleSentence } from './words.js';

export function ruleList(findings) {
  return element('dl', { class: 'rule-list' }, findings.data.rules.map((rule) => [
    element('dt', {}, `${rule.title} (${rule.name})`),
    element('dd', {}, element('p', {}, rule.summary), rule.authority
      ? element('p', { class: 'quiet' }, rule.authority) : null)]));
}

export function createRules(view) {
  const { findings, state } = view;
  const panel = byId('view-rules');
  const show = () => {
    if (panel.hidden) return;
    fill(panel, element('h2', {}, 'Tracing rules'),
      element('p', { class: 'quiet' }, 'A tracing rule says which money leaves first when an account '
        + 'holds both traced and other money. Shown now: '
        + `${ruleSentence(findings, state.chosen.rule) || 'no rule was run'}. The lowest and `
        + 'highest are over these rules only.'),
      ruleList(findings),
      element('h2', {}, 'Words'),
      element('dl', { class: 'word-list' }, findings.data.words.map((word) => [
        element('dt', {}, word.shown), element('dd', {}, word.explanation)])),
      element('p', {}, connectedSentence), element('p', {}, findings.data.notice),
      findings.data.requests.length ? requestSheet(findings) : null);
  };
  state.listen(show);
}

function requestSheet(findings) {
  return element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Requests' },
    element('table', { class: 'plain' }, element('caption', {}, 'Requests and their conditions'),
      element('thead', {}, element('tr', {}, ['Request', 'State', 'Authority', 'Instrument',
        'Purposes', 'Onward transfer', 'Evidential'].map((head) => element('th', { scope: 'col' },
        head)))),
      element('tbody', {}, findings.data.requests.map((request) => element('tr', {},
        [request.id, request.state, request.authority, request.instrument,
          request.purposes.join(', '), request.onward_transfer, request.evidential ? 'yes' : 'no']
          .map((value) => element('td', {}, value || '')))))));
}
