import type { ImageShape, InspectInput, Inspection } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { networks } from '../networks/registry.ts';
import type { DescribedNetwork } from './describe-network.ts';
import { inspectLayers } from './inspect-layers.ts';
import { parseLayers } from './parse-layers.ts';

const inputByDefault: ImageShape = [224, 224, 3];

/** Networks that were described before, by id: they don't change while the engine runs. */
const described = new Map<string, DescribedNetwork>();

/**
 * What a network, or layers as text, cost: output shape, parameters, multiply-adds and bytes of every layer; the memory of
 * prediction and training; what each remedy changes.
 * @throws ScenelabError USAGE for layers that can't be read or don't fit together, NOT_FOUND, MODEL_INVALID.
 */
export async function inspectNetwork(compute: () => Compute, question: InspectInput): Promise<Inspection> {
  if ('layers' in question) {
    const { layers, input = inputByDefault, ...rest } = question;
    return inspectLayers({ ...rest, name: '', layers: parseLayers(layers), input });
  }
  const { network, ...rest } = question;
  const { name, input, layers } = await describe(compute, network);
  return inspectLayers({ ...rest, name, layers, input: question.input ?? input });
}

async function describe(compute: () => Compute, network: string): Promise<DescribedNetwork> {
  const known = described.get(network);
  if (known) return known;
  const description = await compute().call('describeNetwork', { network });
  if (networks.some(({ id }) => id === network)) described.set(network, description);
  return description;
}
