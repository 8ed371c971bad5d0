package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void oneStatementIsLeftAsItIs() {
        assertThat(SqlScript.statements("INSERT INTO t VALUES (1)")).containsExactly("INSERT INTO t VALUES (1)");
        assertThat(SqlScript.statements("INSERT INTO t VALUES (1);")).containsExactly("INSERT INTO t VALUES (1);");
        assertThat(SqlScript.statements("-- one; two\nSELECT 1; -- three;"))
                .containsExactly("-- one; two\nSELECT 1; -- three;");
        assertThat(SqlScript.statements("")).containsExactly("");
    }

    @Test
    void severalStatementsAreSplitAtTheirSemicolons() {
        assertThat(SqlScript.statements("a 'x;y' ; b \"x;y\", [x;y], `x;y`;; /* ; */ c -- ;\n d"))
                .containsExactly("a 'x;y' ;", "b \"x;y\", [x;y], `x;y`;", "c -- ;\n d");
    }

    @Test
    void theBodyOfATriggerStaysTogether() {
        String trigger =
                "CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET x = CASE WHEN x THEN 1 END; SELECT 1; END;";
        assertThat(SqlScript.statements("BEGIN; " + trigger + " COMMIT")).containsExactly("BEGIN;", trigger, "COMMIT");
    }

    @Test
    void aTransactionDoesNotCountAsATrigger() {
        assertThat(SqlScript.statements("BEGIN; INSERT INTO t VALUES (1); END; SELECT 1"))
                .containsExactly("BEGIN;", "INSERT INTO t VALUES (1);", "END;", "SELECT 1");
    }
}
