import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

const isCi = Boolean(process.env.CI);

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.{ts,tsx}'],
    // Real programs and terminals mostly wait for one another: one worker a core is not too many.
    maxWorkers: availableParallelism(),
    // A watchdog for real programs on a busy machine, not a measurement.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Real programs in real terminals share busy cores with other work there; a real failure fails every
    // time.
    retry: isCi ? 2 : 0,
    reporters: isCi ? ['default', 'json'] : ['default'],
    outputFile: {json: 'coverage/test-results.json'},
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'html'],
      include: ['bin/**', 'components/**', 'hooks/**', 'src/**'],
      exclude: [
        'src/core/assembly/**',
        'src/core/generated/**',
        'src/export/generated/**',
        'src/export/page/**',
        '**/README.md',
      ],
    },
  },
});
