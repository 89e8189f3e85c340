package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lexigram.cache.CacheCircuitOpenException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FaultLogTest {

    private final ManualTime time = new ManualTime();
    private final FaultLog log = new FaultLog("noisy", time.source());
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.lexigram.cache");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
    }

    private List<String> warnings() {
        return appender.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("'noisy'"))
                .toList();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            log.fault("reading", new CacheConnectionException("gone"));
        }
    }

    @Test
    void one_line_a_minute_tells_how_many_were_left_out() {
        fail(1_000);
        time.advance(Duration.ofSeconds(59));
        fail(1);
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("'noisy': reading failed and the application goes on without it (0 more")
                .contains("gone");

        time.advance(Duration.ofSeconds(1));
        fail(2);

        assertThat(warnings()).hasSize(2);
        assertThat(warnings().get(1)).contains("(1000 more");
    }

    @Test
    void calls_that_a_breaker_refused_give_no_line_and_are_counted() {
        for (int i = 0; i < 1_000; i++) {
            log.fault("reading", new CacheCircuitOpenException("open"));
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(warnings()).isEmpty();

        fail(1);

        assertThat(warnings()).singleElement().asString().contains("(1000 more");
    }
}
