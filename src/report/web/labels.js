// Labels on the map: greedy by importance; right, left, below, above, aslant of the account; a
// label that would cover another label or a large account is left out.
const cell = 64;

function createTaken() {
  const cells = new Map();
  const each = (box, visit) => {
    for (let x = Math.floor(box.x / cell); x <= Math.floor((box.x + box.w) / cell); x++) {
      for (let y = Math.floor(box.y / cell); y <= Math.floor((box.y + box.h) / cell); y++) {
        if (visit(`${x},${y}`)) return true;
      }
    }
    return false;
  };
  return {
    add(box) {
      each(box, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(box);
        return false;
      });
    },
    meets(box, except) {
      return each(box, (key) => (cells.get(key) || []).some((other) => other.of !== except
        && box.x < other.x + other.w && other.x < box.x + box.w
        && box.y < other.y + other.h && other.y < box.y + box.h));
    },
  };
}

export function shorten(text, most) {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('').trimEnd()}\u2026`;
}

function candidates(node, width, height) {
  const gap = node.r + 5;
  return [
    { x: node.sx + gap, y: node.sy - height / 2 },
    { x: node.sx - gap - width, y: node.sy - height / 2 },
    { x: node.sx - width / 2, y: node.sy + gap - 1 },
    { x: node.sx - width / 2, y: node.sy - gap - height + 1 },
    ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([right, down]) => ({
      x: node.sx + right * gap * 0.7 - (right < 0 ? width : 0),
      y: node.sy + down * (gap * 0.7 + height / 2) - height / 2 })),
  ];
}

// nodes: {sx, sy, r, text, bold, forced}, most important first. Returns what can be drawn.
export function placeLabels(pen, nodes, captions, frame, most) {
  const taken = createTaken();
  for (const box of frame.kept || []) taken.add(box);
  for (const node of nodes) {
    if (node.r >= 6) {
      taken.add({ x: node.sx - node.r, y: node.sy - node.r, w: 2 * node.r, h: 2 * node.r,
        of: node });
    }
  }
  const placed = [];
  const inside = (box) => box.x >= 4 && box.y >= 2 && box.x + box.w <= frame.width - 4
    && box.y + box.h <= frame.height - 2;
  pen.font = captions.font;
  for (const caption of captions.list) {
    const width = pen.measureText(caption.text).width;
    const spots = [caption.top - 4, caption.top + 12, caption.bottom + 12, caption.bottom - 6,
      caption.top + 28].map((y) => ({ x: caption.x - width / 2, y: y - 11, w: width, h: 14 }));
    const spot = spots.find((box) => inside(box) && !taken.meets(box, null));
    if (!spot) continue;
    taken.add(spot);
    placed.push({ x: spot.x, y: spot.y + 11, text: caption.text, caption });
  }
  let count = 0;
  for (const node of nodes) {
    if (!node.text || count >= most) continue;
    pen.font = node.bold ? '600 12px system-ui, sans-serif' : '12px system-ui, sans-serif';
    const width = pen.measureText(node.text).width;
    const boxes = candidates(node, width, 15).map((spot) => ({ ...spot, w: width, h: 15 }));
    const free = boxes.find((box) => inside(box) && !taken.meets(box, node))
      || (node.forced ? boxes.find(inside) || boxes[0] : null);
    if (!free) continue;
    taken.add({ x: free.x, y: free.y, w: free.w, h: free.h, of: node });
    placed.push({ x: free.x, y: free.y + 11.5, text: node.text, node });
    count++;
  }
  return placed;
}
