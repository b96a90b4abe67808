// The search box: suggests accounts, filters the tables by every word.
import { byId, element, fill } from './element.js';

const mostSuggested = 8;

function suggestions(findings, words) {
  if (!words.length) return [];
  const found = [];
  for (const account of findings.accounts) {
    const text = `${account.label} ${account.number} ${account.nameSeen}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(account);
  }
  return found.sort((a, b) => b.weight - a.weight || b.turnover - a.turnover || a.at - b.at)
    .slice(0, mostSuggested);
}

export function createSearch(view) {
  const { findings, state } = view;
  const box = byId('search');
  const list = byId('suggestions');
  let found = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };
  const choose = (account) => {
    close();
    state.select('account', account.at);
  };
  const show = () => {
    const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    found = suggestions(findings, words);
    active = -1;
    fill(list, found.map((account, at) => element('li', { role: 'option', id: `suggestion-${at}`,
      'aria-selected': 'false', on: { pointerdown: (event) => {
        event.preventDefault();
        choose(account);
      } } }, element('span', { class: 'dot', 'aria-hidden': 'true',
      style: { '--colour': account.colour } }), account.label,
    element('span', { class: 'quiet' }, ` ${account.number === account.label ? '' : account.number}`))));
    list.hidden = !found.length;
    box.setAttribute('aria-expanded', String(found.length > 0));
    state.change({ query: box.value });
  };
  let timer = 0;
  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(show, 120); });
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { close(); return; }
    if (event.key === 'Enter' && found.length && !list.hidden) {
      choose(found[Math.max(0, active)]);
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (list.hidden) return;
    event.preventDefault();
    active = (active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
    [...list.children].forEach((node, at) =>
      node.setAttribute('aria-selected', String(at === active)));
    box.setAttribute('aria-activedescendant', `suggestion-${active}`);
  });
}
