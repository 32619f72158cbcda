"""What exported models answer in Python: `exported.py <folder of exports> <file of pixels> <photos> <size>`.

Each runtime that this Python has prints a line of JSON: its name and, for each photo, the probabilities. Pixels are uint8 of
framed photos, `[photos, size, size, 3]`.
"""
import json
import sys
from pathlib import Path

import numpy as np

folder, pixels, n, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
photos = np.fromfile(pixels, "uint8").reshape(n, size, size, 3)
zero_to_one = photos.astype("float32") / 255


def with_keras():
    import keras

    model = keras.models.load_model(folder / "keras/keras_model.h5", compile=False)
    return f"Keras {keras.__version__}", model.predict(photos.astype("float32") / 127.5 - 1, verbose=0)


def with_saved_model():
    import tensorflow as tf

    model = tf.saved_model.load(folder / "savedmodel").signatures["serving_default"]
    return f"SavedModel in TensorFlow {tf.__version__}", model(Image=tf.constant(zero_to_one))["Confidences"].numpy()


def with_tflite():
    import tensorflow as tf

    interpreter = tf.lite.Interpreter(str(folder / "tflite/saved_model.tflite"))
    run = interpreter.get_signature_runner("serving_default")
    answers = [run(Image=photo[None])["Confidences"][0] for photo in zero_to_one]
    return f"TFLite in TensorFlow {tf.__version__}", np.array(answers)


def with_mediapipe():
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    base = BaseOptions(model_asset_path=str(folder / "tflite/saved_model.tflite"))
    labels = (folder / "tflite/labels.txt").read_text().splitlines()
    answers = np.zeros((n, len(labels)))
    with vision.ImageClassifier.create_from_options(vision.ImageClassifierOptions(base_options=base)) as classifier:
        for answer, photo in zip(answers, photos):
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=photo)
            for category in classifier.classify(image).classifications[0].categories:
                answer[labels.index(category.category_name)] = category.score
    return f"TFLite in MediaPipe {mp.__version__}'s ImageClassifier", answers


for runtime in (with_keras, with_saved_model, with_tflite, with_mediapipe):
    try:
        name, answers = runtime()
    except ImportError:
        continue
    print(json.dumps({"name": name, "answers": np.asarray(answers).tolist()}), flush=True)
