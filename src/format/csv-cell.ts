/** A cell of comma-separated values (RFC 4180). One that a spreadsheet could take for a formula gets an apostrophe. */
export function formatCsvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}
