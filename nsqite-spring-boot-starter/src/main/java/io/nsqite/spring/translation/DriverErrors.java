package io.nsqite.spring.translation;

import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Reads the driver's own exceptions; apart, so that it is loaded only where there is a driver. */
final class DriverErrors {

    private DriverErrors() {}

    /** The extended result code; the primary one for a driver of another class loader. */
    static int code(SQLException failure) {
        return failure instanceof SQLiteException error ? error.getResultCode().code : failure.getErrorCode();
    }
}
