package io.nsqite.message;

/**
 * An answer came too late: the delivery is not this process's any more, because its lease passed or another process has taken
 * the channel. Nothing was written; the message is handled again by whoever has it now.
 */
public class DeliveryLostException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** With what happened. */
    public DeliveryLostException(String message) {
        super(message);
    }
}
