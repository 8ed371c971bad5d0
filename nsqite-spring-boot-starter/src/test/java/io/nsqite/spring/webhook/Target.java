package io.nsqite.spring.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nsqite.spring.remote.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A real HTTP server that webhooks post to, which does as it is told. */
final class Target implements AutoCloseable {

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Behaviour behaviour = post -> 200;

    private Target(HttpServer server) {
        this.server = server;
    }

    static Target start() throws IOException {
        return startOn(0);
    }

    static Target startOn(int port) throws IOException {
        Target target = new Target(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        target.server.createContext("/", target::handle);
        target.server.setExecutor(target.threads);
        target.server.start();
        return target;
    }

    /** What was posted. */
    record Post(String path, Headers headers, byte[] body, JsonNode json, long nanoTime) {

        /** The messages, as JSON. */
        List<String> messages() {
            return json.get("messages").values().stream()
                    .map(message -> message.get("message").toString())
                    .toList();
        }
    }

    /** What it answers. */
    @FunctionalInterface
    interface Behaviour {

        /** The status. */
        int status(Post post) throws Exception;
    }

    void behave(Behaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    List<Post> posts() {
        return posts;
    }

    /** All messages, post by post. */
    List<List<String>> messages() {
        return posts.stream().map(Post::messages).toList();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:%d/hook".formatted(port());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Post post = new Post(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    body,
                    Json.read(body),
                    System.nanoTime());
            posts.add(post);
            int status = behaviour.status(post);
            if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Answers only when a latch is down. */
    static Behaviour after(CountDownLatch latch, int status) {
        return post -> {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go on");
            }
            return status;
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
