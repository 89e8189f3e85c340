package io.lexigram.cache.autoconfigure.request;

import io.lexigram.cache.request.RequestMemo;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;

/** Ends the memo with its servlet request, after the last of its dispatches: threads that live on must not find it. */
final class RequestMemoEnd implements ServletRequestListener {

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(ServletCurrentRequest.ATTRIBUTE) instanceof RequestMemo memo) {
            memo.end();
            event.getServletRequest().removeAttribute(ServletCurrentRequest.ATTRIBUTE);
        }
    }
}
