package io.lexigram.cache.testing;

/** One running server; what is done to it is seen by its clients at once. */
interface TestServer {

    String host();

    int port();

    /** Ends it without a farewell, paused or not; its data is lost. */
    void stop();

    /** Freezes it: connections stay open, nothing answers. */
    void pause();

    void resume();
}
