-- A file that a library with version 1 of the tables left behind, as the sqlite3 shell dumps it. Two channels of one topic: mail
-- handled messages 1 and 4, has message 2 in retry and 3 among its dead letters, and acknowledged 7 in a transaction just before
-- its process was killed; audit is paused and has handled nothing. Message 5 has a key and a header, 6 has priority 9, 8 is delayed.
CREATE TABLE nsqite_schema (
  version INTEGER NOT NULL,
  oldest_compatible_version INTEGER NOT NULL
);
INSERT INTO nsqite_schema VALUES(1,1);
CREATE TABLE nsqite_topic (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  had_channel INTEGER NOT NULL DEFAULT 0,
  kept_from INTEGER NOT NULL DEFAULT 0
);
INSERT INTO nsqite_topic VALUES(1,'orders',1,0);
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
INSERT INTO nsqite_message VALUES(1,1,4,1767225600113,NULL,NULL,NULL,'{"content-type":"text/plain;charset=UTF-8"}',X'68616e646c6564');
INSERT INTO nsqite_message VALUES(2,1,4,1767225600116,NULL,NULL,NULL,'{"content-type":"text/plain;charset=UTF-8"}',X'6661696c6564');
INSERT INTO nsqite_message VALUES(3,1,4,1767225600117,NULL,NULL,NULL,'{"content-type":"text/plain;charset=UTF-8"}',X'64656164');
INSERT INTO nsqite_message VALUES(4,1,4,1767225600117,NULL,NULL,'order-4','{"content-type":"text/plain;charset=UTF-8"}',X'6f6e6365');
INSERT INTO nsqite_message VALUES(5,1,4,1767225600197,NULL,'42',NULL,'{"tenant":"a","content-type":"text/plain;charset=UTF-8"}',X'77616974696e67');
INSERT INTO nsqite_message VALUES(6,1,9,1767225600201,NULL,NULL,NULL,'{"content-type":"text/plain;charset=UTF-8"}',X'757267656e74');
INSERT INTO nsqite_message VALUES(7,1,4,1767225600201,NULL,NULL,NULL,'{"content-type":"text/plain;charset=UTF-8"}',X'646f6e65206168656164');
INSERT INTO nsqite_message VALUES(8,1,4,1767225600203,32472144000000,NULL,NULL,'{"content-type":"text/plain;charset=UTF-8"}',X'6c61746572');
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
  retry_clock INTEGER NOT NULL DEFAULT 0,
  note TEXT
);
INSERT INTO nsqite_channel VALUES(1,1,'mail',0,NULL,1,0,0,0,0,1767225600194,1767225600194,NULL);
INSERT INTO nsqite_channel VALUES(2,1,'audit',1,NULL,0,1,0,0,0,0,0,NULL);
CREATE TABLE nsqite_cursor (
  channel_id INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  done_to INTEGER NOT NULL,
  PRIMARY KEY (channel_id, priority)
) WITHOUT ROWID;
INSERT INTO nsqite_cursor VALUES(1,0,0);
INSERT INTO nsqite_cursor VALUES(1,1,0);
INSERT INTO nsqite_cursor VALUES(1,2,0);
INSERT INTO nsqite_cursor VALUES(1,3,0);
INSERT INTO nsqite_cursor VALUES(1,4,4);
INSERT INTO nsqite_cursor VALUES(1,5,0);
INSERT INTO nsqite_cursor VALUES(1,6,0);
INSERT INTO nsqite_cursor VALUES(1,7,0);
INSERT INTO nsqite_cursor VALUES(1,8,0);
INSERT INTO nsqite_cursor VALUES(1,9,0);
INSERT INTO nsqite_cursor VALUES(2,0,0);
INSERT INTO nsqite_cursor VALUES(2,1,0);
INSERT INTO nsqite_cursor VALUES(2,2,0);
INSERT INTO nsqite_cursor VALUES(2,3,0);
INSERT INTO nsqite_cursor VALUES(2,4,0);
INSERT INTO nsqite_cursor VALUES(2,5,0);
INSERT INTO nsqite_cursor VALUES(2,6,0);
INSERT INTO nsqite_cursor VALUES(2,7,0);
INSERT INTO nsqite_cursor VALUES(2,8,0);
INSERT INTO nsqite_cursor VALUES(2,9,0);
CREATE TABLE nsqite_done (
  channel_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (channel_id, message_id)
) WITHOUT ROWID;
INSERT INTO nsqite_done VALUES(1,7);
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
INSERT INTO nsqite_delivery VALUES(1,2,4,'due',1767229200173,1,NULL,'java.lang.IllegalStateException: busy','java.lang.IllegalStateException: busy',1767225600168);
INSERT INTO nsqite_delivery VALUES(1,3,4,'dead',NULL,1,NULL,'java.lang.IllegalArgumentException: unknown customer','java.lang.IllegalArgumentException: unknown customer',1767225600178);
CREATE TABLE nsqite_owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  library_version TEXT NOT NULL,
  schema_version INTEGER NOT NULL DEFAULT 1,
  side_file_id TEXT NOT NULL
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('nsqite_owner',1);
INSERT INTO sqlite_sequence VALUES('nsqite_topic',1);
INSERT INTO sqlite_sequence VALUES('nsqite_channel',2);
CREATE UNIQUE INDEX nsqite_message_deduplication ON nsqite_message (topic_id, deduplication_key)
  WHERE deduplication_key IS NOT NULL;
CREATE INDEX nsqite_message_priority ON nsqite_message (topic_id, priority, id) WHERE priority <> 4;
CREATE TRIGGER nsqite_message_last AFTER DELETE ON nsqite_message
WHEN NOT EXISTS (SELECT 1 FROM nsqite_message WHERE id > OLD.id)
BEGIN INSERT INTO nsqite_message (id, topic_id, priority, published_at, payload)
  VALUES (OLD.id, 0, 4, OLD.published_at, x''); END;
CREATE UNIQUE INDEX nsqite_channel_name ON nsqite_channel (topic_id, name) WHERE deleted = 0;
CREATE INDEX nsqite_delivery_state ON nsqite_delivery (channel_id, state, priority, due_at, message_id);
CREATE INDEX nsqite_delivery_key ON nsqite_delivery (channel_id, message_key, message_id)
  WHERE message_key IS NOT NULL;
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
