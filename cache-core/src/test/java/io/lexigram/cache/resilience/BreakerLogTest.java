package io.lexigram.cache.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BreakerLogTest {

    private final ManualTime time = new ManualTime();
    private final BreakerLog log = new BreakerLog("far-away", Duration.ofSeconds(10), time.source());
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.lexigram.cache");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }

    private List<String> lines() {
        return appender.list.stream()
                .filter(line -> line.getFormattedMessage().contains("'far-away'"))
                .map(line -> line.getLevel().toString())
                .toList();
    }

    private void failedProbe() {
        time.advance(Duration.ofSeconds(10));
        log.changed(State.OPEN, State.HALF_OPEN);
        log.changed(State.HALF_OPEN, State.OPEN);
    }

    @Test
    void a_line_when_it_opens_and_one_when_it_closes() {
        log.changed(State.CLOSED, State.OPEN);
        log.changed(State.OPEN, State.HALF_OPEN);
        log.changed(State.HALF_OPEN, State.CLOSED);

        assertThat(lines()).containsExactly("WARN", "INFO");
    }

    @Test
    void of_probes_that_fail_one_line_a_minute() {
        log.changed(State.CLOSED, State.OPEN);
        for (int i = 0; i < 5; i++) {
            failedProbe();
        }
        assertThat(lines()).hasSize(1);

        failedProbe();

        assertThat(lines()).hasSize(2);
    }
}
