package io.lexigram.cache.autoconfigure.aop;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.Ordered;

/** How the annotations are woven in. */
@ConfigurationProperties("lexigram.cache.annotations")
public class CacheAnnotationsProperties {

    /** Outside transactions, whose advisor comes last by default, with room in between. */
    static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 100;

    /**
     * Whether methods annotated with Cached, CacheUpdate, CacheInvalidate and RequestCached are intercepted.
     */
    private boolean enabled = true;

    /**
     * Order of the advisor. It must be less than that of the transaction advisor, so that caches change after the commit.
     */
    private int order = DEFAULT_ORDER;

    /**
     * Whether annotated beans that are not intercepted, and calls of a bean to itself, are reported at start-up.
     */
    private boolean report = true;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public int getOrder() {
        return order;
    }

    public void setOrder(int order) {
        this.order = order;
    }

    public boolean isReport() {
        return report;
    }

    public void setReport(boolean report) {
        this.report = report;
    }
}
