package io.nsqite.consumer;

/** Thrown by a {@link BatchHandler} to say which element of its batch failed, and that it has not come to those after it. */
public class BatchElementFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;

    /**
     * With what happened.
     *
     * @param index of the element in the batch, from 0
     * @param cause why it failed, which decides whether it is tried again and is kept with a dead letter
     * @throws IllegalArgumentException if the index is negative
     */
    public BatchElementFailedException(int index, Throwable cause) {
        super("Element %d of the batch failed: %s".formatted(index, cause), cause);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "The index of a batch's element is 0 or more but was %d".formatted(index));
        }
        this.index = index;
    }

    /** Which element failed, from 0. */
    public int index() {
        return index;
    }
}
