package io.nsqite.sample.demo;

/**
 * What came of the messages in a channel.
 *
 * @param channel its name
 * @param published how many there were
 * @param handled how many a handler took
 * @param retried how often a handler was called again
 * @param dead how many became dead letters
 * @param perSecond how many a second reached a handler
 * @param latency how long they took from commit to handler
 */
record ChannelResult(
        String channel, long published, long handled, long retried, long dead, double perSecond, Latency latency) {

    boolean addsUp() {
        return published == handled + dead;
    }
}
