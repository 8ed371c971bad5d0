package io.nsqite.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what curl would do with a command line of the documentation, and remembers it. */
final class Curl {

    private static final String DOCUMENTED = "localhost:8080";
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s']+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> commands = new ArrayList<>();
    private final int port;

    Curl(int port) {
        this.port = port;
    }

    /** The answer's status and body. */
    record Answer(int status, String body) {}

    /** Runs a command. */
    Answer run(String command) throws IOException, InterruptedException {
        commands.add(command);
        return look(command);
    }

    /** Runs a command that somebody would repeat until he sees what he waits for. */
    Answer look(String command) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request(command), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private HttpRequest request(String command) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        Deque<String> words = words(command);
        String method = "GET";
        String body = "";
        while (!words.isEmpty()) {
            String word = words.pop();
            switch (word) {
                case "curl" -> {}
                case "-X" -> method = words.pop();
                case "-d" -> body = words.pop();
                case "-H" -> {
                    String[] header = words.pop().split(": ");
                    request.header(header[0], header[1]);
                }
                default -> request.uri(URI.create("http://" + word.replace(DOCUMENTED, "localhost:" + port)));
            }
        }
        return request.method(method, BodyPublishers.ofString(body)).build();
    }

    private static Deque<String> words(String command) {
        Deque<String> words = new ArrayDeque<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }

    /** What was run, in its order. */
    List<String> commands() {
        return commands;
    }

    /** The commands of a page, in its order, without comments. */
    static List<String> commandsOf(String page) throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher matcher = SHELL.matcher(Files.readString(Path.of("..", "docs", page)));
        while (matcher.find()) {
            matcher.group(1)
                    .lines()
                    .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(commands::add);
        }
        return commands;
    }
}
