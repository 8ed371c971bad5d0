package io.nsqite.spring.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A target that speaks as badly as it is told, byte by byte, on one connection for each post. */
final class SocketTarget implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;

    private final ServerSocket server;
    private final String answer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();

    private SocketTarget(ServerSocket server, String answer) {
        this.server = server;
        this.answer = answer;
    }

    /** What it says at once; then it adds a letter from time to time, without end. */
    static SocketTarget thatSaysAndDrips(String answer) throws IOException {
        SocketTarget target = new SocketTarget(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
        target.threads.execute(target::accept);
        return target;
    }

    String url() {
        return "http://127.0.0.1:%d/s3cret-path".formatted(server.getLocalPort());
    }

    int posts() {
        return posts.get();
    }

    /** How often the other side did not want to hear more. */
    int hungUp() {
        return hungUp.get();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException end) {
            // it is closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            readPost(new BufferedInputStream(socket.getInputStream()));
            posts.incrementAndGet();
            OutputStream output = socket.getOutputStream();
            output.write(answer.getBytes(StandardCharsets.US_ASCII));
            output.flush();
            while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                output.write('x');
                output.flush();
            }
        } catch (IOException e) {
            hungUp.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Up to the end of the body, which is JSON of an object. */
    private static void readPost(InputStream input) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n{") < 0 || !text.toString().endsWith("]}")) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("ended after " + text);
            }
            text.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
