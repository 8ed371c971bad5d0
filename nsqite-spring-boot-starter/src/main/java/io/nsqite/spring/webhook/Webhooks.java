package io.nsqite.spring.webhook;

import java.util.List;

/**
 * The webhooks of the application. Safe for use by many threads.
 *
 * <pre>{@code
 * webhooks.start("partner"); // goes on after its target has said 410 and was put right
 * }</pre>
 *
 * <p>Starting and stopping concerns this process, until it ends. All methods that name a webhook throw {@link IllegalArgumentException} if there is
 * none.
 */
public interface Webhooks {

    /** All of them, by name. */
    List<WebhookStatus> all();

    /**
     * Starts one. Nothing happens if it runs. Waits up to 15 s for the end of one that is stopping.
     *
     * @throws IllegalStateException if it is still stopping then
     */
    void start(String name);

    /** Stops one: lets the post that is on its way end, and gives the channel back. */
    void stop(String name);
}
