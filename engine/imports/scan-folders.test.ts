import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../library/photos-fixture.ts';
import { scanFolders, type FoundFile, type ScanOptions } from './scan-folders.ts';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
});

function put(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
}

/** Scans folders of the test's own; paths in the result are relative to it. */
async function scan(folders: string[], options?: ScanOptions) {
  const found = scanFolders(
    folders.map((folder) => join(root, folder)),
    options,
  );
  const files: FoundFile[] = [];
  const skipped: Record<string, string> = {};
  for (let next = await found.next(); ; next = await found.next()) {
    if (next.done) {
      const labels = files.map(({ path, label }) => [relative(root, path), label]);
      const choices = files.map(({ path, choices }) => [relative(root, path), choices?.join(' ') ?? null]);
      return { labels, choices, skipped, ...next.value };
    }
    if (next.value.kind === 'file') files.push(next.value);
    else skipped[relative(root, next.value.path)] = next.value.code;
  }
}

describe('labels', () => {
  test('of one folder the sub-folders are labels, deeper ones flatten, photos beside them have none', async () => {
    put('all/x.jpg', 'all/sea/a.jpg', 'all/sea/2020/may/b.jpg', 'all/wood/c.jpg');
    expect(await scan(['all'])).toMatchObject({
      labels: [
        ['all/x.jpg', null],
        ['all/sea/a.jpg', 'sea'],
        ['all/sea/2020/may/b.jpg', 'sea'],
        ['all/wood/c.jpg', 'wood'],
      ],
      suggestedLabel: null,
    });
  });

  test('deeper folders can be part of the label', async () => {
    put('all/sea/a.jpg', 'all/sea/2020/may/b.jpg');
    const { labels } = await scan(['all'], { nested: 'join' });
    expect(labels.map(([, label]) => label)).toEqual(['sea', 'sea/2020/may']);
  });

  test('folders given together are labels by their names', async () => {
    put('sea/a.jpg', 'sea/2020/b.jpg', 'wood/c.jpg');
    expect(await scan(['wood', 'sea'])).toMatchObject({
      labels: [
        ['wood/c.jpg', 'wood'],
        ['sea/a.jpg', 'sea'],
        ['sea/2020/b.jpg', 'sea'],
      ],
      suggestedLabel: null,
    });
  });

  test('a folder that is given twice is one folder', async () => {
    put('all/sea/a.jpg', 'all/wood/b.jpg');
    const { labels } = await scan(['all', 'all/']);
    expect(labels.map(([, label]) => label)).toEqual(['sea', 'wood']);
  });

  test('one flat folder alone has no labels, its name is offered', async () => {
    put('sea/a.jpg', 'sea/b.jpg');
    expect(await scan(['sea'])).toMatchObject({
      labels: [
        ['sea/a.jpg', null],
        ['sea/b.jpg', null],
      ],
      suggestedLabel: 'sea',
    });
  });

  test('accents are the same label however the file system composes them', async () => {
    put('all/Bäume/a.jpg'.normalize('NFD'));
    expect((await scan(['all'])).labels[0]?.[1]).toBe('Bäume'.normalize('NFC'));
  });
});

describe('train/ and test/ folders', () => {
  test('are splits with labels below; validation is taken out of training when it has no folder', async () => {
    put('all/train/sea/a.jpg', 'all/test/sea/b.jpg', 'all/other/c.jpg');
    expect(await scan(['all'])).toMatchObject({
      labels: [
        ['all/other/c.jpg', null],
        ['all/test/sea/b.jpg', 'sea'],
        ['all/train/sea/a.jpg', 'sea'],
      ],
      choices: [
        ['all/other/c.jpg', null],
        ['all/test/sea/b.jpg', 'test'],
        ['all/train/sea/a.jpg', 'train validation'],
      ],
    });
  });

  test('may be given one by one, and have validation beside them', async () => {
    put('train/sea/a.jpg', 'val/sea/b.jpg', 'test/sea/c.jpg');
    const { choices, labels } = await scan(['train', 'val', 'test']);
    expect(choices.map(([, split]) => split)).toEqual(['train', 'validation', 'test']);
    expect(labels.map(([, label]) => label)).toEqual(['sea', 'sea', 'sea']);
  });

  test('a folder called train among others is a label', async () => {
    put('all/train/a.jpg', 'all/bus/b.jpg');
    const { labels, choices } = await scan(['all']);
    expect(labels.map(([, label]) => label)).toEqual(['bus', 'train']);
    expect(choices.map(([, split]) => split)).toEqual([null, null]);
  });
});

describe('what is no photo', () => {
  test('system files, sidecars and hidden folders are left alone without a word', async () => {
    put('all/.DS_Store', 'all/._a.jpg', 'all/Thumbs.db', 'all/desktop.ini', 'all/a.xmp', 'all/A.AAE');
    put('all/@eaDir/a.jpg', 'all/.hidden/a.jpg', 'all/my.scenelab/thumbnails/a.jpg', 'all/a.json');
    put('all/a.jpg');
    expect(await scan(['all'])).toMatchObject({ labels: [['all/a.jpg', null]], skipped: {} });
  });

  test('the project itself is passed over where it lies among the photos', async () => {
    put('all/a.jpg', 'all/project/thumbnails/00/b.jpg');
    const { labels } = await scan(['all'], { except: join(root, 'all/project') });
    expect(labels).toEqual([['all/a.jpg', null]]);
  });

  test.skipIf(process.platform === 'win32')('videos and pipes are skipped without being opened', async () => {
    put('all/a.MP4');
    execFileSync('sh', ['-c', `mkfifo ${join(root, 'all/b.jpg')}`]);
    expect((await scan(['all'])).skipped).toEqual({
      'all/a.MP4': 'UNSUPPORTED_FORMAT',
      'all/b.jpg': 'NOT_A_PHOTO',
    });
  });

  test.skipIf(process.platform !== 'linux')('a name that is not UTF-8 is listed, escaped', async () => {
    put('all/a.jpg');
    const bytes = Buffer.concat([
      Buffer.from(join(root, 'all/gr')),
      Buffer.from([0xfc]),
      Buffer.from('n.jpg'),
    ]);
    writeFileSync(bytes, '');
    expect(await scan(['all'])).toMatchObject({
      labels: [['all/a.jpg', null]],
      skipped: { 'all/gr\\xfcn.jpg': 'NAME_NOT_UTF8' },
    });
  });

  test.skipIf(process.platform === 'win32')(
    'a folder that may not be read is listed; the rest goes on',
    async () => {
      put('all/a/secret.jpg', 'all/b/b.jpg');
      chmodSync(root, 0o755);
      chmodSync(join(root, 'all/a'), 0);
      const isRoot = process.getuid?.() === 0;
      if (isRoot) process.seteuid?.(65534); // root may read everything
      try {
        expect(await scan(['all'])).toMatchObject({
          labels: [['all/b/b.jpg', 'b']],
          skipped: { 'all/a': 'NOT_READABLE' },
        });
      } finally {
        if (isRoot) process.seteuid?.(0);
        chmodSync(join(root, 'all/a'), 0o755);
      }
    },
  );

  test('a folder that is not there stops everything before it begins', async () => {
    put('all/a.jpg');
    await expect(scan(['all', 'gone'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('links', () => {
  test('a loop is skipped, and so is a link that leads nowhere', async () => {
    put('all/sea/a.jpg');
    symlinkSync(join(root, 'all'), join(root, 'all/sea/loop'));
    symlinkSync('self', join(root, 'all/self'));
    symlinkSync('nowhere', join(root, 'all/broken.jpg'));
    expect(await scan(['all'])).toMatchObject({
      labels: [['all/sea/a.jpg', 'sea']],
      skipped: { 'all/sea/loop': 'LINK_LOOP', 'all/self': 'LINK_LOOP', 'all/broken.jpg': 'NOT_READABLE' },
    });
  });

  test('a linked folder is followed once, and its real name wins', async () => {
    put('all/sea/a.jpg', 'elsewhere/b.jpg');
    symlinkSync(join(root, 'all/sea'), join(root, 'all/beach'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'all/lake'));
    expect(await scan(['all'])).toMatchObject({
      labels: [
        ['all/sea/a.jpg', 'sea'],
        ['all/lake/b.jpg', 'lake'],
      ],
      skipped: { 'all/beach': 'LINK_LOOP' },
    });
  });

  test('a folder given twice, or inside another one given, is taken once', async () => {
    put('all/sea/a.jpg');
    const { labels, skipped } = await scan(['all', 'all/sea', 'all']);
    expect([labels, skipped]).toEqual([[['all/sea/a.jpg', 'all']], {}]);
    rmSync(root, { recursive: true });
  });
});
