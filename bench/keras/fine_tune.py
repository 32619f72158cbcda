"""Fine-tunes the same layers in Keras, as its users do: `fine_tune.py <backbone> <whole|tail>`.

A line is a number of steps. Batches of 32 come from a tf.data pipeline in memory, a step is a tf.function, batch norm stays
frozen as Keras's guide advises.
"""
import sys

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from networks import backbone
from turns import serve_turns

batch, photos, classes = 32, 64, 5
# The last frozen layer: trained are blocks 12 to 15, or mixed9 and mixed10.
cuts = {"efficientnet-lite0": "block11", "inception-v3": "mixed8"}
name, part = sys.argv[1:]


def network():
    base, cut = backbone(name), cuts[name]
    names = [layer.name for layer in base.layers]
    for layer in base.layers[: names.index(cut) + 1]:
        layer.trainable = False
    if part == "tail":
        base = keras.Model(base.get_layer(cut).output, base.output)
    inputs = layers.Input(base.input.shape[1:])
    features = layers.Dropout(0.2)(base(inputs, training=False))
    return keras.Model(inputs, layers.Dense(classes)(features))


model = network()
optimizer = keras.optimizers.AdamW(1e-4, weight_decay=1e-4)
shape = (photos, *model.input.shape[1:])
values = np.random.randint(0, 256, shape, "uint8") if part == "whole" else np.random.rand(*shape).astype("f2")
labels = np.arange(photos) % classes
data = tf.data.Dataset.from_tensor_slices((values, labels)).repeat().shuffle(photos).batch(batch)
scale = 127.5 if part == "whole" else 1.0
data = iter(data.map(lambda x, y: (tf.cast(x, tf.float32) / scale, y), tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE))


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, model(x, training=True))
        loss = tf.reduce_mean(losses)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


def turn(line):
    for _ in range(int(line)):
        loss = step(*next(data))
    float(loss)


serve_turns(turn)
