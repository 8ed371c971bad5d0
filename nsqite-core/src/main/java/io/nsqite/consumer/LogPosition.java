package io.nsqite.consumer;

import io.nsqite.message.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is in memory of a log that is read: how far it was read, and which messages are withheld. Safe for use by many threads. */
final class LogPosition {

    private final Set<Long> reserved = new HashSet<>();
    private long offset;
    private long received;

    /** From {@link #offset} up to here nothing is to be read. */
    private long emptyTo;

    /** After a move back only what was received since can be committed: who received more before does not undo the move. */
    private long committableTo = Long.MAX_VALUE;

    private long reservationsEnded;
    private long movesBack;

    /**
     * As it is when the channel is taken.
     *
     * @param received the newest message that somebody may have received
     */
    LogPosition(long offset, long received) {
        this.offset = offset;
        this.received = received;
        emptyTo = offset;
    }

    /** The committed offset, as of the last look. */
    synchronized long offset() {
        return offset;
    }

    /** Up to where it was read. */
    synchronized long readUpTo() {
        return Math.max(offset, received);
    }

    /** Whether somebody may have received something that is not committed. */
    synchronized boolean isAhead() {
        return received > Math.max(offset, emptyTo);
    }

    /** The committed offset was looked at, or moved. */
    synchronized void found(long newOffset) {
        boolean knowsEmpty = offset <= newOffset && newOffset <= emptyTo;
        boolean isBack = newOffset < offset;
        movesBack += isBack ? 1 : 0;
        committableTo = isBack ? newOffset : Math.max(committableTo, newOffset);
        offset = newOffset;
        emptyTo = knowsEmpty ? emptyTo : newOffset;
    }

    /** Whether an offset is nobody's from before a move back. */
    synchronized boolean isCommittable(long newOffset) {
        return newOffset <= committableTo;
    }

    /** A reading, which begins behind what is known to be empty. */
    synchronized Reading begin() {
        return new Reading(offset, emptyTo, reservationsEnded, movesBack);
    }

    /** What a reading begins with. */
    record Reading(long offset, long after, long reservationsEnded, long movesBack) {}

    /** There was nothing up to an id. */
    synchronized void isEmpty(Reading reading, long upTo) {
        if (reading.offset() == offset && reading.reservationsEnded() == reservationsEnded && reserved.isEmpty()) {
            emptyTo = Math.max(emptyTo, upTo);
        }
    }

    /** Whether one that was read may have been cancelled meanwhile, or the log was moved back, so that it has to be read again. */
    synchronized boolean isDoubtful(Reading reading) {
        return reading.reservationsEnded() != reservationsEnded || reading.movesBack() != movesBack;
    }

    /** Hands out messages, in their order up to the first that is withheld. */
    synchronized List<Message> receive(List<Message> messages) {
        List<Message> free = new ArrayList<>(messages.size());
        for (Message message : messages) {
            if (reserved.contains(message.id())) {
                break;
            }
            free.add(message);
            received = Math.max(received, message.id());
            committableTo = Math.max(committableTo, message.id());
        }
        return free;
    }

    /** Withholds a message that a transaction wants to cancel; false if somebody has received it, or may have. */
    synchronized boolean reserve(long messageId) {
        return messageId > received && messageId > offset && reserved.add(messageId);
    }

    /** The transaction has ended. */
    synchronized void reservationEnded(long messageId) {
        reserved.remove(messageId);
        reservationsEnded++;
    }
}
