package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheKeyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ReflectionUtils;

class ExpressionTest {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final ClassLoader loader = getClass().getClassLoader();
    private final Person person = new Person();
    private final ExpressionCompiler compiler = new ExpressionCompiler(beans, loader);
    private final CallSite site =
            CallSite.of(ReflectionUtils.findMethod(Service.class, "call", (Class<?>[]) null), Service.class);
    private final Scope scope = new Scope(site.variables(site.method()), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#id", "#p0", "#a0", "#person", "#person.name", "#p1.name", "#person.address.street", "#person.active",
                "#person.kind", "#point.x", "#person.address.point.y", "#result", "#result.name", "'text'", "42", "4.5",
                "true", "12345678901L", "#names.size", "#id_2", "#hidden.value", "#names.empty"
            })
    void without_spel_it_yields_what_spel_yields(String text) {
        CallExpression compiled = compiler.compile(text, scope);

        assertThat(compiled).isNotInstanceOf(SpelCallExpression.class);
        assertThat(outcome(compiled)).isEqualTo(outcome(spel(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#id + 1",
                "#person.name.length()",
                "#names[0]",
                "#map['a']",
                "#map[a]",
                "#root.methodName",
                "methodName",
                "#root.args[0]",
                "#person?.name",
                "#nothing?.name",
                "@helper.twice(#id)",
                "#names.![length()]",
                "#names.?[#this.length() > 1]",
                "#names.?[!empty]",
                "#names.?[equals(toLowerCase())]",
                "T(java.util.List).of(#id)",
                "{#id, #person.name}",
                "{name: #id}",
                "#person.name == null ? 'x' : #person.name",
                "#root.target.class.simpleName",
                "#array.length",
                "#root.targetClass.simpleName",
                "#optional?.name",
                "new String(#person.name)"
            })
    void what_needs_spel_is_left_to_it(String text) {
        beans.registerSingleton("helper", new Helper());

        assertThat(outcome(compiler.compile(text, scope))).isEqualTo(outcome(spel(text)));
    }

    @Test
    void a_property_is_read_of_every_class_that_an_argument_may_have() {
        CallExpression name = compiler.compile("#person.name", scope);

        assertThat(name.evaluate(call(new Person()))).isEqualTo("Ada");
        assertThat(name.evaluate(call(new Employee()))).isEqualTo("Employee Ada");
        assertThat(name.evaluate(call(new Robot("R2")))).isEqualTo("R2");
        assertThat(name.evaluate(call(new Person()))).isEqualTo("Ada");
    }

    @Test
    void a_property_of_null_is_a_fault() {
        CallExpression name = compiler.compile("#person.name", scope);

        assertThatThrownBy(() -> name.evaluate(call(null)))
                .isInstanceOf(CacheKeyException.class)
                .hasMessageContaining("#person.name");
    }

    @Test
    void a_property_that_is_not_there_is_the_fault_that_spel_makes_of_it() {
        CallExpression name = compiler.compile("#person.size", scope);

        assertThatThrownBy(() -> name.evaluate(call(new Person()))).isInstanceOf(SpelEvaluationException.class);
    }

    @Test
    void a_getter_that_throws_is_a_fault_of_its_own_kind() {
        CallExpression broken = compiler.compile("#person.broken", scope);

        assertThatThrownBy(() -> broken.evaluate(call(new Person())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void a_variable_cannot_be_assigned_by_a_bean_either() {
        CallEvaluationContext context =
                new CallEvaluationContext(new SpelEnvironment(beans, loader).shared(), scope, call(new Person()));

        assertThatThrownBy(() -> context.setVariable("id", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_parameter_named_result_is_hidden_by_the_result_once_there_is_one() {
        Scope before = new Scope(Map.of("result", 0), false);
        Scope after = new Scope(Map.of("result", 0), true);

        assertThat(compiler.compile("#result", before).evaluate(call(new Person())))
                .isEqualTo(7L);
        assertThat(compiler.compile("#result", after).evaluate(call(new Person())))
                .isInstanceOf(Employee.class);
    }

    private CallExpression spel(String text) {
        return new SpelCallExpression(
                new SpelExpressionParser().parseExpression(text), scope, new SpelEnvironment(beans, loader));
    }

    private @Nullable Object outcome(CallExpression expression) {
        try {
            return expression.evaluate(call(person));
        } catch (RuntimeException e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }

    private Call call(@Nullable Object person) {
        Object[] args = {
            7L,
            person,
            new Point(3, 4),
            List.of("a", "bc"),
            Map.of("a", 1),
            null,
            8L,
            new Hidden.Value(),
            new int[] {1, 2},
            Optional.of(new Person())
        };
        return new Call(site, new Service(), args).returned(new Employee());
    }

    static class Service {

        public String call(
                long id,
                Person person,
                Point point,
                List<String> names,
                Map<String, Integer> map,
                @Nullable Person nothing,
                long id_2,
                Hidden hidden,
                int[] array,
                Optional<Person> optional) {
            return "";
        }
    }

    record Point(int x, int y) {}

    record Robot(String name) {}

    enum Kind {
        CUSTOMER
    }

    public static class Address {

        public final Point point = new Point(1, 2);

        public String getStreet() {
            return "Main Street";
        }
    }

    static class Person {

        public String getName() {
            return "Ada";
        }

        public boolean isActive() {
            return true;
        }

        public Kind getKind() {
            return Kind.CUSTOMER;
        }

        public Address getAddress() {
            return new Address();
        }

        public String getBroken() {
            throw new IllegalStateException("broken");
        }
    }

    static class Employee extends Person {

        @Override
        public String getName() {
            return "Employee Ada";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Employee;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    interface Hidden {

        String getValue();

        class Value implements Hidden {

            @Override
            public String getValue() {
                return "hidden";
            }
        }
    }

    public static class Helper {

        public long twice(long number) {
            return 2 * number;
        }
    }
}
