-- One database holds all libraries of one `peekui serve`. What is indexed can be rebuilt from the files at any time;
-- `metadata_edit` and `setting` cannot.
--
-- Columns named *_key hold sort keys (keys.py).

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE namespace (
    id           INTEGER PRIMARY KEY,
    namespace_id TEXT NOT NULL UNIQUE,
    identity     BLOB NOT NULL UNIQUE,       -- what ids are made of (ids.py)
    name         TEXT NOT NULL,
    root         BLOB NOT NULL,              -- path as the file system has it, which need not be UTF-8
    taxonomies   TEXT NOT NULL DEFAULT '[]', -- JSON list from taxonomies.json
    taxonomies_at TEXT                       -- time of that file
);

CREATE TABLE collection (
    id            INTEGER PRIMARY KEY,
    collection_id TEXT NOT NULL UNIQUE,
    namespace     INTEGER NOT NULL,
    folder        BLOB NOT NULL,             -- top-level folder; empty for the files directly in the root
    name          TEXT NOT NULL,
    metadata      TEXT,                      -- JSON object from collection.json
    asset_count   INTEGER NOT NULL DEFAULT 0, -- this and the next three are kept by the triggers below
    size_bytes    INTEGER NOT NULL DEFAULT 0,
    created_at    TEXT,                      -- of its oldest file
    last_updated  TEXT,
    UNIQUE (namespace, folder)
);

CREATE TABLE asset (
    id            INTEGER PRIMARY KEY,       -- in the order of the walk: the order of an unsorted list
    asset_id      TEXT NOT NULL,
    namespace     INTEGER NOT NULL,
    collection    INTEGER NOT NULL,
    path          BLOB NOT NULL,             -- relative to the root, with slashes
    size_bytes    INTEGER NOT NULL,
    mtime_ns      INTEGER NOT NULL,
    sidecars      BLOB NOT NULL,             -- their names, sizes and times (walk.py): changed ones are read again
    status        TEXT NOT NULL,             -- DONE FAILED PROCESSING
    media_type    TEXT,                      -- lower case, as are modality and file_hash
    modality      TEXT,
    file_hash     TEXT,
    duplicate_of  TEXT,
    created_at    TEXT NOT NULL,             -- ISO 8601, microseconds, Z
    updated_at    TEXT NOT NULL,
    has_preview   INTEGER NOT NULL DEFAULT 0,

    asset_key      GENERATED ALWAYS AS ('s' || asset_id || char(1)),
    task_key       GENERATED ALWAYS AS ('stask_' || substr(asset_id, 5) || char(1)),
    status_key     GENERATED ALWAYS AS ('s' || lower(status) || char(1) || status),
    media_type_key GENERATED ALWAYS AS ('s' || media_type || char(1)),
    modality_key   GENERATED ALWAYS AS ('s' || modality || char(1)),
    hash_key       GENERATED ALWAYS AS ('s' || file_hash || char(1)),
    duplicate_key  GENERATED ALWAYS AS ('s' || duplicate_of || char(1)),
    created_key    GENERATED ALWAYS AS ('d' || substr(created_at, 1, 26) || char(1) || created_at),
    updated_key    GENERATED ALWAYS AS ('d' || substr(updated_at, 1, 26) || char(1) || updated_at)
);

CREATE UNIQUE INDEX asset_by_key ON asset (asset_key);
CREATE UNIQUE INDEX asset_by_path ON asset (namespace, path);
CREATE INDEX asset_by_collection ON asset (collection);
CREATE INDEX asset_by_status ON asset (status_key);
CREATE INDEX asset_by_hash ON asset (hash_key) WHERE hash_key IS NOT NULL;
CREATE INDEX asset_by_original ON asset (duplicate_key) WHERE duplicate_key IS NOT NULL;

-- What most filters ask of an asset, and nothing else: a filter that has to look at every asset reads narrow rows.
-- Triggers below keep it. Slots m0… hold the keys of the metadata paths that most assets have; store.py adds them and
-- an index on each.
CREATE TABLE facet (
    id             INTEGER PRIMARY KEY,
    collection     INTEGER NOT NULL,
    size_bytes     INTEGER NOT NULL,
    status_key     TEXT NOT NULL,
    media_type_key TEXT,
    modality_key   TEXT,
    created_key    TEXT NOT NULL,
    updated_key    TEXT                      -- NULL: as created_key
    -- slots
);

CREATE INDEX facet_by_collection ON facet (collection);
CREATE INDEX facet_by_status ON facet (status_key);
CREATE INDEX facet_by_modality ON facet (modality_key);
CREATE INDEX facet_by_media_type ON facet (media_type_key);
CREATE INDEX facet_by_size ON facet (size_bytes);
CREATE INDEX facet_by_creation ON facet (created_key);

CREATE TABLE document (
    asset     INTEGER PRIMARY KEY,
    metadata  TEXT NOT NULL,                 -- JSON object, as answered
    extracted TEXT,                          -- the same before the user's edits; NULL where there are none
    error     TEXT                           -- JSON {type, message}
);

-- Copied from an older database into a new one (aside.py): another version of this table must be read there.
CREATE TABLE metadata_edit (
    asset_id TEXT PRIMARY KEY,               -- survives the asset: a file that comes back has its edits back
    replaces INTEGER NOT NULL,               -- 1: the edit is all the metadata; 0: it is laid over what was extracted
    propagates INTEGER NOT NULL,             -- 1: the features' metadata is edited too
    metadata TEXT NOT NULL,
    edited_at TEXT NOT NULL
) WITHOUT ROWID;

-- A metadata path, and the slot of `asset` that holds its keys once enough assets have it.
CREATE TABLE field (
    id     INTEGER PRIMARY KEY,
    path   TEXT NOT NULL UNIQUE,
    slot   INTEGER UNIQUE,
    spread INTEGER NOT NULL DEFAULT 0,       -- 1: some asset has, or had, several keys for it
    uses   INTEGER NOT NULL DEFAULT 0
);

-- Types of the values found at a path, by library: the namespace's payload indexes.
CREATE TABLE field_type (
    namespace INTEGER NOT NULL,
    field     INTEGER NOT NULL,
    type      TEXT NOT NULL,
    uses      INTEGER NOT NULL,
    PRIMARY KEY (namespace, field, type)
) WITHOUT ROWID;

-- Keys that are in no slot: of rare paths, and of assets that have several keys for one path.
CREATE TABLE posting (
    field INTEGER NOT NULL,
    key   NOT NULL,
    asset INTEGER NOT NULL,
    PRIMARY KEY (field, key, asset)
) WITHOUT ROWID;

CREATE TABLE feature (
    id          INTEGER PRIMARY KEY,
    asset       INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    modality    TEXT NOT NULL,
    type        TEXT NOT NULL,
    start_time  REAL,
    end_time    REAL,
    text        TEXT,
    metadata    TEXT NOT NULL,
    has_preview INTEGER NOT NULL,
    UNIQUE (asset, ordinal)
);

-- Words as text.words() gives them; rowid is the asset's id.
CREATE VIRTUAL TABLE words USING fts5 (title, metadata, content, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(8.0, 2.0, 1.0)');

CREATE TRIGGER asset_added AFTER INSERT ON asset BEGIN
    INSERT INTO facet (id, collection, size_bytes, status_key, media_type_key, modality_key, created_key, updated_key)
        VALUES (new.id, new.collection, new.size_bytes, new.status_key, new.media_type_key, new.modality_key,
            new.created_key, nullif(new.updated_key, new.created_key));
    UPDATE collection SET asset_count = asset_count + 1, size_bytes = size_bytes + new.size_bytes,
        created_at = min(ifnull(created_at, new.created_at), new.created_at),
        last_updated = max(ifnull(last_updated, ''), new.updated_at) WHERE id = new.collection;
END;
CREATE TRIGGER asset_removed AFTER DELETE ON asset BEGIN
    DELETE FROM facet WHERE id = old.id;
    UPDATE collection SET asset_count = asset_count - 1, size_bytes = size_bytes - old.size_bytes
        WHERE id = old.collection;
END;
CREATE TRIGGER asset_changed AFTER UPDATE OF size_bytes, updated_at ON asset
WHEN old.size_bytes <> new.size_bytes OR old.updated_at <> new.updated_at BEGIN
    UPDATE collection SET size_bytes = size_bytes - old.size_bytes + new.size_bytes,
        last_updated = max(last_updated, new.updated_at) WHERE id = new.collection;
END;
CREATE TRIGGER asset_asks_anew AFTER UPDATE OF size_bytes, status, media_type, modality, created_at, updated_at ON asset
BEGIN
    UPDATE facet SET size_bytes = new.size_bytes, status_key = new.status_key, media_type_key = new.media_type_key,
        modality_key = new.modality_key, created_key = new.created_key,
        updated_key = nullif(new.updated_key, new.created_key) WHERE id = new.id;
END;
