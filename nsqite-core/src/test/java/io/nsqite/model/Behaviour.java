package io.nsqite.model;

import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.model.Story.End;
import io.nsqite.retry.RetryAfterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** What handlers of a channel do with a message: the same in every run of a seed, whichever thread does it. */
final class Behaviour {

    private static final int MOST_DELAY_MILLIS = 15;

    private final long seed;
    private final ChannelLedger ledger;
    private final Publications publications;
    private final Semaphore begun;

    /** Whether everything succeeds from now on. */
    private volatile boolean calm;

    Behaviour(long seed, ChannelLedger ledger, Publications publications, Semaphore begun) {
        this.begun = begun;
        this.seed = seed;
        this.ledger = ledger;
        this.publications = publications;
    }

    ChannelLedger ledger() {
        return ledger;
    }

    void calm(boolean newCalm) {
        calm = newCalm;
    }

    /** Takes notice of a message that was handed out. */
    void begin(Delivery delivery) {
        begin(delivery, Worker.current());
    }

    void begin(Delivery delivery, Worker worker) {
        String fault = publications.fault(delivery.message());
        if (fault != null) {
            ledger.violated(fault);
        }
        begun.release();
        ledger.begun(delivery, publications.of(delivery.message()).notBefore(), worker);
        work(random(delivery).nextInt(3));
    }

    Act act(Delivery delivery) {
        return calm ? Act.SUCCEED : Act.random(random(delivery));
    }

    /** Whether something with a chance of one in so many happens. */
    boolean happens(Delivery delivery, String what, int oneIn) {
        return !calm && new Random(random(delivery).nextLong() + what.hashCode()).nextInt(oneIn) == 0;
    }

    private Random random(Delivery delivery) {
        long mixed = seed * 31 + ledger.kind().ordinal();
        mixed = mixed * 1_000_003 + Publications.number(delivery.message());
        mixed = mixed * 1_000_003 + delivery.attempt();
        return new Random(mixed * 0x9E3779B97F4A7C15L);
    }

    private Duration delay(Delivery delivery) {
        return Duration.ofMillis(random(delivery).nextInt(MOST_DELAY_MILLIS));
    }

    /** So that handlers overlap. */
    private static void work(int amount) {
        try {
            MessageDigest.getInstance("SHA-256").digest(new byte[amount << 13]);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void succeeds(Delivery delivery, Worker worker) {
        ledger.ended(delivery, End.SUCCEEDED, Long.MIN_VALUE, worker);
    }

    /** Not begun, as far as the queue is concerned. */
    void comesAgain(Delivery delivery, Worker worker) {
        ledger.ended(delivery, End.PUT_BACK, Long.MIN_VALUE, worker);
    }

    /** To be thrown. */
    RuntimeException fails(Delivery delivery, Act act, Worker worker) {
        switch (act) {
            case FAIL_FOR_GOOD -> {
                ledger.ended(delivery, End.DEAD, Long.MIN_VALUE, worker);
                return Refusal.forGood();
            }
            case FAIL_FOR_A_WHILE -> {
                ledger.ended(delivery, End.FAILED, after(delay(delivery)), worker);
                return new RetryAfterException(delay(delivery), null);
            }
            default -> {
                Duration backoff = Kind.BACKOFF.multipliedBy(1L << (delivery.attempt() - 1));
                ledger.ended(delivery, End.FAILED, after(backoff), worker);
                return Refusal.forNow();
            }
        }
    }

    private static long after(Duration delay) {
        return System.nanoTime() + delay.toNanos();
    }

    /** Has the queue know at once. */
    void answer(Delivery delivery, Act act, Worker worker) {
        try {
            switch (act) {
                case REQUEUE -> {
                    ledger.ended(delivery, End.FAILED, Long.MIN_VALUE, worker);
                    delivery.requeue();
                }
                case REQUEUE_LATER -> {
                    ledger.ended(delivery, End.FAILED, after(delay(delivery)), worker);
                    delivery.requeue(delay(delivery));
                }
                case REJECT -> {
                    ledger.ended(delivery, End.DEAD, Long.MIN_VALUE, worker);
                    delivery.reject(Refusal.forGood());
                }
                default -> {
                    succeeds(delivery, worker);
                    delivery.finish();
                }
            }
        } catch (DeliveryLostException e) {
            ledger.refused(delivery, e, worker);
            if (ledger.kind().acknowledgement() == Kind.Acknowledgement.COMMIT) {
                throw e; // to return would be to succeed
            }
        }
    }

    /** Leaves it until its lease is over, which begins anew here: when it began before is not known to a handler that was held up. */
    void leave(Delivery delivery, Worker worker) {
        ledger.ended(delivery, End.FAILED, after(Kind.LEASE), worker);
        try {
            delivery.touch();
        } catch (DeliveryLostException e) {
            ledger.refused(delivery, e, worker);
        }
    }
}
