package org.jpptp.client.tun.linux;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.gre.io.Errno;

/** Why there is no TUN interface, in words for the user: the errno alone means something else at each step. */
final class TunFailures {
    private static final String AS_ROOT = "Run it as root, with sudo.";

    private TunFailures() {}

    static Failure badName(String name) {
        return Failure.of(
                FailureReason.NO_TUN,
                "An interface cannot be called \"" + name.replaceAll("[^ -~]", "?") + "\".",
                "Choose a name of 1 to 15 letters, digits and . _ - + = ~ @, not beginning with -.");
    }

    /** {@code open(2)} of the device said so. */
    static Failure atOpen(String device, int errno) {
        String sentence = device + " cannot be opened: " + Errno.describe(errno) + ".";
        if (errno == Errno.EPERM.code() || errno == Errno.EACCES.code()) {
            return Failure.of(FailureReason.NO_PRIVILEGE, sentence, AS_ROOT + " In a container, allow it the device.");
        }
        if (errno == Errno.ENOENT.code() || errno == Errno.ENXIO.code() || errno == Errno.ENODEV.code()) {
            return Failure.of(
                    FailureReason.NO_TUN,
                    sentence,
                    "Load the driver with \"modprobe tun\". In a container, give it the device " + device + ".");
        }
        return Failure.of(FailureReason.NO_TUN, sentence, "");
    }

    /** {@code ioctl(TUNSETIFF)} said so. */
    static Failure atCreation(String name, int errno) {
        String sentence = "The TUN interface " + name + " cannot be made: " + Errno.describe(errno) + ".";
        if (errno == Errno.EPERM.code()) {
            return Failure.of(FailureReason.NO_PRIVILEGE, sentence, AS_ROOT);
        }
        if (errno == Errno.EBUSY.code()) {
            return Failure.of(
                    FailureReason.NO_TUN,
                    sentence,
                    "Another program is using " + name + ": end it, or choose another name.");
        }
        if (errno == Errno.EINVAL.code() || errno == Errno.EEXIST.code()) {
            return Failure.of(
                    FailureReason.NO_TUN,
                    sentence,
                    "An interface of another kind has that name already: choose another name.");
        }
        return Failure.of(FailureReason.NO_TUN, sentence, "");
    }
}
