package io.lexigram.cache.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost} and 127.0.0.1, signed by itself, with its key, in files that are removed at the end. */
public final class TlsCertificate implements AutoCloseable {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "server";

    private final Path directory;

    private TlsCertificate(Path directory) {
        this.directory = directory;
    }

    public static TlsCertificate make() {
        return makeFor("dns:localhost,ip:127.0.0.1");
    }

    /** @param names whom it is for, such as {@code dns:example.org} */
    public static TlsCertificate makeFor(String names) {
        try {
            Path directory = Files.createTempDirectory("lexigram-tls");
            KeyStore keys = makeKeys(directory.resolve("keys.p12"), names);
            write(
                    directory.resolve("key.pem"),
                    "PRIVATE KEY",
                    keys.getKey(ALIAS, STORE_PASSWORD).getEncoded());
            write(
                    directory.resolve("cert.pem"),
                    "CERTIFICATE",
                    keys.getCertificate(ALIAS).getEncoded());
            return new TlsCertificate(directory);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("No certificate could be made", e);
        }
    }

    /** By the tool of the JDK. */
    private static KeyStore makeKeys(Path file, String names) throws IOException, GeneralSecurityException {
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
                "SAN=" + names,
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

    /** What a client has to trust, in PEM. */
    public Path certificate() {
        return directory.resolve("cert.pem");
    }

    /** The private key of a server, in PEM. */
    public Path key() {
        return directory.resolve("key.pem");
    }

    /** Of a client that trusts this certificate and no other. */
    public SSLContext context() {
        try (InputStream in = Files.newInputStream(certificate())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    ALIAS, CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot trust " + certificate(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot remove " + directory, e);
        }
    }
}
