import { z } from 'zod';
import { ScenelabError } from '../contract/index.ts';

/** What was given to options, checked and typed. Throws USAGE that names the option. */
export function parseOptions<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = `--${String(issue?.path.at(-1)).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new ScenelabError('USAGE', `${option}: ${issue?.message}`, '', 'See --help');
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
