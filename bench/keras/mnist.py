"""MNIST in Keras, as courses do it: `mnist.py <folder of IDX files> <course-network|lenet-5> [seed]`.

Adam, batches of 64, a tenth kept back. With a seed it trains ten epochs and prints the test accuracy; without, a turn is an epoch.
"""
import sys
from pathlib import Path

import keras
import numpy as np
from keras import layers
from turns import serve_turns

folder, name = Path(sys.argv[1]), sys.argv[2]
seed = int(sys.argv[3]) if len(sys.argv) > 3 else None
batch, epochs, kept_back = 64, 10, 0.1


def read(part):
    images = np.fromfile(folder / f"{part}-images-idx3-ubyte", "uint8")[16:].reshape(-1, 28, 28, 1)
    return images.astype("float32") / 255, np.fromfile(folder / f"{part}-labels-idx1-ubyte", "uint8")[8:]


def network():
    if name == "lenet-5":
        inner = [
            layers.Conv2D(6, 5, padding="same", activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Conv2D(16, 5, activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Conv2D(120, 5, activation="tanh"),
            layers.Flatten(),
            layers.Dense(84, activation="tanh"),
        ]
    else:
        inner = [
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.5),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
        ]
    model = keras.Sequential([layers.Input((28, 28, 1)), *inner, layers.Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


if seed is not None:
    keras.utils.set_random_seed(seed)
images, labels = read("train")
model = network()
if seed is None:
    learned = round((1 - kept_back) * len(images))
    images, labels = images[:learned], labels[:learned]
    serve_turns(lambda _: model.fit(images, labels, batch_size=batch, verbose=0))
else:
    model.fit(images, labels, batch_size=batch, epochs=epochs, validation_split=kept_back, verbose=0)
    print(model.evaluate(*read("t10k"), verbose=0)[1])
