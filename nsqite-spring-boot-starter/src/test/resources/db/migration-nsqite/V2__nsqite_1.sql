-- Version 1 of nsqite's tables for SQLite. Times are milliseconds since 1970. Every column has a declared type.
-- Every name begins with the placeholder for nsqite.schema.table-prefix, which is nsqite_ unless set.

CREATE TABLE ${prefix}schema (
  version INTEGER NOT NULL,
  oldest_compatible_version INTEGER NOT NULL
);

CREATE TABLE ${prefix}topic (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  had_channel INTEGER NOT NULL DEFAULT 0,
  kept_from INTEGER NOT NULL DEFAULT 0
);

-- The log. One tree: publishing is one INSERT into it. The indexes hold only what is rare.
CREATE TABLE ${prefix}message (
  id INTEGER PRIMARY KEY,
  topic_id INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  deliver_at INTEGER,
  message_key TEXT,
  deduplication_key TEXT,
  headers TEXT,
  payload BLOB NOT NULL
);
CREATE UNIQUE INDEX ${prefix}message_deduplication ON ${prefix}message (topic_id, deduplication_key)
  WHERE deduplication_key IS NOT NULL;
CREATE INDEX ${prefix}message_priority ON ${prefix}message (topic_id, priority, id) WHERE priority <> 4;

-- Ids are never given again, whoever deletes what: in place of the last message an empty one of no topic stays.
CREATE TRIGGER ${prefix}message_last AFTER DELETE ON ${prefix}message
WHEN NOT EXISTS (SELECT 1 FROM ${prefix}message WHERE id > OLD.id)
BEGIN INSERT INTO ${prefix}message (id, topic_id, priority, published_at, payload)
  VALUES (OLD.id, 0, 4, OLD.published_at, x''); END;

-- retry_clock is what the clock of retries showed when the wall clock showed wall_clock. note is what somebody keeps with a channel; the
-- queue does not read it.
CREATE TABLE ${prefix}channel (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  topic_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0,
  owner_id INTEGER,
  epoch INTEGER NOT NULL DEFAULT 0,
  changes INTEGER NOT NULL DEFAULT 0,
  in_hand INTEGER NOT NULL DEFAULT 0,
  unclean INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  wall_clock INTEGER NOT NULL DEFAULT 0,
  retry_clock INTEGER NOT NULL DEFAULT 0,
  note TEXT
);
CREATE UNIQUE INDEX ${prefix}channel_name ON ${prefix}channel (topic_id, name) WHERE deleted = 0;

-- Everything of a channel's topic and priority up to done_to is settled or has a row in ${prefix}delivery.
CREATE TABLE ${prefix}cursor (
  channel_id INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  done_to INTEGER NOT NULL,
  PRIMARY KEY (channel_id, priority)
) WITHOUT ROWID;

-- Settled above the cursor.
CREATE TABLE ${prefix}done (
  channel_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (channel_id, message_id)
) WITHOUT ROWID;

-- What left the straight way: state is due, scheduled, running, held or dead. due_at is a time of the wall clock for what is
-- scheduled, and of the channel's retry_clock for what is due: that one never jumps.
CREATE TABLE ${prefix}delivery (
  channel_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL,
  due_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  message_key TEXT,
  error TEXT,
  stack TEXT,
  failed_at INTEGER,
  PRIMARY KEY (channel_id, message_id)
);
CREATE INDEX ${prefix}delivery_state ON ${prefix}delivery (channel_id, state, priority, due_at, message_id);
CREATE INDEX ${prefix}delivery_key ON ${prefix}delivery (channel_id, message_key, message_id)
  WHERE message_key IS NOT NULL;

CREATE TABLE ${prefix}owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  library_version TEXT NOT NULL,
  schema_version INTEGER NOT NULL DEFAULT 1,
  side_file_id TEXT NOT NULL
);

-- For people with a shell.
CREATE VIEW ${prefix}channel_status AS
SELECT
  c.id AS channel_id,
  t.name AS topic,
  c.name AS channel,
  c.owner_id AS owner_id,
  c.paused AS paused,
  CAST((
    SELECT count(*)
    FROM ${prefix}message m
    WHERE m.id > (SELECT k.done_to FROM ${prefix}cursor k WHERE k.channel_id = c.id AND k.priority = 4)
      AND +m.topic_id = c.topic_id
      AND +m.priority = 4
      AND NOT EXISTS (SELECT 1 FROM ${prefix}done d WHERE d.channel_id = c.id AND d.message_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM ${prefix}delivery d WHERE d.channel_id = c.id AND d.message_id = m.id)
  ) + (
    SELECT count(*)
    FROM ${prefix}cursor k
    JOIN ${prefix}message m INDEXED BY ${prefix}message_priority
      ON m.topic_id = c.topic_id AND m.priority = k.priority AND m.priority <> 4 AND m.id > k.done_to
    WHERE k.channel_id = c.id
      AND NOT EXISTS (SELECT 1 FROM ${prefix}done d WHERE d.channel_id = c.id AND d.message_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM ${prefix}delivery d WHERE d.channel_id = c.id AND d.message_id = m.id)
  ) AS INTEGER) AS waiting,
  CAST((
    SELECT count(*) FROM ${prefix}delivery d WHERE d.channel_id = c.id AND d.state <> 'dead'
  ) AS INTEGER) AS retrying,
  CAST((
    SELECT count(*) FROM ${prefix}delivery d WHERE d.channel_id = c.id AND d.state = 'dead'
  ) AS INTEGER) AS dead
FROM ${prefix}channel c
JOIN ${prefix}topic t ON t.id = c.topic_id
WHERE c.deleted = 0;

CREATE VIEW ${prefix}dead_letter AS
SELECT
  t.name AS topic,
  c.name AS channel,
  d.message_id AS message_id,
  d.attempts AS attempts,
  CAST(datetime(d.failed_at / 1000, 'unixepoch') AS TEXT) AS failed_at_utc,
  d.error AS error,
  CAST(m.payload AS TEXT) AS payload
FROM ${prefix}delivery d
JOIN ${prefix}channel c ON c.id = d.channel_id
JOIN ${prefix}topic t ON t.id = c.topic_id
JOIN ${prefix}message m ON m.id = d.message_id
WHERE d.state = 'dead' AND c.deleted = 0;

INSERT INTO ${prefix}schema (version, oldest_compatible_version) VALUES (1, 1);
