// The row of tabs (WAI-ARIA tabs pattern: arrows move, the chosen tab alone is in the tab order).
import { byId, element, fill } from './element.js';

export function createTabs(state, rows) {
  const bar = byId('tabs');
  const tabs = rows.map((row) => element('button', {
    type: 'button', role: 'tab', id: `tab-${row.name}`, 'aria-controls': `view-${row.name}`,
    'data-count': row.count ?? null,
    on: { click: () => state.change({ tab: row.name }) },
  }, row.title, row.count === undefined ? null
    : element('span', { class: 'count' }, row.count.toLocaleString('en-GB'))));
  fill(bar, tabs);
  bar.addEventListener('keydown', (event) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1, Home: -rows.length, End: rows.length };
    if (!(event.key in moves)) return;
    const now = rows.findIndex((row) => row.name === state.chosen.tab);
    const moved = now + moves[event.key];
    const next = Math.abs(moves[event.key]) > 1 ? Math.min(rows.length - 1, Math.max(0, moved))
      : (moved + rows.length) % rows.length;
    state.change({ tab: rows[next].name });
    tabs[next].focus();
    event.preventDefault();
  });
  const show = () => rows.forEach((row, at) => {
    const isShown = row.name === state.chosen.tab;
    tabs[at].setAttribute('aria-selected', String(isShown));
    tabs[at].tabIndex = isShown ? 0 : -1;
    byId(`view-${row.name}`).hidden = !isShown;
  });
  state.listen((changed) => { if (changed.has('tab')) show(); });
  show();
}
