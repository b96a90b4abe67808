// Days: whole numbers since 1970-01-01, as banks book them; no time zone is applied. A time of day
// is shown only where the record has one.
const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function civil(day) {
  return new Date(day * 86400000);
}

export function dayText(day) {
  return day === null ? '' : civil(day).toISOString().slice(0, 10);
}

export function dayOf(text) {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.round(time / 86400000);
}

export function timeText(second) {
  if (second === null || second < 0) return '';
  const two = (number) => String(number).padStart(2, '0');
  const text = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}`;
  return second % 60 ? `${text}:${two(second % 60)}` : text;
}

export function momentText(day, second) {
  const time = timeText(second);
  return time ? `${dayText(day)} ${time}` : dayText(day);
}

export function shortDay(day, withYear) {
  const date = civil(day);
  const text = `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]}`;
  return withYear ? `${text} ${date.getUTCFullYear()}` : text;
}

// Marks for an axis of days: at most about `room` of them, on round days.
export function dayMarks(first, last, room) {
  const span = Math.max(1, last - first + 1);
  const wanted = span / Math.max(1, room);
  const marks = [];
  if (wanted <= 10) {
    const pace = [1, 2, 5, 7, 10].find((days) => days >= wanted) || 10;
    for (let day = first; day <= last; day += pace) marks.push({ day, text: shortDay(day) });
    return marks;
  }
  const paces = [0.5, 1, 2, 3, 6, 12, 24, 60, 120];
  const months = paces.find((pace) => pace * 30.4 >= wanted) || 240;
  const start = civil(first);
  let year = start.getUTCFullYear();
  let month = months >= 12 ? 0 : start.getUTCMonth() - (start.getUTCMonth() % Math.max(1, months));
  for (;;) {
    const day = Date.UTC(year, month, 1) / 86400000;
    if (day > last) break;
    const date = civil(day);
    const name = date.getUTCMonth() === 0 || months >= 12 ? String(date.getUTCFullYear())
      : shortDay(day);
    if (day >= first) marks.push({ day, text: name });
    if (months === 0.5 && day + 14 >= first && day + 14 <= last) {
      marks.push({ day: day + 14, text: shortDay(day + 14) });
    }
    month += Math.max(1, months);
    year += Math.floor(month / 12);
    month %= 12;
  }
  return marks;
}
