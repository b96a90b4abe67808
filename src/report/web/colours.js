// Colours of groups. Red is for traced money and nothing else, so no group is red; the group's
// number stands beside every colour, so that nothing rests on colour alone.
const groupColours = ['#2f6db5', '#c97a16', '#2f8f63', '#8158b3', '#1f8fa3', '#8a6a3f', '#b04f8b',
  '#6c7a1f'];
export const tracedColour = '#b3211b';
export const inkColour = '#18222c';
export const quietColour = '#8a96a3';
export const plainColour = '#7b8794';

export function colourOfGroup(rank) {
  return rank === null || rank < 0 ? plainColour : groupColours[rank % groupColours.length];
}

export function withAlpha(colour, alpha) {
  const part = (at) => parseInt(colour.slice(at, at + 2), 16);
  return `rgba(${part(1)},${part(3)},${part(5)},${alpha})`;
}
