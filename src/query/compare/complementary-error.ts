/**
 * 1 − erf(x), the share of normally distributed values that are further than √2·x standard deviations from
 * the mean. By the continued fraction of Numerical Recipes (erfcc), with a relative error below 1.2e−7.
 * @param x at least 0
 */
export function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  return t * Math.exp(COEFFICIENTS.reduceRight((sum, coefficient) => sum * t + coefficient, 0) - x * x);
}

/** Of the powers of t, from t⁰ on. */
const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];
