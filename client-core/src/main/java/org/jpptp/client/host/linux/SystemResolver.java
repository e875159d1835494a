package org.jpptp.client.host.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.host.NameAnswer;
import org.jpptp.gre.io.Libc;
import org.jspecify.annotations.Nullable;

/**
 * The resolver of the C library. Java asks the same one, but tells that a name is not there and that nobody answered by one and the same
 * exception, whose words are in the language of the user.
 */
final class SystemResolver {
    // struct addrinfo of netdb.h, the same in every C library on 64 bits
    private static final int ADDRINFO_OCTETS = 48;
    private static final int AI_FAMILY = 4;
    private static final int AI_SOCKTYPE = 8;
    private static final int AI_ADDR = 24;
    private static final int AI_NEXT = 40;

    // struct sockaddr_in and sockaddr_in6 of netinet/in.h
    private static final int SIN_ADDR = 4;
    private static final int IPV4_OCTETS = 4;
    private static final int SIN6_ADDR = 8;
    private static final int IPV6_OCTETS = 16;

    private SystemResolver() {}

    /** Waits for the answer, which may take minutes. */
    static NameAnswer ask(String name) {
        try (Memory hints = new Memory(ADDRINFO_OCTETS);
                Memory result = new Memory(Native.POINTER_SIZE)) {
            hints.clear();
            hints.setInt(AI_SOCKTYPE, Libc.SOCK_STREAM); // else each address comes once for each kind of socket
            int why = Libc.getaddrinfo(name, null, hints, result);
            if (why != 0) {
                return notFound(why);
            }
            Pointer first = result.getPointer(0);
            try {
                return NameAnswer.of(addresses(first));
            } finally {
                Libc.freeaddrinfo(first);
            }
        }
    }

    /** What an error of {@code getaddrinfo} says of the name. */
    static NameAnswer notFound(int why) {
        return switch (why) {
            case Libc.EAI_NONAME, Libc.EAI_NODATA -> NameAnswer.unknown();
            case Libc.EAI_AGAIN -> NameAnswer.unanswered("EAI_AGAIN");
            case Libc.EAI_FAIL -> NameAnswer.unanswered("EAI_FAIL");
            case Libc.EAI_MEMORY -> NameAnswer.unanswered("EAI_MEMORY");
            case Libc.EAI_SYSTEM -> NameAnswer.unanswered("EAI_SYSTEM");
            default -> NameAnswer.unanswered("error " + why);
        };
    }

    private static List<InetAddress> addresses(@Nullable Pointer first) {
        List<InetAddress> found = new ArrayList<>();
        for (Pointer info = first; info != null; info = info.getPointer(AI_NEXT)) {
            int family = info.getInt(AI_FAMILY);
            Pointer address = info.getPointer(AI_ADDR);
            if (family == Libc.AF_INET) {
                found.add(address(address.getByteArray(SIN_ADDR, IPV4_OCTETS)));
            } else if (family == Libc.AF_INET6) {
                found.add(address(address.getByteArray(SIN6_ADDR, IPV6_OCTETS)));
            }
        }
        return found;
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
