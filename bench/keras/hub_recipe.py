"""What TensorFlow Hub's make_image_classifier does, written in Keras: `hub_recipe.py <folder of folders>`.

A frozen feature extractor, dropout 0.2, a dense layer (L2 penalty 1e-4), label smoothing 0.1, SGD with momentum 0.9 at 0.005,
batches of 32, five epochs, a fifth of the photos for validation. Each epoch decodes every JPEG and shows it to the whole
network. A turn is the whole job.
"""
import sys

import keras
import tensorflow as tf
from keras import layers
from networks import backbone
from turns import serve_turns

side, batch, epochs = 224, 32, 5


def photos(subset):
    options = {"image_size": (side, side), "batch_size": batch, "label_mode": "categorical", "verbose": False}
    split = {"validation_split": 0.2, "subset": subset, "seed": 1}
    data = keras.utils.image_dataset_from_directory(sys.argv[1], **options, **split)
    return data.map(lambda x, y: (x / 127.5 - 1, y), tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)


def classifier(classes):
    base = backbone("efficientnet-lite0")
    base.trainable = False
    inputs = layers.Input((side, side, 3))
    features = layers.Dropout(0.2)(base(inputs, training=False))
    penalty = keras.regularizers.L2(1e-4)
    model = keras.Model(inputs, layers.Dense(classes, activation="softmax", kernel_regularizer=penalty)(features))
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    model.compile(keras.optimizers.SGD(0.005, momentum=0.9), loss, metrics=["accuracy"])
    return model


def turn(_):
    train, validation = photos("training"), photos("validation")
    model = classifier(train.element_spec[1].shape[-1])
    model.fit(train, validation_data=validation, epochs=epochs, verbose=0)


serve_turns(turn)
