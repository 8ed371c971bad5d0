package io.nsqite.sample.partner;

import java.util.List;

/**
 * What a webhook posts, as far as the partner is interested.
 *
 * @param topic where it comes from
 * @param messages what was shared
 */
record PartnerPost(String topic, List<Shared> messages) {

    /**
     * A message.
     *
     * @param id the same each time it is posted
     * @param message what was shared
     */
    record Shared(long id, ContentShared message) {}
}
