/** The bytes that a Base64 text stands for. */
export function decodeBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}
