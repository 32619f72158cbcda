import type { Notice } from '../../contract/index.ts';

/** What is lost without native TensorFlow, told with the plan and again when a training begins. */
export const headOnlyNotice: Notice = {
  kind: 'notice',
  code: 'HEAD_ONLY',
  message:
    'Without native TensorFlow only the last layer is trained. "This machine" and `scenelab doctor` say how to get it.',
};
