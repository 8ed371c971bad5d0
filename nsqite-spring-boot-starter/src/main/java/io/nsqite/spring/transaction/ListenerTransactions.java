package io.nsqite.spring.transaction;

import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.SpringTransaction;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;

/** Makes transactions for listeners, and refuses those that can't commit together with an acknowledgement. */
public final class ListenerTransactions {

    private final ListableBeanFactory beanFactory;
    private final Supplier<DataSource> queueDataSource;

    /**
     * With the managers of a factory.
     *
     * @param queueDataSource gives the data source that the queue lives in; asked if there is a transactional listener
     */
    public ListenerTransactions(ListableBeanFactory beanFactory, Supplier<DataSource> queueDataSource) {
        this.beanFactory = beanFactory;
        this.queueDataSource = queueDataSource;
    }

    /**
     * Transactions of a manager, which is tried out.
     *
     * @param listener its name, for messages
     * @param managerName the bean; if empty, the only or primary one
     * @throws InvalidListenerException if there is no such manager, or it is not one for the queue's data source
     */
    public HandlerTransaction of(String listener, String managerName) {
        PlatformTransactionManager manager = manager(listener, managerName);
        SpringHandlerTransaction transaction =
                new SpringHandlerTransaction(listener, manager, new SpringTransaction(queueDataSource.get()));
        try {
            transaction.tryOut();
        } catch (TransactionException e) {
            throw new InvalidListenerException(
                    listener,
                    "is transactional, but transactions of %s %s are none that its acknowledgement can commit with: %s"
                            .formatted(
                                    described(managerName), manager.getClass().getName(), e.getMessage()),
                    "Name a manager of the queue's DataSource in transactionManager; there are " + managerNames(),
                    e);
        }
        return transaction;
    }

    private PlatformTransactionManager manager(String listener, String managerName) {
        try {
            return managerName.isEmpty()
                    ? beanFactory.getBean(PlatformTransactionManager.class)
                    : beanFactory.getBean(managerName, PlatformTransactionManager.class);
        } catch (NoUniqueBeanDefinitionException e) {
            throw new InvalidListenerException(
                    listener,
                    "is transactional, but there are several transaction managers: " + e.getBeanNamesFound(),
                    "Name the one of the queue's DataSource in transactionManager, or make it @Primary",
                    e);
        } catch (NoSuchBeanDefinitionException e) {
            throw new InvalidListenerException(
                    listener,
                    managerName.isEmpty()
                            ? "is transactional, but there is no PlatformTransactionManager"
                            : "has transactionManager = \"%s\", but there is no such bean; there are %s"
                                    .formatted(managerName, managerNames()),
                    "Declare one for the queue's DataSource, for example a JdbcTransactionManager",
                    e);
        }
    }

    private static String described(String managerName) {
        return managerName.isEmpty() ? "the" : "'%s', a".formatted(managerName);
    }

    private List<String> managerNames() {
        return List.of(beanFactory.getBeanNamesForType(PlatformTransactionManager.class));
    }
}
