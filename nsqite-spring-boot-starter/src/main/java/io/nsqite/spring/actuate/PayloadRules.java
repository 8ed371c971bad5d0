package io.nsqite.spring.actuate;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

/**
 * Who may see payloads and headers of messages.
 *
 * @param show whether, or to whom, they are shown
 * @param roles to those who have one of these; to all who are known if empty
 */
public record PayloadRules(Show show, Set<String> roles) {

    /** Immutable. */
    public PayloadRules {
        roles = Set.copyOf(roles);
    }

    PayloadView of(SecurityContext caller) {
        return show.isShown(caller, roles) ? PayloadView.SHOWN : PayloadView.HIDDEN;
    }
}
