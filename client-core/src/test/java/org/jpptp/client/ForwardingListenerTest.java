package org.jpptp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A method that is not handed on would do what its default does, and nobody would notice. */
class ForwardingListenerTest {
    private final List<Method> told = new ArrayList<>();

    static Stream<Method> methods() {
        return Arrays.stream(TunnelListener.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everythingIsHandedOn(Method method) throws ReflectiveOperationException {
        boolean isQuestion = method.getReturnType() == boolean.class;
        TunnelListener other = (TunnelListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TunnelListener.class}, (proxy, called, arguments) -> {
                    told.add(called);
                    return isQuestion ? true : null;
                });
        Object answer = method.invoke(new ForwardingListener(other) {}, new Object[method.getParameterCount()]);
        assertThat(told).containsExactly(method);
        assertThat(answer).isEqualTo(isQuestion ? true : null);
    }
}
