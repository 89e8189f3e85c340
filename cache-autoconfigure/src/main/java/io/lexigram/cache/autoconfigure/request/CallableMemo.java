package io.lexigram.cache.autoconfigure.request;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets the thread that computes what a controller returned as a {@link Callable} use the memo of its request. */
final class CallableMemo implements WebMvcConfigurer, CallableProcessingInterceptor {

    private final ServletCurrentRequest requests;

    CallableMemo(ServletCurrentRequest requests) {
        this.requests = requests;
    }

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
        configurer.registerCallableInterceptors(this);
    }

    /** Still on the thread of the request: the memo must be there before threads share it. */
    @Override
    public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
        requests.of(request);
    }

    @Override
    public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
        ServletCurrentRequest.bind(requests.of(request));
    }

    @Override
    public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object concurrentResult) {
        ServletCurrentRequest.bind(null);
    }
}
