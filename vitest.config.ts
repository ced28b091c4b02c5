import {defineConfig} from 'vitest/config';

export default defineConfig({
  resolve: {dedupe: ['react', 'ink']},
  test: {
    include: ['__tests__/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['bin/**', 'components/**', 'hooks/**', 'src/**'],
      exclude: ['src/core/assembly/**', 'src/core/generated/**'],
    },
  },
});
