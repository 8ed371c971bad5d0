package io.nsqite.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;
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
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        if (method.getName().equals("getConnection")) {
            return connection;
        }
        return connection
                .session()
                .patience()
                .whileBusy(() -> Optional.ofNullable(call(method, arguments)))
                .orElse(null);
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws SQLException {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(
                    "The driver failed in DatabaseMetaData.%s: %s".formatted(method.getName(), e.getCause()),
                    e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "The driver does not let DatabaseMetaData.%s be called".formatted(method.getName()), e);
        }
    }
}
