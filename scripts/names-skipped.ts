import type { Reporter, TestModule } from 'vitest/node';
import { hasNative } from './runtime/has-native.ts';

const lack =
  'Native TensorFlow is not installed here: `node scripts/install-runtime.js` gets it, or says what it lacks. Skipped without it:';

/** Names the tests that were skipped, after the others have run, and what to do where native TensorFlow is missing. */
export default class NamesSkipped implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map(
        ({ fullName }) => `  ${module.relativeModuleId} > ${fullName}`,
      ),
    );
    if (skipped.length > 0) console.log([hasNative() ? 'Skipped:' : lack, ...skipped, ''].join('\n'));
  }
}
