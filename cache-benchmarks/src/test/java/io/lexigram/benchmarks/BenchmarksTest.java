package io.lexigram.benchmarks;

import io.lexigram.benchmarks.growth.Entries;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.NullOutputStream;

/** Every benchmark runs once, in this process. One of hits throws where there is none. */
class BenchmarksTest {

    private final Entries entries = new Entries();

    BenchmarksTest() {
        entries.entries = 1_000;
    }

    @TestFactory
    Stream<DynamicTest> every_benchmark_runs() {
        return found().map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> run(type)));
    }

    /** The classes that JMH's annotation processor has found. */
    private static Stream<Class<?>> found() {
        PrintStream nowhere = new PrintStream(new NullOutputStream(), false, StandardCharsets.UTF_8);
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUserClassQName)
                .distinct()
                .map(BenchmarksTest::named);
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(Class<?> type) throws Exception {
        Object benchmarks = type.getConstructor().newInstance();
        try {
            call(benchmarks, Setup.class);
            call(benchmarks, Benchmark.class);
        } finally {
            call(benchmarks, TearDown.class);
        }
    }

    /** Invalidations last: "invalidate" comes after "get", and the keys of "put" are others. */
    private void call(Object benchmarks, Class<? extends Annotation> annotation) throws Exception {
        Method[] methods = benchmarks.getClass().getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName));
        for (Method method : methods) {
            if (method.isAnnotationPresent(annotation)) {
                call(benchmarks, method);
            }
        }
    }

    private void call(Object benchmarks, Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> type == Keys.class ? new Keys() : entries)
                .toArray();
        try {
            method.invoke(benchmarks, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " failed", e.getCause());
        }
    }
}
