package io.nsqite.spring.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The beans of a type, asked for once, when they are needed. Safe for use by many threads. */
final class LateBeans<T> {

    private final ObjectProvider<T> provider;
    private volatile @Nullable List<T> beans;

    LateBeans(ObjectProvider<T> provider) {
        this.provider = provider;
    }

    /** By {@code Ordered} and {@code @Order}. Without a lock, as creating beans takes locks of its own; they are the same each time. */
    List<T> inOrder() {
        List<T> known = beans;
        if (known == null) {
            known = provider.orderedStream().toList();
            beans = known;
        }
        return known;
    }
}
