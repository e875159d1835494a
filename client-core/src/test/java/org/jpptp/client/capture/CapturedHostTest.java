package org.jpptp.client.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.gre.GreSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A method that a decorator does not hand on would do what its default does, and nobody would notice. */
class CapturedHostTest {
    static Stream<Arguments> decorators() {
        return Stream.of(
                Arguments.of(Host.class, CapturedHost.class),
                Arguments.of(TunnelLoop.class, CapturedLoop.class),
                Arguments.of(TunDevice.class, CapturedTun.class),
                Arguments.of(GreSocket.class, CapturedGre.class));
    }

    @ParameterizedTest
    @MethodSource("decorators")
    void handsEverythingOn(Class<?> of, Class<?> decorator) {
        List<String> own = Arrays.stream(decorator.getDeclaredMethods())
                .map(CapturedHostTest::signature)
                .toList();
        assertThat(of.getMethods())
                .filteredOn(method -> !Modifier.isStatic(method.getModifiers()))
                .allSatisfy(method -> assertThat(own).contains(signature(method)));
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
