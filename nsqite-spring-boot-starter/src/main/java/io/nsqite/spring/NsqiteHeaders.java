package io.nsqite.spring;

/**
 * The names under which a listener method finds what the queue knows of a message, beside the headers of its publisher.
 *
 * <pre>{@code
 * @NsqiteListener(topic = "orders", channel = "mail")
 * void send(OrderPlaced event, @Header(NsqiteHeaders.ID) long id, @Header(name = NsqiteHeaders.KEY, required = false) String key)
 * }</pre>
 *
 * <p>They win over a publisher's header of the same name.
 */
public final class NsqiteHeaders {

    /** The topic: a {@code String}. */
    public static final String TOPIC = "nsqite_topic";

    /** The channel: a {@code String}. */
    public static final String CHANNEL = "nsqite_channel";

    /** The id of the message: a {@code Long}. */
    public static final String ID = "nsqite_id";

    /** Which execution this is, from 1: an {@code Integer}. */
    public static final String ATTEMPT = "nsqite_attempt";

    /** The key: a {@code String}; absent if the message has none. */
    public static final String KEY = "nsqite_key";

    /** When the message was published: an {@code Instant}. */
    public static final String PUBLISHED_AT = "nsqite_publishedAt";

    /** The priority, 0 to 9: an {@code Integer}. */
    public static final String PRIORITY = "nsqite_priority";

    /** The {@link io.nsqite.message.Delivery} itself. */
    public static final String DELIVERY = "nsqite_delivery";

    /** How the payload is encoded, as in HTTP: a {@code String}. */
    public static final String CONTENT_TYPE = io.nsqite.message.Message.CONTENT_TYPE;

    private NsqiteHeaders() {}
}
