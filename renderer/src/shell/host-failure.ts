import { ErrorData, ScenelabError } from '../../../contract/index.ts';

/** Why the host refused, as it says it. */
export async function hostFailure(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    const { code, met, expected, fix } = ErrorData.parse(JSON.parse(text));
    return new ScenelabError(code, met, expected, fix);
  } catch {
    return new Error(text || `The host answered ${response.status}`);
  }
}
