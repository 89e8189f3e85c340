package io.lexigram.cache.backend.redis;

import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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
        return addWith(call.command(), command -> call.outcome(command, link));
    }

    /** Adds a command that answers something else where the key holds no string. */
    <T> CompletionStage<T> add(AsyncCommand<byte[], byte[], T> command, T ifNoString) {
        return addWith(command, answer -> Failures.orIfNoString(answer, ifNoString));
    }

    /** Adds a command whose answer, or failure, is made into another one. */
    <T> CompletionStage<T> addWith(
            AsyncCommand<byte[], byte[], T> command, Function<CompletionStage<T>, CompletionStage<T>> outcome) {
        CompletableFuture<T> answer = outcome.apply(command).toCompletableFuture();
        commands.add(command);
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
