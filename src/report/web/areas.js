// The area of a group: the convex hull of its members on the map, without the outermost few, with
// a margin and soft corners.
function hullOf(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) {
        chain.pop();
      }
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}

export function areaOf(members, margin) {
  if (!members.length) return null;
  const centre = { x: 0, y: 0 };
  for (const member of members) {
    centre.x += member.x / members.length;
    centre.y += member.y / members.length;
  }
  const far = (point) => (point.x - centre.x) ** 2 + (point.y - centre.y) ** 2;
  const kept = members.length < 8 ? members
    : [...members].sort((a, b) => far(a) - far(b)).slice(0, Math.ceil(members.length * 0.94));
  const round = [];
  for (const point of kept) {
    for (let at = 0; at < 12; at++) {
      const angle = at * Math.PI / 6;
      round.push({ x: point.x + margin * Math.cos(angle), y: point.y + margin * Math.sin(angle) });
    }
  }
  const hull = hullOf(round);
  return { hull, centre, top: Math.min(...hull.map((point) => point.y)),
    bottom: Math.max(...hull.map((point) => point.y)) };
}

export function traceArea(pen, area, place) {
  const points = area.hull.map(place);
  pen.beginPath();
  points.forEach((point, at) => {
    const next = points[(at + 1) % points.length];
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    if (at === 0) pen.moveTo((points[points.length - 1].x + point.x) / 2,
      (points[points.length - 1].y + point.y) / 2);
    pen.quadraticCurveTo(point.x, point.y, middle.x, middle.y);
  });
  pen.closePath();
}
