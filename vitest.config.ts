import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import NamesSkipped from './scripts/names-skipped.ts';
import { hasNative } from './scripts/runtime/has-native.ts';

/** Where `.ci/run` wants a report, to add it up. */
const reports = process.env['TEST_REPORTS'];

export default defineConfig({
  // For the renderer's state, which is written in runes.
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['{contract,engine,cli,scripts,main,preload,host,renderer}/**/*.test.ts'],
    tags: [{ name: 'native', description: 'needs native TensorFlow', skip: !hasNative() }],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    reporters: ['default', new NamesSkipped(), ...(reports ? ['json'] : [])],
    ...(reports && { outputFile: { json: `${reports}/unit.json` } }),
  },
});
