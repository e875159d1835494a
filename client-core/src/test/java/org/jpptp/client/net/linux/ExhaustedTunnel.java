package org.jpptp.client.net.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.Offload;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.diagnosis.LimitDiagnosis;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.User;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.gre.io.Errno;

/**
 * A process of its own with few files to open: from none on, what comes of a tunnel's steps, a line for each number. The
 * system's library does not give back all that it has opened for a program which could not be started.
 */
public final class ExhaustedTunnel {
    private static final int MOST = 8;

    private ExhaustedTunnel() {}

    /** Arguments: where it lives, and the journals. */
    public static void main(String[] arguments) throws Exception {
        NetworkNamespace.enter(arguments[0]);
        TunDevice tun = new LinuxLoop().openTun("pptp0", Offload.USO);
        // Once with all it needs, and each of its words, so that their classes are there: they are files, too.
        System.out.println(outcome(tun, Path.of(arguments[1])));
        String words = Errno.EMFILE.words();
        for (Failure failure : List.of(
                HostDiagnosis.noJournal(Path.of("/"), words, User.ROOT),
                HostDiagnosis.refused("ip", -1, words),
                LimitDiagnosis.reached("Nothing works", words).orElseThrow())) {
            System.err.println(new HostChangeException(failure).failure().remedy());
        }
        Deque<FileInputStream> taken = new ArrayDeque<>();
        try {
            while (true) {
                taken.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            // All are taken.
        }
        List<String> outcomes = new ArrayList<>();
        for (int free = 0; free < MOST; free++) {
            outcomes.add(outcome(tun, Path.of(arguments[1])));
            taken.pop().close();
        }
        outcomes.forEach(System.out::println);
        System.exit(0);
    }

    private static String outcome(TunDevice tun, Path journals) {
        LinuxHostNetwork network = new LinuxHostNetwork(journals, "pptp0", line -> {});
        LinuxHost host = new LinuxHost();
        try {
            host.release(host.loop());
            network.apply(Plans.of(tun.name()));
            return "up";
        } catch (HostChangeException e) {
            Failure failure = e.failure();
            return failure.sentence() + " " + failure.remedy();
        } finally {
            network.close();
        }
    }
}
