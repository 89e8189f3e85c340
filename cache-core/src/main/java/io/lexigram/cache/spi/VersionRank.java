package io.lexigram.cache.spi;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where a version stands among those of its kind, as digits that have the same number for all of a kind: as texts they are in
 * the order of the versions.
 *
 * @param digits 20 for a whole number of 64 bits, 27 for an ISO-8601 time, none for a version that cannot be compared
 */
public record VersionRank(String version, String digits) {

    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final long SECONDS_BEFORE_1970 = 100_000_000_000_000_000L;

    public static VersionRank of(String version) {
        return new VersionRank(version, number(version).or(() -> time(version)).orElse(""));
    }

    public boolean isComparable() {
        return !digits.isEmpty();
    }

    public boolean isComparableWith(VersionRank that) {
        return isComparable() && digits.length() == that.digits.length();
    }

    public boolean isLowerThan(VersionRank that) {
        return digits.compareTo(that.digits) < 0;
    }

    private static Optional<String> number(String version) {
        try {
            long number = Long.parseLong(version);
            return Optional.of("%020d".formatted(BigInteger.valueOf(number).subtract(LOWEST)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> time(String version) {
        Stream<Function<String, Instant>> formats = Stream.of(
                text -> OffsetDateTime.parse(text).toInstant(),
                Instant::parse,
                text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
                text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
        return formats.flatMap(format -> parsed(format, version).stream())
                .findFirst()
                .map(time -> "%018d%09d".formatted(time.getEpochSecond() + SECONDS_BEFORE_1970, time.getNano()));
    }

    private static Optional<Instant> parsed(Function<String, Instant> format, String version) {
        try {
            return Optional.of(format.apply(version));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
