package org.jpptp.cli.view;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ServerSettings;

/** What is said of tunnels by their names. */
public final class TunnelText {
    private TunnelText() {}

    /**
     * What a second start says.
     *
     * @param document of StatusJson
     */
    public static String upAlready(String name, JsonObject document) {
        return "Tunnel " + name + " is up already, for " + span(document) + ".";
    }

    /** It was connecting, and another had been waiting. */
    public static String up(String name) {
        return "Tunnel " + name + " is up.";
    }

    public static String down(String name) {
        return "Tunnel " + name + " is down.";
    }

    /** What {@code up} says in the place of Ctrl-C. */
    public static String endedBy(String name) {
        return "'jpptp down " + name + "' ends it.";
    }

    /** The same where a service manager has started the process, which has no terminal. */
    public static String endedByService() {
        return "Stop the service to disconnect.";
    }

    public static String notUp(String name) {
        return "Tunnel " + name + " is not up.";
    }

    /** Of one whose process had been killed. */
    public static String swept(String name) {
        return "Tunnel " + name + " had died; what it left on this machine is taken back.";
    }

    /** A word that is no tunnel's name leaves open which tunnel is meant. */
    public static String interfaceOfSeveral(String device, List<String> names) {
        return device + " is the interface of " + names.size() + " tunnels; name one of them: "
                + String.join(", ", names) + ".";
    }

    /** An interface tells neither whom to connect to, nor as whom. */
    public static String interfaceIsNoServer(String device, String name) {
        return device + " is the interface of tunnel " + name
                + "; name the profile or the server that the tunnel was started with.";
    }

    static String span(JsonObject document) {
        return Quantities.span(Duration.ofMillis(document.number("sinceMs")));
    }

    public static Failure taken(String name) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "A tunnel of the name " + name + " runs already.",
                "See 'jpptp status " + name + "', and end it with 'jpptp down " + name + "'.");
    }

    /**
     * One of the name runs, and is not what is asked for.
     *
     * @param difference a clause, such as {@link #otherUser}
     */
    public static Failure otherwise(String name, String difference) {
        return runs(name, difference, "'jpptp restart' with the same arguments brings it up as they say.");
    }

    /**
     * One of the name runs, and is what is asked for but for these.
     *
     * @param options with their values
     */
    public static String notApplied(String name, List<String> options) {
        return "Tunnel " + name + " was started without " + String.join(", ", options)
                + ", and goes on so; 'jpptp restart' with the same arguments changes that.";
    }

    /** The same of one that only has the same name, so that {@code restart} does not end it either. */
    public static Failure another(String name, String difference) {
        return runs(name, difference, "End it first, with 'jpptp down " + name + "'.");
    }

    private static Failure runs(String name, String difference, String remedy) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED, "Tunnel " + name + " runs already, " + difference + ".", remedy);
    }

    public static String otherServer(ServerSettings is, ServerSettings wanted) {
        return "to " + is.host() + ":" + is.port() + " and not to " + wanted.host() + ":" + wanted.port();
    }

    public static String otherUser(String is, String wanted) {
        return "as user " + is + " and not as " + wanted;
    }

    /** It was started with an option that was not given now. */
    public static String with(String option) {
        return "with " + option + ", which is not asked for now";
    }

    /** The other way round. */
    public static String without(String option) {
        return "without " + option;
    }

    /** It was started with another value of an option than was given now. */
    public static String withOther(String option, String wanted) {
        return "with " + option + " and not with " + wanted;
    }

    /** The same where both would be long. */
    public static String withOther(String option) {
        return "with another " + option;
    }

    /**
     * They are not this user's to ask.
     *
     * @param closed a tunnel's socket, or what those are in
     */
    public static Failure notAllowed(String closed) {
        return Failure.of(
                FailureReason.NO_PRIVILEGE,
                "The tunnels of this host cannot be asked: " + closed + " is another user's.",
                "Run it as the user whose tunnels they are, mostly root.");
    }

    /**
     * No socket could be made.
     *
     * @param why a clause of the system's
     */
    public static Failure noSocket(Path directory, String why) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The tunnel's control socket cannot be made in " + directory + ": " + why + ".",
                "");
    }

    /** The same where the tunnel does without. */
    public static String unshared(Path directory, String why) {
        return "Nobody can ask this tunnel how it is doing: its control socket cannot be made in " + directory + " ("
                + why + ").";
    }

    /** Nothing can be run in it. */
    public static Failure noProxy(String name) {
        return Failure.of(
                FailureReason.USAGE,
                "There is no tunnel " + name + " that is up behind a proxy.",
                "Start it with --proxy PORT; 'jpptp status' shows the tunnels that there are.");
    }

    /**
     * The process of a tunnel does not answer.
     *
     * @param why a sentence
     */
    public static Failure noAnswer(String name, String why) {
        return Failure.of(
                FailureReason.INTERNAL,
                "Tunnel " + name + " gives no answer: " + why,
                "If this goes on, end its process; the next start repairs this machine.");
    }

    public static Failure slow(String name, Duration patience) {
        return Failure.of(
                FailureReason.NOT_UP_IN_TIME,
                "Tunnel " + name + " was not up within " + patience.toSeconds() + " s, and goes on trying.",
                "See 'jpptp status " + name + "', or end it with 'jpptp down " + name + "'.");
    }

    /** A tunnel of this process. */
    public static Failure abandoned() {
        return Failure.of(
                FailureReason.INTERNAL,
                "The tunnel did not end in time and was abandoned; what it changed on this machine is undone by 'jpptp down' with"
                        + " its name, or at the next start.",
                "");
    }
}
