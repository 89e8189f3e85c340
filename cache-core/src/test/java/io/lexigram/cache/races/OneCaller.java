package io.lexigram.cache.races;

import io.lexigram.cache.LoadContext;
import io.lexigram.cache.history.PlantedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;

/**
 * A process that asks once for the key that is raced for and says how it fares: {@value #WAITING} when it waits for another
 * one's load, {@value #LOADING} when its loader runs, which returns when a byte comes in, and at last {@value #OUTCOME} and the
 * value. Who waits hears of the end by message alone.
 */
final class OneCaller {

    static final String WAITING = "waiting";
    static final String LOADING = "loading";
    static final String OUTCOME = "outcome ";

    private OneCaller() {}

    /** @param arguments the address of the server, the prefix of the keys, the fault, the value, whether it is stored */
    public static void main(String... arguments) throws Exception {
        Node node = new Node(
                name -> new Gate(name, Races.PATIENCE),
                arguments[0],
                arguments[1],
                PlantedFault.valueOf(arguments[2]),
                Means.PATIENT);
        Gate noted = node.pauseAfter("announceWaiter");
        node.pauseAfter("announceWaiter");
        Thread watch = new Thread(() -> tellWhenNoted(noted));
        watch.setDaemon(true);
        watch.start();
        boolean stored = Boolean.parseBoolean(arguments[4]);
        String outcome = node.cache().<RuntimeException>get(Races.KEY, (LoadContext context) -> {
            if (!stored) {
                context.doNotStore();
            }
            say(LOADING);
            awaitByte();
            return arguments[3];
        });
        say(OUTCOME + outcome);
        // The end of the lease may still be on its way.
        node.close();
        // What a client left running is no reason to go on.
        System.exit(0);
    }

    private static void tellWhenNoted(Gate noted) {
        try {
            noted.awaitArrival();
            say(WAITING);
            noted.open();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void awaitByte() {
        try {
            int unused = System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
