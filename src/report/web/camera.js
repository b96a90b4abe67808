// The camera over the map: world coordinates come finished from the program.
export function createCamera() {
  let scale = 1;
  let x = 0;
  let y = 0;
  return {
    get scale() { return scale; },
    place: (point) => ({ x: point.x * scale + x, y: point.y * scale + y }),
    worldOf: (point) => ({ x: (point.x - x) / scale, y: (point.y - y) / scale }),
    move(right, down) { x += right; y += down; },
    zoom(factor, at) {
      const wanted = Math.min(40, Math.max(0.002, scale * factor));
      x = at.x - (at.x - x) * wanted / scale;
      y = at.y - (at.y - y) * wanted / scale;
      scale = wanted;
    },
    centre(point, frame) {
      x = frame.width / 2 - point.x * scale;
      y = frame.height / 2 - point.y * scale;
    },
    fit(points, frame, edge, largestScale) {
      if (!points.length) return;
      let left = Infinity;
      let right = -Infinity;
      let top = Infinity;
      let bottom = -Infinity;
      for (const point of points) {
        left = Math.min(left, point.x);
        right = Math.max(right, point.x);
        top = Math.min(top, point.y);
        bottom = Math.max(bottom, point.y);
      }
      scale = Math.min((frame.width - 2 * edge) / Math.max(1, right - left),
        (frame.height - 2 * edge) / Math.max(1, bottom - top), largestScale);
      x = frame.width / 2 - (left + right) / 2 * scale;
      y = frame.height / 2 - (top + bottom) / 2 * scale;
    },
  };
}
