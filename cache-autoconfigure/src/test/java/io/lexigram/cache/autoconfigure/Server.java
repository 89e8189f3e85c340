package io.lexigram.cache.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real application on a free port, and requests to it. */
public final class Server implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Server(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the application with all auto-configurations of its class path. */
    public static Server start(WebApplicationType type, Class<?> application, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn", "spring.jmx.enabled=false"));
        all.addAll(List.of(properties));
        return new Server(new SpringApplicationBuilder(application)
                .web(type)
                .properties(all.toArray(String[]::new))
                .run());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    /** Sends a JSON body along. */
    public Answer send(String method, String path, @Nullable String body) {
        String port = context.getEnvironment()
                .getProperty(
                        "local.management.port",
                        String.valueOf(context.getEnvironment().getProperty("local.server.port")));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = connect().send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A connection of its own: Reactor Netty 1.3 now and then leaves a second request on a kept connection unread. */
    private static HttpClient connect() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Status and body of a response. */
    public record Answer(int status, String body, HttpResponse<String> response) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
