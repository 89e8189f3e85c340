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

    private static final int CLUSTER_BUS_OFFSET = 10_000;
    private static final int MAX_PORT = 65_535;
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

    /** One of several that talk to each other: for them each is where its port is, on the loopback address. */
    static TestServer startOnLoopback(ServerKind kind, int port, List<String> options) {
        TestServer server = startWherePortsAre(kind, port, options);
        RUNNING.add(server);
        return server;
    }

    private static TestServer startWherePortsAre(ServerKind kind, int port, List<String> options) {
        if (LocalServer.isInstalled(ServerKind.REDIS.binary())) {
            return LocalServer.start(kind, port, options);
        }
        if (Docker.ANSWERS) {
            return DockerServer.startOnHostNetwork(kind, port, options);
        }
        throw new IllegalStateException(kind.install());
    }

    static void stop(TestServer server) {
        if (RUNNING.remove(server)) {
            server.stop();
        }
    }

    static boolean isRunning(TestServer server) {
        return RUNNING.contains(server);
    }

    /** One that leaves room for the port at which nodes of a cluster reach each other. */
    static int freeClusterPort() {
        while (true) {
            int port = freePort();
            if (port + CLUSTER_BUS_OFFSET <= MAX_PORT && isFree(port + CLUSTER_BUS_OFFSET)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
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
