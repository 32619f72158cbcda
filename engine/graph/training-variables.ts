import type { Weight } from './inference-graph.ts';
import { attribute, DataType, float, type NodeDefs, type Port } from './node-defs.ts';
import type { Signature } from './savedmodel.ts';
import {
  assign,
  slotsOf,
  writeRule,
  type TrainedVariable,
  type UpdateRule,
  type Variable,
} from './update-rules.ts';

/** Variables by the names that checkpoints know them by, as `weightsOf` gives them. */
export type TrainedVariables = ReadonlyMap<string, TrainedVariable>;

/** Declares a variable for each weight and one for each thing that the rule remembers of it, `<weight>:<slot>`. */
export function declareVariables(
  defs: NodeDefs,
  weights: ReadonlyMap<string, Weight>,
  rule: UpdateRule,
): TrainedVariables {
  const declared = [...weights].map(([name, { shape }]): [string, TrainedVariable] => {
    const slots = slotsOf(rule).map((slot) => declare(defs, `${name}:${slot}`, shape));
    return [name, { ...declare(defs, name, shape), slots, decays: name.endsWith('/kernel') }];
  });
  return new Map(declared);
}

/** Declares a variable for each thing that steps carry on but no gradient changes. */
export function declareStatistics(
  defs: NodeDefs,
  statistics: ReadonlyMap<string, Weight>,
): ReadonlyMap<string, Variable> {
  return new Map([...statistics].map(([name, { shape }]) => [name, declare(defs, name, shape)]));
}

/** A float32 variable, which holds nothing until it is assigned. */
function declare(defs: NodeDefs, name: string, shape: readonly number[]): Variable {
  const dtype = attribute.type(DataType.float);
  const scope = name.replace(':', '/');
  const handle = defs.add(`${scope}/variable`, 'VarHandleOp', [], {
    dtype,
    shape: attribute.shape(shape),
    shared_name: attribute.text(name),
    container: attribute.text(''),
  });
  return { name, shape, handle, value: defs.add(`${scope}/value`, 'ReadVariableOp', [handle], { dtype }) };
}

/** The operations that must run for each kind of change that gradients make. */
interface Changes {
  /** To the weights, at once. */
  readonly step: readonly string[];
  /** To what is gathered: set to the gradients, or added to by them. */
  readonly first: readonly string[];
  readonly further: readonly string[];
  /** To the weights, by what was gathered. */
  readonly apply: readonly string[];
}

/** Writes what gradients do to the variables, in one call or gathered over several. */
export function writeChanges(
  defs: NodeDefs,
  variables: TrainedVariables,
  gradients: ReadonlyMap<string, string>,
  { rule, learningRate, count }: { rule: UpdateRule; learningRate: Port; count: Port },
): Changes {
  const update = writeRule(defs, rule, learningRate.tensor, count.tensor);
  const dtype = { dtype: attribute.type(DataType.float) };
  const changes = [...variables.values()].map((variable) => {
    const gradient = gradients.get(variable.name) ?? '';
    const gathered = declare(defs, `${variable.name}:gathered`, variable.shape);
    return {
      step: update(variable, gradient),
      first: assign(defs, `${gathered.handle}/first`, gathered, gradient),
      further: defs.add(
        `${gathered.handle}/further`,
        'AssignAddVariableOp',
        [gathered.handle, gradient],
        dtype,
      ),
      apply: update(variable, gathered.value),
    };
  });
  const each = (kind: keyof Changes) => changes.map((change) => change[kind]);
  return { step: each('step'), first: each('first'), further: each('further'), apply: each('apply') };
}

/** The call that gives the values of variables. */
export function readingOf(defs: NodeDefs, variables: readonly Variable[]): Signature {
  return { inputs: [], outputs: variables.map(({ name, value, shape }) => defs.output(name, value, shape)) };
}

/**
 * The call that sets variables, to copies: what comes in can be JavaScript's own memory, which a variable must neither change
 * nor give back from one of TensorFlow's threads.
 */
export function writingOf(defs: NodeDefs, variables: readonly Variable[]): Signature {
  const inputs = variables.map(({ name, shape, handle }) => ({
    ...defs.input(`${handle}/new`, DataType.float, shape),
    key: name,
  }));
  const set = variables.map((variable, i) => {
    const copy = defs.add(`${variable.handle}/copy`, 'DeepCopy', [inputs[i]?.tensor ?? ''], float);
    return assign(defs, `${variable.handle}/set`, variable, copy);
  });
  return { inputs, outputs: [defs.done(set)] };
}
