package io.nsqite.spring.aot;

import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteSubscriber;
import io.nsqite.spring.PayloadHandler;
import java.sql.DatabaseMetaData;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What the queue needs in a native image, whatever the application does with it; what its listeners and subscribers need is found by their annotations.
 * sqlite-jdbc brings its own hints for the native library.
 */
public final class NsqiteRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        // the scripts of the tables
        hints.resources().registerPattern("io/nsqite/schema/*.sql");
        // which version this is
        hints.resources().registerPattern("io/nsqite/owner/version.properties");
        // the meta data of a repaired connection
        hints.proxies().registerJdkProxy(DatabaseMetaData.class);
        hints.reflection().registerType(DatabaseMetaData.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        // looked up by name, as the driver may be absent
        hints.reflection().registerType(TypeReference.of("org.sqlite.JDBC"), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        hints.reflection().registerType(TypeReference.of("org.sqlite.SQLiteException"));
        // annotations with aliases and defaults filled in
        hints.proxies().registerJdkProxy(NsqiteListener.class);
        hints.proxies().registerJdkProxy(NsqiteSubscriber.class);
        hints.proxies().registerJdkProxy(Backoff.class);
        hints.reflection().registerType(PayloadHandler.class, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
}
