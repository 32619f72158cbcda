import { count, plural } from '../format.ts';

/** The export screen. */
export const exporting = {
  export: {
    title: 'Export',
    lead: (when: string, share: string | null) =>
      `The model of ${when}${share === null ? '' : `, ${share} right on its test photos`}. ` +
      'It runs without Scenelab and without the internet.',
    formats: 'Formats',
    format: {
      tfjs: {
        title: 'TensorFlow.js layers',
        detail: 'For web pages and Node, and for whatever takes a Teachable Machine model.',
      },
      'tfjs-graph': {
        title: 'TensorFlow.js graph',
        detail: 'For web pages that want speed, and for apps made for Lobe’s models.',
      },
      savedmodel: {
        title: 'SavedModel',
        detail: 'For Python and servers with TensorFlow.',
      },
      onnx: {
        title: 'ONNX',
        detail: 'For C#, C++, Python: everything with ONNX Runtime.',
      },
      tflite: {
        title: 'TensorFlow Lite',
        detail: 'For Android, iPhones, small boards: LiteRT, MediaPipe.',
      },
      keras: {
        title: 'Keras',
        detail: 'To go on with in Python, and for what takes Teachable Machine’s Keras files.',
      },
    },
    folder: 'Folder',
    choose: 'Choose…',
    folderHelp: 'Each format gets its own folder in it.',
    run: (n: number) => (n === 1 ? 'Export' : `Export ${n} formats`),
    unit: 'format',
    running: 'Writing, and comparing with the app',
    parity: (same: number, n: number, difference: string) =>
      `${count(same)} of ${plural(n, 'photo')} answered the same; largest difference ${difference}`,
    parityHelp: 'The files were loaded again, and your photos predicted with them.',
    notCompared: 'Written but not tested: this machine has nothing to run it with',
    files: (n: number) => plural(n, 'file'),
    use: 'Use it',
    languages: { js: 'JavaScript', python: 'Python' },
    copy: 'Copy',
  },
};
