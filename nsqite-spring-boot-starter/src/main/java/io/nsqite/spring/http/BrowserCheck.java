package io.nsqite.spring.http;

import java.util.List;
import java.util.Set;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * What of browsers is let in. A browser calls, for whatever page it shows, what its user can reach: so a page from anywhere could otherwise use a queue
 * that is open on the user's own machine. Programs are refused only where they call the server over loopback
 * by a name other than localhost.
 */
public interface BrowserCheck {

    /** Lets everything in, as somebody else decides. */
    static BrowserCheck none() {
        return request -> {};
    }

    /**
     * Lets pages in that come from this server, or that its CORS configuration allows.
     *
     * @param allowedHosts names by which the server may be called over loopback, besides localhost
     */
    static BrowserCheck ofOrigin(List<String> allowedHosts) {
        return new OriginCheck(Set.copyOf(allowedHosts));
    }

    /** Refuses the request with a reason, or does nothing. */
    void require(ServerRequest request);
}
