-- AUTOINCREMENT: the id of a deleted action must not come back, channels remember what they have handled by it
CREATE TABLE IF NOT EXISTS user_action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id VARCHAR(64) NOT NULL,
    action VARCHAR(16) NOT NULL,
    content_id VARCHAR(64) NOT NULL,
    acted_at TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS content_stats (
    content_id VARCHAR(64) NOT NULL PRIMARY KEY,
    views BIGINT NOT NULL,
    likes BIGINT NOT NULL,
    favorites BIGINT NOT NULL
);

-- Which actions are in content_stats
CREATE TABLE IF NOT EXISTS counted_action (
    action_id INTEGER PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS notification (
    action_id INTEGER PRIMARY KEY,
    content_id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64) NOT NULL,
    liked_at TIMESTAMP NOT NULL
);
