"""JPEGs to JPEGs of at most 512 pixels through tf.data: `import_photos.py <folder>`. A line is the folder to write to."""
import sys
from pathlib import Path

import tensorflow as tf
from turns import serve_turns

side = 512
paths = [str(path) for path in sorted(Path(sys.argv[1]).glob("*.jpg"))]


def shrunk(path):
    image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
    small = tf.image.resize(image, (side, side), preserve_aspect_ratio=True, antialias=True)
    return tf.io.encode_jpeg(tf.cast(tf.round(small), tf.uint8), quality=95, chroma_downsampling=False)


def turn(out):
    Path(out).mkdir()
    data = tf.data.Dataset.from_tensor_slices(paths).map(shrunk, tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)
    for i, jpeg in enumerate(data):
        Path(out, f"{i}.jpg").write_bytes(jpeg.numpy())


serve_turns(turn)
