package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** One call of an annotated method. It is what SpEL knows as {@code #root}. Immutable. */
final class Call {

    private final CallSite site;
    private final Object target;
    private final @Nullable Object[] args;
    private final @Nullable Object result;

    Call(CallSite site, Object target, @Nullable Object[] args) {
        this(site, target, args, null);
    }

    private Call(CallSite site, Object target, @Nullable Object[] args, @Nullable Object result) {
        this.site = site;
        this.target = target;
        this.args = args;
        this.result = result;
    }

    /** The same call when the method has returned. */
    Call returned(@Nullable Object value) {
        return new Call(site, target, args, value);
    }

    /** The same call as if it were for one of many elements alone. */
    Call forOne(BatchParameter parameter, @Nullable Object element) {
        @Nullable Object[] own = args.clone();
        own[parameter.index()] = element;
        return new Call(site, target, own, null);
    }

    CallSite site() {
        return site;
    }

    @Nullable
    Object argument(int index) {
        return args[index];
    }

    @Nullable
    Object result() {
        return result;
    }

    public Method getMethod() {
        return site.method();
    }

    public String getMethodName() {
        return site.method().getName();
    }

    public Object getTarget() {
        return target;
    }

    public Class<?> getTargetClass() {
        return site.owner();
    }

    public @Nullable Object[] getArgs() {
        return args;
    }
}
