"""A folder of JPEGs to class probabilities: `predict.py`. A line is the folder; Lite0 with a head of a thousand classes."""
from pathlib import Path

import keras
import tensorflow as tf
from keras import layers
from networks import backbone
from turns import serve_turns

side, batch = 224, 32
base = backbone("efficientnet-lite0")
model = keras.Model(base.input, layers.Dense(1000, activation="softmax")(base.output))


def pixels(path):
    image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
    return tf.image.resize(image, (side, side), antialias=True) / 127.5 - 1


def turn(folder):
    paths = [str(path) for path in sorted(Path(folder).rglob("*.jpg"))]
    data = tf.data.Dataset.from_tensor_slices(paths).map(pixels, tf.data.AUTOTUNE)
    answers = model.predict(data.batch(batch).prefetch(tf.data.AUTOTUNE), verbose=0)
    assert len(answers) == len(paths)


serve_turns(turn)
