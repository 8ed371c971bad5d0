package io.nsqite.spring;

/**
 * Registers listeners in code when the application starts. Declare beans of it.
 *
 * <pre>{@code
 * @Bean
 * NsqiteListenerConfigurer tenants(TenantList tenants, Audit audit) {
 *     return registry -> tenants.forEach(tenant ->
 *             registry.register(ListenerRegistration.of(tenant, "audit-" + tenant, "log", audit::write)));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface NsqiteListenerConfigurer {

    /** Registers listeners; called once, when all singletons exist and before anything is consumed. */
    void configure(NsqiteListenerRegistry registry);
}
