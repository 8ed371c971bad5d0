package io.nsqite.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Passes calls to the driver's meta data, again while SQLite is busy. A proxy, because this is rare and the interface is huge. */
final class GuardedMetaData implements InvocationHandler {

    private final GuardedConnection connection;
    private final DatabaseMetaData delegate;

    private GuardedMetaData(GuardedConnection connection, DatabaseMetaData delegate) {
        this.connection = connection;
        this.delegate = delegate;
    }

    static DatabaseMetaData of(GuardedConnection connection, DatabaseMetaData delegate) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                GuardedMetaData.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                new GuardedMetaData(connection, delegate));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getConnection")) {
            return connection;
        }
        try {
            return connection.session().patience().whileBusy(() -> call(method, arguments));
        } catch (Rethrown e) {
            throw e.getCause();
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws SQLException {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new Rethrown(e.getCause());
        } catch (IllegalAccessException e) {
            throw new Rethrown(e);
        }
    }

    /** Carries what is no SQLException out of an execution. */
    private static final class Rethrown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Rethrown(Throwable cause) {
            super(cause);
        }

        @Override
        public synchronized Throwable getCause() {
            return super.getCause();
        }
    }
}
