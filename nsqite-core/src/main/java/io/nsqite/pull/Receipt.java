package io.nsqite.pull;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver of a message has, and nobody else: its id with a part that can't be guessed. Each time that the message is received
 * there is another one. As text it has at most 64 characters, all of which may stand in a URL. Immutable.
 */
public final class Receipt {

    private static final int RANDOM_BYTES = 16;
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,18})-([0-9a-f]{32})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final long messageId;
    private final String secret;

    private Receipt(long messageId, String secret) {
        this.messageId = messageId;
        this.secret = secret;
    }

    /** A new one. */
    static Receipt of(long messageId) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return new Receipt(messageId, HexFormat.of().formatHex(random));
    }

    /**
     * From the text that {@link #toString()} has made.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Receipt parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw nonsense();
        }
        try {
            return new Receipt(Long.parseLong(matcher.group(1)), matcher.group(2));
        } catch (NumberFormatException tooGreat) {
            throw nonsense();
        }
    }

    private static IllegalArgumentException nonsense() {
        return new IllegalArgumentException(
                "A receipt is a message's id, a minus and 32 digits of a-f and 0-9, but this is something else; give the text as it was received");
    }

    /** Of which message it is. */
    public long messageId() {
        return messageId;
    }

    /** Two are equal if they are of the same message and have the same secret. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Receipt receipt && receipt.messageId == messageId && receipt.secret.equals(secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    /** The text that {@link #parse} understands. It belongs to the receiver: don't log it. */
    @Override
    public String toString() {
        return messageId + "-" + secret;
    }
}
