package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each race is shown to be one that the fault named with it loses. */
class CaughtFaultsIT {

    static Stream<Named<Method>> races() {
        return Stream.of(
                        RemovalRacesIT.class,
                        FailedWritesIT.class,
                        GroupRacesIT.class,
                        LeaseRacesIT.class,
                        LongLoadsIT.class,
                        ProcessRacesIT.class,
                        RefreshRacesIT.class,
                        StaleValueRacesIT.class,
                        TierRacesIT.class,
                        LostMessagesIT.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> Named.of(method.getAnnotation(CaughtBy.class).value() + " " + method.getName(), method));
    }

    @ParameterizedTest
    @MethodSource("races")
    void a_race_is_lost_with_its_fault(Method race) throws Exception {
        assertThat(isLost(race)).isTrue();
    }

    private static boolean isLost(Method race) throws Exception {
        Races races = (Races) race.getDeclaringClass().getDeclaredConstructor().newInstance();
        races.fault = race.getAnnotation(CaughtBy.class).value();
        races.open();
        try {
            race.invoke(races);
            return false;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AssertionError) {
                return true;
            }
            throw e;
        } finally {
            races.close();
        }
    }
}
