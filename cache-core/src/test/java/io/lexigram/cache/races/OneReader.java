package io.lexigram.cache.races;

import io.lexigram.cache.LookupInfo;
import io.lexigram.cache.history.PlantedFault;
import java.time.Duration;

/** A process with a local tier that reads the key that is raced for at each byte that comes in, and says what it got from where. */
final class OneReader {

    static final String READ = "read ";

    private OneReader() {}

    /** @param arguments the address of the server, the prefix of the keys, the fault, the heartbeat in milliseconds */
    public static void main(String... arguments) throws Exception {
        Node node = new Node(
                name -> new Gate(name, Races.PATIENCE),
                arguments[0],
                arguments[1],
                PlantedFault.valueOf(arguments[2]),
                Means.DEFAULT.tiered(Duration.ofMillis(Long.parseLong(arguments[3]))));
        while (System.in.read() >= 0) {
            LookupInfo<String> info = node.cache().inspect(Races.KEY);
            System.out.println(READ + info.lookup().orElse("nothing") + " " + info.answeredBy());
            System.out.flush();
        }
        // What a client left running is no reason to go on.
        System.exit(0);
    }
}
