package org.jpptp.gre.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** For tests of real raw sockets, in network namespaces. */
@Timeout(300)
abstract class TwoHosts {
    static Namespaces namespaces;
    static Inet4Address leftAddress;
    static Inet4Address rightAddress;
    Host left;
    Host right;

    @BeforeAll
    static void makeNamespaces() throws Exception {
        assumeTrue(Epoll.isAvailable(), () -> "no epoll here: " + Epoll.unavailabilityCause());
        assumeTrue(Libc.geteuid() == 0, "raw sockets and namespaces need root");
        assumeTrue(
                Files.exists(Path.of("/usr/sbin/ip")) || Files.exists(Path.of("/sbin/ip")),
                "namespaces are made by iproute2, which is not installed");
        leftAddress = (Inet4Address) InetAddress.getByName("10.47.0.1");
        rightAddress = (Inet4Address) InetAddress.getByName("10.47.0.2");
        namespaces = new Namespaces();
    }

    @AfterAll
    static void removeNamespaces() throws Exception {
        if (namespaces != null) {
            namespaces.remove();
        }
    }

    @BeforeEach
    void startLoops() throws Exception {
        left = new Host(namespaces.left);
        right = new Host(namespaces.right);
    }

    @AfterEach
    void endLoops() {
        if (right != null) {
            left.close();
            right.close();
        }
    }
}
