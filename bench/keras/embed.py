"""Pixels to embeddings: `embed.py <backbone>`. A line is the batch size; a turn shows the network 32 photos."""
import sys

import numpy as np
import tensorflow as tf
from networks import backbone
from turns import serve_turns

photos = 32
model = backbone(sys.argv[1])
values = np.random.randint(0, 256, (photos, *model.input.shape[1:]), "uint8")


@tf.function(reduce_retracing=False)
def embed(pixels):
    return model(tf.cast(pixels, tf.float32) / 127.5 - 1, training=False)


def turn(line):
    batch = int(line)
    for start in range(0, photos, batch):
        embed(tf.constant(values[start : start + batch])).numpy()


serve_turns(turn)
