package io.lexigram.cache.backend.redis;

import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Commands that are sent together. */
final class Batch {

    private final Link link;
    private final List<AsyncCommand<byte[], byte[], ?>> commands = new ArrayList<>();
    private final List<CompletableFuture<?>> answers = new ArrayList<>();

    Batch(Link link) {
        this.link = link;
    }

    <T> CompletionStage<T> add(AsyncCommand<byte[], byte[], T> command) {
        commands.add(command);
        answers.add(command);
        return command;
    }

    <T> CompletionStage<T> add(ScriptCall<T> call) {
        AsyncCommand<byte[], byte[], T> command = call.command();
        CompletableFuture<T> answer = call.outcome(command, link).toCompletableFuture();
        commands.add(command);
        answers.add(answer);
        return answer;
    }

    /** Adds a command that answers something else where the key holds no string. */
    <T> CompletionStage<T> add(AsyncCommand<byte[], byte[], T> command, T ifNoString) {
        commands.add(command);
        CompletableFuture<T> answer = Failures.orIfNoString(command, ifNoString);
        answers.add(answer);
        return answer;
    }

    /** An answer of a batch that has ended. It is never waited for: this runs on the thread that would bring it. */
    static <T> T answer(CompletionStage<T> added) {
        CompletableFuture<T> answer = added.toCompletableFuture();
        if (!answer.isDone()) {
            throw new IllegalStateException("The batch that this answer belongs to has not ended");
        }
        return answer.join();
    }

    /** Sends all of them; the stage ends after the last answer and fails when a command did. */
    CompletionStage<Void> send() {
        for (List<AsyncCommand<byte[], byte[], ?>> some : Chunks.of(commands, Chunks.BATCH)) {
            link.send(some);
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }
}
