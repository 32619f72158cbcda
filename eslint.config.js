import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/**
 * The import law: what each folder may import. `folders` are ours, `packages` are the ones that only the folder named
 * here may use. Everything not named is refused, so that a new edge in the structure is a decision, not an accident.
 * `engine: 'doors'` are the files of the engine that those who start it may import.
 */
const law = {
  contract: { folders: [] },
  engine: { folders: ['contract'] },
  main: { folders: ['contract'], engine: 'doors' },
  preload: { folders: [] },
  renderer: { folders: ['contract'] },
  host: { folders: ['contract'], engine: 'doors' },
  cli: { folders: ['contract'], engine: 'doors' },
  bench: { folders: ['contract', 'engine', 'e2e'] },
  e2e: { folders: ['contract', 'main'], engine: 'doors' },
};

const doors = ['process/spawn', 'process/engine-supervisor', 'app-folder', 'folders'];

/** A package (or a group of packages) and the only places that may import it. */
const reserved = [
  { packages: ['sharp', 'heic-decode'], only: ['engine/photos'] },
  { packages: ['@tensorflow/*'], only: ['engine/tensorflow'] },
  { packages: ['onnxruntime-node', '@litertjs/core'], only: ['engine/inference'] },
  { packages: ['node:sqlite'], only: ['engine/library'] },
  { packages: ['protobufjs', 'flatbuffers'], only: ['engine/graph'] },
  { packages: ['@orpc/server', '@orpc/server/*'], only: ['engine', 'host'] },
  {
    packages: ['@orpc/client', '@orpc/client/*'],
    only: ['engine/process/spawn.ts', 'renderer', 'cli', 'main'],
  },
  { packages: ['electron'], only: ['main', 'preload'] },
  { packages: ['ws'], only: ['host'] },
  { packages: ['commander', 'cli-progress'], only: ['cli'] },
  { packages: ['svelte', 'svelte/*', 'bits-ui', '@lucide/svelte/*', 'virtua/*'], only: ['renderer'] },
];

/** The engine's folders, the ground first: each may import those that stand below it. Its tests may import any. */
const floors = [
  ['files', 'photos', 'tensorflow'],
  ['graph', 'library', 'networks'],
  ['backbones', 'imports', 'inference'],
  ['models'],
  ['inspect', 'prediction'],
  ['evaluation', 'features'],
  ['exports', 'head'],
  ['gradient-descent'],
  ['training'],
  ['lab', 'projects'],
  ['experiments', 'looking'],
  ['jobs'],
  ['process'],
];

const folders = Object.keys(law);
const inside = (place) => `${place}/**/*.{ts,svelte}`;
const restricted = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const patternsOf = (folder) =>
  folders
    .filter((other) => other !== folder && !law[folder].folders.includes(other))
    .map((other) => ({
      regex:
        law[folder].engine === 'doors' && other === 'engine'
          ? `^(\\.\\./)+engine/(?!(${doors.join('|')})\\.ts$)`
          : `^(\\.\\./)+${other}/`,
      message: `${folder}/ may not import ${other}/ (the import law in eslint.config.js).`,
    }));

const folderRules = folders.map((folder) => ({
  files: [inside(folder)],
  rules: restricted(patternsOf(folder)),
}));

const floorRules = floors.flatMap((floor, i) =>
  floor.map((folder) => {
    const others = floors
      .slice(i)
      .flat()
      .filter((other) => other !== folder);
    return {
      files: [inside(`engine/${folder}`)],
      ignores: ['**/*.test.ts', '**/*fixture.ts'],
      rules: restricted([
        ...patternsOf('engine'),
        {
          regex: `^(\\.\\./)+(${others.join('|')})/`,
          message: `engine/${folder}/ stands below it, or beside it (the floors in eslint.config.js).`,
        },
      ]),
    };
  }),
);

/** The same law for packages, as a small rule: it needs the file's own place, which no-restricted-imports lacks. */
const reservedPackages = {
  create(context) {
    const place = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/');
    const isTest = /\.test\.ts$/.test(place);
    const check = (node) => {
      const name = node.source?.value;
      if (typeof name !== 'string') return;
      const owner = reserved.find(({ packages }) =>
        packages.some((p) => (p.endsWith('/*') ? name.startsWith(p.slice(0, -1)) : name === p)),
      );
      const allowed = owner?.only.some((only) => place === only || place.startsWith(`${only}/`));
      const exempt = isTest || /^(bench|scripts|e2e)\//.test(place);
      if (owner && !allowed && !exempt)
        context.report({ node, message: `${name} may only be imported in ${owner.only.join(', ')}.` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'assets', '.cache'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] } },
    // Lists are replaced whole ($state.raw); the sets and maps beside them are look-ups, not state.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    plugins: { scenelab: { rules: { 'reserved-packages': reservedPackages } } },
    rules: {
      'scenelab/reserved-packages': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      'no-undef': 'off',
    },
  },
  { files: ['**/*.test.ts', '*.config.{js,ts}'], rules: { 'max-lines-per-function': 'off' } },
  ...folderRules,
  ...floorRules,
);
