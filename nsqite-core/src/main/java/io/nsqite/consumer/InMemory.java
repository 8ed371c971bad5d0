package io.nsqite.consumer;

import io.nsqite.store.ChannelContents;
import java.util.Random;

/** What of a channel is in memory during a tenure, and the rules for it. Guarded by the monitor. */
record InMemory(
        Backlog backlog, InHandLimit limit, RetryPolicy policy, Turns turns, ChannelEvents events, Portions portions) {

    static InMemory of(Engine engine, Subscription subscription, Tenure.Opening opening) {
        ConsumerOptions options = subscription.options();
        Portions portions = Portions.of(subscription);
        ChannelContents contents = opening.contents();
        InHandLimit limit = new InHandLimit(options);
        RetryPolicy policy = new RetryPolicy(options, opening.clock(), new Random());
        ChannelEvents events = new ChannelEvents(engine.hooks(), opening.claim());
        KeyOrder order = options.keyOrder();
        if (!order.isOrdered()) {
            return new InMemory(
                    new Backlog(contents, Lanes::byPriority), limit, policy, Turns.NO_MATTER, events, portions);
        }
        KeyLines lines = new KeyLines();
        Turns turns = new KeyTurns(engine.store().keys(), lines, order);
        turns.loaded(contents.keyed());
        return new InMemory(
                new Backlog(contents, cursors -> Lanes.single(cursors, lines)), limit, policy, turns, events, portions);
    }
}
