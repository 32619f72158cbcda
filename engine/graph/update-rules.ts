import { attribute, DataType, float, type NodeDefs } from './node-defs.ts';

/** How a weight follows its gradient. Decay is decoupled from the gradient (Loshchilov and Hutter 2017). */
export type UpdateRule =
  | {
      readonly kind: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    }
  | { readonly kind: 'sgd'; readonly momentum: number; readonly weightDecay: number };

/** A variable of TensorFlow, and what it holds before anything in the same call changes it. */
export interface Variable {
  /** What it is called outside of the graph. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly handle: string;
  readonly value: string;
}

/** A weight with what the optimizer remembers of it, in the order of `slotsOf`. */
export interface TrainedVariable extends Variable {
  readonly slots: readonly Variable[];
  readonly decays: boolean;
}

/** Names of what a rule remembers of each weight; all begin as zeros. */
export function slotsOf({ kind }: UpdateRule): readonly string[] {
  return kind === 'adam' ? ['mean', 'square'] : ['momentum'];
}

/** Writes the change of one variable by a gradient; gives the operation that must run for it. */
type WriteUpdate = (variable: TrainedVariable, gradient: string) => string;

/** Prepares a rule; `learningRate` and `count` (of steps, this one included) are float32 scalars. */
export function writeRule(
  defs: NodeDefs,
  rule: UpdateRule,
  learningRate: string,
  count: string,
): WriteUpdate {
  const change = rule.kind === 'adam' ? adam(defs, rule, learningRate, count) : sgd(defs, rule, learningRate);
  if (rule.weightDecay === 0) return (variable, gradient) => change(variable, gradient, []);
  const decay = defs.scalar('update/decay', rule.weightDecay);
  const lost = defs.add('update/lost', 'Mul', [learningRate, decay], float);
  const kept = defs.add('update/kept', 'Sub', [defs.scalar('update/all', 1), lost], float);
  return (variable, gradient) => {
    if (!variable.decays) return change(variable, gradient, []);
    const pulled = defs.add(`update/${variable.name}/pulled`, 'Mul', [variable.value, kept], float);
    const decayed = assign(defs, `update/${variable.name}/decayed`, variable, pulled);
    return change(variable, gradient, [`^${decayed}`]);
  };
}

/** Sets a variable; gives the operation that must run for it. */
export function assign(defs: NodeDefs, name: string, { handle }: Variable, value: string): string {
  return defs.add(name, 'AssignVariableOp', [handle, value], { dtype: attribute.type(DataType.float) });
}

type Change = (variable: TrainedVariable, gradient: string, after: readonly string[]) => string;

const inPlace = { ...float, use_locking: attribute.flag(false), use_nesterov: attribute.flag(false) };

/**
 * Kingma and Ba 2014. ResourceApplyAdam adds its epsilon before the second moment is corrected, the paper after it: hence
 * the factor of epsilon.
 */
function adam(
  defs: NodeDefs,
  { beta1, beta2, epsilon }: Extract<UpdateRule, { kind: 'adam' }>,
  learningRate: string,
  count: string,
): Change {
  const [first, second] = [defs.scalar('adam/beta1', beta1), defs.scalar('adam/beta2', beta2)];
  const powers = [first, second].map((beta) => defs.add('adam/power', 'Pow', [beta, count], float));
  const left = defs.add('adam/left', 'Sub', [defs.scalar('adam/all', 1), powers[1] ?? ''], float);
  const root = defs.add('adam/root', 'Sqrt', [left], float);
  const small = defs.add('adam/small', 'Mul', [defs.scalar('adam/epsilon', epsilon), root], float);
  return ({ name, handle, slots }, gradient, after) => {
    const state = [handle, ...slots.map((slot) => slot.handle), ...powers];
    const inputs = [...state, learningRate, first, second, small, gradient, ...after];
    return defs.add(`update/${name}`, 'ResourceApplyAdam', inputs, inPlace);
  };
}

/** Momentum adds up gradients (Polyak 1964), of which the weight goes the learning rate's share. */
function sgd(
  defs: NodeDefs,
  { momentum }: Extract<UpdateRule, { kind: 'sgd' }>,
  learningRate: string,
): Change {
  const kept = defs.scalar('sgd/momentum', momentum);
  return ({ name, handle, slots }, gradient, after) => {
    const inputs = [handle, ...slots.map((slot) => slot.handle), learningRate, gradient, kept, ...after];
    return defs.add(`update/${name}`, 'ResourceApplyMomentum', inputs, inPlace);
  };
}
