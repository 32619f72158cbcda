import { execFileSync } from 'node:child_process';

/** The Keras that a Python has, as `Keras 3.15.1 on TensorFlow 2.21.0`; null where it has none. Never installs anything. */
export function findKeras(python: string): string | null {
  const question = `import keras, tensorflow; print("Keras", keras.__version__, "on TensorFlow", tensorflow.__version__)`;
  try {
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    return execFileSync(python, ['-c', question], { encoding: 'utf8', env, stdio: [...stdio] }).trim();
  } catch {
    return null;
  }
}

/** Said where a table lacks what Keras does. */
export function withoutKeras(python: string, rows: string): string {
  return `${rows}: \`${python}\` has no TensorFlow. \`python3 -m venv .cache/keras && .cache/keras/bin/pip install tensorflow-cpu==2.21.0\`, then \`--python .cache/keras/bin/python\`.`;
}
