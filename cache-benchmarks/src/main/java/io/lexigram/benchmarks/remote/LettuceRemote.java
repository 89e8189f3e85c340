package io.lexigram.benchmarks.remote;

import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.json.JsonCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The bare driver on one connection, with the codec that ours has. */
@State(Scope.Benchmark)
public class LettuceRemote {

    private static final int PIPELINED = 8;
    private static final TypeRef<Product> TYPE = TypeRef.of(Product.class);

    private final RedisClient client = RedisClient.create(Redis.uri());
    private final StatefulRedisConnection<String, byte[]> connection =
            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
    private final RedisCommands<String, byte[]> commands = connection.sync();
    private final JsonCodec codec = new JsonCodec();

    public LettuceRemote() {
        Keys.all().forEach(key -> put(key));
    }

    private String put(String key) {
        return commands.psetex(key, Remote.TTL.toMillis(), codec.encode(Product.of(key), TYPE));
    }

    private @Nullable Product decoded(byte @Nullable [] bytes) {
        return bytes == null ? null : (Product) codec.decode(bytes, 0, bytes.length, TYPE);
    }

    /** The bytes alone. */
    @Benchmark
    public byte[] getBytes(Keys keys) {
        return commands.get(keys.next());
    }

    @Benchmark
    public Product get(Keys keys) {
        return Hit.required(decoded(commands.get(keys.next())));
    }

    /** Eight requests at once, per request. */
    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public List<Product> getPipelined(Keys keys) throws Exception {
        List<RedisFuture<byte[]>> sent = new ArrayList<>(PIPELINED);
        for (int i = 0; i < PIPELINED; i++) {
            sent.add(connection.async().get(keys.next()));
        }
        LettuceFutures.awaitAll(Duration.ofSeconds(20), sent.toArray(new RedisFuture<?>[0]));
        List<Product> products = new ArrayList<>(PIPELINED);
        for (RedisFuture<byte[]> future : sent) {
            products.add(decoded(future.get(0, TimeUnit.SECONDS)));
        }
        return products;
    }

    @Benchmark
    public Map<String, Product> getMany(Keys keys) {
        String[] asked = keys.next(Remote.BATCH).toArray(new String[0]);
        Map<String, Product> products = new HashMap<>(2 * asked.length);
        for (KeyValue<String, byte[]> found : commands.mget(asked)) {
            if (found.hasValue()) {
                products.put(found.getKey(), decoded(found.getValue()));
            }
        }
        return products;
    }

    @Benchmark
    public String put(Keys keys) {
        return put(keys.next());
    }

    @Benchmark
    public Long invalidate(Keys keys) {
        return commands.unlink(keys.next());
    }

    @TearDown
    public void close() {
        client.shutdown();
    }
}
