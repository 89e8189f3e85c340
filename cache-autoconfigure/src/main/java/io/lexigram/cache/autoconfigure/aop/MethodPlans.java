package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/** The plans of all methods that have been asked for, each compiled once. */
final class MethodPlans {

    /** A power of two. */
    private static final int RECENT = 256;

    private final OperationCompiler compiler;
    private final Executions executions;
    private final MethodPlan.Surroundings surroundings;
    private final Map<Class<?>, Map<Method, Slot>> slots = new ConcurrentHashMap<>();

    /** Plans by the identity of the method: a proxy comes with the same object each time. A race loses one, which is found again. */
    private final @Nullable Recent[] recent = new Recent[RECENT];

    private final Map<Class<?>, ClassDefaults> defaults = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> declaring = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> checked = new ConcurrentHashMap<>();

    MethodPlans(OperationCompiler compiler, Executions executions, MethodPlan.Surroundings surroundings) {
        this.compiler = compiler;
        this.executions = executions;
        this.surroundings = surroundings;
    }

    /** The plan for a method of a class of beans; null where it has no annotation of ours. */
    @Nullable
    @SuppressWarnings("ReferenceEquality")
    MethodPlan of(Method method, Class<?> targetClass) {
        int index = (System.identityHashCode(method) ^ targetClass.hashCode()) & (RECENT - 1);
        Recent last = recent[index];
        if (last != null && last.method == method && last.targetClass == targetClass) {
            return last.plan;
        }
        MethodPlan plan = find(method, targetClass);
        recent[index] = new Recent(method, targetClass, plan);
        return plan;
    }

    private @Nullable MethodPlan find(Method method, Class<?> targetClass) {
        Map<Method, Slot> slotsOfClass = slots.get(targetClass);
        Slot slot = slotsOfClass == null ? null : slotsOfClass.get(method);
        if (slot == null) {
            slot = new Slot(compile(method, targetClass));
            slots.computeIfAbsent(targetClass, type -> new ConcurrentHashMap<>())
                    .put(method, slot);
        }
        return slot.plan;
    }

    /**
     * Whether a class has any annotated method. All of them are compiled at once: a mistake in one must not wait for its first
     * call.
     *
     * @throws InvalidCacheAnnotationException when an annotation cannot be carried out
     */
    boolean anyIn(Class<?> targetClass) {
        Boolean known = checked.get(targetClass);
        if (known == null) {
            known = !annotatedMethods(targetClass).isEmpty();
            checked.put(targetClass, known);
        }
        return known;
    }

    /** The methods of a class and its supertypes that have an annotation of ours. */
    Set<Method> annotatedMethods(Class<?> targetClass) {
        if (!isAnyDeclaredFor(targetClass)) {
            return Set.of();
        }
        MethodIntrospector.MetadataLookup<@Nullable MethodPlan> lookup = method -> of(method, targetClass);
        return MethodIntrospector.selectMethods(targetClass, lookup).keySet();
    }

    /** Most classes of an application have nothing to do with caches; they are to cost little. */
    private boolean isAnyDeclaredFor(Class<?> targetClass) {
        for (Class<?> type = targetClass; type != null; type = type.getSuperclass()) {
            if (declaring.computeIfAbsent(type, AnnotationSearch::isAnyDeclaredIn)) {
                return true;
            }
        }
        for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(targetClass)) {
            if (declaring.computeIfAbsent(type, AnnotationSearch::isAnyDeclaredIn)) {
                return true;
            }
        }
        return false;
    }

    boolean hasClassAnnotations(Class<?> type) {
        return !defaultsOf(type).isEmpty();
    }

    /** The plans so far. */
    Collection<MethodPlan> known() {
        return slots.values().stream()
                .flatMap(slotsOfClass -> slotsOfClass.values().stream())
                .map(slot -> slot.plan)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable MethodPlan compile(Method method, Class<?> targetClass) {
        CallSite site = CallSite.of(method, targetClass);
        if (!AnnotationSearch.isAnnotated(site)) {
            return null;
        }
        if (KotlinDetector.isSuspendingFunction(site.method())) {
            throw new InvalidCacheAnnotationException(
                    "method",
                    "a cache annotation on " + site,
                    "suspend",
                    "suspending functions cannot be cached. " + "Return a Mono or a CompletableFuture.");
        }
        ReturnShape shape = ReturnShape.of(site);
        MethodPlan.Operations operations = compiler.compile(site, shape, defaultsOf(site.owner()));
        return new MethodPlan(site, shape, executions.of(shape.kind(), site.batch()), surroundings, operations);
    }

    private ClassDefaults defaultsOf(Class<?> type) {
        return defaults.computeIfAbsent(type, ClassDefaults::new);
    }

    private record Slot(@Nullable MethodPlan plan) {}

    private record Recent(
            Method method, Class<?> targetClass, @Nullable MethodPlan plan) {}
}
