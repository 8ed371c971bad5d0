package io.nsqite.docs;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

class Newsletter {

    private final JdbcClient jdbc;

    Newsletter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean subscribe(String email) {
        try {
            jdbc.sql("INSERT INTO subscriber (email) VALUES (?)").param(email).update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }
}
