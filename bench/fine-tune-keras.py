"""Fine-tunes the same layers in Keras, as its users do: `fine-tune-keras.py <case> <whole|tail>`.

Says `ready`, then for each line with a number of steps takes them and answers `seconds processor-seconds`. Batches of 32
come from a tf.data pipeline in memory, a step is a tf.function, batch norm stays frozen as Keras's guide advises.
"""
import sys
import time

import keras
import numpy as np
import tensorflow as tf
from keras import layers

batch, photos, classes = 32, 64, 5


def lite0():
    """EfficientNet-Lite0 and the name of its last frozen layer: fine-tuning trains blocks 12 to 15."""

    def norm(x, act=True):
        x = layers.BatchNormalization(epsilon=1e-3)(x)
        return layers.ReLU(6)(x) if act else x

    image = x = layers.Input((224, 224, 3))
    x = norm(layers.Conv2D(32, 3, 2, "same", use_bias=False)(x))
    stages = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112)]
    stages += [(4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]
    block = 0
    for repeats, kernel, first_stride, expand, filters in stages:
        for i in range(repeats):
            stride, before = (first_stride if i == 0 else 1), x
            if expand > 1:
                x = norm(layers.Conv2D(x.shape[-1] * expand, 1, use_bias=False)(x))
            x = norm(layers.DepthwiseConv2D(kernel, stride, "same", use_bias=False)(x))
            x = norm(layers.Conv2D(filters, 1, use_bias=False)(x), act=False)
            if stride == 1 and before.shape[-1] == filters:
                x = layers.Add()([before, x])
            x = layers.Activation("linear", name=f"block{block}")(x)
            block += 1
    x = norm(layers.Conv2D(1280, 1, use_bias=False)(x))
    return keras.Model(image, layers.GlobalAveragePooling2D()(x)), "block11"


def inception():
    """Inception v3: fine-tuning trains mixed9 and mixed10."""
    shape = (299, 299, 3)
    return keras.applications.InceptionV3(False, weights=None, input_shape=shape, pooling="avg"), "mixed8"


def network(case, part):
    base, cut = {"lite0": lite0, "inception": inception}[case]()
    names = [layer.name for layer in base.layers]
    for layer in base.layers[: names.index(cut) + 1]:
        layer.trainable = False
    if part == "tail":
        base = keras.Model(base.get_layer(cut).output, base.output)
    inputs = layers.Input(base.input.shape[1:])
    features = layers.Dropout(0.2)(base(inputs, training=False))
    return keras.Model(inputs, layers.Dense(classes)(features))


model = network(sys.argv[1], sys.argv[2])
optimizer = keras.optimizers.AdamW(1e-4, weight_decay=1e-4)
shape = (photos, *model.input.shape[1:])
values = np.random.randint(0, 256, shape, "uint8") if sys.argv[2] == "whole" else np.random.rand(*shape).astype("f2")
labels = np.arange(photos) % classes
data = tf.data.Dataset.from_tensor_slices((values, labels)).repeat().shuffle(photos).batch(batch)
scale = 127.5 if sys.argv[2] == "whole" else 1.0
data = iter(data.map(lambda x, y: (tf.cast(x, tf.float32) / scale, y), tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE))


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, model(x, training=True))
        loss = tf.reduce_mean(losses)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


for _ in range(2):
    step(*next(data))
print("ready", flush=True)
for line in sys.stdin:
    begun, processor = time.perf_counter(), time.process_time()
    for _ in range(int(line)):
        loss = step(*next(data))
    float(loss)
    print(time.perf_counter() - begun, time.process_time() - processor, flush=True)
