package io.lexigram.cache.autoconfigure.actuate;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKeyException;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Gives the {@link CacheEndpoint} its HTTP statuses. */
@EndpointWebExtension(endpoint = CacheEndpoint.class)
public class CacheEndpointWebExtension {

    private static final int ACCEPTED = 202;
    private static final int FORBIDDEN = 403;

    private final CacheEndpoint endpoint;

    CacheEndpointWebExtension(CacheEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** One cache, or what is known of one of its entries. */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> cache(@Selector String cache, @Nullable String key) {
        return respond(() -> endpoint.cache(cache, key));
    }

    /** A page of the keys of a cache. */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> keys(
            @Selector String cache,
            @Selector String view,
            @Nullable String prefix,
            @Nullable String cursor,
            @Nullable Integer limit) {
        return respond(() -> endpoint.keys(cache, view, prefix, cursor, limit));
    }

    /** Evicts one key, the keys that match a pattern, the entries that carry a tag, or all entries. */
    @DeleteOperation
    public WebEndpointResponse<OperationResponseBody> evict(
            @Selector String cache, @Nullable String key, @Nullable String pattern, @Nullable String tag) {
        return respond(() -> endpoint.evict(cache, key, pattern, tag));
    }

    /** Zeroes the counters of a cache on this node. */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> act(@Selector String cache, @Selector String action) {
        return respond(() -> endpoint.act(cache, action));
    }

    private static WebEndpointResponse<OperationResponseBody> respond(
            Supplier<? extends @Nullable OperationResponseBody> operation) {
        try {
            OperationResponseBody body = operation.get();
            return new WebEndpointResponse<>(
                    body, body == null ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_OK);
        } catch (NoSuchElementException e) {
            return problem(e, WebEndpointResponse.STATUS_NOT_FOUND);
        } catch (HiddenKeysException e) {
            return problem(e, FORBIDDEN);
        } catch (InvalidEndpointRequestException | CacheKeyException e) {
            return problem(e, WebEndpointResponse.STATUS_BAD_REQUEST);
        } catch (Evictions.StillEvictingException e) {
            return problem(e, ACCEPTED);
        } catch (CacheException e) {
            return problem(e, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }

    private static WebEndpointResponse<OperationResponseBody> problem(RuntimeException cause, int status) {
        return new WebEndpointResponse<>(new Problem(String.valueOf(cause.getMessage())), status);
    }
}
