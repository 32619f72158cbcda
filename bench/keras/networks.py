"""Scenelab's backbones in Keras, with the weights that Keras starts with: the speed is that of any others."""
import keras
from keras import layers

# Per stage: blocks, kernel, stride, expansion, filters.
lite0 = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112)]
lite0 += [(4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]
lite2 = [(1, 3, 1, 1, 16), (3, 3, 2, 6, 24), (3, 5, 2, 6, 48), (4, 3, 2, 6, 88), (4, 5, 1, 6, 120)]
lite2 += [(5, 5, 2, 6, 208), (1, 3, 1, 6, 352)]


def backbone(name):
    """From `[side, side, 3]`, scaled to about [-1, 1], to the embedding."""
    if name == "inception-v3":
        return keras.applications.InceptionV3(False, weights=None, input_shape=(299, 299, 3), pooling="avg")
    stages, side = {"efficientnet-lite0": (lite0, 224), "efficientnet-lite2": (lite2, 260)}[name]
    return efficientnet_lite(stages, side)


def efficientnet_lite(stages, side):
    def norm(x, act=True):
        x = layers.BatchNormalization(epsilon=1e-3)(x)
        return layers.ReLU(6)(x) if act else x

    image = layers.Input((side, side, 3))
    x = norm(layers.Conv2D(32, 3, 2, "same", use_bias=False)(image))
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
    return keras.Model(image, layers.GlobalAveragePooling2D()(x))
