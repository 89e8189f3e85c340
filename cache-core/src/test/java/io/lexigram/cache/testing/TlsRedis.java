package io.lexigram.cache.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Redis for tests that speaks TLS only, with a certificate made for it, and knows a user beside the default one, who may do
 * nothing.
 */
public final class TlsRedis implements AutoCloseable {

    public static final String USER = "cache";
    public static final String PASSWORD = "right";

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "redis";

    private final Path directory;
    private final RedisServer server;

    private TlsRedis(Path directory, RedisServer server) {
        this.directory = directory;
        this.server = server;
    }

    /** @param rules of redis-server's ACL for the user, such as {@code "~app:*", "+@all"} */
    public static TlsRedis start(String... rules) {
        try {
            Path directory = Files.createTempDirectory("lexigram-tls");
            KeyStore keys = makeKeys(directory.resolve("keys.p12"));
            write(
                    directory.resolve("key.pem"),
                    "PRIVATE KEY",
                    keys.getKey(ALIAS, STORE_PASSWORD).getEncoded());
            write(
                    directory.resolve("cert.pem"),
                    "CERTIFICATE",
                    keys.getCertificate(ALIAS).getEncoded());
            int port = TestServers.freePort();
            // Said last, a port counts: in the clear there is none.
            List<String> options = new ArrayList<>(List.of("--tls-port", String.valueOf(port), "--port", "0"));
            options.addAll(
                    List.of("--tls-cert-file", directory.resolve("cert.pem").toString()));
            options.addAll(
                    List.of("--tls-key-file", directory.resolve("key.pem").toString()));
            options.addAll(List.of("--tls-auth-clients", "no", "--user", "default", "off"));
            options.addAll(List.of("--user", USER, "on", ">" + PASSWORD));
            options.addAll(List.of(rules));
            return new TlsRedis(directory, RedisServer.startOnLoopback(ServerKind.REDIS, port, options));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("No certificate could be made", e);
        }
    }

    /** By the tool of the JDK, for the loopback address. */
    private static KeyStore makeKeys(Path file) throws IOException, GeneralSecurityException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(STORE_PASSWORD));
        int status =
                new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException(command + " answered " + status);
        }
        return KeyStore.getInstance(file.toFile(), STORE_PASSWORD);
    }

    private static void write(Path file, String kind, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
    }

    public String host() {
        return server.host();
    }

    public int port() {
        return server.port();
    }

    /** What a client has to trust, in PEM. */
    public Path certificate() {
        return directory.resolve("cert.pem");
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot remove " + directory, e);
        }
    }
}
