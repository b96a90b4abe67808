// Money: decimal strings as the program wrote them, added exactly as BigInt minor units. A Number
// is used for drawing only.
export function minorOf(decimal) {
  return BigInt(decimal.replace('.', ''));
}

export function decimalOf(minor, exponent) {
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const text = exponent ? `${whole}.${digits.slice(digits.length - exponent)}` : whole;
  return negative ? `-${text}` : text;
}

export function grouped(decimal) {
  const [whole, fraction] = decimal.split('.');
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? marked : `${marked}.${fraction}`;
  return text.startsWith('-') ? `\u2212${text.slice(1)}` : text;
}

export function moneyText(minor, currency) {
  return `${grouped(decimalOf(minor, currency.exponent))} ${currency.code}`;
}

export function sizeOf(minor, currency) {
  return Number(minor) / 10 ** currency.exponent;
}

// Short form for captions, where the exact amount stands beside it or one click away.
export function short(value) {
  const size = Math.abs(value);
  const cut = (number, unit) => {
    const digits = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
    return `${value < 0 ? '\u2212' : ''}${Number(number.toFixed(digits))}${unit}`;
  };
  if (size >= 999.5e6) return cut(size / 1e9, 'bn');
  if (size >= 999.5e3) return cut(size / 1e6, 'm');
  if (size >= 9999.5) return cut(size / 1e3, 'k');
  if (size >= 1000) return grouped(String(Math.round(size)));
  return size >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(2);
}
