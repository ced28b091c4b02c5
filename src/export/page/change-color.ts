type Rgb = readonly [number, number, number];

/** Red and blue can be told apart by those who confuse red and green; dark text can be read on all of them. */
const SAME: Rgb = [225, 226, 230];
const GROWN: Rgb = [255, 122, 92];
const SHRUNK: Rgb = [104, 170, 255];

/** Grey where nothing differs, else red or blue, the stronger the greater the difference is. @param greatest above 0, or 0 */
export function chooseChangeColor(difference: number, greatest: number): string {
  // By the root: a tenth of the greatest difference is still seen.
  const strength = greatest === 0 ? 0 : Math.sqrt(Math.min(1, Math.abs(difference) / greatest));
  const end = difference > 0 ? GROWN : SHRUNK;
  const color = SAME.map((channel, index) => Math.round(channel + (end[index]! - channel) * strength));
  return `rgb(${color.join(',')})`;
}
