package io.nsqite.process;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.message.Message;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.time.Duration;
import java.util.List;

/** Consumes by asking, on a thread of its own, as long as the process lives. */
final class Asking {

    /** How many messages are in hand at a time, and may come again after a kill. */
    static final int AT_ONCE = 20;

    private static final Duration LONG = Duration.ofDays(1);

    private Asking() {}

    interface Round {
        void run() throws Exception;
    }

    /** Receives, handles and finishes. */
    static void pull(Nsqite nsqite, String name, Handled handled) {
        PullConsumer mails = nsqite.pull(ProcessTest.TOPIC, ProcessTest.CHANNEL);
        begin(mails.consumer(), () -> {
            for (PulledMessage message : mails.receive(AT_ONCE, LONG, Duration.ofHours(12))) {
                handled.add(name, message.message().id());
                mails.finish(message.receipt());
            }
        });
    }

    /** Fetches, handles and commits. */
    static void read(Nsqite nsqite, String name, Handled handled) {
        LogReader log = nsqite.log(ProcessTest.TOPIC, ProcessTest.CHANNEL);
        begin(nsqite.consumers().all().get(0), () -> {
            List<Message> messages = log.fetch(AT_ONCE, LONG);
            for (Message message : messages) {
                handled.add(name, message.id());
            }
            log.commit(messages.get(messages.size() - 1).id());
        });
    }

    /** Asks again and again while the process serves the channel. */
    static void begin(Consumer consumer, Round round) {
        Thread thread = new Thread(() -> {
            if (consumer.awaitActive(LONG)) {
                System.out.println("@serves");
            }
            try {
                while (consumer.state() == Consumer.State.ACTIVE) {
                    round.run();
                }
            } catch (Exception e) {
                e.printStackTrace(System.out);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
