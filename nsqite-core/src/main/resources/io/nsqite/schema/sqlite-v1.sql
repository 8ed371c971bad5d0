-- Version 1 of nsqite's tables for SQLite. Times are milliseconds since 1970. Every column has a declared type.

CREATE TABLE nsqite_schema (
  version INTEGER NOT NULL,
  oldest_compatible_version INTEGER NOT NULL
);

CREATE TABLE nsqite_topic (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  had_channel INTEGER NOT NULL DEFAULT 0,
  kept_from INTEGER NOT NULL DEFAULT 0
);

-- The log. One tree: publishing is one INSERT into it. The indexes hold only what is rare.
CREATE TABLE nsqite_message (
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
CREATE UNIQUE INDEX nsqite_message_deduplication ON nsqite_message (topic_id, deduplication_key)
  WHERE deduplication_key IS NOT NULL;
CREATE INDEX nsqite_message_priority ON nsqite_message (topic_id, priority, id) WHERE priority <> 4;

-- Ids are never given again, whoever deletes what: in place of the last message an empty one of no topic stays.
CREATE TRIGGER nsqite_message_last AFTER DELETE ON nsqite_message
WHEN NOT EXISTS (SELECT 1 FROM nsqite_message WHERE id > OLD.id)
BEGIN INSERT INTO nsqite_message (id, topic_id, priority, published_at, payload)
  VALUES (OLD.id, 0, 4, OLD.published_at, x''); END;

-- retry_clock is what the clock of retries showed when the wall clock showed wall_clock.
CREATE TABLE nsqite_channel (
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
  retry_clock INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX nsqite_channel_name ON nsqite_channel (topic_id, name) WHERE deleted = 0;

-- Everything of a channel's topic and priority up to done_to is settled or has a row in nsqite_delivery.
CREATE TABLE nsqite_cursor (
  channel_id INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  done_to INTEGER NOT NULL,
  PRIMARY KEY (channel_id, priority)
) WITHOUT ROWID;

-- Settled above the cursor.
CREATE TABLE nsqite_done (
  channel_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (channel_id, message_id)
) WITHOUT ROWID;

-- What left the straight way: state is due, scheduled, running, held or dead. due_at is a time of the wall clock for what is
-- scheduled, and of the channel's retry_clock for what is due: that one never jumps.
CREATE TABLE nsqite_delivery (
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
CREATE INDEX nsqite_delivery_state ON nsqite_delivery (channel_id, state, priority, due_at, message_id);
CREATE INDEX nsqite_delivery_key ON nsqite_delivery (channel_id, message_key, message_id)
  WHERE message_key IS NOT NULL;

CREATE TABLE nsqite_owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  library_version TEXT NOT NULL,
  schema_version INTEGER NOT NULL DEFAULT 1,
  side_file_id TEXT NOT NULL
);

-- For people with a shell.
CREATE VIEW nsqite_channel_status AS
SELECT
  c.id AS channel_id,
  t.name AS topic,
  c.name AS channel,
  c.owner_id AS owner_id,
  c.paused AS paused,
  CAST((
    SELECT count(*)
    FROM nsqite_message m
    WHERE m.id > (SELECT k.done_to FROM nsqite_cursor k WHERE k.channel_id = c.id AND k.priority = 4)
      AND +m.topic_id = c.topic_id
      AND +m.priority = 4
      AND NOT EXISTS (SELECT 1 FROM nsqite_done d WHERE d.channel_id = c.id AND d.message_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM nsqite_delivery d WHERE d.channel_id = c.id AND d.message_id = m.id)
  ) + (
    SELECT count(*)
    FROM nsqite_cursor k
    JOIN nsqite_message m INDEXED BY nsqite_message_priority
      ON m.topic_id = c.topic_id AND m.priority = k.priority AND m.priority <> 4 AND m.id > k.done_to
    WHERE k.channel_id = c.id
      AND NOT EXISTS (SELECT 1 FROM nsqite_done d WHERE d.channel_id = c.id AND d.message_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM nsqite_delivery d WHERE d.channel_id = c.id AND d.message_id = m.id)
  ) AS INTEGER) AS waiting,
  CAST((
    SELECT count(*) FROM nsqite_delivery d WHERE d.channel_id = c.id AND d.state <> 'dead'
  ) AS INTEGER) AS retrying,
  CAST((
    SELECT count(*) FROM nsqite_delivery d WHERE d.channel_id = c.id AND d.state = 'dead'
  ) AS INTEGER) AS dead
FROM nsqite_channel c
JOIN nsqite_topic t ON t.id = c.topic_id
WHERE c.deleted = 0;

CREATE VIEW nsqite_dead_letter AS
SELECT
  t.name AS topic,
  c.name AS channel,
  d.message_id AS message_id,
  d.attempts AS attempts,
  CAST(datetime(d.failed_at / 1000, 'unixepoch') AS TEXT) AS failed_at_utc,
  d.error AS error,
  CAST(m.payload AS TEXT) AS payload
FROM nsqite_delivery d
JOIN nsqite_channel c ON c.id = d.channel_id
JOIN nsqite_topic t ON t.id = c.topic_id
JOIN nsqite_message m ON m.id = d.message_id
WHERE d.state = 'dead' AND c.deleted = 0;

INSERT INTO nsqite_schema (version, oldest_compatible_version) VALUES (1, 1);
