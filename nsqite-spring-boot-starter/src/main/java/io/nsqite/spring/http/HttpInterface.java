package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.producer.Producer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The queue over HTTP, below a base path: what is there, and what answers for all else below it. */
public final class HttpInterface {

    private static final String TOPICS = "/topics";
    private static final String SUBSCRIBERS = "/topics/{topic}/subscribers";
    private static final String SUBSCRIBER = SUBSCRIBERS + "/{name}";
    private static final String MESSAGE = SUBSCRIBER + "/messages/{id}";

    private final String basePath;
    private final BrowserCheck browsers;
    private final List<Route> routes;

    /**
     * Of a queue.
     *
     * @param producer publishes what is posted
     * @param channels the channels that it serves
     * @param polls the requests that wait
     */
    public HttpInterface(
            Nsqite nsqite, Producer producer, HttpChannels channels, LongPolls polls, HttpSettings settings) {
        basePath = settings.basePath();
        browsers = settings.browsers();
        RequestBodies bodies = new RequestBodies(settings.maxBodyBytes());
        KnownTopics topics = new KnownTopics(nsqite.admin());
        Subscribers subscribers = channels.subscribers();
        routes = routes(
                new TopicRequests(nsqite.admin(), subscribers, bodies),
                new SubscriberRequests(nsqite, topics, subscribers, bodies),
                new PublishRequests(producer, topics, bodies),
                new MessageRequests(subscribers, polls, bodies),
                new OpenApi());
    }

    private static List<Route> routes(
            TopicRequests topics,
            SubscriberRequests subscribers,
            PublishRequests publishing,
            MessageRequests messages,
            OpenApi openApi) {
        return List.of(
                new Route(HttpMethod.POST, TOPICS, topics::create),
                new Route(HttpMethod.GET, TOPICS, topics::list),
                new Route(HttpMethod.POST, "/topics/{topic}/messages", publishing::publish),
                new Route(HttpMethod.POST, SUBSCRIBERS, subscribers::create),
                new Route(HttpMethod.GET, SUBSCRIBERS, subscribers::list),
                new Route(HttpMethod.DELETE, SUBSCRIBER, subscribers::delete),
                new Route(HttpMethod.GET, SUBSCRIBER, messages::receive),
                new Route(HttpMethod.PUT, MESSAGE, messages::extend),
                new Route(HttpMethod.DELETE, MESSAGE, messages::acknowledge),
                new Route(HttpMethod.POST, MESSAGE + "/requeue", messages::requeue),
                new Route(HttpMethod.GET, "/openapi.json", openApi::get));
    }

    List<Route> routes() {
        return routes;
    }

    /** For Spring MVC. */
    public RouterFunction<ServerResponse> toRouterFunction() {
        RouterFunctions.Builder router = RouterFunctions.route();
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Route route : routes) {
            router.route(
                    RequestPredicates.method(route.method()).and(RequestPredicates.path(basePath + route.path())),
                    route.handler());
            methods.computeIfAbsent(route.path(), path -> new TreeSet<>())
                    .add(route.method().name());
        }
        methods.forEach((path, allowed) ->
                router.route(RequestPredicates.path(basePath + path), request -> otherMethod(request, allowed)));
        router.route(RequestPredicates.path(basePath + "/**"), HttpInterface::nothing);
        return router.filter(new Problems(browsers)).build();
    }

    private static ServerResponse otherMethod(ServerRequest request, Set<String> allowed) {
        JsonAnswer answer = Problem.answer(
                HttpStatus.METHOD_NOT_ALLOWED,
                "%s is not possible here, but %s"
                        .formatted(Shown.cut(request.method().name()), String.join(", ", allowed)),
                Problems.path(request));
        answer.headers().set("Allow", String.join(", ", allowed));
        return answer;
    }

    private static ServerResponse nothing(ServerRequest request) {
        throw RefusedRequestException.notFound("There is nothing here; openapi.json says what there is");
    }
}
