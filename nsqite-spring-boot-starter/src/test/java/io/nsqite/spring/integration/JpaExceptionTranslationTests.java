package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.nio.file.Path;
import java.sql.SQLException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** SQLite's errors in JPA code, in statements and at the commit. */
@Timeout(60)
class JpaExceptionTranslationTests {

    @TempDir
    static Path folder;

    private static Path file;
    private static ConfigurableApplicationContext context;
    private static JdbcTemplate jdbc;
    private static Members members;
    private static EntityManager entities;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        file = folder.resolve("app.db");
        context = TestApplication.on("jdbc:sqlite:" + file + "?busy_timeout=100")
                .withJpa()
                .with(Repositories.class)
                .with("spring.jpa.hibernate.ddl-auto=create")
                .with("spring.datasource.hikari.maximum-pool-size=2")
                .start();
        assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
        jdbc = context.getBean(JdbcTemplate.class);
        jdbc.execute("CREATE TABLE guest (id INTEGER PRIMARY KEY, host INTEGER REFERENCES member,"
                + " payer INTEGER REFERENCES member DEFERRABLE INITIALLY DEFERRED)");
        members = context.getBean(Members.class);
        entities = context.getBean(EntityManager.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void oneMember() {
        jdbc.update("DELETE FROM guest");
        jdbc.update("DELETE FROM member");
        members.save(new Member("ann"));
    }

    @Test
    void aDuplicateKeyIsOneInARepositoryAndInAnEntityManager() {
        assertThatThrownBy(() -> members.save(new Member("ann"))).isExactlyInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> members.invite(1, "ann")).isExactlyInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void whatIsFlushedAtTheCommitIsTranslatedThere() {
        transaction.executeWithoutResult(status -> entities.persist(new Member("bob")));
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> members.findByName("bob").setName("ann")))
                .isExactlyInstanceOf(DuplicateKeyException.class);
        assertThat(members.findByName("bob")).isNotNull();
    }

    @Test
    void aMissingValueAndAForeignKeyViolateTheIntegrity() {
        assertThatThrownBy(() -> members.invite(1, null)).isExactlyInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> members.bring(99)).isExactlyInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aDeferredForeignKeyIsRefusedAtTheCommit() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    entities.persist(new Member("bob"));
                    entities.createNativeQuery("INSERT INTO guest VALUES (1, NULL, 99)")
                            .executeUpdate();
                }))
                .isExactlyInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("FOREIGN KEY");
        assertThat(members.count()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsLockedCanNotBeHad() throws Exception {
        try (Writing other = Writing.to(file)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> members.save(new Member("bob")))
                    .isExactlyInstanceOf(CannotAcquireLockException.class);
            assertThatThrownBy(() -> transaction.executeWithoutResult(
                            status -> members.findByName("ann").setName("bob")))
                    .isExactlyInstanceOf(CannotAcquireLockException.class);
        }
    }

    @Test
    void aReadOnlyTransactionMayNotWrite() {
        DefaultTransactionDefinition readOnly = new DefaultTransactionDefinition();
        readOnly.setReadOnly(true);
        TransactionTemplate reading =
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class), readOnly);
        assertThatThrownBy(() -> reading.executeWithoutResult(status -> members.bring(1)))
                .isExactlyInstanceOf(PermissionDeniedDataAccessException.class);
    }

    @Test
    void aFullDatabaseIsAResourceThatFailed() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    jdbc.queryForObject("PRAGMA max_page_count=1", Integer.class);
                    members.save(new Member("b".repeat(500_000)));
                }))
                .isExactlyInstanceOf(DataAccessResourceFailureException.class);
        transaction.executeWithoutResult(
                status -> jdbc.queryForObject("PRAGMA max_page_count=1073741823", Integer.class));
        members.save(new Member("bob"));
    }

    @Test
    void aSecondTransactionThatWritesOnTheSameThreadIsAMistakeOfTheProgram() {
        TransactionTemplate second = new TransactionTemplate(
                context.getBean(PlatformTransactionManager.class),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        assertThatThrownBy(() -> transaction.executeWithoutResult(first -> {
                    members.save(new Member("bob"));
                    second.executeWithoutResult(status -> members.save(new Member("eve")));
                }))
                .isExactlyInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("no REQUIRES_NEW");
    }

    @Test
    void whatOtherDatabasesSayIsLeftToHibernate() {
        ConstraintViolationException theirs = new ConstraintViolationException(
                "refused", new SQLException("duplicate key value", "23505"), "member_name_key");
        assertThat(context.getBean(JpaVendorAdapter.class).getJpaDialect().translateExceptionIfPossible(theirs))
                .isExactlyInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("member_name_key")
                .hasCause(theirs);
    }

    interface Members extends JpaRepository<Member, Long> {

        Member findByName(String name);

        @Modifying
        @Transactional
        @Query(value = "INSERT INTO member (id, name) VALUES (:id + 100, :name)", nativeQuery = true)
        void invite(long id, String name);

        @Modifying
        @Transactional
        @Query(value = "INSERT INTO guest VALUES (1, :host, NULL)", nativeQuery = true)
        void bring(long host);
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Member.class)
    @EnableJpaRepositories(considerNestedRepositories = true, basePackageClasses = Members.class)
    static class Repositories {}

    @Entity(name = "member")
    static class Member {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        private Long id;

        @Column(nullable = false, unique = true)
        private String name;

        Member() {}

        Member(String name) {
            this.name = name;
        }

        void setName(String newName) {
            name = newName;
        }
    }
}
