package io.nsqite.database;

import java.sql.SQLException;
import java.util.Set;

/** Errors of SQLite that any write would end in, as they are about the file, its lock or its disk. */
final class DatabaseFault {

    private static final int PRIMARY_CODE = 0xff;

    /** PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB. */
    private static final Set<Integer> CODES = Set.of(3, 5, 6, 7, 8, 10, 11, 13, 14, 15, 26);

    private DatabaseFault() {}

    static boolean isOne(SQLException error) {
        return CODES.contains(error.getErrorCode() & PRIMARY_CODE);
    }
}
