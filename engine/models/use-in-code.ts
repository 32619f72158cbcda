import type { CodeExample, ExportFormat, Framing } from '../../contract/index.ts';

/** What a snippet needs to know about a model. */
export interface Usage {
  readonly classNames: readonly string[];
  readonly framing: Framing;
  readonly inputSize: number;
}

/** How to use a model in a format, with code that runs. */
export function codeExample(format: ExportFormat, usage: Usage): CodeExample {
  return { tfjs, 'tfjs-graph': tfjsGraph, savedmodel, onnx, tflite, keras }[format](usage);
}

/** The same as Markdown. */
export function useInCode(format: ExportFormat, usage: Usage): string {
  const { about, language, code } = codeExample(format, usage);
  return `${about}\n\n\`\`\`${language}\n${code}\n\`\`\``;
}

function tfjs(usage: Usage): CodeExample {
  return {
    about: `A TensorFlow.js layers model with the file names and the pixel values (\`pixel / 127 - 1\`) of Teachable
Machine${usage.inputSize === 224 ? '' : `; its library takes ${usage.inputSize} pixels from version 0.8.5 on`}.`,
    language: 'js',
    code: `import * as tf from '@tensorflow/tfjs';

const model = await tf.loadLayersModel('model.json');
${browserFrame(usage)}
const probabilities = tf.tidy(() =>
  model.predict(tf.browser.fromPixels(canvas).toFloat().div(127).sub(1).expandDims()).dataSync());`,
  };
}

function tfjsGraph(usage: Usage): CodeExample {
  return {
    about: `A TensorFlow.js graph model by Lobe's conventions: pixels 0 … 1, input \`Image\`, output \`Confidences\`.`,
    language: 'js',
    code: `import * as tf from '@tensorflow/tfjs';

const model = await tf.loadGraphModel('model.json');
${browserFrame(usage)}
const probabilities = tf.tidy(() =>
  model.execute(tf.browser.fromPixels(canvas).toFloat().div(255).expandDims()).dataSync());`,
  };
}

function savedmodel(usage: Usage): CodeExample {
  return {
    about: `A TensorFlow SavedModel by Lobe's conventions: pixels 0 … 1, signature \`serving_default\`, input \`Image\`,
output \`Confidences\`.`,
    language: 'python',
    code: `import numpy as np, tensorflow as tf
from PIL import Image, ImageOps

model = tf.saved_model.load('.').signatures['serving_default']
${pythonFrame(usage)}
probabilities = model(Image=tf.constant(pixels))['Confidences'].numpy()[0]`,
  };
}

function onnx(usage: Usage): CodeExample {
  return {
    about: `An ONNX model by Lobe's conventions: pixels 0 … 1 with the channels last, input \`Image\`, output
\`Confidences\`.`,
    language: 'python',
    code: `import numpy as np, onnxruntime
from PIL import Image, ImageOps

session = onnxruntime.InferenceSession('model.onnx')
${pythonFrame(usage)}
probabilities = session.run(['Confidences'], {'Image': pixels})[0][0]`,
  };
}

function tflite(usage: Usage): CodeExample {
  return {
    about: `A TensorFlow Lite (LiteRT) model by Lobe's conventions, for phones, browsers and small boards: one photo at a
time, pixels 0 … 1, input \`Image\`, output \`Confidences\`. MediaPipe's ImageClassifier finds the pixel scale and the labels
inside.`,
    language: 'python',
    code: `import numpy as np
from ai_edge_litert.interpreter import Interpreter
from PIL import Image, ImageOps

model = Interpreter('saved_model.tflite').get_signature_runner('serving_default')
${pythonFrame(usage)}
probabilities = model(Image=pixels)['Confidences'][0]`,
  };
}

function keras(usage: Usage): CodeExample {
  return {
    about: `A Keras model with the file names and the pixel values (\`pixel / 127.5 - 1\`) of Teachable Machine's export for Keras; Keras
2 and 3 read it.`,
    language: 'python',
    code: `import keras, numpy as np
from PIL import Image, ImageOps

model = keras.models.load_model('keras_model.h5', compile=False)
${pythonFrame(usage, '127.5 - 1')}
probabilities = model.predict(pixels)[0]`,
  };
}

/** Draws \`image\` (an ImageBitmap or an image element that has loaded) as the network wants it. */
function browserFrame({ framing, inputSize }: Usage): string {
  const scale = (fit: string) =>
    `const scale = Math.${fit}(${inputSize} / image.width, ${inputSize} / image.height);
const [width, height] = [image.width * scale, image.height * scale];`;
  const size = {
    stretch: `const [width, height] = [${inputSize}, ${inputSize}];`,
    crop: scale('max'),
    fit: scale('min'),
  }[framing];
  const bars =
    framing === 'fit'
      ? `\ncontext.fillStyle = 'rgb(127 127 127)';\ncontext.fillRect(0, 0, ${inputSize}, ${inputSize});`
      : '';
  return `const canvas = Object.assign(document.createElement('canvas'), { width: ${inputSize}, height: ${inputSize} });
const context = canvas.getContext('2d');
context.imageSmoothingQuality = 'high';
${size}${bars}
context.drawImage(image, (${inputSize} - width) / 2, (${inputSize} - height) / 2, width, height);`;
}

function pythonFrame({ framing, inputSize }: Usage, scale = '255'): string {
  const size = `(${inputSize}, ${inputSize})`;
  const framed = {
    stretch: `photo.resize(${size})`,
    crop: `ImageOps.fit(photo, ${size})`,
    fit: `ImageOps.pad(photo, ${size}, color=(127, 127, 127))`,
  }[framing];
  return `photo = ImageOps.exif_transpose(Image.open('photo.jpg')).convert('RGB')
pixels = np.asarray(${framed}, np.float32)[None] / ${scale}`;
}
