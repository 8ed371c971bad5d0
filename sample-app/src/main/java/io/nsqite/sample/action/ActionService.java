package io.nsqite.sample.action;

import io.nsqite.producer.Producer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records actions and tells the rest of the application: both happen, or neither. */
@Service
public class ActionService {

    private final UserActionRepository actions;
    private final Producer producer;

    ActionService(UserActionRepository actions, Producer producer) {
        this.actions = actions;
        this.producer = producer;
    }

    /** Stores the action and publishes it in the same transaction; listeners receive it once that has committed. */
    @Transactional
    public ActionRecorded record(ActionRequest request) {
        ActionRecorded event = actions.save(new UserAction(request)).toEvent();
        producer.publishTx(ActionRecorded.TOPIC, event);
        return event;
    }

    /**
     * The same, but then fails, so that everything rolls back: neither the action nor the message remains.
     *
     * @throws DeliberateFailureException always
     */
    @Transactional
    public void recordAndFail(ActionRequest request) {
        throw new DeliberateFailureException(record(request));
    }
}
