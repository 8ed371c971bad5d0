CREATE TABLE orders (id TEXT PRIMARY KEY, email TEXT);
CREATE TABLE totals (orders INTEGER NOT NULL);
CREATE TABLE report (order_id TEXT);
CREATE TABLE click (page TEXT);
CREATE TABLE article (name TEXT PRIMARY KEY, pieces INTEGER NOT NULL);
INSERT INTO totals (orders) VALUES (0);
INSERT INTO article (name, pieces) VALUES ('pen', 0);
