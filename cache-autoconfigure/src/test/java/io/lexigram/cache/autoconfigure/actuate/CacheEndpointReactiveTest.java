package io.lexigram.cache.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class CacheEndpointReactiveTest extends CacheEndpointContract {

    CacheEndpointReactiveTest() {
        super(WebApplicationType.REACTIVE);
    }
}
