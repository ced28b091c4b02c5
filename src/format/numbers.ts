const UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z'];

/** A size as memray prints it: three decimals, units of base 1000, no space ("3.664MB", "999.000B"). */
export function formatBytes(bytes: number): string {
  let value = toFinite(bytes);
  for (const unit of UNITS) {
    if (Math.abs(value) < 1000) return `${formatFixed(value, 3)}${unit}B`;
    value /= 1000;
  }
  return `${formatFixed(value, 1)}YB`;
}

/** A size in three digits, at most six cells: "3.66MB", "36.6MB", "366MB", "999B". For narrow columns. */
export function formatShortBytes(bytes: number): string {
  let value = toFinite(bytes);
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < UNITS.length) {
    value /= 1000;
    unit++;
  }
  const size = Math.abs(value);
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)}${UNITS[unit] ?? 'Y'}B`;
}

/** A number as it was written, with "+" if it is above 0: what is below has its sign already. */
export function withSign(value: number, written: string): string {
  return value > 0 ? `+${written}` : written;
}

/** "+3.664MB", "-3.664MB", "0.000B" */
export function formatSignedBytes(bytes: number): string {
  return withSign(bytes, formatBytes(bytes));
}

/** The share of a total with two decimals ("99.92 %"); "0.00 %" of nothing. */
export function formatPercent(part: number, total: number): string {
  return `${formatFixed(total > 0 ? computePercent(part, total) : 0, 2)} %`;
}

/**
 * The share of a difference with its sign: "+12.30 %". What is not nothing but rounds to it is "<0.01 %", whatever its
 * sign, so that a sign never stands before zeros. Of a base of nothing no share is known: all is "new".
 */
export function formatSignedPercent(difference: number, base: number): string {
  if (difference === 0) return formatPercent(0, base);
  if (base === 0) return 'new';
  const percent = formatPercent(difference, base);
  return /^-?0\.00 /.test(percent) ? '<0.01 %' : withSign(difference, percent);
}

/** How many there are: medians of an even number of captures may end in a half, which no count does. */
export function formatCount(count: number): string {
  return String(Math.sign(count) * Math.round(Math.abs(count)));
}

/** "+3", "-3", "0" */
export function formatSignedCount(difference: number): string {
  return withSign(Math.round(difference), formatCount(difference));
}

function computePercent(part: number, total: number): number {
  const percent = (100 * part) / total;
  // As memray computes it; a hundred times the largest numbers is too large.
  return Number.isFinite(percent) ? percent : toFinite(100 * (part / total));
}

/** A sum or quotient that no double can hold is shown as the largest one. */
function toFinite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE));
}

/**
 * Fixed decimals as C and Python print them: a tie goes to the even digit, where `toFixed` rounds it up.
 * A tie has exactly one decimal more, a 5; a double holds it exactly only if it is a multiple of 2^-(digits +
 * 1).
 */
export function formatFixed(value: number, digits: number): string {
  const rounded = value.toFixed(digits);
  const longer = value.toFixed(digits + 1);
  if (!longer.endsWith('5') || !Number.isInteger(value * 2 ** (digits + 1))) return rounded;
  const cut = longer.slice(0, digits === 0 ? -2 : -1);
  return Number(cut.at(-1)) % 2 === 0 ? cut : rounded;
}
