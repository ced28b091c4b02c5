/** Characters that XML 1.0 cannot hold, not even as references: most controls, lone surrogates and two others. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000d-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with a replacement character for each character that XML cannot hold. */
export function replaceControls(text: string): string {
  return text.replaceAll(FORBIDDEN, '\ufffd');
}
