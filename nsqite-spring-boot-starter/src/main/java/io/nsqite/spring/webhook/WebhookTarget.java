package io.nsqite.spring.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook posts, and how.
 *
 * @param uri the address
 * @param timeout how long it may take to connect, and then to answer
 * @param headers of each post
 * @param secret what posts are signed with; null if they are not
 */
public record WebhookTarget(
        URI uri,
        Duration timeout,
        Map<String, String> headers,
        @Nullable String secret) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}");
    private static final Set<String> OURS =
            Set.of("connection", "content-length", "content-type", "expect", "host", "transfer-encoding", "upgrade");
    private static final String OUR_PREFIX = "nsqite-";
    private static final int HIGHEST_PORT = 65535;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    /**
     * Checked.
     *
     * @param webhook its name, for messages
     * @throws InvalidWebhookException if one can't be
     */
    public static WebhookTarget of(
            String webhook,
            @Nullable String url,
            Duration timeout,
            Map<String, String> headers,
            @Nullable String secret) {
        InvalidWebhookException.check(
                timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                webhook,
                "has the timeout " + timeout,
                "Give a time from 1 ms to 10 minutes.");
        InvalidWebhookException.check(
                secret == null || !secret.isBlank(),
                webhook,
                "has an empty secret",
                "Remove it, or give one that is hard to guess.");
        headers.forEach((name, value) -> checkHeader(webhook, name, value));
        return new WebhookTarget(uri(webhook, url), timeout, Map.copyOf(headers), secret);
    }

    /** The address is not told, as parts of it may be secret. */
    private static URI uri(String webhook, @Nullable String url) {
        String action = "Give an address that begins with http:// or https://, and secrets as headers.";
        URI uri;
        try {
            uri = URI.create(String.valueOf(url));
        } catch (IllegalArgumentException e) {
            throw new InvalidWebhookException(webhook, "has a url that is none", action);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        InvalidWebhookException.check(
                SCHEMES.contains(scheme) && uri.getHost() != null,
                webhook,
                url == null ? "has no url" : "has a url that is not one of http or https with a host",
                action);
        InvalidWebhookException.check(
                uri.getPort() <= HIGHEST_PORT, webhook, "has a url whose port is above " + HIGHEST_PORT, action);
        InvalidWebhookException.check(
                uri.getRawUserInfo() == null && uri.getRawFragment() == null,
                webhook,
                "has a url with a user or a fragment",
                action);
        return uri;
    }

    private static void checkHeader(String webhook, String name, String value) {
        InvalidWebhookException.check(
                HEADER_NAME.matcher(name).matches(),
                webhook,
                "has a header '%s', which is no name of one".formatted(name),
                "Correct or remove it.");
        String lower = name.toLowerCase(Locale.ROOT);
        InvalidWebhookException.check(
                !OURS.contains(lower) && !lower.startsWith(OUR_PREFIX),
                webhook,
                "has a header '%s', which is set by the webhook itself".formatted(name),
                "Remove it.");
        InvalidWebhookException.check(
                HEADER_VALUE.matcher(value).matches(),
                webhook,
                "has a header '%s' whose value can't be sent".formatted(name),
                "Give a single line of ASCII characters.");
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "WebhookTarget[host=%s, timeout=%s]".formatted(uri.getHost(), timeout);
    }
}
