package io.nsqite.consumer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a tenure does for those who ask for its messages. */
final class TenureSource implements Demand.Source {

    private final Monitor monitor;
    private final Answers answers;

    TenureSource(Monitor monitor, Answers answers) {
        this.monitor = monitor;
        this.answers = answers;
    }

    @Override
    public void wanted() {
        monitor.locked(monitor::wakeOne);
    }

    /** Some may be of an earlier tenure, which refuses them. */
    @Override
    public void finish(Collection<LeasedDelivery> deliveries) {
        Map<Replies, List<Handout>> byTenure = deliveries.stream()
                .map(Handout.class::cast)
                .collect(Collectors.groupingBy(Handout::replies, LinkedHashMap::new, Collectors.toList()));
        Refused refused = new Refused();
        byTenure.forEach((replies, handouts) -> refused.unless(() -> replies.finish(handouts)));
        refused.throwFirst();
    }

    /** Those of an earlier tenure have gone back with it. */
    @Override
    public void giveBack(List<LeasedDelivery> deliveries) {
        answers.notHandedOver(deliveries.stream()
                .map(Handout.class::cast)
                .filter(handout -> handout.replies() == answers.replies())
                .toList());
    }
}
