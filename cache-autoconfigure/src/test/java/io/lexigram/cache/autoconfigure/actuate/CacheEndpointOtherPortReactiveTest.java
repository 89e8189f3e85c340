package io.lexigram.cache.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

/** With a management port of its own, the endpoint and its filter are in a context of their own. */
class CacheEndpointOtherPortReactiveTest extends CacheEndpointContract {

    /** Tomcat is on the class path as well, for the other tests, and Spring Boot would set up both. */
    private static final String TOMCAT = "org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
            + "TomcatReactiveManagementContextAutoConfiguration";

    CacheEndpointOtherPortReactiveTest() {
        super(WebApplicationType.REACTIVE, "management.server.port=0", "spring.autoconfigure.exclude=" + TOMCAT);
    }
}
