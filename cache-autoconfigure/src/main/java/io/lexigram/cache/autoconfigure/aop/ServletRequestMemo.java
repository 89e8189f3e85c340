package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Keeps results in an attribute of the servlet request that Spring has bound to the thread. */
final class ServletRequestMemo implements RequestMemo {

    private static final String ATTRIBUTE = ServletRequestMemo.class.getName();

    @Override
    public @Nullable MemoTable current() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        try {
            return request == null ? null : tableOf(request);
        } catch (IllegalStateException ended) {
            return null;
        }
    }

    private MemoTable tableOf(RequestAttributes request) {
        return request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof MemoTable known
                ? known
                : begin(request);
    }

    /** Under a lock: threads that serve one request together must not each begin a table. */
    private synchronized MemoTable begin(RequestAttributes request) {
        if (request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof MemoTable known) {
            return known;
        }
        MemoTable table = new MemoTable();
        request.setAttribute(ATTRIBUTE, table, RequestAttributes.SCOPE_REQUEST);
        return table;
    }
}
