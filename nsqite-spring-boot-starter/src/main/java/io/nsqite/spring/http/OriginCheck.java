package io.nsqite.spring.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Goes by what browsers say of where a request comes from, which pages can't change, and by the name that the server is called by, as a page may have
 * its own name lead to this machine.
 *
 * @param allowedHosts names over loopback, besides localhost
 */
record OriginCheck(Set<String> allowedHosts) implements BrowserCheck {

    OriginCheck {
        allowedHosts = allowedHosts.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** Of the same page, or of no page: typed, or a bookmark. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final Set<String> LOCAL_SUFFIXES = Set.of("localhost", "localhost.");

    @Override
    public void require(ServerRequest server) {
        HttpServletRequest request = server.servletRequest();
        refuseNames(request);
        if (!isAllowedByCors()) {
            refuseOrigin(request);
            refuseSite(request);
        }
    }

    private static void refuseOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOwn(origin, request)) {
            throw RefusedRequestException.forbidden(
                    "Pages of '%s' may not use the queue; allow them in the application's CORS configuration for this path if they are to"
                            .formatted(Shown.cut(origin)));
        }
    }

    private static void refuseSite(HttpServletRequest request) {
        String site = request.getHeader(FETCH_SITE);
        if (site != null && !OWN_SITES.contains(site)) {
            throw RefusedRequestException.forbidden(
                    "Pages of other sites may not use the queue (%s: %s)".formatted(FETCH_SITE, Shown.cut(site)));
        }
    }

    /** What Spring's CORS configuration has let through, it has answered so. */
    private static boolean isAllowedByCors() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletResponse response = attributes.getResponse();
            return response != null && response.getHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN) != null;
        }
        return false;
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        try {
            URI from = URI.create(origin);
            return Objects.equals(lower(from.getScheme()), lower(request.getScheme()))
                    && Objects.equals(lower(from.getHost()), lower(request.getServerName()))
                    && port(from.getScheme(), from.getPort()) == port(request.getScheme(), request.getServerPort());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static int port(@Nullable String scheme, int port) {
        if (port > 0) {
            return port;
        }
        return "https".equals(lower(scheme)) ? 443 : 80;
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** As the client has written it: what a proxy says of it could be said by a page as well. */
    private void refuseNames(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || !isLoopback(request.getLocalAddr())) {
            return;
        }
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        if (!isAddress(name) && !isLocal(name) && !allowedHosts.contains(name)) {
            throw RefusedRequestException.forbidden(
                    "The server does not know itself by the name '%s' on this machine; add it to nsqite.http.allowed-hosts, if a proxy calls it so"
                            .formatted(Shown.cut(name)));
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    /** No name leads anywhere else then. */
    private static boolean isAddress(String name) {
        return name.startsWith("[") || name.matches("[0-9.]+");
    }

    private static boolean isLocal(String name) {
        return LOCAL_SUFFIXES.stream().anyMatch(suffix -> name.equals(suffix) || name.endsWith("." + suffix));
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
