const keptLines = 20;
/** What native TensorFlow writes before its log level applies. */
const chatter = /^WARNING: All log messages before absl|^[IW]\d{4} \d\d:\d\d/;

/** Reads a process's outputs to their end and gives the last lines of them; `debug` lets all of it through to stderr. */
export async function lastWords(
  outputs: readonly (NodeJS.ReadableStream | null)[],
  debug: boolean,
): Promise<string[]> {
  const words: string[] = [];
  const readAll = outputs.map(async (output) => {
    if (!output) return;
    output.setEncoding('utf8');
    for await (const text of output) {
      if (debug) process.stderr.write(text);
      const lines = String(text).split('\n');
      words.push(...lines.filter((line) => line.trim() !== '' && !chatter.test(line)));
      words.splice(0, words.length - keptLines);
    }
  });
  await Promise.all(readAll);
  return words;
}
