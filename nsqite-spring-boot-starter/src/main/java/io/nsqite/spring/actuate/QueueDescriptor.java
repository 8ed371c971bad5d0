package io.nsqite.spring.actuate;

import io.nsqite.Condition;
import io.nsqite.admin.OwnerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The queue.
 *
 * @param healthy whether it can write to and read its database
 * @param problem why not
 * @param topics the topics by name
 * @param processes those that use the queue, by id
 * @param bus the event bus of this process; null if there is none
 */
public record QueueDescriptor(
        boolean healthy,
        @Nullable String problem,
        Map<String, TopicDescriptor> topics,
        List<ProcessDescriptor> processes,
        @Nullable BusDescriptor bus)
        implements OperationResponseBody {

    static QueueDescriptor of(
            Condition condition,
            Map<String, TopicDescriptor> topics,
            List<OwnerStatus> owners,
            @Nullable BusDescriptor bus) {
        return new QueueDescriptor(
                condition.isHealthy(),
                condition.problem(),
                topics,
                owners.stream().map(ProcessDescriptor::of).toList(),
                bus);
    }

    /**
     * A topic.
     *
     * @param channels its channels by name; empty if nobody listens to it
     */
    public record TopicDescriptor(Map<String, ChannelDescriptor> channels) {}

    /**
     * A process.
     *
     * @param id its id as an owner of channels
     * @param startedAt when it came
     * @param libraryVersion the version of this library that it uses
     */
    public record ProcessDescriptor(long id, Instant startedAt, String libraryVersion) {

        static ProcessDescriptor of(OwnerStatus owner) {
            return new ProcessDescriptor(owner.id(), owner.startedAt(), owner.libraryVersion());
        }
    }
}
