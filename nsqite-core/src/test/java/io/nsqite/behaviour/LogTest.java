package io.nsqite.behaviour;

import io.nsqite.Nsqite;
import io.nsqite.message.Message;
import io.nsqite.pull.LogReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A topic that the test reads as a log. */
abstract class LogTest extends BehaviourTest {

    LogReader log;

    void openLog() {
        log = openLog(nsqite);
    }

    static LogReader openLog(Nsqite member) {
        return member.log(CHANNEL.topic(), CHANNEL.channel());
    }

    List<String> fetch(int max) {
        return texts(log.fetch(max));
    }

    static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
