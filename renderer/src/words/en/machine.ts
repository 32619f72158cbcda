import { count, plural } from '../format.ts';

/** The screen about this machine. */
export const machine = {
  machine: {
    title: 'This machine',
    lead: (scenelab: string, platform: string, node: string) =>
      `Scenelab ${scenelab}, on ${platform} with Node ${node}. Nothing leaves this machine.`,
    looking: 'Looking at this machine…',
    computes: 'Computes with',
    native: 'Native TensorFlow',
    portable: 'Portable runtime',
    memory: 'Memory',
    free: (free: string) => `${free} free`,
    cores: 'Processor',
    coresOf: (n: number) => plural(n, 'core'),
    gpu: 'GPU',
    hasGpu: 'Used',
    noGpu: 'Not used',
    good: 'Nothing is missing.',
    problems: 'What could be better',
    backbones: {
      title: 'Backbones',
      detail: 'Networks trained on a million photos before, which yours builds on.',
      name: 'Name',
      input: 'Input',
      inputOf: (size: number) => `${size} × ${size}`,
      features: 'Features',
      featuresOf: (n: number) => count(n),
      licence: 'Licence',
      source: 'Source',
      weights: 'Weights',
      installed: 'here',
      fetch: 'Fetch',
      file: 'Keras file (.h5) on this machine',
      addFile: 'Add',
      fetching: (name: string) => `Fetching ${name}`,
      fetchName: (name: string) => `Fetch the weights of ${name}`,
    },
    folders: {
      title: 'Storage',
      purpose: 'What',
      names: { projects: 'Projects', 'added backbones': 'Added backbones', cache: 'Cache' } as Record<
        string,
        string
      >,
      path: 'Folder',
      size: 'Size',
      readOnly: 'can’t be written to',
      total: 'Total',
      detail: 'The cache may be deleted while Scenelab is closed; it is made again when it is needed.',
    },
  },
};
