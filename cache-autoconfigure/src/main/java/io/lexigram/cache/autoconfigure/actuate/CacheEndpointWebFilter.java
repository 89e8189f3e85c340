package io.lexigram.cache.autoconfigure.actuate;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** As {@link CacheEndpointFilter}, for reactive servers. */
final class CacheEndpointWebFilter implements WebFilter {

    private final CachePath path;

    CacheEndpointWebFilter(CachePath path) {
        this.path = path;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!path.covers(decoded(request.getPath().pathWithinApplication()))) {
            return chain.filter(exchange);
        }
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().set("X-Content-Type-Options", "nosniff");
        HttpHeaders headers = request.getHeaders();
        boolean hasBody = headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        String refusal = CacheRequest.refusal(request.getMethod().name(), request.getQueryParams(), hasBody);
        return refusal == null ? chain.filter(exchange) : refuse(response, refusal);
    }

    private static Mono<Void> refuse(ServerHttpResponse response, String refusal) {
        response.setStatusCode(HttpStatus.BAD_REQUEST);
        response.getHeaders().setContentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(refusal.getBytes(StandardCharsets.UTF_8))));
    }

    /** The path as the mappings compare it: decoded, and without the parameters of its segments. */
    private static String decoded(PathContainer path) {
        StringBuilder decoded = new StringBuilder();
        for (PathContainer.Element element : path.elements()) {
            decoded.append(
                    element instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : element.value());
        }
        return decoded.toString();
    }
}
