package io.lexigram.cache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.invalidate.Groups;
import io.lexigram.cache.invalidate.TagStamps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private final AtomicLong clock = new AtomicLong();
    private final Groups groups = new Groups(clock, new TagStamps(clock, 10), new TagStamps(clock, 10));
    private final FlightLimit limit = new FlightLimit(3);
    private final Flights flights = new Flights(limit, groups);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void theSecondCallerJoinsTheFirst() {
        Flight first = lead("k");

        assertThat(lead("k")).isSameAs(first);
        assertThat(lead("other")).isNotSameAs(first);
    }

    @Test
    void aClosedFlightIsNotJoined() {
        Flight first = lead("k");
        flights.close(first);

        assertThat(lead("k")).isNotSameAs(first);
    }

    @Test
    void aRevokedFlightIsNeitherJoinedNorFilled() {
        Flight first = lead("k");

        flights.revoke("k");

        assertThat(lead("k")).isNotSameAs(first);
        assertThat(first.beginFill()).isFalse();
    }

    @Test
    void revokingByPredicateHitsTheKeysThatPass() {
        Flight hit = lead("user:1");
        Flight spared = lead("item:1");

        flights.revoke((String key) -> key.startsWith("user:"));

        assertThat(hit.beginFill()).isFalse();
        assertThat(spared.beginFill()).isTrue();
    }

    @Test
    void revokingHitsEveryReservationOfTheKey() {
        Fence first = flights.reserve("k");
        Fence second = flights.reserve("k");

        flights.revoke("k");

        assertThat(List.of(first.beginFill(), second.beginFill())).containsOnly(false);
    }

    @Test
    void revokingWaitsForAFillUnderWay() {
        Flight flight = lead("k");
        assertThat(flight.beginFill()).isTrue();

        CompletableFuture<Void> revoking = CompletableFuture.runAsync(() -> flights.revoke("k"), threads);

        Awaitility.await().until(() -> isWaiting(revoking));
        flight.endFill();
        assertThat(revoking).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aFlightIsNotJoinedOnceAnyTagWasInvalidated() {
        Flight before = lead("k");

        groups.invalidate("some-tag");

        assertThat(lead("k")).isNotSameAs(before);
    }

    @Test
    void overTheLimitAFlightLeadsAloneAndMayStoreNothing() {
        lead("1");
        lead("2");
        lead("3");

        Flight over = lead("4");

        assertThat(over.beginFill()).isFalse();
        assertThat(lead("4")).isNotSameAs(over);
        assertThat(limit.inUse()).isEqualTo(3);
    }

    @Test
    void everyClosedFenceGivesItsPlaceBack() {
        Flight flight = lead("k");
        Fence reservation = flights.reserve("k");
        lead("k");
        flights.revoke("k");

        flights.close(flight);
        flights.close(reservation);

        assertThat(limit.inUse()).isZero();
    }

    @Test
    void closingOneFenceLeavesTheOthersOfTheKey() {
        Fence first = flights.reserve("k");
        Fence second = flights.reserve("k");
        Fence third = flights.reserve("k");

        flights.close(second);
        flights.revoke("k");

        assertThat(List.of(first.beginFill(), third.beginFill())).containsOnly(false);
    }

    /** What a load comes to after everybody has given it up, such as after a hard time-out, is dropped. */
    @Test
    void aClosedFenceIsNotFilled() {
        Fence fence = flights.reserve("k");

        flights.close(fence);

        assertThat(fence.beginFill()).isFalse();
    }

    private Flight lead(String key) {
        return flights.joinOrLead(key, flights.ticket(key, TEXT, Thread.currentThread()));
    }

    /** A revocation that has begun and cannot end: its thread is parked. */
    private static boolean isWaiting(CompletableFuture<Void> work) {
        return !work.isDone()
                && Thread.getAllStackTraces().entrySet().stream()
                        .anyMatch(thread -> thread.getKey().getState() == Thread.State.WAITING
                                && List.of(thread.getValue()).stream()
                                        .anyMatch(frame -> frame.getMethodName().equals("awaitFill")));
    }
}
