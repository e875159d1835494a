package org.jpptp.client.diagnosis;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.net.AddressObjection;
import org.jpptp.client.net.NamePlan;
import org.jpptp.client.net.NameService;

/** What becomes of names, in words: warnings, and why this host's resolver cannot be told. */
public final class NameDiagnosis {
    /** A warning. */
    public static final String NO_SERVER = "The server names no name server: names are looked up as before.";

    private NameDiagnosis() {}

    /** A warning: a name server of the server's is left out. */
    public static String notAsked(AddressObjection why) {
        return "A name server that the server names is not asked: " + NetworkDiagnosis.clause(why) + ".";
    }

    /** A warning: all names are asked inside although only some were to be. */
    public static String notSplit(NamePlan plan, NameService by) {
        return "The name servers of " + by.label() + " are asked about every name, not only those of "
                + plan.domains().get(0) + ": it cannot tell domains apart.";
    }

    /**
     * The program that has to be told is not there, or does not answer.
     *
     * @param seen a clause, printable
     */
    public static Failure notToBeTold(NameService service, String seen) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "Where this host looks up names is the business of " + service.label() + ", which cannot be told: "
                        + seen + ".",
                Remedy.of("Mend that, or leave names as they are with ")
                        .set(Setting.DNS, "none")
                        .say("."));
    }

    /** What resolvectl says where polkit does not allow it, and where there is no polkit to be asked. */
    public static boolean isForbidden(String output) {
        return output.contains("Interactive authentication required") || output.contains("Access denied");
    }

    /**
     * systemd-resolved, which asks polkit about everybody but root, may not be told by this user.
     *
     * @param command to tell it by
     * @param output what it said, printable
     */
    public static Failure forbidden(String command, String output) {
        return Failure.of(
                FailureReason.NO_PRIVILEGE,
                "The host refused \"" + command + "\": " + output.replaceAll("\\.+$", "") + ".",
                Remedy.of(
                                "Run it as root, let a rule of polkit (package polkitd) allow it to this user, or leave names as"
                                        + " they are with ")
                        .set(Setting.DNS, "none")
                        .say("."));
    }

    /** What decides is told by files of root's. */
    public static Failure rootsAlone(NameService service) {
        return Failure.of(
                FailureReason.NO_PRIVILEGE,
                "Where this host looks up names is the business of " + service.label() + ", which only root can tell.",
                Remedy.of("Run it as root, or leave names as they are with ")
                        .set(Setting.DNS, "none")
                        .say("."));
    }

    /** A file can serve one tunnel at a time. */
    public static Failure anotherTunnels(String file) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The file " + file + " names the name servers of another tunnel, which is up.",
                Remedy.of("End that tunnel first, or leave names as they are with ")
                        .set(Setting.DNS, "none")
                        .say("."));
    }
}
