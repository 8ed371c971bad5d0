package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementKindTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "READ         | select 1",
                "READ         | ;;  \\n SELECT 1",
                "READ         | -- INSERT\\n SELECT 1",
                "READ         | /* INSERT /* */ values (1)",
                "READ         | EXPLAIN INSERT INTO t VALUES (1)",
                "READ         | explain query plan delete from t",
                "READ         | backup to /tmp/x",
                "READ         | WITH a AS (SELECT 1), b(insert_) AS (VALUES (2)) SELECT * FROM a",
                "READ         | WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT ')' , i FROM n",
                "INSERT       | WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
                "WRITE        | WITH a AS (SELECT ')' AS \"x)\", [)], `)`) update t SET x=1",
                "WRITE        | WITH a AS NOT MATERIALIZED (SELECT 1) DELETE FROM t",
                "INSERT       | with a as (select 1) replace into t select * from a",
                "INSERT       | WITH a AS (SELECT 1 -- ) SELECT\\n) INSERT INTO t SELECT 1",
                "INSERT       | INSERT INTO t VALUES (1) RETURNING id",
                "INSERT       | insert or replace into t values (1)",
                "INSERT       | REPLACE INTO t VALUES (1)",
                "WRITE        | UPDATE t SET x = 1",
                "WRITE        | DELETE FROM t",
                "WRITE        | CREATE TABLE x (a INT)",
                "WRITE        | CREATE UNIQUE INDEX i ON t (x)",
                "WRITE        | create trigger g after insert on t begin select 1; end",
                "WRITE        | DROP TABLE x",
                "WRITE        | ALTER TABLE x ADD y INT",
                "WRITE        | ANALYZE",
                "WRITE        | REINDEX",
                "WRITE        | SELECTED",
                "WRITE        | frobnicate",
                "TEMPORARY    | CREATE TEMP TABLE x (a INT)",
                "TEMPORARY    | create /* */ temporary view v as select 1",
                "SETTING      | ATTACH 'x.db' AS x",
                "SETTING      | DETACH x",
                "SETTING      | VACUUM INTO 'x.db'",
                "SETTING      | PRAGMA foreign_keys = ON",
                "SETTING      | PRAGMA table_info(t)",
                "SETTING      | pragma user_version",
                "SETTING      | PRAGMA main.user_version;",
                "SETTING      | PRAGMA journal_mode=WAL",
                "SETTING      | PRAGMA data_version",
                "SETTING      | -- nothing",
                "SETTING      | ;",
                "WRITE        | PRAGMA user_version = 3",
                "WRITE        | PRAGMA main . user_version = 3",
                "WRITE        | PRAGMA \"main\".\"user_version\"(3)",
                "WRITE        | PRAGMA application_id=7",
                "WRITE        | PRAGMA optimize",
                "WRITE        | PRAGMA optimize(0x02)",
                "WRITE        | PRAGMA incremental_vacuum",
                "STANDALONE   | PRAGMA wal_checkpoint",
                "STANDALONE   | PRAGMA main.wal_checkpoint(TRUNCATE)",
                "STANDALONE   | VACUUM",
                "STANDALONE   | VACUUM main",
                "STANDALONE   | restore from x.db",
                "BUSY_TIMEOUT | PRAGMA busy_timeout = 5",
                "BUSY_TIMEOUT | pragma busy_timeout",
                "BEGIN        | BEGIN",
                "BEGIN        | begin immediate transaction",
                "COMMIT       | COMMIT",
                "COMMIT       | END TRANSACTION",
                "ROLLBACK     | ROLLBACK",
                "ROLLBACK     | rollback transaction; -- to",
                "ROLLBACK_TO  | ROLLBACK TO x",
                "ROLLBACK_TO  | rollback transaction to savepoint x",
                "SAVEPOINT    | SAVEPOINT x",
                "RELEASE      | RELEASE SAVEPOINT x",
                "RELEASE      | release x",
            })
    void aStatementIsOfTheKind(StatementKind expected, String sql) {
        assertThat(StatementKind.of(sql.replace("\\n", "\n"))).isEqualTo(expected);
    }
}
