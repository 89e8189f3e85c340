package io.lexigram.cache.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

/** With a management port of its own, the endpoint and its filter are in a context of their own. */
class CacheEndpointOtherPortServletTest extends CacheEndpointContract {

    CacheEndpointOtherPortServletTest() {
        super(WebApplicationType.SERVLET, "management.server.port=0");
    }
}
