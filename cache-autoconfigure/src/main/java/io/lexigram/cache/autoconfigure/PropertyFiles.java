package io.lexigram.cache.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** Reads files of properties. What cannot be read is a {@link CacheSettingException} with the file for its setting. */
final class PropertyFiles {

    private PropertyFiles() {}

    /** The documents of a YAML file, those that count more last. */
    static List<PropertySource<?>> yaml(Path file) {
        requireFile(file);
        try {
            return new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file));
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e, "Write YAML as in an application.yml, with blanks and not tabs before names.");
        }
    }

    static PropertySource<?> json(Path file) {
        requireFile(file);
        try {
            return new MapPropertySource(
                    file.toString(),
                    FlatProperties.of(JsonParserFactory.getJsonParser().parseMap(Files.readString(file))));
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e, "Write a JSON object.");
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new CacheSettingException(
                    "file", file, "there is no such file, or it may not be read", "Name one that is there.");
        }
    }

    private static CacheSettingException unreadable(Path file, Exception failure, String fix) {
        CacheSettingException refusal =
                new CacheSettingException("file", file, "it cannot be read: " + failure.getMessage(), fix);
        refusal.initCause(failure);
        return refusal;
    }
}
