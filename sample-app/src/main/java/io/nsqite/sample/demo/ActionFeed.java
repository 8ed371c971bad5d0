package io.nsqite.sample.demo;

import io.nsqite.sample.action.ActionRequest;
import io.nsqite.sample.action.ActionService;
import java.util.List;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Records one action after the other, each in a transaction of its own, as web requests would.
 *
 * @param actions what is fed
 * @param transactions opens the transaction that the service joins, so that the time just before the commit can be taken
 * @param observations who wants to know
 */
record ActionFeed(ActionService actions, TransactionOperations transactions, Observations observations) {

    void recordAll(List<ActionRequest> requests) {
        observations.begin();
        requests.forEach(this::record);
    }

    private void record(ActionRequest request) {
        transactions.executeWithoutResult(
                transaction -> observations.committing(actions.record(request).actionId()));
        observations.committed();
    }
}
