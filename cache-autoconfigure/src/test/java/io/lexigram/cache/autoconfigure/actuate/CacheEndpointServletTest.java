package io.lexigram.cache.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class CacheEndpointServletTest extends CacheEndpointContract {

    CacheEndpointServletTest() {
        super(WebApplicationType.SERVLET);
    }
}
