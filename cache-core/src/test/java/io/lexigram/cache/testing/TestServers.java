package io.lexigram.cache.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts servers the way this machine can, and ends those still running when the JVM does. */
final class TestServers {

    private static final Set<TestServer> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(TestServer::stop), "test-servers-stop"));
    }

    private TestServers() {}

    static TestServer start(ServerKind kind, int port, List<String> options) {
        TestServer server = startSomewhere(kind, port, options);
        RUNNING.add(server);
        return server;
    }

    private static TestServer startSomewhere(ServerKind kind, int port, List<String> options) {
        if (Docker.ANSWERS) {
            return DockerServer.start(kind, port, options);
        }
        if (LocalServer.isInstalled(kind.binary())) {
            return LocalServer.start(kind, port, options);
        }
        throw new IllegalStateException(kind.install());
    }

    static void stop(TestServer server) {
        if (RUNNING.remove(server)) {
            server.stop();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback address", e);
        }
    }

    /** Asked once per JVM: a missing engine costs seconds to find out. */
    private static final class Docker {
        static final boolean ANSWERS = DockerServer.isAvailable();
    }
}
