import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The real servers of one file already fill both cores of a small machine.
    fileParallelism: false,
    testTimeout: 180_000,
    // Brokers are killed and sessions run out on a machine that may be slow for a while: a test has to fail twice to have failed.
    retry: 1,
    hookTimeout: 120_000,
  },
});
