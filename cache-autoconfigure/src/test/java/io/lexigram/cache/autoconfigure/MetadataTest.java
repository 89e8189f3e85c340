package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor reads to complete and explain our properties. */
class MetadataTest {

    private static final String MAIN = "META-INF/spring-configuration-metadata.json";
    private static final String OF_MAP_VALUES = "META-INF/spring/configuration-metadata/io.lexigram.*.json";

    @Test
    void every_property_has_a_description_in_the_style_of_spring_boot() throws IOException {
        List<String> faults = new ArrayList<>();
        for (JsonNode property : ownProperties()) {
            String name = property.path("name").asString();
            String description = property.path("description").asString("");
            if (description.isBlank() || !description.endsWith(".")) {
                faults.add(name + " lacks a description that is a sentence: " + description);
            }
            if (description.matches("(The|A|An) .*")) {
                faults.add(name + " begins with an article: " + description);
            }
            if (property.path("type").asString().endsWith("Boolean") && !description.startsWith("Whether")) {
                faults.add(name + " is a boolean and does not begin with Whether: " + description);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void the_properties_are_those_of_the_documentation() throws IOException {
        Set<String> names = new TreeSet<>();
        ownProperties().forEach(property -> names.add(property.path("name").asString()));

        assertThat(names)
                .contains(
                        "lexigram.cache.enabled",
                        "lexigram.cache.backends",
                        "lexigram.cache.caches",
                        "lexigram.cache.service.protection.on-wait-timeout",
                        "lexigram.cache.limits.flux-items",
                        "lexigram.cache.limits.request-results",
                        "management.health.lexigram-cache.enabled")
                .contains("default", "default-ttl", "cluster.nodes", "null-ttl", "max-entries");
    }

    @Test
    void names_in_the_maps_and_codecs_have_hints() throws IOException {
        Set<String> hints = new TreeSet<>();
        for (Resource resource : resources(MAIN)) {
            read(resource)
                    .path("hints")
                    .forEach(hint -> hints.add(hint.path("name").asString()));
        }
        assertThat(hints)
                .contains(
                        "lexigram.cache.backends.keys",
                        "lexigram.cache.caches.keys",
                        "lexigram.cache.service.default-serializer");
    }

    private static List<JsonNode> ownProperties() throws IOException {
        List<JsonNode> own = new ArrayList<>();
        for (Resource resource : resources(MAIN)) {
            read(resource).path("properties").forEach(property -> {
                String name = property.path("name").asString();
                if (name.startsWith("lexigram.") || name.startsWith("management.health.lexigram")) {
                    own.add(property);
                }
            });
        }
        List<Resource> ofMapValues = resources(OF_MAP_VALUES);
        assertThat(ofMapValues).hasSize(2);
        for (Resource resource : ofMapValues) {
            read(resource).path("properties").forEach(own::add);
        }
        return own;
    }

    private static List<Resource> resources(String pattern) throws IOException {
        return List.of(new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern));
    }

    private static JsonNode read(Resource resource) throws IOException {
        try (InputStream in = resource.getInputStream()) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
