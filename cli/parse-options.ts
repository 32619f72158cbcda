import { z } from 'zod';
import { ScenelabError } from '../contract/index.ts';

/** What commander read, by the options' names. */
export type Flags = Readonly<Record<string, unknown>>;

/** What was given to options, checked and typed. Throws USAGE that names the option and what was given to it. */
export function parseOptions<T>(schema: z.ZodType<T>, given: Flags): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [name, index] = issue?.path ?? [];
  const option = `--${String(name).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const value = given[String(name)];
  const met = Array.isArray(value) && typeof index === 'number' ? value[index] : value;
  const expected = issue && wanted(issue);
  throw expected === undefined
    ? new ScenelabError('USAGE', `${option}: ${issue?.message}`, '', 'See --help')
    : new ScenelabError('USAGE', `${option} is "${met}"`, expected, 'See --help');
}

/** What an issue asks for, in words; nothing where its own message says it. */
function wanted(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    default:
      return undefined;
  }
}

/** Text that must be a number, as the schema wants it. */
export function numeric<T extends z.ZodType>(schema: T) {
  return z.preprocess(
    (text) => (typeof text === 'string' && text.trim() !== '' ? Number(text) : text),
    schema,
  );
}

/** "a,b" and "a b" given several times are one list. */
export function list(value: string, before: string[] = []): string[] {
  return [...before, ...value.split(',').map((part) => part.trim())].filter((part) => part !== '');
}
