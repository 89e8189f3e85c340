package io.lexigram.cache.history;

import io.lexigram.cache.spi.ByteBackend;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Answers of one method of each backend that are some time old. */
final class OldAnswers {

    private static final long AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Map<ByteBackend, Answer> ANSWERS = new WeakHashMap<>();

    private record Answer(CompletionStage<?> stage, long askedNanos) {}

    private OldAnswers() {}

    static CompletionStage<?> of(Call call) {
        synchronized (ANSWERS) {
            Answer answer = ANSWERS.get(call.backend());
            if (answer == null || System.nanoTime() - answer.askedNanos() > AGE_NANOS) {
                answer = new Answer(call.stage(), System.nanoTime());
                ANSWERS.put(call.backend(), answer);
            }
            return answer.stage();
        }
    }
}
