import type { AddVerb } from './session.ts';
import { percent, table } from './words.ts';

/** `scenelab lab list`: the networks that were trained from scratch. */
export const addLabListVerb: AddVerb = (lab, run) => {
  lab
    .command('list')
    .description('List the networks that were trained from scratch.')
    .action(() =>
      run(async ({ client, output }) => {
        const networks = await client.listLabNetworks();
        const rows = networks.map(({ id, name, dataName, epochs, test }) => [
          id,
          name,
          dataName,
          String(epochs),
          percent(test.accuracy),
          String(test.n),
        ]);
        const head = ['id', 'network', 'data', 'epochs', 'accuracy', 'of'];
        const none = 'None yet: `scenelab lab train lenet-5 --data mnist` trains one.';
        output.result({ networks }, rows.length === 0 ? none : table([head, ...rows]));
      }),
    );
};
