/** Marks a SQLite file as a Scenelab project (`PRAGMA application_id`, "SCNL"). */
export const applicationId = 0x53434e4c;

/**
 * What turns a database of version n into n + 1, from an empty file on. A migration that was released is never edited:
 * a change of the schema is a new one at the end. The number of migrations is the version of the schema.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  -- A label that was deleted stays as a row, so that undo can bring it back.
  CREATE TABLE labels (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    position INTEGER NOT NULL,
    colour   INTEGER NOT NULL,
    deleted  INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX label_names ON labels (name) WHERE deleted = 0;

  CREATE TABLE photos (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    width    INTEGER NOT NULL,
    height   INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    format   TEXT NOT NULL,
    taken_at TEXT,
    camera   TEXT,
    perceptual_hash TEXT NOT NULL,  -- 16 hex digits
    label    INTEGER REFERENCES labels (number),
    excluded INTEGER NOT NULL DEFAULT 0,
    folder   TEXT,                  -- keeps the photos of a folder on one side of the split
    choices  TEXT,                  -- splits that a train/ or test/ folder leaves open; null: all
    split    TEXT,
    group_id TEXT
  ) STRICT;
  CREATE INDEX photos_by_label ON photos (label);

  -- Where a photo's bytes were found, and whether they were still there when it was last looked at.
  CREATE TABLE locations (
    path     TEXT PRIMARY KEY,
    photo    TEXT NOT NULL REFERENCES photos (id),
    size     INTEGER NOT NULL,
    modified REAL NOT NULL,         -- milliseconds since 1970
    label    TEXT,                  -- what its folder or CSV called it
    missing  INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX locations_of_photo ON locations (photo, missing);

  -- What a person sees and training uses: the others are only remembered.
  CREATE VIEW present_photos AS SELECT * FROM photos
    WHERE EXISTS (SELECT 1 FROM locations WHERE locations.photo = photos.id AND locations.missing = 0);

  CREATE TABLE skipped (path TEXT PRIMARY KEY, code TEXT NOT NULL, reason TEXT NOT NULL) STRICT;

  -- What a person can take back: every step is a list of changed values.
  CREATE TABLE steps (
    number INTEGER PRIMARY KEY,
    title  TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE changes (
    number  INTEGER PRIMARY KEY,
    step    INTEGER NOT NULL REFERENCES steps (number) ON DELETE CASCADE,
    field   TEXT NOT NULL,
    subject ANY NOT NULL,
    before  ANY,
    after   ANY
  ) STRICT;
  CREATE INDEX changes_of_step ON changes (step);

  CREATE TABLE runs (
    id            TEXT PRIMARY KEY,
    settings      TEXT NOT NULL,    -- JSON
    settings_hash TEXT NOT NULL,
    data_hash     TEXT NOT NULL,
    state         TEXT NOT NULL,
    started_at    TEXT NOT NULL,    -- ISO 8601
    finished_at   TEXT
  ) STRICT;
  `,
];
