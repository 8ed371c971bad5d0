package io.nsqite.spring.datasource;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The data source that the queue lives in: the marked one, else the primary or only one. */
public final class QueueDataSource {

    private final ObjectProvider<DataSource> marked;
    private final ObjectProvider<DataSource> all;

    /** To be chosen among these. */
    public QueueDataSource(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {
        this.marked = marked;
        this.all = all;
    }

    /**
     * Chooses.
     *
     * @throws QueueDataSourceException if there is none, or no telling which
     */
    public DataSource choose() {
        DataSource chosen = unique(marked, "are marked with @NsqiteDataSource", "Mark one alone.");
        if (chosen == null) {
            chosen = unique(
                    all,
                    "are DataSources, and nothing says which one the queue is to live in",
                    "Mark it with @NsqiteDataSource, or make it @Primary.");
        }
        if (chosen == null) {
            throw new QueueDataSourceException(
                    "The queue lives in a database, but there is no DataSource.",
                    "Set spring.datasource.url=jdbc:sqlite:<file>, declare a DataSource bean, or switch the queue off with"
                            + " nsqite.enabled=false.",
                    null);
        }
        refuseRouting(chosen);
        return chosen;
    }

    private static @Nullable DataSource unique(ObjectProvider<DataSource> candidates, String problem, String action) {
        try {
            return candidates.getIfAvailable();
        } catch (NoUniqueBeanDefinitionException e) {
            throw new QueueDataSourceException("The beans %s %s.".formatted(e.getBeanNamesFound(), problem), action, e);
        }
    }

    private static void refuseRouting(DataSource chosen) {
        DataSource target = chosen;
        while (target instanceof DelegatingDataSource proxy && proxy.getTargetDataSource() != null) {
            target = proxy.getTargetDataSource();
        }
        if (target instanceof AbstractRoutingDataSource) {
            throw new QueueDataSourceException(
                    "The queue lives in one database, but its DataSource is a %s, which chooses among several."
                            .formatted(target.getClass().getName()),
                    "Declare the DataSource of the queue's database as a bean and mark it with @NsqiteDataSource.",
                    null);
        }
    }
}
