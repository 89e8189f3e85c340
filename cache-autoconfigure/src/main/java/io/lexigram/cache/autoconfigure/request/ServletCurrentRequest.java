package io.lexigram.cache.autoconfigure.request;

import io.lexigram.cache.request.CurrentRequest;
import io.lexigram.cache.request.RequestMemo;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Keeps the memo in an attribute of the servlet request that Spring has bound to the thread: it is the same request after an
 * asynchronous dispatch. A thread that computes the result in between has the memo bound to it.
 */
final class ServletCurrentRequest implements CurrentRequest {

    static final String ATTRIBUTE = RequestMemo.class.getName();

    private static final ThreadLocal<@Nullable RequestMemo> COMPUTING = new ThreadLocal<>();

    private final int maxResults;

    ServletCurrentRequest(int maxResults) {
        this.maxResults = maxResults;
    }

    @Override
    public @Nullable RequestMemo memo() {
        RequestMemo computing = COMPUTING.get();
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        try {
            return computing != null || request == null ? computing : of(request);
        } catch (IllegalStateException ended) {
            return null;
        }
    }

    /** The memo of a request, which begins with it. */
    RequestMemo of(RequestAttributes request) {
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

    /** Makes a memo that of the current thread; null for the thread to have none. */
    static void bind(@Nullable RequestMemo memo) {
        if (memo == null) {
            COMPUTING.remove();
        } else {
            COMPUTING.set(memo);
        }
    }
}
