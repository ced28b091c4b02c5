/** A cell of comma-separated values (RFC 4180), without formulas. */
export function formatCsvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = guardFormulas(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * What a spreadsheet could take for a formula gets an apostrophe: at the start of a cell, and after a semicolon or a line
 * break in it. Where semicolons separate cells, as in the Excel of half of Europe, they do so also within our quotes.
 */
export function guardFormulas(text: string): string {
  return text.replace(/(^|[;\r\n] *)(?=[=+\-@\t\r])/g, "$1'");
}
