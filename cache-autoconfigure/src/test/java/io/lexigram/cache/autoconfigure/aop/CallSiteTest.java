package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;

class CallSiteTest {

    @Test
    void the_owner_is_the_class_and_not_its_generated_subclass() throws Exception {
        ProxyFactory factory = new ProxyFactory(new Service());
        factory.setProxyTargetClass(true);
        Class<?> generated = factory.getProxy().getClass();

        assertThat(CallSite.of(Service.class.getMethod("get"), generated).owner())
                .isEqualTo(Service.class);
    }

    @Test
    void the_owner_of_a_proxy_is_its_interface_whose_name_is_the_same_in_every_run() throws Exception {
        Class<?> proxy = Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Runnable.class, Titles.class}, (p, m, a) -> null)
                .getClass();

        assertThat(CallSite.of(Names.class.getMethod("name"), proxy).owner()).isEqualTo(Titles.class);
    }

    @Test
    void the_method_is_that_of_the_class_and_not_the_bridge_to_it() throws Exception {
        Method method =
                CallSite.of(Supplier.class.getMethod("get"), Service.class).method();

        assertThat(method.getDeclaringClass()).isEqualTo(Service.class);
        assertThat(method.getReturnType()).isEqualTo(String.class);
    }

    @Test
    void it_is_shown_as_it_is_written() throws Exception {
        assertThat(CallSite.of(Service.class.getMethod("find", long.class, String[].class), Service.class))
                .hasToString(Service.class.getName() + ".find(long, String[])");
    }

    interface Names {

        String name();
    }

    interface Titles extends Names {}

    public static class Service implements Supplier<String> {

        @Override
        public String get() {
            return "got";
        }

        public String find(long id, String... names) {
            return "found";
        }
    }
}
