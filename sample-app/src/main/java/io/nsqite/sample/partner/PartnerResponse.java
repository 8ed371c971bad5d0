package io.nsqite.sample.partner;

import java.util.List;

/**
 * The partner as it is.
 *
 * @param up whether it answers
 * @param contents the contents that it has taken, in their order
 */
record PartnerResponse(boolean up, List<String> contents) {}
