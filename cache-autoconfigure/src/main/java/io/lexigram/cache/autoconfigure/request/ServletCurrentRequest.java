package io.lexigram.cache.autoconfigure.request;

import io.lexigram.cache.request.CurrentRequest;
import io.lexigram.cache.request.RequestMemo;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Keeps the memo in an attribute of the servlet request that Spring has bound to the thread: it is the same request after an
 * asynchronous dispatch, and Spring binds it also to the thread that computes a {@code Callable} in between.
 */
final class ServletCurrentRequest implements CurrentRequest {

    static final String ATTRIBUTE = RequestMemo.class.getName();

    private final int maxResults;

    ServletCurrentRequest(int maxResults) {
        this.maxResults = maxResults;
    }

    @Override
    public @Nullable RequestMemo memo() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        try {
            return request == null ? null : of(request);
        } catch (IllegalStateException ended) {
            return null;
        }
    }

    /** The memo of a request, which begins with it. */
    private RequestMemo of(RequestAttributes request) {
        return request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof RequestMemo known
                ? known
                : begin(request);
    }

    /** Under a lock: threads that serve one request together must not each begin a memo. */
    private synchronized RequestMemo begin(RequestAttributes request) {
        if (request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof RequestMemo known) {
            return known;
        }
        RequestMemo memo = new RequestMemo(maxResults);
        request.setAttribute(ATTRIBUTE, memo, RequestAttributes.SCOPE_REQUEST);
        return memo;
    }
}
