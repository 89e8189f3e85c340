package io.lexigram.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP with the running application, as any client would. */
final class CatalogClient {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    CatalogClient(int port) {
        this.base = "http://localhost:" + port;
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path) {
        return send("POST", path, "");
    }

    Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /** The body of a GET that must succeed. */
    JsonNode read(String path) {
        Answer answer = get(path);
        if (answer.status() != 200) {
            throw new AssertionError("GET " + path + " answered " + answer);
        }
        return answer.json();
    }

    /** What {@code /actuator/cache} has counted for a cache. */
    Counters counters(String cache) {
        JsonNode counted = read("/actuator/cache").path("caches").path(cache);
        return new Counters(
                counted.required("hits").asLong(),
                counted.required("misses").asLong(),
                counted.required("loads").asLong());
    }

    /** What the meter {@code cache.gets} has counted for a cache. */
    long gets(String cache, String result) {
        return read("/actuator/metrics/cache.gets?tag=cache:" + cache + "&tag=result:" + result)
                .required("measurements")
                .required(0)
                .required("value")
                .asLong();
    }

    private Answer send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), type, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path + " was interrupted", e);
        }
    }

    record Answer(int status, String type, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    record Counters(long hits, long misses, long loads) {

        Counters since(Counters before) {
            return new Counters(hits - before.hits, misses - before.misses, loads - before.loads);
        }
    }
}
