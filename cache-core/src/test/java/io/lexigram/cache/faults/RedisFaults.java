package io.lexigram.cache.faults;

import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.TcpProxy;
import io.lexigram.cache.testing.TcpProxy.Direction;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis, and the network of one of the nodes. */
abstract class RedisFaults extends ServerFaults {

    private static final Duration LATENCY = Duration.ofMillis(600);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy network = TcpProxy.to(server.host(), server.port());

    RedisFaults(Setup setup) {
        super(setup);
    }

    @Override
    KeyCodec keys() {
        return new KeyCodec(prefix);
    }

    @Override
    ByteBackend backend(KeyCodec keys, boolean isNear) {
        String url = isNear ? "redis://" + network.host() + ":" + network.port() : server.getUri();
        return RedisBackend.connectingTo(
                RedisSettings.builder().url(url).build(), keys, TimeSource.SYSTEM, RedisConnectionListener.NONE);
    }

    @Override
    @AfterEach
    void close() throws Exception {
        super.close();
        network.close();
        server.close();
    }

    @Override
    void stopServer() {
        server.stop();
    }

    @Override
    void restartServer() {
        server.restart();
    }

    @Override
    void pauseServer() {
        server.pause();
    }

    @Override
    void resumeServer() {
        server.resume();
    }

    @Test
    void connections_that_the_server_ends() throws Exception {
        outlive(
                () -> server.ask("CLIENT KILL TYPE normal"),
                () -> server.ask("CLIENT KILL TYPE normal"),
                Effect.DISTURBANCE);
    }

    @Test
    void a_server_that_is_full_and_takes_no_writes() throws Exception {
        outlive(
                () -> server.order("CONFIG SET maxmemory 1"),
                () -> server.order("CONFIG SET maxmemory 0"),
                Effect.DISTURBANCE);
    }

    @Test
    void a_network_on_which_answers_take_longer_than_the_deadline() throws Exception {
        outlive(() -> network.delay(LATENCY), network::heal, Effect.OUTAGE_OF_ONE);
    }

    @Test
    void a_network_that_is_cut_for_a_moment() throws Exception {
        outlive(network::cut, () -> {}, Effect.DISTURBANCE);
    }

    @Test
    void a_network_that_refuses_connections() throws Exception {
        outlive(network::refuse, network::heal, Effect.OUTAGE_OF_ONE);
    }

    @Test
    void a_network_that_loses_what_goes_to_the_server() throws Exception {
        outlive(() -> network.drop(Direction.TO_SERVER), network::heal, Effect.OUTAGE_OF_ONE);
    }

    @Test
    void a_network_that_loses_what_comes_from_the_server() throws Exception {
        outlive(() -> network.drop(Direction.TO_CLIENT), network::heal, Effect.OUTAGE_OF_ONE);
    }

    @Test
    void a_network_that_loses_everything() throws Exception {
        outlive(() -> network.drop(Direction.TO_SERVER, Direction.TO_CLIENT), network::heal, Effect.OUTAGE_OF_ONE);
    }
}
