package io.nsqite.sample.partner;

/** What the partner's client throws when nobody answers. */
class PartnerDownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PartnerDownException(String contentId) {
        super("The partner did not answer; content '%s' was not passed on".formatted(contentId));
    }
}
