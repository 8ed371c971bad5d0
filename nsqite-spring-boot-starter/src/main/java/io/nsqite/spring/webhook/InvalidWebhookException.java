package io.nsqite.spring.webhook;

import io.nsqite.error.SetupException;

/** A webhook that can't work; ends the start of the application. */
public final class InvalidWebhookException extends SetupException {

    private static final long serialVersionUID = 1L;

    private final String webhook;

    /**
     * Says what is wrong and what to do.
     *
     * @param webhook its name in the properties
     * @param problem what is wrong with it, to be read after its name
     * @param action what to do, a sentence
     */
    public InvalidWebhookException(String webhook, String problem, String action) {
        super("The webhook nsqite.webhooks.%s %s.".formatted(webhook, problem), action);
        this.webhook = webhook;
    }

    static void check(boolean valid, String webhook, String problem, String action) {
        if (!valid) {
            throw new InvalidWebhookException(webhook, problem, action);
        }
    }

    /** Its name in the properties. */
    public String webhook() {
        return webhook;
    }
}
