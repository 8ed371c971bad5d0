package io.nsqite.spring.handler;

/** What becomes of a batch with a message that can't be given to its listener. The others come to no harm. */
public enum BatchMode {
    /** The method gets those before it, which are done then; it fails, and those after it come in another batch. */
    AUTOMATIC,
    /** It is rejected, and the method gets the others. */
    MANUAL,
    /** It fails, and the others come in another batch, as the transaction of this one is rolled back anyway. */
    TRANSACTIONAL
}
