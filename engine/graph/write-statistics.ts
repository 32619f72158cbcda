import type { WrittenGraph } from './gradients/write-backward.ts';
import { attribute, DataType, float, type NodeDefs } from './node-defs.ts';
import type { BatchNormNode } from './trainable-graph.ts';
import type { Variable } from './update-rules.ts';

/**
 * Writes how running statistics follow those of a batch, `running · momentum + batch · (1 − momentum)`, the variance being
 * that of the batch itself, as Keras 3 has it. Gives the operations that must run for it.
 */
export function writeStatistics(
  defs: NodeDefs,
  { graph, keptOf }: WrittenGraph,
  statistics: ReadonlyMap<string, Variable>,
): string[] {
  return graph.nodes.flatMap((node) => {
    if (node.op !== 'batch-norm') return [];
    const { name } = node;
    const fused = keptOf(name);
    const batch = { mean: `${fused}:1`, variance: ofBatch(defs, node, fused) };
    return (['mean', 'variance'] as const).map((part) => {
      const running = statistics.get(`${name}/${part}`);
      if (!running) throw new Error(`"${name}" has no running ${part}.`);
      const apart = defs.add(`${name}/${part}/apart`, 'Sub', [running.value, batch[part]], float);
      const pace = defs.scalar(`${name}/${part}/pace`, 1 - node.momentum);
      const change = defs.add(`${name}/${part}/change`, 'Mul', [apart, pace], float);
      const dtype = { dtype: attribute.type(DataType.float) };
      return defs.add(`${name}/${part}/follow`, 'AssignSubVariableOp', [running.handle, change], dtype);
    });
  });
}

/** The operation gives the variance estimated for all photos, n / (n − 1) times that of the n places in the batch. */
function ofBatch(defs: NodeDefs, { name, mean }: BatchNormNode, fused: string): string {
  const scope = `${name}/variance`;
  const int32 = attribute.type(DataType.int32);
  const values = defs.add(`${scope}/values`, 'Size', [fused], { ...float, out_type: int32 });
  const cast = { SrcT: int32, DstT: attribute.type(DataType.float) };
  const real = defs.add(`${scope}/real`, 'Cast', [values], cast);
  const channels = defs.scalar(`${scope}/channels`, mean.data.length);
  const share = defs.add(`${scope}/share`, 'RealDiv', [channels, real], float);
  const factor = defs.add(`${scope}/factor`, 'Sub', [defs.scalar(`${scope}/all`, 1), share], float);
  return defs.add(`${scope}/batch`, 'Mul', [`${fused}:2`, factor], float);
}
