package io.nsqite.jdbc;

/** A connection that remembers the id of its last INSERT: to ask SQLite for it costs half as much as the INSERT. */
public interface IdMemory {

    /**
     * Remembers the id that an INSERT gave until anything else is executed, or the transaction ends.
     *
     * @param inserter who asked for it: in another table another id comes next
     */
    void rememberId(Object inserter, long id);

    /** The id that is remembered for this inserter; 0 if anything was executed since. */
    long rememberedId(Object inserter);
}
