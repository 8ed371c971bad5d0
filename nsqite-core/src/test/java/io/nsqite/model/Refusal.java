package io.nsqite.model;

/** A handler fails as it was told to. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean last;

    private Refusal(String message, boolean last) {
        super(message, null, false, false);
        this.last = last;
    }

    static Refusal forNow() {
        return new Refusal("told to fail", false);
    }

    static Refusal forGood() {
        return new Refusal("told to fail for good", true);
    }

    boolean isFinal() {
        return last;
    }
}
