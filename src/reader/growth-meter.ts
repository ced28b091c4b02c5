/** Growth is measured over so long: short enough to follow the program, long enough not to flicker. */
const WINDOW_MS = 3000;
const MIN_WINDOW_MS = 1000;

/** How fast a size has been growing over the last seconds. */
export class GrowthMeter {
  readonly #samples: {readonly ms: number; readonly bytes: number}[] = [];

  /** Takes the present size. Returns bytes per second, or null in the first second. `ms` never decreases. */
  measure(ms: number, bytes: number): number | null {
    const samples = this.#samples;
    samples.push({ms, bytes});
    while (samples.length > 2 && samples[1]!.ms <= ms - WINDOW_MS) samples.shift();
    const first = samples[0]!;
    const windowMs = ms - first.ms;
    return windowMs < MIN_WINDOW_MS ? null : ((bytes - first.bytes) * 1000) / windowMs;
  }
}
