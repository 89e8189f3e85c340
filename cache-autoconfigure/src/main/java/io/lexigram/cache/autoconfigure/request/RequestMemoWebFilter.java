package io.lexigram.cache.autoconfigure.request;

import io.lexigram.cache.request.RequestMemo;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Carries the memo of a reactive request in the context of its subscription. */
final class RequestMemoWebFilter implements WebFilter, Ordered {

    private final int maxResults;

    RequestMemoWebFilter(int maxResults) {
        this.maxResults = maxResults;
    }

    /** Before other filters, which may use it. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.using(
                () -> new RequestMemo(maxResults),
                memo -> chain.filter(exchange).contextWrite(context -> context.put(RequestMemo.class, memo)),
                RequestMemo::end);
    }
}
