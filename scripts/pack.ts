import { parseArgs } from 'node:util';
import { packApp } from './pack-app.ts';

/** `npm run pack`: installers for this system, in `dist/`. `--dir`: only the folder that they would install. */
const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false } } });
await packApp({ installers: !values.dir });
