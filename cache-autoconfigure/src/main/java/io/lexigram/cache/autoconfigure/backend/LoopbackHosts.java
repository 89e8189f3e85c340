package io.lexigram.cache.autoconfigure.backend;

/** Hosts that are this machine, whatever the network. */
final class LoopbackHosts {

    private LoopbackHosts() {}

    static boolean contain(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
}
