package org.jpptp.client.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jpptp.client.host.NameAnswer;
import org.jpptp.client.host.NameAnswer.Kind;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With names that need no name server; {@code NameServersIT} has one, and none. */
class SystemResolverTest {
    @Test
    void anAddressIsItsOwnAnswerOnce() {
        NameAnswer answer = SystemResolver.ask("192.0.2.7");
        assertThat(answer.kind()).isEqualTo(Kind.FOUND);
        assertThat(answer.addresses()).extracting(Object::toString).containsExactly("/192.0.2.7");
    }

    @Test
    void ipv6AloneIsOfNoUse() {
        assertThat(SystemResolver.ask("2001:db8::1")).isEqualTo(new NameAnswer(Kind.IPV6_ONLY, List.of(), ""));
    }

    /** As getaddrinfo(3) has them. */
    @ParameterizedTest
    @CsvSource({
        Libc.EAI_NONAME + ", UNKNOWN, ''",
        Libc.EAI_NODATA + ", UNKNOWN, ''",
        Libc.EAI_AGAIN + ", UNANSWERED, EAI_AGAIN",
        Libc.EAI_FAIL + ", UNANSWERED, EAI_FAIL",
        Libc.EAI_SYSTEM + ", UNANSWERED, EAI_SYSTEM",
        "-99, UNANSWERED, error -99"
    })
    void onlyWhoKnowsSaysThatThereIsNone(int error, Kind kind, String said) {
        NameAnswer answer = SystemResolver.notFound(error);
        assertThat(answer.kind()).isEqualTo(kind);
        assertThat(answer.said()).isEqualTo(said);
    }
}
